import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../domain/reminders/person.ts';
import { auditPrefix, chainOf, entryKey, keys, lastNumber, recordKey, type Key } from './keys.ts';
import { deskEntry } from '../../../test/support/test-table.ts';

const id = fc.uuid();
const office = fc.constantFrom('150100', 'R_HOUSING');
/** Whatever an identity provider calls a person, our own separators among it. */
const subject = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('a', 'a#b', 'a/b', 'a#000001', '~', '$', '张三'),
);
const day = fc.constantFrom('2021-10-28', '2021-10-29');
const record = fc.oneof(
  id.map((one) => `submission:${one}`),
  fc.tuple(id, id).map(([submission, document]) => `document:${submission}/${document}`),
  fc.constantFrom('150100', '150781').map((code) => `city:${code}`),
  id.map((one) => `obligation:${one}`),
  id.map((one) => `resource:${one}`),
  id.map((one) => `project:${one}`),
  fc
    .tuple(fc.constantFrom('150100', '150781'), fc.integer({ min: 2021, max: 2100 }))
    .map(([city, year]) => `plan-use:${city}/${year}`),
  fc.integer({ min: 2021, max: 2100 }).map((year) => `calendar:${year}`),
  fc.integer({ min: 1, max: lastNumber }).map((one) => `rule-set:150100/${one}`),
);
const records = fc.oneof(
  record,
  fc.tuple(office, subject).map(([code, sub]) => nameOf.person(code, sub)),
  office.map((code) => nameOf.mailbox(code)),
  fc.record({ office, sub: subject, obligation: id }).map((one) => nameOf.snooze(one)),
  fc.record({ office, role: fc.constant('drafter'), day, sub: subject }).map((one) => nameOf.read(one)),
  fc.tuple(office, day).map(([code, on]) => `notice:${code}/drafter/${on}`),
);
const number = fc.integer({ min: 0, max: lastNumber });

describe('the keys of a chain', () => {
  it('lie in the partition of the record that carries it', () => {
    fc.assert(
      fc.property(records, number, (name, seq) => {
        expect(chainOf(name).PK).toBe(recordKey(name).PK);
        const { PK, SK } = entryKey(name, seq);
        expect(PK).toBe(recordKey(name).PK);
        expect(SK.startsWith(chainOf(name).prefix)).toBe(true);
        // The stream filter of the template.
        expect(SK.startsWith(auditPrefix)).toBe(true);
        expect(SK).not.toBe(recordKey(name).SK);
      }),
    );
  });

  it('name one record and one number each', () => {
    fc.assert(
      fc.property(records, number, records, number, (a, m, b, n) => {
        const same = a === b && m === n;
        expect(JSON.stringify(entryKey(a, m)) === JSON.stringify(entryKey(b, n))).toBe(same);
        expect(JSON.stringify(recordKey(a)) === JSON.stringify(recordKey(b))).toBe(a === b);
      }),
    );
  });

  it.each([
    ['submission:s', { PK: 'SUB#s', SK: 'HEAD' }, 'AUD#HEAD#000007'],
    ['document:s/d', { PK: 'SUB#s', SK: 'DOC#d' }, 'AUD#DOC#d#000007'],
    ['invitation:s/2', { PK: 'SUB#s', SK: 'INV#000002' }, 'AUD#INV#000002#000007'],
    ['city:150100', { PK: 'CITY#150100', SK: 'HEAD' }, 'AUD#HEAD#000007'],
    ['obligation:o', { PK: 'OBL#o', SK: 'HEAD' }, 'AUD#HEAD#000007'],
    ['project:p', { PK: 'PROJ#p', SK: 'HEAD' }, 'AUD#HEAD#000007'],
    ['plan-use:150100/2022', { PK: 'PLANUSE#150100', SK: 'YEAR#2022' }, 'AUD#2022#000007'],
    ['resource:r', { PK: 'RES#r', SK: 'HEAD' }, 'AUD#HEAD#000007'],
    ['person:150100/a%2Fb', { PK: 'PEOPLE#150100', SK: 'PER#a%2Fb' }, 'AUD#PER#a%2Fb#000007'],
    ['mailbox:150100', { PK: 'PEOPLE#150100', SK: 'MAILBOX' }, 'AUD#MAILBOX#000007'],
    ['snooze:150100/a/o', { PK: 'PEOPLE#150100', SK: 'SNZ#a#o' }, 'AUD#SNZ#a#o#000007'],
    [
      'read:150100/leader/2021-10-28/a',
      { PK: 'INBOX#150100#leader', SK: 'READ#2021-10-28#a' },
      'AUD#READ#2021-10-28#a#000007',
    ],
    ['rule-set:150100/12', { PK: 'RULES#150100', SK: 'SET#000012' }, 'AUD#SET#000012#000007'],
    ['calendar:2022', { PK: 'CALENDAR', SK: 'YEAR#2022' }, 'AUD#2022#000007'],
  ])('of %s are spelled so', (name, key, entry) => {
    expect(recordKey(name)).toEqual(key);
    expect(entryKey(name, 7)).toEqual({ PK: key.PK, SK: entry });
  });

  it.each(['', 'submission', 'persons:1', ':1'])('are not guessed for %j', (name) => {
    expect(() => chainOf(name)).toThrow('No chain is kept');
    expect(() => recordKey(name)).toThrow('No chain is kept');
  });
});

