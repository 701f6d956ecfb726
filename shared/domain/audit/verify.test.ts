import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../kernel/hash.ts';
import { AuditEntry, chain, recordHash, type Chained } from './entry.ts';
import { verifyAgainstTip, verifyChain } from './verify.ts';

interface Thing extends Chained {
  readonly text: string;
}

const name = 'city:150100';
const by = { sub: 'p-1', office: '150100', role: 'drafter' };

/** A record changed so many times, with its entries. */
function history(length: number): { entries: AuditEntry[]; record: Thing } {
  const entries: AuditEntry[] = [];
  let record: Thing | undefined;
  for (let n = 1; n <= length; n++) {
    const after: Thing = { seq: record?.seq ?? 0, hash: record?.hash ?? '', text: `第${n}次` };
    const made = chain(
      name,
      record,
      after,
      { type: 'changed', facts: { n } },
      by,
      `2021-11-01T00:00:0${n}.000Z`,
    );
    entries.push(made.entry);
    record = made.record;
  }
  return { entries, record: record ?? { seq: 0, hash: '', text: '' } };
}

/** The entry with other content, and a hash that fits it. */
function forged(entry: AuditEntry, change: Partial<AuditEntry>): AuditEntry {
  const { hash: _hash, ...unsigned } = { ...entry, ...change };
  return { ...unsigned, hash: hashOf(unsigned) };
}

describe('an entry', () => {
  it('is read back as it was written, and not without saying who, what and when', () => {
    const [entry] = history(1).entries;
    expect(AuditEntry().parse(entry)).toEqual(entry);
    expect(AuditEntry().safeParse({ ...entry, by: { sub: 'p-1' } }).success).toBe(false);
    for (const field of ['record', 'seq', 'at', 'type', 'by', 'facts', 'after', 'previous', 'hash'])
      expect(AuditEntry().safeParse({ ...entry, [field]: undefined }).success).toBe(false);
  });

  it('tells one content of a record from another', () => {
    const thing = { seq: 1, hash: 'a' };
    expect(recordHash({ ...thing, ...{ text: 'x' } })).not.toBe(recordHash({ ...thing, ...{ text: 'y' } }));
  });

  it('names who, what and when, and follows from the entry before', () => {
    const { entries, record } = history(2);
    const [first, second] = entries;
    expect(first).toMatchObject({ record: name, seq: 1, previous: '', by, facts: { n: 1 }, type: 'changed' });
    expect(second).toMatchObject({ seq: 2, previous: first?.hash, after: recordHash(record) });
    expect(record).toMatchObject({ seq: 2, hash: second?.hash });
  });

  it('hashes the record without the fields that the chain keeps, and a person without a role as none', () => {
    expect(recordHash({ seq: 1, hash: 'a', ...{ text: 'x' } })).toBe(
      recordHash({ seq: 2, hash: 'b', ...{ text: 'x' } }),
    );
    const { entry } = chain(
      name,
      undefined,
      { seq: 0, hash: '' },
      { type: 't', facts: {} },
      { ...by, role: undefined },
      '',
    );
    expect(entry.by).toEqual({ sub: 'p-1', office: '150100' });
  });
});

