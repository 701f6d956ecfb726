/** The object engine and its second opinions in every check, and the table in which they stand. */
import { perform, type Verdict } from '../check.ts';
import type { Column } from '../differences.ts';
import { opinions, startOpinion, type Opinion, type Speaking } from './opinions.ts';
import { ours } from './ours.ts';
import { themes } from './themes.ts';

/** What our engine offers that a server behind HTTP alone does not. */
export const knobs = ['events'];

export const columns: readonly Column[] = [{ key: 'anju', title: 'Anju' }, ...opinions];

/** The table's file and the page that shows it, beside this folder and in it. */
export const files = { table: 'objects-differences.json', page: 'objects/README.md', section: 'differences' };

export type Heard = Record<string, Record<string, Verdict>>;

/** @returns what it does in each check; nothing when it is not installed */
export async function hearOpinion(opinion: Opinion): Promise<Heard | undefined> {
  let standing = await startOpinion(opinion);
  if (standing === undefined) return undefined;
  const heard: Heard = {};
  try {
    for (const { title, checks } of themes) {
      const verdicts: Record<string, Verdict> = (heard[title] = {});
      for (const check of checks) {
        verdicts[check.name] = await perform(check, standing.target);
        if (await fell(standing, verdicts[check.name])) {
          // One that falls over answers with whatever the fall leaves behind; the next check finds it on its feet.
          verdicts[check.name] = 'fails: the server ends';
          standing = await again(opinion, standing);
        }
      }
    }
  } finally {
    await standing.stop();
  }
  return heard;
}

/** Whether it is no more. A broken connection is seen before the end of the process behind it. */
async function fell(standing: Speaking, verdict: Verdict | undefined): Promise<boolean> {
  const broken = /ECONN|connection breaks|socket hang up/.test(verdict ?? '');
  for (let waited = 0; broken && standing.alive() && waited < 3000; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return !standing.alive();
}

async function again(opinion: Opinion, fallen: Speaking): Promise<Speaking> {
  await fallen.stop();
  const standing = await startOpinion(opinion);
  if (standing === undefined) throw new Error(`${opinion.title} is gone`);
  return standing;
}

export async function hearOurs(): Promise<Heard> {
  const standing = await ours();
  const heard: Heard = {};
  try {
    for (const { title, checks } of themes) {
      const verdicts: Record<string, Verdict> = (heard[title] = {});
      for (const check of checks) verdicts[check.name] = await perform(check, standing.target, knobs);
    }
  } finally {
    await standing.stop();
  }
  return heard;
}
