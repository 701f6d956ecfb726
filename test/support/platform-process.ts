/** `npm start` as a process of its own, to be killed: what a user's machine does to it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { nodeFlags } from '../../infra/node-flags.mjs';

export interface Started {
  readonly url: string;
  readonly pid: number;
  readonly output: () => string;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

function launch(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [...nodeFlags('start'), 'infra/cli/start.ts', ...args], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @throws Error with what it said, when it ended instead of getting ready */
export async function startProcess(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const child = launch(args, { ANJU_DATA: dataDir, ...env });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /^ready (\S+)/m.exec(said)?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
  });
  const url = await Promise.race([
    ready,
    ended.then((code) => {
      throw new Error(`It ended with ${code ?? 'a signal'}:\n${said}`);
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => said,
    ended,
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** Runs it to its end: for starts that must be refused. */
export async function refusedStart(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = launch(args, { ANJU_DATA: dataDir, ...env });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, said };
}

/** What `npm run audit:verify` says of a folder, running or not. */
export function verified(folder: string): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'infra/cli/audit-verify.ts'],
    { env: { ...process.env, ANJU_DATA: folder }, encoding: 'utf8' },
  );
  return stdout + stderr;
}
