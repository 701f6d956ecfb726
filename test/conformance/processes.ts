/** Second opinions run as processes of their own: a fault of theirs is none of ours. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

/** Where they are installed, if they are. */
export const opinionsFolder = path.resolve(import.meta.dirname, 'second-opinions', 'node_modules');

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Running {
  /** Whether it has not ended by itself. */
  alive(): boolean;
  end(): Promise<void>;
}

/**
 * Starts a program and waits until it answers.
 * @throws when it ends before, or does not answer within half a minute
 */
export async function startProcess(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  answers: () => Promise<boolean>,
): Promise<Running> {
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  // A program that this machine cannot run has no process; what is waited for below then never comes.
  child.on('error', () => undefined);
  for (const began = Date.now(); Date.now() - began < 30_000 && child.exitCode === null && child.pid;) {
    if (await answers().catch(() => false)) {
      return { alive: () => child.exitCode === null && child.signalCode === null, end: () => ended(child) };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await ended(child);
  throw new Error(`${path.basename(args[0] ?? program)} does not answer`);
}

/** Ends a process that keeps nothing. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
