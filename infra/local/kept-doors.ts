/**
 * The engines' doors of a data folder: their ports and the secret that opens them, kept over restarts, so that a link or an
 * upload form that was given before a restart is good after it.
 */
import { randomBytes } from 'node:crypto';
import { readKept, writeKept } from './kept-file.ts';

export interface Doors {
  readonly secret: string;
  /** Of table, objects and keys; 0 for any. */
  readonly ports: readonly number[];
}

/** @param file absent: nothing is kept */
export function doorsIn(file: string | undefined): Doors {
  const kept = file === undefined ? undefined : readKept(file, areDoors);
  return kept ?? { secret: randomBytes(16).toString('hex'), ports: [0, 0, 0] };
}

/** For the owner of the folder alone. */
export function keepDoors(file: string | undefined, doors: Doors): void {
  if (file !== undefined) writeKept(file, doors, 0o600);
}

function areDoors(kept: unknown): kept is Doors {
  const { secret, ports } = (kept ?? {}) as Partial<Doors>;
  return typeof secret === 'string' && Array.isArray(ports) && ports.every((port) => Number.isInteger(port));
}