describe('a chain', () => {
  it('holds when nothing was touched, with its record and without', () => {
    for (const length of [1, 2, 5]) {
      const { entries, record } = history(length);
      expect(verifyChain(name, entries, record)).toBeUndefined();
      expect(verifyChain(name, entries)).toBeUndefined();
    }
    expect(verifyChain(name, [])).toBeUndefined();
  });

  it('holds with the ids of the requests and without: they are no part of what is hashed', () => {
    const { entries, record } = history(3);
    const threaded = entries.map((entry, index) =>
      index === 1 ? entry : { ...entry, correlationId: `request-${index}` },
    );
    expect(verifyChain(name, threaded, record)).toBeUndefined();
  });

  const { entries, record } = history(5);
  const at = (index: number): AuditEntry => entries[index] ?? forged({} as AuditEntry, {});
  const third = at(2);

  it.each<[string, AuditEntry[], object]>([
    ['an entry taken out', entries.toSpliced(2, 1), { fault: 'gap', seq: 3 }],
    ['the first entry taken out', entries.slice(1), { fault: 'gap', seq: 1 }],
    ['an entry twice', entries.toSpliced(2, 0, third), { fault: 'gap', seq: 4 }],
    ['two entries exchanged', entries.with(2, at(3)).with(3, third), { fault: 'gap', seq: 3 }],
    [
      'an entry with other facts',
      entries.with(2, { ...third, facts: { n: 4 } }),
      { fault: 'altered-entry', seq: 3 },
    ],
    [
      'an entry by another person',
      entries.with(2, { ...third, by: { ...by, sub: 'p-2' } }),
      { fault: 'altered-entry', seq: 3 },
    ],
    [
      'the entry of another record',
      entries.with(2, forged(third, { record: 'city:150200' })),
      { fault: 'altered-entry', seq: 3 },
    ],
    [
      'an entry altered together with its hash',
      entries.with(2, forged(third, { facts: { n: 4 } })),
      { fault: 'broken-link', seq: 4 },
    ],
    [
      'an entry with another before it',
      entries.with(2, forged(third, { previous: at(0).hash })),
      { fault: 'broken-link', seq: 3 },
    ],
    [
      'the last entry altered together with its hash',
      entries.with(4, forged(at(4), { facts: {} })),
      { fault: 'altered-record', seq: 5 },
    ],
    ['its tail cut', entries.slice(0, 3), { fault: 'cut-tail', seq: 3, expected: 5 }],
    ['everything cut', [], { fault: 'cut-tail', seq: 0, expected: 5 }],
  ])('with %s is found', (_, touched, fault) => {
    expect(verifyChain(name, touched, record)).toEqual({ record: name, ...fault });
  });

  it.each<[string, Thing]>([
    ['content', { ...record, text: '另一' }],
    ['hash', { ...record, hash: 'x' }],
    ['number set back', { ...record, seq: 4 }],
  ])('whose record has another %s is found', (_, touched) => {
    expect(verifyChain(name, entries, touched)).toEqual({ fault: 'altered-record', record: name, seq: 5 });
  });

  it('with any one field of any entry changed is found', () => {
    const fields = ['record', 'seq', 'at', 'type', 'after', 'previous', 'hash'] as const;
    fc.assert(
      fc.property(fc.nat(4), fc.constantFrom(...fields), fc.boolean(), (index, field, withHash) => {
        const entry = at(index);
        const other = field === 'seq' ? entry.seq + 1 : `${entry[field]}0`;
        const touched = { ...entry, [field]: other };
        const known = withHash && field !== 'hash' ? forged(touched, {}) : touched;
        expect(verifyChain(name, entries.with(index, known), record)).toBeDefined();
      }),
    );
  });
});

describe('a chain against the tip of a daily root', () => {
  const { entries } = history(5);
  const tip = (seq: number) => ({ record: name, seq, hash: entries[seq - 1]?.hash ?? '' });

  it('holds when it has grown since, or not', () => {
    for (const seq of [1, 3, 5]) expect(verifyAgainstTip(tip(seq), entries)).toBeUndefined();
  });

  it('is found missing, cut or written anew', () => {
    expect(verifyAgainstTip(tip(3), [])).toEqual({ fault: 'missing-chain', record: name, expected: 3 });
    expect(verifyAgainstTip(tip(3), entries.slice(0, 2))).toEqual({
      fault: 'cut-tail',
      record: name,
      seq: 2,
      expected: 3,
    });
    // Every link of a chain written anew holds; only the root remembers.
    const anew = history(5).entries.map((entry) => forged(entry, { by: { ...by, sub: 'p-2' } }));
    expect(verifyAgainstTip(tip(3), anew)).toEqual({ fault: 'differs-from-journal', record: name, seq: 3 });
  });
});
