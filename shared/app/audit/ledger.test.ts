import { describe, expect, it } from 'vitest';
import { hashOf } from '../../kernel/hash.ts';
import { chain, type AuditEntry, type Chained } from '../../domain/audit/entry.ts';
import type { ChainTip } from '../../domain/audit/verify.ts';
import { closeDays, journalBatch, type DailyRoot, type Ledger } from './ledger.ts';

/** A ledger in memory that keeps what was put first, as the bucket does. */
class MemoryLedger implements Ledger {
  readonly journal = new Map<string, readonly AuditEntry[]>();
  readonly roots = new Map<string, DailyRoot>();
  readonly tips = new Map<string, readonly ChainTip[]>();
  /** Called before a root is put. */
  beforeRoot: (root: DailyRoot) => void = () => undefined;

  putJournal(name: string, entries: readonly AuditEntry[]): Promise<void> {
    if (!this.journal.has(name)) this.journal.set(name, entries);
    return Promise.resolve();
  }
  firstDay(): Promise<string | undefined> {
    return Promise.resolve([...this.journal.keys()].sort()[0]?.split('/')[0]);
  }
  async *journalOf(day: string): AsyncIterable<readonly AuditEntry[]> {
    for (const [name, entries] of this.journal)
      if (name.startsWith(`${day}/`)) yield await Promise.resolve(entries);
  }
  putRoot(root: DailyRoot, tips: readonly ChainTip[]): Promise<void> {
    this.beforeRoot(root);
    if (!this.roots.has(root.day)) {
      this.roots.set(root.day, root);
      this.tips.set(root.day, tips);
    }
    return Promise.resolve();
  }
  latestRoot(upTo: string): Promise<DailyRoot | undefined> {
    const day = [...this.roots.keys()].sort().findLast((one) => one <= upTo);
    return Promise.resolve(day === undefined ? undefined : this.roots.get(day));
  }
  tipsOf(root: DailyRoot): Promise<readonly ChainTip[]> {
    return Promise.resolve(this.tips.get(root.day) ?? []);
  }
}

/** The entries of one record, at these instants. */
function entriesOf(record: string, ...instants: string[]): AuditEntry[] {
  const by = { sub: 'p', office: '150600' };
  let before: Chained | undefined;
  return instants.map((at) => {
    const made = chain(record, before, { seq: 0, hash: '' }, { type: 'x', facts: {} }, by, at);
    before = made.record;
    return made.entry;
  });
}

function tipsOn(ledger: MemoryLedger, day: string): Record<string, number> {
  return Object.fromEntries((ledger.tips.get(day) ?? []).map(({ record, seq }) => [record, seq]));
}

describe('the journal', () => {
  it('puts each entry under its day in Shanghai', async () => {
    const ledger = new MemoryLedger();
    const [a, b, c] = entriesOf(
      'city:1',
      '2021-10-31T15:59:59.999Z',
      '2021-10-31T16:00:00.000Z',
      '2021-11-01T15:59:59.999Z',
    );
    await journalBatch(
      ledger,
      'batch',
      [a, b, c].filter((entry) => entry !== undefined),
    );
    expect([...ledger.journal]).toEqual([
      ['2021-10-31/batch', [a]],
      ['2021-11-01/batch', [b, c]],
    ]);
  });
});

