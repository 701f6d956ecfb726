import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveEngine, type Served } from '../../../infra/local/engines/objects/testing.ts';
import { closeDays, type DailyRoot } from '../../app/audit/ledger.ts';
import { chain, type AuditEntry } from '../../domain/audit/entry.ts';
import { ledgerOf } from './ledger.ts';

let served: Served;
let ledger: ReturnType<typeof ledgerOf>;
beforeEach(async () => {
  served = await serveEngine();
  served.engine.createBucket('ledger', { objectLock: { defaultRetention: { mode: 'COMPLIANCE', days: 1 } } });
  ledger = ledgerOf(served.s3, 'ledger');
});
afterEach(() => served.close());

function entryOf(record: string, at: string): AuditEntry {
  const by = { sub: 'p', office: '150600' };
  return chain(record, undefined, { seq: 0, hash: '' }, { type: 'x', facts: { 名: '规划' } }, by, at).entry;
}

async function gathered<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

async function keys(): Promise<string[]> {
  const { Versions: versions = [] } = await served.s3.send(
    new ListObjectVersionsCommand({ Bucket: 'ledger' }),
  );
  return versions.map(({ Key: key = '' }) => key);
}

const one = entryOf('submission:1', '2021-11-01T02:00:00.000Z');
const two = entryOf('submission:2', '2021-11-03T02:00:00.000Z');

describe('the journal', () => {
  it('gives back what was put, by day', async () => {
    await ledger.putJournal('2021-11-01/a', [one, two]);
    await ledger.putJournal('2021-11-01/b', [two]);
    await ledger.putJournal('2021-11-03/c', [two]);
    expect(await gathered(ledger.journalOf('2021-11-01'))).toEqual([[one, two], [two]]);
    expect(await gathered(ledger.journalOf('2021-11-02'))).toEqual([]);
    expect([await ledger.firstDay(), await ledger.lastDay()]).toEqual(['2021-11-01', '2021-11-03']);
  });

  it('is empty at first', async () => {
    expect([await ledger.firstDay(), await ledger.lastDay()]).toEqual([undefined, undefined]);
    expect(await ledger.latestRoot('2021-11-01')).toBeUndefined();
    expect(await gathered(ledger.roots())).toEqual([]);
  });

  it('keeps the first put of a name, and no second version of it', async () => {
    await ledger.putJournal('2021-11-01/a', [one]);
    await ledger.putJournal('2021-11-01/a', [two]);
    expect(await gathered(ledger.journalOf('2021-11-01'))).toEqual([[one]]);
    expect(await keys()).toEqual(['journal/2021-11-01/a.jsonl']);
  });

  it('does not swallow another refusal', async () => {
    await expect(ledgerOf(served.s3, 'nowhere').putJournal('a/b', [one])).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});

describe('the roots', () => {
  const root = (day: string, tipsHash = 't'): DailyRoot => ({
    day,
    madeAt: `${day}T16:30:00.000Z`,
    chains: 1,
    tipsHash,
    previous: '',
    hash: `h-${day}`,
  });
  const tip = { record: 'submission:1', seq: 1, hash: 'x' };

  it('are found by day, with their tips', async () => {
    await ledger.putRoot(root('2021-11-03'), [tip, { ...tip, record: 'city:150100' }]);
    await ledger.putRoot(root('2021-11-01'), [tip]);
    expect(await gathered(ledger.roots())).toEqual([root('2021-11-01'), root('2021-11-03')]);
    expect(await ledger.latestRoot('2021-11-04')).toEqual(root('2021-11-03'));
    expect(await ledger.latestRoot('2021-11-03')).toEqual(root('2021-11-03'));
    expect(await ledger.latestRoot('2021-11-02')).toEqual(root('2021-11-01'));
    expect(await ledger.latestRoot('2021-10-31')).toBeUndefined();
    expect(await ledger.tipsOf(root('2021-11-03'))).toHaveLength(2);
    expect(await ledger.tipsOf(root('2021-11-01'))).toEqual([tip]);
  });

  it('stand as they were put first', async () => {
    await ledger.putRoot(root('2021-11-01'), [tip]);
    await ledger.putRoot({ ...root('2021-11-01'), hash: 'other' }, [{ ...tip, seq: 2 }]);
    expect(await ledger.latestRoot('2021-11-01')).toEqual(root('2021-11-01'));
    expect(await ledger.tipsOf(root('2021-11-01'))).toEqual([tip]);
  });

  it('stand with their own tips, when a run broke off between the two and more had come by the next', async () => {
    // What the first run left: its tips, and no root.
    const later = root('2021-11-01', 'of both');
    const cut = ledgerOf(served.client({ maxAttempts: 1 }), 'ledger');
    let puts = 0;
    served.s3.middlewareStack.add(
      (next) => async (args) => {
        puts += 1;
        if (puts === 2) throw new Error('The process ended');
        return next(args);
      },
      { step: 'initialize', name: 'cut' },
    );
    await expect(ledger.putRoot(root('2021-11-01', 'of one'), [tip])).rejects.toThrow('The process ended');
    const both = [tip, { ...tip, record: 'submission:2' }];
    await cut.putRoot(later, both);
    expect(await cut.latestRoot('2021-11-01')).toEqual(later);
    expect(await cut.tipsOf(later)).toEqual(both);
  });

  it('are made by the closing of days, over pages of journals', async () => {
    await ledger.putJournal('2021-11-01/a', [one]);
    await ledger.putJournal('2021-11-03/a', [two]);
    const made = await closeDays(ledger, '2021-11-04T00:30:00.000Z');
    expect(made.map(({ day }) => day)).toEqual(['2021-11-01', '2021-11-02', '2021-11-03']);
    expect(await gathered(ledger.roots())).toEqual(made);
    expect(await closeDays(ledger, '2021-11-04T01:30:00.000Z')).toEqual([]);
  });
});
