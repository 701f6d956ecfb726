/** Renews the table of the object engines, and the page that shows it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Differences } from '../check.ts';
import { disagreements, renewed, shown, withSection } from '../differences.ts';
import { opinions } from './opinions.ts';
import { columns, files, hearOpinion, hearOurs, type Heard } from './suite.ts';
import { themes } from './themes.ts';

const place = (name: string): string => path.resolve(import.meta.dirname, '..', name);

/**
 * Hears our engine and every second opinion that is installed, and says what the table does not say yet.
 * @param write puts it there
 * @returns how many cells are not as they were
 */
export async function renewObjects(
  write: boolean,
  say: (line: string) => void = console.log,
): Promise<number> {
  const before = JSON.parse(readFileSync(place(files.table), 'utf8')) as Differences;
  const heard: Record<string, Heard> = { anju: await hearOurs() };
  for (const opinion of opinions) {
    const answer = await hearOpinion(opinion);
    if (answer === undefined) say(`未听取 / not heard: ${opinion.title} (${opinion.install})`);
    else heard[opinion.key] = answer;
  }
  const changes = Object.entries(heard).flatMap(([key, verdicts]) => disagreements(before, key, verdicts));
  for (const change of changes) say(change);
  if (write) {
    const table = renewed(before, themes, columns, heard);
    writeFileSync(place(files.table), `${JSON.stringify(table, null, 2)}\n`);
    const page = readFileSync(place(files.page), 'utf8');
    writeFileSync(place(files.page), withSection(page, files.section, shown(table, themes, columns)));
  }
  return changes.length;
}
