// npm run token -- <demo user>: prints a token of the running platform, and nothing else, on standard output.
import { runningIn } from '../local/data-folder.ts';

const user = process.argv[2] ?? '';
const url =
  runningIn(process.env['ANJU_DATA'] ?? '.anju')?.url || `http://127.0.0.1:${process.env['PORT'] ?? 4000}`;

try {
  const response = await fetch(`${url}/dev/token`, { method: 'POST', body: JSON.stringify({ user }) });
  const body = (await response.json()) as { access_token?: string; message?: string; close?: string[] };
  if (body.access_token) console.log(body.access_token);
  else {
    console.error(
      `安居: ${body.message ?? ''}${body.close?.length ? `。相近的 / close to it: ${body.close.join(', ')}` : ''}`,
    );
    process.exit(1);
  }
} catch {
  console.error(
    `安居: ${url} 没有平台在运行，请先 npm start / no platform is running there; npm start first`,
  );
  process.exit(1);
}
