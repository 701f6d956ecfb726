/** Small JSON files that must survive a kill: written beside, then renamed over the old one. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * What a file keeps; undefined when there is no file.
 *
 * @param isWhole whether what was read is what was once written
 * @throws Error with one sentence in both languages when the file is damaged
 */
export function readKept<T>(file: string, isWhole: (kept: unknown) => kept is T): T | undefined {
  if (!existsSync(file)) return undefined;
  const kept = parsed(readFileSync(file, 'utf8'));
  if (!isWhole(kept)) throw new Error(`文件 ${file} 已损坏 / the file ${file} is damaged`);
  return kept;
}

/** @param mode who may read the file */
export function writeKept(file: string, value: unknown, mode = 0o644): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode });
  renameSync(`${file}.new`, file);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
