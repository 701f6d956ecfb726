/** What stands in the way of a step of the joint review, to the hour and to the number. */
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../identity/roles.ts';
import { decide } from '../decide.ts';
import type { Action } from '../lifecycle.ts';
import { person } from '../sample-filing.ts';
import type { Desk } from './sample-review.ts';
import { condition, county, drafter, lead, of, planChecker, reviewing, rulesOf } from './sample-review.ts';

const day = '2021-09-28';
const proof = { condition: 1, statement: '已整改', documents: [] };
const close = { condition: 1, met: true, reason: '现场核查' };

/** The reasons of the refusal, each with where it lies. */
function reasonsOf(desk: Desk, action: Action, by: Actor, input: object): string[][] {
  const decided = decide(action, desk.head, input, desk.context(by, day));
  return decided.ok ? [] : decided.error.errors.map(({ code, pointer }) => [code, pointer]);
}

describe('to conclude the review', () => {
  test('every opinion that is missing and every department that disagrees is named, and counted', () => {
    const desk = reviewing().take('opine', of('FIRE'), day, { verdict: 'disagree', reason: '疏散通道不足' });
    const decided = decide('conclude-review', desk.head, {}, desk.context(lead, day));
    expect(decided).toMatchObject({ ok: false, error: { code: 'incomplete', params: { count: 3 } } });
    expect(reasonsOf(desk, 'conclude-review', lead, {}).map(([code]) => code)).toEqual([
      'opinion-missing',
      'opinion-missing',
      'department-disagrees',
    ]);
  });
});

describe('a contradiction to settle', () => {
  const desk = reviewing()
    .take('opine', of('FIRE'), day, condition('layout'))
    .take('opine', of('NATRES'), day, condition('layout'))
    .take('opine', of('POWER'), day, condition('use'));

  test.each([
    [[1, 3], undefined, [['no-such-contradiction', '/conditions']]],
    [[1], undefined, [['no-such-contradiction', '/conditions']]],
    [[1, 2], 3, [['not-one-of-the-two', '/prevails']]],
    [[1, 2], 2, []],
    [[1, 2], undefined, []],
  ])('%j for %s: %j', (conditions, prevails, reasons) => {
    const input = { conditions, reason: '理由', ...(prevails === undefined ? {} : { prevails }) };
    expect(reasonsOf(desk, 'settle-contradiction', lead, input)).toEqual(reasons);
  });
});

describe('a condition', () => {
  const set = (): Desk => reviewing().take('opine', of('FIRE'), day, condition('fire'));

  test('that is none cannot be proved; one that was proved can be proved again, one that was closed cannot', () => {
    const desk = set();
    expect(reasonsOf(desk, 'prove-condition', drafter, { ...proof, condition: 2 })).toEqual([
      ['condition-not-open', '/condition'],
    ]);
    desk.take('prove-condition', drafter, day, proof);
    expect(reasonsOf(desk, 'prove-condition', drafter, proof)).toEqual([]);
    desk.take('close-condition', of('FIRE'), day, close);
    expect(reasonsOf(desk, 'prove-condition', drafter, proof)).toEqual([
      ['condition-not-open', '/condition'],
    ]);
    expect(reasonsOf(desk, 'close-condition', of('FIRE'), close)).toEqual([
      ['condition-not-proved', '/condition'],
    ]);
  });

  test('is closed by who set it or by the lead, and by no other department', () => {
    const desk = set().take('prove-condition', drafter, day, proof);
    expect(desk.try('close-condition', of('POWER'), day, close)).toBe('not-allowed');
    for (const who of [of('FIRE'), lead]) expect(desk.try('close-condition', who, day, close)).toBe('taken');
  });

  test('for the decision stands in its way until it is closed, proved or not', () => {
    const desk = set().agree(day, 'NATRES', 'POWER').take('conclude-review', lead, day);
    desk.take('pass-plan-check', planChecker, day);
    const decider = person(county, 'decider');
    expect(desk.try('approve', decider, day)).toBe('incomplete condition-open');
    desk.take('prove-condition', drafter, day, proof);
    expect(desk.try('approve', decider, day)).toBe('incomplete condition-open');
    desk.take('close-condition', of('FIRE'), day, close);
    expect(desk.try('approve', decider, day)).toBe('taken');
  });
});

describe('minutes', () => {
  const minutes = (...departments: readonly string[]) => ({
    date: day,
    documentNumber: '新联审〔2021〕1号',
    document: 'scan',
    opinions: departments.map((department) => ({ department, verdict: 'agree' })),
  });

  test.each([
    ['of a department twice', ['FIRE', 'FIRE'], [['opinion-not-asked', '/opinions/1/department']]],
    ['of a department that is not asked', ['TAX', 'FIRE'], [['opinion-not-asked', '/opinions/0/department']]],
    ['of one that has spoken', ['POWER'], [['opinion-not-asked', '/opinions/0/department']]],
    ['of those that have not', ['FIRE', 'NATRES'], []],
  ])('%s', (_what, departments, reasons) => {
    const desk = reviewing().agree('2021-09-27', 'POWER');
    expect(reasonsOf(desk, 'record-minutes', lead, minutes(...departments))).toEqual(reasons);
  });
});

describe('the public notice', () => {
  const noticed = (): Desk =>
    reviewing(rulesOf({ notice: 5 }))
      .agree('2021-09-27', 'NATRES', 'FIRE', 'POWER')
      .take('conclude-review', lead, '2021-09-27')
      .take('pass-plan-check', planChecker, '2021-09-27');

  test.each([
    ['2021-10-09T15:59:59.999Z', false],
    ['2021-10-09T16:00:00.000Z', true],
  ])('at %s is over: %s', (now, over) => {
    const desk = noticed();
    const decided = decide('close-notice', desk.head, {}, { ...desk.context(lead, day), now });
    expect(decided.ok).toBe(over);
    const text = decided.ok ? '' : decided.error.errors[0]?.text.en;
    if (!over) expect(text).toContain('2021-10-09');
  });

  test('waits for each answer of its own objection', () => {
    const objection = { receivedOn: day, by: 'letter', text: '停车位不足' };
    const desk = noticed()
      .take('record-objection', lead, day, objection)
      .take('record-objection', lead, day, objection);
    const answer = (number: number) => ({ objection: number, upheld: false, answer: '已答复' });
    desk.take('answer-objection', lead, day, answer(1));
    expect(reasonsOf(desk, 'answer-objection', lead, answer(1))).toEqual([
      ['no-such-objection', '/objection'],
    ]);
    expect(reasonsOf(desk, 'answer-objection', lead, answer(3))).toEqual([
      ['no-such-objection', '/objection'],
    ]);
    expect(reasonsOf(desk, 'answer-objection', lead, answer(2))).toEqual([]);
  });
});
