/** What a joint review leaves open stands on the desk of who has to do it, in whatever state the filing is. */
import { describe, expect, test } from 'vitest';
import { waitingIn } from '../desks.ts';
import { company } from '../kinds/sample-recognition.ts';
import { kindNamed } from '../sample-filing.ts';
import type { Head, OpenMatters } from '../submission.ts';
import { calendar, county, decider, lead, of, planChecker, reviewing, rulesOf } from './sample-review.ts';

const kind = kindNamed('recognition');
const nothing: OpenMatters = { prove: 0, close: [], objections: 0, papers: [], escalated: [] };
const inReview = reviewing().agree('2021-09-27', 'NATRES', 'FIRE', 'POWER').head;

const linesOf = (head: Head): string[] =>
  waitingIn(head, kind, calendar).map(({ office, role, task, due }) =>
    [office, role, task, due ?? ''].join(' ').trim(),
  );
const opened = (open: Partial<OpenMatters>): string[] =>
  linesOf({ ...inReview, open: { ...nothing, ...open } }).filter((line) => !line.includes('conclude-review'));

describe('open matters', () => {
  test.each<[Partial<OpenMatters>, readonly string[]]>([
    [{}, []],
    [{ prove: 2 }, [`${company} drafter prove-condition`]],
    [
      { close: ['150102-FIRE', '150102-TAX'] },
      ['150102-FIRE reviewer close-condition', '150102-TAX reviewer close-condition'],
    ],
    [{ objections: 3 }, ['150102-HOUSING lead answer-notice-objection']],
    // One line, however many were promised.
    [
      {
        papers: [
          { paper: 'survey', by: '2021-10-15' },
          { paper: 'title', by: '2021-10-20' },
        ],
      },
      [`${company} drafter deliver-paper`],
    ],
    [{ escalated: ['150102-FIRE'] }, ['150102 leader urge-opinion']],
  ])('%j are these lines: %j', (open, lines) => {
    expect(opened(open)).toEqual(lines);
  });

  test('are no one’s any more once the filing failed', () => {
    const open = { ...nothing, prove: 1, objections: 1, escalated: ['150102-FIRE'] };
    expect(linesOf({ ...inReview, state: 'withdrawn', open })).toEqual([]);
    expect(linesOf({ ...inReview, state: 'rejected', open, noted: true })).toEqual([]);
  });
});

test('a department that disagrees brings the filing to the lead when all have spoken, and not before', () => {
  const desk = reviewing().take('opine', of('FIRE'), '2021-09-27', {
    verdict: 'disagree',
    reason: '疏散通道不足',
  });
  const settle = '150102-HOUSING lead settle';
  expect(desk.desks).not.toContain(settle);
  expect(desk.agree('2021-09-28', 'NATRES', 'POWER').desks).toContain(settle);
  expect(linesOf(inReview)).not.toContain(settle);
});

test('each later stage stands on its own desk, with its last day', () => {
  const desk = reviewing(rulesOf({ notice: 5 })).agree('2021-09-27', 'NATRES', 'FIRE', 'POWER');
  desk.take('conclude-review', lead, '2021-09-27').take('pass-plan-check', planChecker, '2021-09-27');
  expect(desk.desks).toEqual(['150102-HOUSING lead close-notice 2021-10-09']);
  desk.take('close-notice', lead, '2021-10-10');
  expect(desk.desks).toEqual([`${county} decider decide 2021-10-13`]);
  desk.take('approve', decider, '2021-10-11');
  expect(desk.desks).toEqual(['150102-HOUSING lead await-number 2021-10-13']);
});

test('more time that a department asks for is granted by the lead, and the lead’s own by the government', () => {
  const { head } = reviewing();
  const asked = (office: string, clock: string): string[] =>
    linesOf({ ...head, extensions: [{ office, clock, days: 5, seq: head.seq }] }).filter((line) =>
      line.includes('extension'),
    );
  expect(asked('150102-FIRE', 'opinion:150102-FIRE')).toEqual(['150102-HOUSING lead answer-extension']);
  expect(asked('150102-HOUSING', 'review')).toEqual(['150102 decider answer-extension']);
});
