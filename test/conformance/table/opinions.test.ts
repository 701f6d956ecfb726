/** The table says what each second opinion does that can be had on this machine, and the page shows the table. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Differences } from '../check.ts';
import { disagreements, gaps, shown, withSection } from '../differences.ts';
import { themes } from './index.ts';
import { opinions } from './opinions.ts';
import { columns, files, hearOpinion, type Heard } from './suite.ts';

const read = (name: string): string => readFileSync(path.resolve(import.meta.dirname, '..', name), 'utf8');
const table = JSON.parse(read(files.table)) as Differences;

describe('the differences of the table engines', () => {
  it('stand for every check and every engine', () => {
    expect(gaps(table, themes, columns)).toEqual([]);
  });

  it('are none of our own engine', () => {
    const cells = Object.values(table).flatMap((checks) => Object.values(checks));
    expect(
      cells.filter((cell) => cell['anju-memory'] !== 'passes' || cell['anju-sqlite'] !== 'passes'),
    ).toEqual([]);
  });

  it('are shown to people as they stand', () => {
    const page = read(files.page);
    expect(withSection(page, files.section, shown(table, themes, columns))).toBe(page);
  });

  describe('second opinions', () => {
    let heard: Record<string, Heard | string>;
    beforeAll(async () => {
      // At once: each is a process of its own, and waits more than it works.
      heard = Object.fromEntries(
        await Promise.all(
          opinions.map(async (opinion) => [opinion.key, await hearOpinion(opinion)] as const),
        ),
      );
    });

    it.each(opinions)('$title does what the table says of it', ({ key, title }) => {
      const answer = heard[key] ?? 'nothing';
      if (typeof answer === 'string') {
        console.warn(
          `‼ 未听取 ${title} 的意见：本机没有 ${answer}（安装：npm ci --prefix test/conformance/second-opinions）\n` +
            `‼ NOT HEARD: ${title}, for this machine lacks ${answer} (npm ci --prefix test/conformance/second-opinions)`,
        );
        return;
      }
      expect(disagreements(table, key, answer)).toEqual([]);
    });
  });
});
