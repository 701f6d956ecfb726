/** What a cold start loads: each API bundle against a bundle with the bare DynamoDB client, in fresh processes, turn about. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { bundling } from '../../infra/bundle.ts';

export interface ImportTime {
  readonly name: string;
  readonly kilobytes: number;
  /** Milliseconds, the median. */
  readonly ms: number;
  /** Against the bare client. */
  readonly ratio: number;
}

const script = `const begun = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - begun)); process.exit(0)`;

/** @param bundles name → file */
export function measureImports(
  bundles: Readonly<Record<string, string>>,
  rounds: number,
): readonly ImportTime[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'anju-bare-'));
  const bare = path.join(folder, 'index.mjs');
  buildSync({
    ...bundling,
    stdin: {
      contents: `import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const client = new DynamoDBClient({ region: 'x' });`,
      resolveDir: process.cwd(),
    },
    outfile: bare,
  });
  const files: Record<string, string> = { 'bare client': bare, ...bundles };
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, file] of Object.entries(files)) (times[name] ??= []).push(importOnce(file));
  }
  const alone = median(times['bare client'] ?? []);
  const found = Object.entries(files).map(([name, file]) => {
    const ms = median(times[name] ?? []);
    return { name, kilobytes: Math.round(statSync(file).size / 1000), ms, ratio: ms / alone };
  });
  rmSync(folder, { recursive: true, force: true });
  return found;
}

function importOnce(file: string): number {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, file], {
    encoding: 'utf8',
    env: {
      ...process.env,
      AWS_REGION: 'x',
      TABLE: 'x',
      PERSONAL_DATA_KEY: 'x',
      QUARANTINE_BUCKET: 'x',
      CLEAN_BUCKET: 'x',
      LEDGER_BUCKET: 'x',
    },
  });
  const ms = Number(stdout);
  if (!(ms > 0)) throw new Error(`${file} could not be imported: ${stderr}`);
  return ms;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