describe('the closing of days', () => {
  const now = '2021-11-03T16:30:00.000Z';

  async function journalled(...lists: AuditEntry[][]): Promise<MemoryLedger> {
    const ledger = new MemoryLedger();
    for (const [index, entries] of lists.entries()) await journalBatch(ledger, `b${index}`, entries);
    return ledger;
  }

  it('makes a root of every day since the first, also of days without entries', async () => {
    const ledger = await journalled(
      entriesOf('city:1', '2021-11-01T01:00:00.000Z', '2021-11-03T01:00:00.000Z'),
      entriesOf('city:2', '2021-11-01T02:00:00.000Z'),
    );
    const roots = await closeDays(ledger, now);
    expect(roots.map(({ day }) => day)).toEqual(['2021-11-01', '2021-11-02', '2021-11-03']);
    expect([...ledger.roots.values()]).toEqual(roots);
    expect(tipsOn(ledger, '2021-11-02')).toEqual({ 'city:1': 1, 'city:2': 1 });
    expect(tipsOn(ledger, '2021-11-03')).toEqual({ 'city:1': 2, 'city:2': 1 });
  });

  it('chains the roots, and hashes each with its tips in order', async () => {
    const ledger = await journalled(
      entriesOf('city:2', '2021-11-01T01:00:00.000Z'),
      entriesOf('city:1', '2021-11-02T01:00:00.000Z'),
    );
    let previous = '';
    for (const { hash, ...unsigned } of await closeDays(ledger, now)) {
      const tips = ledger.tips.get(unsigned.day) ?? [];
      expect(unsigned).toMatchObject({ previous, chains: tips.length, tipsHash: hashOf(tips), madeAt: now });
      expect(tips.map(({ record }) => record)).toEqual(tips.map(({ record }) => record).toSorted());
      expect(hash).toBe(hashOf(unsigned));
      previous = hash;
    }
    expect(previous).not.toBe('');
  });

  it('run twice makes nothing new, and neither does a day that is not over', async () => {
    const ledger = await journalled(entriesOf('city:1', '2021-11-03T01:00:00.000Z'));
    expect(await closeDays(ledger, '2021-11-03T15:59:59.999Z')).toEqual([]);
    expect(await closeDays(ledger, '2021-11-03T16:00:00.000Z')).toHaveLength(1);
    const before = structuredClone([...ledger.roots.values()]);
    expect(await closeDays(ledger, now)).toEqual([]);
    expect([...ledger.roots.values()]).toEqual(before);
  });

  it('does nothing while nothing was journalled', async () => {
    expect(await closeDays(new MemoryLedger(), now)).toEqual([]);
  });

  it('takes an entry that came late, for the day closed last, into the next root', async () => {
    const [first, late] = entriesOf('city:1', '2021-11-01T01:00:00.000Z', '2021-11-01T15:59:00.000Z');
    const ledger = await journalled(first ? [first] : []);
    await closeDays(ledger, '2021-11-01T16:30:00.000Z');
    expect(tipsOn(ledger, '2021-11-01')).toEqual({ 'city:1': 1 });
    await journalBatch(ledger, 'late', late ? [late] : []);
    const roots = await closeDays(ledger, '2021-11-02T16:30:00.000Z');
    expect(roots.map(({ day }) => day)).toEqual(['2021-11-02']);
    expect(tipsOn(ledger, '2021-11-02')).toEqual({ 'city:1': 2 });
    expect(tipsOn(ledger, '2021-11-01')).toEqual({ 'city:1': 1 });
  });

  it('takes the highest number of a chain, however often and in whatever order entries come', async () => {
    const [a, b, c] = entriesOf(
      'city:1',
      '2021-11-03T01:00:00.000Z',
      '2021-11-03T02:00:00.000Z',
      '2021-11-03T03:00:00.000Z',
    );
    const ledger = await journalled(
      [c, a].filter((entry) => entry !== undefined),
      [b, a, b].filter((entry) => entry !== undefined),
    );
    await closeDays(ledger, now);
    expect(ledger.tips.get('2021-11-03')).toEqual([{ record: 'city:1', seq: 3, hash: c?.hash }]);
  });

  it('leaves the rest to another run that was faster, so that the roots stay one chain', async () => {
    const ledger = await journalled(entriesOf('city:1', '2021-11-01T01:00:00.000Z'));
    const other = { madeAt: '2021-11-03T16:29:59.000Z', chains: 0, tipsHash: hashOf([]), previous: '' };
    ledger.beforeRoot = ({ day }) => {
      if (day !== '2021-11-01' || ledger.roots.has(day)) return;
      ledger.roots.set(day, { day, ...other, hash: 'of the other' });
    };
    expect(await closeDays(ledger, now)).toEqual([]);
    expect([...ledger.roots.keys()]).toEqual(['2021-11-01']);
    const [next] = await closeDays(ledger, now);
    expect(next).toMatchObject({ day: '2021-11-02', previous: 'of the other' });
  });
});
