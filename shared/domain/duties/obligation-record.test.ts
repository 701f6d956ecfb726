import { describe, expect, it, test } from 'vitest';
import { learnOfDuty, Obligation, type ObligationItem } from './obligation.ts';

const item: ObligationItem = {
  kind: 'annual-plan',
  period: '2021',
  state: 'closed',
  submission: 's-1',
  at: '2021-10-20T01:00:00.000Z',
  source: 7,
  closedBecause: 'waived',
};
const duty: Obligation = {
  id: 'o-1',
  city: '150600',
  notice: '内政办发〔2021〕53号',
  clause: 'S-07',
  dueBefore: '2021-10-31T16:00:00.000Z',
  satisfiedBy: 'submitted',
  items: [item],
  points: [-5, 0, 1, 5],
  extension: { dueBefore: '2021-11-30T16:00:00.000Z', reason: '理由', at: '2021-10-20T01:00:00.000Z' },
  notes: [{ type: 'refused', reason: '按期', at: '2021-10-12T01:00:00.000Z' }],
  createdAt: '2021-09-23T01:00:00.000Z',
  seq: 3,
  hash: 'h',
};

describe('the record of a duty', () => {
  it('is read back as it was written, with whatever happened to it', () => {
    expect(Obligation().parse(duty)).toEqual(duty);
  });

  it.each<[string, unknown]>([
    ['a state that no item can have', { ...duty, items: [{ ...item, state: 'late' }] }],
    ['half a day as its point', { ...duty, points: [0.5] }],
    [
      'a request for more time that does not say until when',
      { ...duty, extension: { reason: 'r', at: 'a' } },
    ],
    ['a note of another kind', { ...duty, notes: [{ type: 'said', reason: 'r', at: 'a' }] }],
    ['a note without its reason', { ...duty, notes: [{ type: 'waived', at: 'a' }] }],
    ['nothing that would fulfil it', { ...duty, satisfiedBy: 'drafted' }],
    ['an item of no kind', { ...duty, items: [{ period: '2021', state: 'open' }] }],
  ])('is not read with %s', (_, record) => {
    expect(Obligation().safeParse(record).success).toBe(false);
  });
});

test('what was waived stays waived, though the filing that was taken back is submitted again', () => {
  const { at: _at, ...closed } = item;
  const waived = { ...duty, items: [closed] };
  const again = {
    type: 'submitted',
    kind: 'annual-plan',
    period: '2021',
    submission: 's-1',
    at: '2021-10-25T01:00:00.000Z',
    source: 9,
  } as const;
  expect(learnOfDuty(waived, again)).toBe(waived);
});