describe('numbers in keys', () => {
  it('sort as numbers do', () => {
    const spelled: ((n: number) => string)[] = [
      (n) => keys.version('s', n).SK,
      (n) => keys.paper('s', n).SK,
      (n) => keys.projectVersion('p', n).SK,
      (n) => entryKey('submission:s', n).SK,
    ];
    fc.assert(
      fc.property(number, number, fc.constantFrom(...spelled), (a, b, spell) => {
        expect(spell(a) < spell(b)).toBe(a < b);
      }),
    );
  });
});

describe('what lies in one partition', () => {
  /** The sort keys of a kind, as far as they are the same for all its items. */
  const kinds: Readonly<Record<string, string>> = {
    head: keys.submission('s').SK,
    version: keys.version('s', 1).SK.slice(0, -6),
    paper: keys.paper('s', 1).SK.slice(0, -6),
    document: keys.document('s', '').SK,
    entry: chainOf('submission:s').prefix,
    documentEntry: chainOf('document:s/d').prefix,
    anyEntry: auditPrefix,
    year: 'YEAR#',
  };

  it('is read by kind: no prefix of one kind begins another', () => {
    const nested = new Set(['anyEntry entry', 'anyEntry documentEntry']);
    for (const [one, prefix] of Object.entries(kinds)) {
      for (const [other, longer] of Object.entries(kinds)) {
        const begins = one !== other && longer.startsWith(prefix);
        expect(begins, `${one} ${other}`).toBe(nested.has(`${one} ${other}`));
      }
    }
  });

  it('is one kind of record: partitions of two kinds never meet', () => {
    const made: readonly Key[] = [
      keys.submission('1'),
      keys.city('1'),
      keys.obligation('1'),
      keys.dutyOf('1', '1'),
      keys.resource('1'),
      keys.project('1'),
      keys.projectLine('1', '1', '1'),
      keys.planUse('1', 2022),
      keys.calendar(2022),
      keys.ruleSet('1', 1),
      keys.publishedRules('1', 1),
      keys.slot('1', 'k', 'p'),
      keys.receipt('1', '1'),
      keys.desk(deskEntry({ office: '1' })),
      keys.published('1', 'k', 'p'),
      keys.publishedCity('1'),
    ];
    const prefixes = made.map(({ PK }) => (PK.startsWith('PUBLIC#') ? PK : (PK.split('#')[0] ?? '')));
    expect(new Set(prefixes).size).toBe(made.length);
  });
});

describe('a desk', () => {
  it('is in order of due date, and what has none comes last', () => {
    const dates = fc.option(
      fc
        .date({ min: new Date('2021-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      { nil: undefined },
    );
    fc.assert(
      fc.property(dates, dates, (a, b) => {
        fc.pre(a !== b);
        const key = (due: string | undefined): string => keys.desk(deskEntry(due ? { due } : {})).SK;
        expect(key(a) < key(b)).toBe(b === undefined || (a !== undefined && a < b));
      }),
    );
  });

  it('has one line for a record and task on one day', () => {
    const entry = deskEntry({ due: '2021-10-31', record: 'submission:s' });
    expect(keys.desk(entry)).toEqual({
      PK: 'DESK#150600#drafter',
      SK: '2021-10-31#submission:s#finish-draft',
    });
  });
});
