import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../kernel/hash.ts';
import { ClockSchema, verdicts, type Head } from '../../domain/submissions/submission.ts';
import {
  fullHash,
  fullInstant,
  packClock,
  packOpinion,
  shortHash,
  shortInstant,
  unpackClock,
  unpackOpinion,
} from './packing.ts';

const instant = fc
  .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const seq = fc.nat(999_999);
/** Mostly the very signs that hold a packed text together. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('|', ';', ',', '%', '=', '7C', '25', 'a', '意') }),
  fc.string({ unit: 'binary' }),
);

const entries = fc.oneof(
  fc.record({ kind: fc.constant('started' as const), at: instant, seq }),
  fc.record({
    kind: fc.constantFrom('suspended', 'resumed', 'ended'),
    at: instant,
    seq,
    ground: text,
  }),
  fc.record({ kind: fc.constant('extended' as const), at: instant, seq, days: fc.integer(), ground: text }),
);

const clocks = fc.record({
  name: text,
  office: text,
  limit: fc.integer(),
  basis: text,
  entries: fc.array(entries, { maxLength: 4 }),
});

describe('a packed clock', () => {
  it('comes back as it was, whatever its words are', () => {
    fc.assert(
      fc.property(clocks, (clock) => {
        expect(ClockSchema().parse(unpackClock(packClock(clock)))).toEqual(clock);
      }),
    );
  });

  it('keeps plain text as it stands', () => {
    const clock: Head['clocks'][number] = {
      name: 'opinion:R_NDRC',
      office: 'R_NDRC',
      limit: 5,
      basis: '办法 §4',
      entries: [
        { kind: 'started', at: '2021-11-01T00:00:00.000Z', seq: 7 },
        { kind: 'extended', at: '2021-11-02T00:00:00.000Z', seq: 8, days: 3, ground: '会商' },
      ],
    };
    // 1,635,724,800,000 and 1,635,811,200,000 milliseconds.
    expect(packClock(clock)).toBe('opinion:R_NDRC|R_NDRC|5|办法 §4|s,kvfwb9c0,7,,;x,kvhbr400,8,3,会商');
  });

  it('with a sign of its own in a word stays one clock', () => {
    const clock: Head['clocks'][number] = {
      name: 'a|b',
      office: 'c;d',
      limit: 1,
      basis: '5%',
      entries: [{ kind: 'ended', at: '2021-11-01T00:00:00.000Z', seq: 1, ground: 'e,f;g|h%7C' }],
    };
    expect(unpackClock(packClock(clock))).toEqual(clock);
    expect(packClock(clock).split('|')).toHaveLength(5);
  });
});

describe('a packed opinion', () => {
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
  const opinions = fc.record({
    office: text,
    verdict: fc.constantFrom(...verdicts),
    version: seq,
    hash,
    seq,
  });

  it('comes back as it was, whether or not it speaks of the frozen version', () => {
    fc.assert(
      fc.property(opinions, fc.option(hash, { nil: undefined }), fc.boolean(), (opinion, other, same) => {
        const frozenHash = same ? opinion.hash : other;
        expect(unpackOpinion(packOpinion(opinion, frozenHash), frozenHash)).toEqual(opinion);
      }),
    );
  });

  it('does not repeat the hash of the frozen version', () => {
    const frozenHash = hashOf('frozen');
    const opinion = { office: 'R_NDRC', verdict: 'agree', version: 2, hash: frozenHash, seq: 9 } as const;
    expect(packOpinion(opinion, frozenHash)).toBe('R_NDRC|agree|2|9|');
  });
});

describe('short spellings', () => {
  it('of hashes and instants come back as they were, and other texts stay', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), instant, (hash, at) => {
        expect(shortHash(hash)).toHaveLength(43);
        expect(fullHash(shortHash(hash))).toBe(hash);
        expect(fullInstant(shortInstant(at))).toBe(at);
      }),
    );
    for (const other of ['', 'abc', '2021-10-31']) expect(fullHash(shortHash(other))).toBe(other);
    expect(shortInstant('2021-11-01T01:02:03.004Z')).toHaveLength(8);
  });
});
