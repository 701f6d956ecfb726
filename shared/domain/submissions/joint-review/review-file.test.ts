import { describe, expect, test } from 'vitest';
import {
  changeCondition,
  conditionNumbered,
  contradictionsIn,
  emptyFile,
  openMattersOf,
  withConditions,
  withoutConditionsOf,
  withoutOpinion,
  type ReviewFile,
  type SetCondition,
} from './review-file.ts';

const about = (subject: SetCondition['subject']): SetCondition => ({
  text: '条件',
  subject,
  before: 'decision',
});

/** Fire asked for two things in its opinion 7, the power company for one in 9, fire for another in 12. */
const file = [
  ['FIRE', ['fire', 'layout'], 7],
  ['POWER', ['layout'], 9],
  ['FIRE', ['other'], 12],
].reduce<ReviewFile>(
  (before, [office, subjects, seq]) =>
    withConditions(before, String(office), (subjects as SetCondition['subject'][]).map(about), Number(seq)),
  emptyFile('s-1'),
);
const numbers = ({ conditions }: ReviewFile): number[] => conditions.map(({ number }) => number);

describe('the file of a joint review', () => {
  test('numbers conditions in the order in which they come, each open and under its office', () => {
    expect(file.conditions.map(({ number, office, seq, state }) => [number, office, seq, state])).toEqual([
      [1, 'FIRE', 7, 'open'],
      [2, 'FIRE', 7, 'open'],
      [3, 'POWER', 9, 'open'],
      [4, 'FIRE', 12, 'open'],
    ]);
    expect([conditionNumbered(file, 3)?.office, conditionNumbered(file, 5)]).toEqual(['POWER', undefined]);
    expect(conditionNumbered(undefined, 1)).toBeUndefined();
  });

  test('loses the conditions of a recalled opinion, and no other', () => {
    expect(numbers(withoutOpinion(file, 7))).toEqual([3, 4]);
  });

  test('loses what offices set on the version before, and what was settled of it', () => {
    const settled = { ...file, settled: [{ pair: [2, 3] as [number, number], seq: 13 }] };
    expect(withoutConditionsOf(settled, ['FIRE'])).toMatchObject({
      conditions: [{ number: 3 }],
      settled: [],
      submission: 's-1',
    });
  });

  test('changes one condition', () => {
    const changed = changeCondition(file, 2, { state: 'proved', provedBy: 15 });
    expect(changed.conditions.map(({ state }) => state)).toEqual(['open', 'proved', 'open', 'open']);
    expect(changed.conditions[1]?.provedBy).toBe(15);
  });
});

describe('contradictions', () => {
  const set = (...all: readonly [office: string, subject: SetCondition['subject']][]): ReviewFile =>
    all.reduce(
      (before, [office, subject]) => withConditions(before, office, [about(subject)], 1),
      emptyFile('s-1'),
    );

  test.each([
    ['two offices on one subject', set(['FIRE', 'layout'], ['POWER', 'layout']), [[1, 2]]],
    [
      'three of them, in pairs',
      set(['FIRE', 'use'], ['POWER', 'use'], ['TAX', 'use']),
      [
        [1, 2],
        [1, 3],
        [2, 3],
      ],
    ],
    ['one office on one subject', set(['FIRE', 'layout'], ['FIRE', 'layout']), []],
    ['two offices on two subjects', set(['FIRE', 'fire'], ['POWER', 'layout']), []],
    ['two offices on what is called other', set(['FIRE', 'other'], ['POWER', 'other']), []],
    ['no file', undefined, []],
  ])('of %s', (_what, one, pairs) => {
    expect(contradictionsIn(one)).toEqual(pairs);
  });

  test.each([
    ['open', [[1, 2]]],
    ['proved', [[1, 2]]],
    ['closed', []],
    ['set-aside', []],
  ] as const)('are between conditions that stand: one that is %s', (state, pairs) => {
    const one = changeCondition(set(['FIRE', 'use'], ['POWER', 'use']), 1, { state });
    expect(contradictionsIn(one)).toEqual(pairs);
  });

  test('that were settled are none any more, the others are', () => {
    const one = set(['FIRE', 'use'], ['POWER', 'use'], ['TAX', 'use']);
    expect(contradictionsIn({ ...one, settled: [{ pair: [1, 3], seq: 4 }] })).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });
});

describe('what is open', () => {
  const nothing = { prove: 0, close: [], objections: 0, papers: [], escalated: [] };

  test('is undefined when nothing is, with a file or without', () => {
    expect(openMattersOf(undefined, [])).toBeUndefined();
    const closed = changeCondition(withConditions(emptyFile('s-1'), 'FIRE', [about('fire')], 1), 1, {
      state: 'closed',
    });
    expect(openMattersOf(closed, [])).toBeUndefined();
  });

  test.each<[string, Partial<ReviewFile>, object]>([
    [
      'a condition',
      { conditions: withConditions(emptyFile('s-1'), 'FIRE', [about('fire')], 1).conditions },
      { prove: 1 },
    ],
    [
      'proofs to look at, once an office',
      {
        conditions: withConditions(emptyFile('s-1'), 'FIRE', [about('fire'), about('use')], 1).conditions.map(
          (one) => ({ ...one, state: 'proved' as const }),
        ),
      },
      { close: ['FIRE'] },
    ],
    [
      'an objection',
      {
        objections: [
          { number: 1, seq: 3 },
          { number: 2, seq: 4, answeredBy: 5 },
        ],
      },
      { objections: 1 },
    ],
    [
      'a promised paper',
      {
        promised: [
          { paper: 'survey', by: '2021-10-15' },
          { paper: 'title', by: '2021-10-15', deliveredBy: 4 },
        ],
      },
      { papers: [{ paper: 'survey', by: '2021-10-15' }] },
    ],
  ])('%s alone is shown', (_what, changes, open) => {
    expect(openMattersOf({ ...emptyFile('s-1'), ...changes }, [])).toEqual({ ...nothing, ...open });
  });

  test('is a silent department, without any file', () => {
    expect(openMattersOf(undefined, ['150102-FIRE'])).toEqual({ ...nothing, escalated: ['150102-FIRE'] });
  });
});
