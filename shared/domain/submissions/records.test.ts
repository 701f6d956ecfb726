/** The records of a filing as they are kept: what is read is what was written, and nothing that is half there. */
import { describe, expect, test } from 'vitest';
import { draft, inReview, ndrc, step, versionOf, walk } from './sample-filing.ts';
import { ClockSchema, Head, Paper, Version } from './submission.ts';

const at = '2021-10-11T01:00:00.000Z';
const opinion = { office: 'R_NDRC', verdict: 'agree', version: 1, hash: 'h', seq: 7 };
const clock = {
  name: 'opinion:R_NDRC',
  office: 'R_NDRC',
  limit: 5,
  basis: 'unverified',
  entries: [
    { kind: 'started', at, seq: 1 },
    { kind: 'suspended', at, seq: 2, ground: 'supplement:R_NDRC' },
    { kind: 'resumed', at, seq: 3, ground: 'supplement:R_NDRC' },
    { kind: 'extended', at, seq: 4, days: 3, ground: 'granted' },
    { kind: 'ended', at, seq: 5, ground: 'given' },
  ],
};
const head = {
  ...draft(),
  amends: 'filing before',
  frozenHash: 'h',
  receivedAt: at,
  hands: { drafter: 'a', coDrafters: ['b'], checker: 'c', signatory: 'd' },
  clocks: [clock],
  opinions: [opinion],
  asked: [{ office: 'R_NDRC', seq: 8, at }],
  extensions: [{ clock: 'opinion:R_NDRC', office: 'R_NDRC', days: 3, seq: 9 }],
  step: {
    action: 'accept',
    from: 'submitted',
    by: 'a',
    seq: 9,
    overwritten: { receivedAt: at, frozenHash: 'h', opinions: [opinion] },
  },
};

const reads = (change: object): boolean => Head().safeParse({ ...head, ...change }).success;

describe('the head of a filing', () => {
  test('is read back as it was written, with all that a review leaves in it', () => {
    expect(Head().parse(head)).toEqual(head);
    const reached = walk(draft(), ...inReview, step('opine', ndrc, { verdict: 'agree' }));
    expect(Head().parse(reached)).toEqual(reached);
  });

  test.each<[string, object]>([
    ['a state that nobody knows', { state: 'lost' }],
    ['a path that nobody knows', { path: 'shortcut' }],
    ['a tier that nobody knows', { tier: 'first' }],
    ['half a version', { version: 1.5 }],
    ['hands that are no persons', { hands: { checker: 7 } }],
    ['an opinion without its office', { opinions: [{ ...opinion, office: undefined }] }],
    ['an opinion that says neither yes nor no', { opinions: [{ ...opinion, verdict: 'perhaps' }] }],
    ['a question of nobody', { asked: [{ seq: 8, at }] }],
    [
      'a request for more time that does not say how much',
      { extensions: [{ clock: 'c', office: 'o', seq: 1 }] },
    ],
    ['a last step of nobody', { step: { ...head.step, by: undefined } }],
    ['a last step from nowhere', { step: { ...head.step, from: 'lost' } }],
    [
      'what a step wrote over, if it is no opinion',
      { step: { ...head.step, overwritten: { opinions: [{}] } } },
    ],
    ['a receipt at no time', { step: { ...head.step, overwritten: { receivedAt: 5 } } }],
    ['a clock without its office', { clocks: [{ ...clock, office: undefined }] }],
  ])('is not read with %s', (_, change) => {
    expect(reads(change)).toBe(false);
  });
});

describe('a clock', () => {
  test.each<[string, object]>([
    ['a line that says nothing', {}],
    ['a start at no time', { kind: 'started', seq: 1 }],
    ['a line of another kind', { kind: 'paused', at, seq: 2, ground: 'g' }],
    ['a suspension without a ground', { kind: 'suspended', at, seq: 2 }],
    ['an extension without days', { kind: 'extended', at, seq: 2, ground: 'granted' }],
    ['an extension by half a day', { kind: 'extended', at, seq: 2, days: 0.5, ground: 'granted' }],
  ])('is not read with %s', (_, entry) => {
    expect(ClockSchema().safeParse({ ...clock, entries: [clock.entries[0], entry] }).success).toBe(false);
  });
});

describe('a version', () => {
  const version = versionOf('five-year-target', { explanations: { code: '说明' } });

  test('is read back as it was written, its contact sealed', () => {
    expect(Version().parse(version)).toEqual(version);
    const open = { ...version.filing, contact: { name: '张三', phone: '13800001234' } };
    expect(Version().safeParse({ ...version, filing: open }).success).toBe(false);
    expect(Version().safeParse({ ...version, filing: {} }).success).toBe(false);
    expect(Version().safeParse({ ...version, hash: undefined }).success).toBe(false);
  });
});

describe('a paper', () => {
  const paper = {
    seq: 3,
    type: 'opinion',
    office: 'R_NDRC',
    role: 'reviewer',
    at,
    version: 1,
    body: { verdict: 'agree' },
  };

  test('is read back as it was written, and is of a type that has a name', () => {
    expect(Paper().parse(paper)).toEqual(paper);
    expect(Paper().safeParse({ ...paper, type: 'letter' }).success).toBe(false);
    expect(Paper().safeParse({ ...paper, office: undefined }).success).toBe(false);
  });
});
