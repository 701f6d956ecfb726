// npm run verify -- certificate.pdf [--keys jwks.json], or -- --qr '<text of the code>' --keys jwks.json: without the platform.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { printWith } from '../../shared/adapters/certificates/render.ts';
import { putFonts } from '../fonts.ts';
import { keysIn, trusted, verifyCode, verifyPdf, type Verdict } from '../verify-certificate.ts';

// npm runs its scripts in the project's folder; the caller's own is named here.
const from = process.env['INIT_CWD'] ?? process.cwd();
const at = (file: string): string => path.resolve(from, file);

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function unusable(zh: string, en: string): Verdict {
  return { exit: 2, lines: [`✗ ${zh} / ${en}`] };
}

async function verdict(): Promise<Verdict> {
  const { values, positionals } = parseArgs({
    options: { keys: { type: 'string' }, qr: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const [file] = positionals;
  const [keysAsked, code] = [values['keys'], values['qr']];
  if (file === undefined && typeof code !== 'string')
    return unusable(
      '用法：npm run verify -- 证书.pdf [--keys jwks.json]，或 --qr 二维码内容',
      "usage: npm run verify -- certificate.pdf [--keys jwks.json], or --qr '<text of the code>'",
    );
  const pdf = file === undefined ? undefined : read(at(file));
  if (file !== undefined && !pdf) return unusable(`无法读取 ${file}`, 'the file cannot be read');
  const keysFile = at(
    typeof keysAsked === 'string' ? keysAsked : path.join(path.dirname(file ?? '.'), 'jwks.json'),
  );
  const keys = keysIn(read(keysFile)?.toString('utf8') ?? '');
  if (!keys)
    return unusable(
      `没有公开密钥 ${keysFile}：请从平台 /.well-known/jwks.json 取得，或用 --keys 指明`,
      'no public keys there: get them from /.well-known/jwks.json of the platform, or name the file with --keys',
    );
  console.log(trusted(keys, keysFile).join('\n'));
  console.log('');
  if (typeof code === 'string' || !pdf) return verifyCode(String(code), keys);
  const fonts = await mkdtemp(path.join(tmpdir(), 'anju-fonts-'));
  try {
    await putFonts(fonts);
    return await verifyPdf(pdf, keys, printWith(pathToFileURL(`${fonts}/`)));
  } finally {
    await rm(fonts, { recursive: true });
  }
}

const { exit, lines } = await verdict();
console.log(lines.join('\n'));
process.exitCode = exit;
