/** Renews the table of the table engines, and the page that shows it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Differences } from '../check.ts';
import { disagreements, renewed, shown, withSection } from '../differences.ts';
import { themes } from './index.ts';
import { opinions } from './opinions.ts';
import { columns, files, hearOpinion, hearOurs, stores, type Heard } from './suite.ts';

const place = (name: string): string => path.resolve(import.meta.dirname, '..', name);

/**
 * Hears our engine and every second opinion that can be had here, and says what the table does not say yet.
 * @param write puts it there
 * @returns how many cells are not as they were
 */
export async function renewTable(write: boolean, say: (line: string) => void = console.log): Promise<number> {
  const file = place(files.table);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Differences) : {};
  const heard: Record<string, Heard> = {};
  for (const store of stores) heard[`anju-${store}`] = await hearOurs(store);
  for (const opinion of opinions) {
    const answer = await hearOpinion(opinion);
    if (typeof answer === 'string') say(`‼ 未听取 / not heard: ${opinion.title} (${answer})`);
    else heard[opinion.key] = answer;
  }
  const changes = Object.entries(heard).flatMap(([key, verdicts]) => disagreements(before, key, verdicts));
  for (const change of changes) say(change);
  if (write) {
    const table = renewed(before, themes, columns, heard);
    writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
    const page = readFileSync(place(files.page), 'utf8');
    writeFileSync(place(files.page), withSection(page, files.section, shown(table, themes, columns)));
  }
  return changes.length;
}
