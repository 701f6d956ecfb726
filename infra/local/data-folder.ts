/** The data folder: one platform at a time, named by its process; a folder left by a killed one is taken over. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface RuntimeFile {
  readonly pid: number;
  readonly url: string;
  readonly [name: string]: unknown;
}

export class FolderProblem extends Error {
  override readonly name = 'FolderProblem';
}

/** @throws FolderProblem with one sentence in both languages */
export function claimFolder(folder: string): void {
  const other = runningIn(folder);
  if (other) {
    throw new FolderProblem(
      `数据目录 ${folder} 正被另一个平台（进程${other.pid}）使用 / the data folder is in use by process ${other.pid}`,
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'runtime.json'), JSON.stringify({ pid: process.pid, url: '' }));
  } catch {
    throw new FolderProblem(`数据目录 ${folder} 不可写 / the data folder ${folder} cannot be written`);
  }
}

const reasons: readonly (readonly [RegExp, string, string])[] = [
  [/is damaged/, '已损坏', 'restore it from a copy, or move the folder away to begin anew'],
  [/in use/, '正被另一进程使用', 'end that process first'],
  [/cannot be written/, '不可写', 'check who may write there'],
  [/another version/, '由另一版本写成', 'move the folder away to begin anew'],
];

/** What an engine says of its file, in both languages and with what to do; anything else is left as it is. */
export function asFolderProblem(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const known = reasons.find(([pattern]) => pattern.test(error.message));
  if (!known) return error;
  const file = / (\/\S+|[A-Za-z]:\\\S+|\.\S*) /.exec(error.message)?.[1] ?? '';
  const [, zh, advice] = known;
  return new FolderProblem(`数据文件 ${file} ${zh} / ${error.message.replace(/\.$/, '')}: ${advice}`);
}

export function announce(folder: string, runtime: RuntimeFile): void {
  writeFileSync(path.join(folder, 'runtime.json'), JSON.stringify(runtime, null, 2), { mode: 0o600 });
}

export function releaseFolder(folder: string): void {
  rmSync(path.join(folder, 'runtime.json'), { force: true });
}

/** When the table in the folder was last written, in milliseconds of the machine's clock; 0 for none. */
export function lastWriteIn(folder: string | undefined): number {
  if (folder === undefined || !existsSync(folder)) return 0;
  const files = readdirSync(folder).filter((name) => name.startsWith('table.db'));
  return Math.max(0, ...files.map((name) => statSync(path.join(folder, name)).mtimeMs));
}

/** The platform that runs on this folder, if one does. */
export function runningIn(folder: string): RuntimeFile | undefined {
  const file = path.join(folder, 'runtime.json');
  if (!existsSync(file)) return undefined;
  try {
    const runtime = JSON.parse(readFileSync(file, 'utf8')) as RuntimeFile;
    process.kill(runtime.pid, 0);
    // A killed process that nobody has waited for still answers to its number.
    const status = `/proc/${runtime.pid}/stat`;
    if (existsSync(status) && /\) Z /.test(readFileSync(status, 'utf8'))) return undefined;
    return runtime.pid === process.pid ? undefined : runtime;
  } catch {
    return undefined;
  }
}
