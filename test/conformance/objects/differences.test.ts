/** The table says what each second opinion does that is installed here, and the page shows the table. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Differences } from '../check.ts';
import { disagreements, gaps, shown, withSection } from '../differences.ts';
import { opinions } from './opinions.ts';
import { columns, files, hearOpinion } from './suite.ts';
import { themes } from './themes.ts';

const read = (name: string): string => readFileSync(path.resolve(import.meta.dirname, '..', name), 'utf8');
const table = JSON.parse(read(files.table)) as Differences;

describe('the differences of the object engines', () => {
  it('stand for every check and every engine', () => {
    expect(gaps(table, themes, columns)).toEqual([]);
  });

  it('are none of our own engine', () => {
    const cells = Object.values(table).flatMap((checks) => Object.values(checks));
    expect(cells.filter((cell) => cell['anju'] !== 'passes')).toEqual([]);
  });

  const quick = opinions.filter(({ slow }) => slow !== true);
  it.each(quick)('are those of $title, where it can be had', async (opinion) => {
    const heard = await hearOpinion(opinion);
    if (heard === undefined) {
      console.warn(
        `符合性测试:未能听取 ${opinion.title} 的第二意见,本机未安装。安装:${opinion.install}\n` +
          `Conformance: the second opinion of ${opinion.title} was NOT HEARD, it is not installed here. To install: ${opinion.install}`,
      );
      return;
    }
    expect(disagreements(table, opinion.key, heard)).toEqual([]);
  });

  it('are shown to people as they stand', () => {
    const page = read(files.page);
    expect(withSection(page, files.section, shown(table, themes, columns))).toBe(page);
  });
});
