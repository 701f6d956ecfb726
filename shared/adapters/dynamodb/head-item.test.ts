import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptItem } from '../../../infra/local/engines/table/attribute-values.ts';
import { itemSize } from '../../../infra/local/engines/table/item-size.ts';
import { hashOf } from '../../kernel/hash.ts';
import { stateNames, verdicts, type Head } from '../../domain/submissions/submission.ts';
import { headItem, headOf } from './head-item.ts';
import { at, draftHead } from '../../../test/support/test-table.ts';

/** The head as it comes back from the table. */
function readBack(head: Head): Head {
  return headOf(unmarshall(marshall(headItem(head), { removeUndefinedValues: true })));
}

const reviewers = ['R_HOUSING', 'R_NDRC', 'R_FINANCE'];
const frozenHash = hashOf('the version that everyone saw');
const person = '0190163d-8694-7dc0-8000-1234567890ab';

function clock(name: string, office: string): Head['clocks'][number] {
  return {
    name,
    office,
    limit: 5,
    basis: 'unverified',
    entries: [
      { kind: 'started', at, seq: 6 },
      { kind: 'ended', at, seq: 9, ground: 'opinion' },
    ],
  };
}

/** A filing in review, all three departments having spoken. */
const inReview = draftHead({
  state: 'in-review',
  version: 2,
  frozen: 2,
  frozenHash,
  hands: { drafter: person, checker: person.replace('ab', 'cd'), signatory: person.replace('ab', 'ef') },
  receivedAt: at,
  clocks: [
    clock('acceptance', 'R_HOUSING'),
    ...reviewers.map((office) => clock(`opinion:${office}`, office)),
  ],
  opinions: reviewers.map((office, index) => ({
    office,
    verdict: 'disagree',
    version: 2,
    hash: frozenHash,
    seq: 7 + index,
  })),
  corrections: 1,
  step: { action: 'opine', from: 'in-review', by: person, seq: 9 },
  seq: 9,
  hash: hashOf('the last entry'),
});

describe('a head as an item', () => {
  it('comes back as it was', () => {
    expect(readBack(inReview)).toEqual(inReview);
    expect(readBack(draftHead())).toMatchObject({ asked: [], extensions: [], corrections: 0, hash: '' });
  });

  it('comes back as it was, whatever stands in it', () => {
    const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
    const instant = fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.toISOString());
    const text = fc.string({ unit: 'binary', maxLength: 8 });
    const seq = fc.nat(999_999);
    const heads = fc.record(
      {
        state: fc.constantFrom(...stateNames),
        frozen: seq,
        seq,
        hash: fc.oneof(hash, fc.constant('')),
        createdAt: instant,
        updatedAt: instant,
        receivedAt: instant,
        frozenHash: hash,
        amends: text,
        received: fc.boolean(),
        noted: fc.boolean(),
        corrections: seq,
        asked: fc.array(fc.record({ office: text, seq, at: instant }), { maxLength: 2 }),
        extensions: fc.array(fc.record({ clock: text, office: text, days: seq, seq }), { maxLength: 2 }),
        opinions: fc.array(
          fc.record({ office: text, verdict: fc.constantFrom(...verdicts), version: seq, hash, seq }),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(heads, (given) => {
        // What is absent is absent, never undefined.
        const head = draftHead(given);
        expect(readBack(head)).toEqual(head);
      }),
    );
  });

  it('in review, with three opinions and four clocks, is written for one kilobyte', () => {
    const image = acceptItem(marshall(headItem(inReview), { removeUndefinedValues: true }));
    expect(itemSize(image)).toBeLessThanOrEqual(1024);
  });

  it('is listed by its owner with what the list shows', () => {
    expect(headItem(inReview)).toMatchObject({
      PK: `SUB#${inReview.id}`,
      SK: 'HEAD',
      v: 1,
      seq: 9,
      ownerPk: 'OWNER#150600',
      ownerSk: `five-year-target#2021-2025#${inReview.id}`,
      listed: { path: 'regional-review', state: 'in-review', frozen: 2, updatedAt: at },
    });
  });

  it('is refused where it is read when it is damaged', () => {
    const { data, ...item } = headItem(inReview);
    expect(() => headOf({ ...item, data: { ...data, version: 'two' } })).toThrow(/version/);
    expect(() => headOf({ ...item, data: { ...data, opinions: ['R_NDRC|perhaps|2|7|'] } })).toThrow(
      /verdict/,
    );
    expect(() => headOf({ ...item, data: { ...data, clocks: ['a|b|5|c|q,kvg,1,,'] } })).toThrow(/clocks/);
  });
});
