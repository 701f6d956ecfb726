/**
 * npm run mutate: changes the pure rules in small ways, one context after the other, and counts what the tests notice.
 * `-- domain/audit kernel` does some contexts, `-- --mutate 'shared/kernel/c*.ts'` some files, which is for looking and is
 * not compared. `--keep` writes scores.json; `--force` begins afresh, after a change that Stryker does not see (a sample, a
 * dependency). `--tables` changes what runs while a module is loaded, too: slow, for looking as well. What survived, and why that is accepted, is told in survivors.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { contextOf, contexts, filesOf } from './contexts.ts';
import { fallen, overall, scoreOf, threshold, type MutationReport, type Scores } from './scores.ts';

const kept = path.join('test', 'mutation', 'scores.json');

interface Asked {
  /** Of each context the files to change. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly whole: boolean;
  readonly keep: boolean;
  readonly tables: boolean;
  /** For Stryker. */
  readonly options: readonly string[];
}

function asked(): Asked {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        mutate: { type: 'string' },
        keep: { type: 'boolean', default: false },
        tables: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        concurrency: { type: 'string', default: '2' },
      },
    });
    const { mutate, keep, force, tables, concurrency } = values;
    const unknown = positionals.find((context) => !contexts.includes(context));
    if (unknown !== undefined) throw new Error(`没有这个部分 / no such context: ${unknown}`);
    const named = positionals.length > 0 ? positionals : contexts;
    const found =
      mutate === undefined ? named.flatMap((name) => filesOf(`shared/${name}/**`)) : filesOf(mutate);
    if (found.length === 0) throw new Error('没有文件 / no files');
    const files = Map.groupBy(found, (file) => contextOf(file) ?? '');
    const options = ['--concurrency', concurrency, ...(force ? ['--force'] : [])];
    return { files, whole: mutate === undefined && !tables, keep, tables, options };
  } catch (error) {
    console.error(
      `安居: ${(error as Error).message}。用法 / usage: npm run mutate [-- [${contexts.join('|')}] [--mutate <glob>] [--concurrency 1] [--keep] [--force] [--tables]]`,
    );
    process.exit(2);
  }
}

/** One run of Stryker. It remembers, in .build/mutation, what neither the files nor the tests have changed since. */
function mutated(
  context: string,
  files: readonly string[],
  tables: boolean,
  more: readonly string[],
): MutationReport {
  const report = path.join(
    '.build',
    'mutation',
    `${context.replaceAll('/', '-')}${tables ? '-tables' : ''}.json`,
  );
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const stryker = path.join('node_modules', '.bin', 'stryker');
  const options = ['--mutate', files.join(','), '--testFiles', `shared/${context}/**/*.test.ts`];
  spawnSync(stryker, ['run', 'stryker.config.mjs', ...options, ...more], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ANJU_MUTATED: context, ...(tables ? { ANJU_MUTATED_TABLES: 'yes' } : {}) },
  });
  if (!existsSync(report)) throw new Error(`${context}: Stryker 没有完成 / did not come to its end`);
  return JSON.parse(readFileSync(report, 'utf8')) as MutationReport;
}

const { files, whole, keep, tables, options } = asked();
const before = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Scores) : {};
const now: Record<string, Scores[string]> = {};
const began = Date.now();
try {
  for (const [context, list] of files) now[context] = scoreOf(mutated(context, list, tables, options));
} catch (error) {
  console.error(`安居: ${(error as Error).message}`);
  process.exit(1);
}

const minutes = ((Date.now() - began) / 60_000).toFixed(1);
console.table({ ...now, '合计 / all': overall(now) });
console.log(`${minutes} min`);
if (whole) {
  const together = { ...before, ...now };
  const { score } = overall(together);
  const fell = fallen(before, now);
  for (const { context, was, is } of fell)
    console.error(`✗ ${context}: 得分下降 / the score fell: ${was} % → ${is} %`);
  const enough = score >= threshold;
  console.log(`${enough ? '✓' : '✗'} 总得分 / over all: ${score} % (≥ ${threshold} %)`);
  if (keep) writeFileSync(kept, `${JSON.stringify(together, null, 2)}\n`);
  if (!enough || (fell.length > 0 && !keep)) process.exitCode = 1;
}
