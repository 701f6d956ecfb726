/** The table engines in every check, and the table in which they stand. */
import { performAll, type Verdict } from '../check.ts';
import type { Column } from '../differences.ts';
import { themes } from './index.ts';
import { opinions, startOpinion, type Opinion } from './opinions.ts';
import { knobs, startOurs } from './ours.ts';

export const stores = ['memory', 'sqlite'] as const;

export const columns: readonly Column[] = [
  { key: 'anju-memory', title: 'Anju, memory' },
  { key: 'anju-sqlite', title: 'Anju, SQLite' },
  ...opinions,
];

/** The table's file and the page that shows it, in the folder above. */
export const files = { table: 'table-differences.json', page: 'README.md', section: 'table' };

export type Heard = Record<string, Record<string, Verdict>>;

export async function hearOurs(store: (typeof stores)[number]): Promise<Heard> {
  const engine = await startOurs(store);
  try {
    return await performAll(themes, engine.target, knobs);
  } finally {
    await engine.close();
  }
}

/** @returns what this machine lacks when it cannot be had here */
export async function hearOpinion(opinion: Opinion): Promise<Heard | string> {
  // One that is installed and does not start, such as on an older Java, is no fault of ours.
  const engine = await startOpinion(opinion).catch((error: Error) => ({
    absent: `a ${opinion.title} that starts (${error.message})`,
  }));
  if ('absent' in engine) return engine.absent;
  try {
    return await performAll(themes, engine.target);
  } finally {
    await engine.close();
  }
}
