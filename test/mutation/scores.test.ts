import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contextOf, contexts, filesOf } from './contexts.ts';
import { fallen, overall, scoreOf, threshold, type Scores } from './scores.ts';

const kept = JSON.parse(readFileSync('test/mutation/scores.json', 'utf8')) as Scores;
const survivors = readFileSync('test/mutation/survivors.md', 'utf8');

describe('the scores that were reached', () => {
  test('are of contexts that there are, and enough over all', () => {
    expect(Object.keys(kept).filter((context) => !contexts.includes(context))).toEqual([]);
    expect(overall(kept).score).toBeGreaterThanOrEqual(threshold);
  });

  test('stand in survivors.md as they were kept', () => {
    for (const [context, { killed, survived, noCoverage, score }] of [
      ...Object.entries(kept),
      ['over all', overall(kept)] as const,
    ]) {
      const row = survivors.split('\n').find((line) => line.startsWith(`| ${context} `)) ?? '';
      const cells = row.split('|').map((cell) => cell.trim());
      expect(cells.slice(2, 6), context).toEqual([killed, survived, noCoverage, score].map(String));
    }
  });
});

test('survivors.md names only files that there are', () => {
  const named = [...survivors.matchAll(/`((?:shared|test|infra)\/[^`:]+)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});

describe('what is changed', () => {
  test('is code of the kernel and the domain: no tests, no samples, nothing of another room', () => {
    const files = filesOf('shared/**/*.ts');
    expect(files.some((file) => /\.test\.ts$|\/sample-/.test(file))).toBe(false);
    expect(files.filter((file) => contextOf(file) === undefined)).toEqual([]);
    expect(files).toContain('shared/domain/submissions/lifecycle.ts');
  });
});

describe('a score', () => {
  const mutants = (...statuses: string[]) => statuses.map((status) => ({ status, mutatorName: 'Regex' }));

  test('is what was noticed of all that was tried or would have been', () => {
    const report = {
      files: {
        a: { mutants: mutants('Killed', 'Killed', 'Timeout', 'Survived') },
        b: {
          mutants: [...mutants('NoCoverage', 'Ignored'), { status: 'Ignored', mutatorName: 'StringLiteral' }],
        },
      },
    };
    expect(scoreOf(report)).toEqual({ killed: 3, survived: 1, noCoverage: 1, loading: 1, score: 60 });
  });

  test('over all weighs each context by its mutants', () => {
    const of = (killed: number, survived: number) => ({
      killed,
      survived,
      noCoverage: 0,
      loading: 0,
      score: 0,
    });
    expect(overall({ a: of(90, 10), b: of(0, 10) })).toMatchObject({
      killed: 90,
      survived: 20,
      score: 81.82,
    });
  });

  test('falls when it is lower by more than chance explains; a context that is new falls from nowhere', () => {
    const of = (score: number) => ({ killed: 0, survived: 0, noCoverage: 0, loading: 0, score });
    expect(
      fallen({ a: of(95), b: of(95), c: of(90) }, { a: of(94.6), b: of(94), c: of(99), d: of(10) }),
    ).toEqual([{ context: 'b', was: 95, is: 94 }]);
  });
});
