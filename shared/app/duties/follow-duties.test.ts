/** What events make of duties, against the real store. Filings are laid into the table by their events. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { annual, dueBefore, DutyBench, laidAt, on, target } from '../../../test/support/duty-bench.ts';
import type { Commit } from '../ports.ts';
import { followDuties, type FollowDeps } from './follow-duties.ts';

const bench = new DutyBench();

describe('a duty', () => {
  it('is fulfilled by the signature, with its receipt', async () => {
    await bench.follow(await bench.lay());
    const draft = await bench.begin(on('2021-10-08'));
    const signed = await bench.filings.sign(draft.head, on('2021-10-09'));
    await bench.follow(draft.entry, signed.entry);
    expect((await bench.duty()).items).toEqual([
      {
        ...target,
        state: 'fulfilled',
        submission: signed.head.id,
        at: on('2021-10-09'),
        source: signed.entry.seq,
      },
    ]);
    expect(await bench.desk()).toEqual([]);
    const { entry } = await bench.begin(on('2021-10-10'), annual);
    await bench.follow(entry);
    expect((await bench.duty()).seq).toBe(2);
  });

  it('is fulfilled late from the instant on at which it was due', async () => {
    await bench.follow(await bench.lay());
    const signed = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, dueBefore);
    await bench.follow(signed.entry);
    expect((await bench.duty()).items[0]).toMatchObject({ state: 'fulfilled-late', at: dueBefore });
  });

  it('is open again when the filing is returned, and fulfilled anew by the first receipt that counts', async () => {
    await bench.follow(await bench.lay());
    const signed = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-09'));
    const returned = await bench.filings.step(signed.head, 'return', on('2021-10-12'), { state: 'returned' });
    await bench.follow(signed.entry, returned.entry);
    expect((await bench.duty()).items[0]?.state).toBe('open');
    expect(await bench.desk()).toMatchObject([{ task: 'fulfil', due: '2021-10-31', since: laidAt }]);
    const again = await bench.filings.sign(returned.head, on('2021-11-03'), on('2021-10-09'));
    await bench.follow(again.entry);
    expect((await bench.duty()).items[0]).toMatchObject({ state: 'fulfilled', at: on('2021-10-09') });
    expect(await bench.desk()).toEqual([]);
  });

  it('is open again when the signature is recalled', async () => {
    await bench.follow(await bench.lay());
    const signed = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-09'));
    await bench.follow(signed.entry);
    const recalled = await bench.filings.step(
      signed.head,
      'recall',
      on('2021-10-09'),
      { state: 'signing' },
      { recalled: 'sign' },
    );
    await bench.follow(recalled.entry);
    expect((await bench.duty()).items[0]?.state).toBe('open');
    expect(await bench.desk()).toHaveLength(1);
  });

  it('lies on the desk until all of it is fulfilled, and again when one part is undone', async () => {
    await bench.follow(await bench.lay('submitted', [target, annual]));
    const line = await bench.desk();
    expect(line).toMatchObject([
      { kind: 'five-year-target,annual-plan', owner: bench.city, office: bench.city },
    ]);
    const first = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-08'));
    await bench.follow(first.entry);
    expect(await bench.desk()).toEqual(line);
    const second = await bench.filings.sign(
      (await bench.begin(on('2021-10-08'), annual)).head,
      on('2021-10-09'),
    );
    await bench.follow(second.entry);
    expect(await bench.desk()).toEqual([]);
    await bench.follow(
      (await bench.filings.step(first.head, 'return', on('2021-10-10'), { state: 'returned' })).entry,
    );
    expect((await bench.duty()).items.map(({ state }) => state)).toEqual(['open', 'fulfilled']);
    expect(await bench.desk()).toEqual(line);
  });

  it('of another city is left alone', async () => {
    await bench.follow(await bench.lay());
    const elsewhere = await bench.begin(on('2021-10-08'), { owner: randomUUID() });
    await bench.follow((await bench.filings.sign(elsewhere.head, on('2021-10-09'))).entry);
    expect((await bench.duty()).seq).toBe(1);
  });
});

describe('an event delivered again', () => {
  it('writes nothing', async () => {
    const commits: Commit[] = [];
    const counting: FollowDeps = {
      ...bench.deps,
      store: {
        ...bench.table.store,
        commit(unit) {
          commits.push(unit);
          return bench.table.store.commit(unit);
        },
      },
    };
    const laid = await bench.lay();
    const signed = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-09'));
    const returned = await bench.filings.step(signed.head, 'return', on('2021-10-12'), { state: 'returned' });
    const entries = [laid, signed.entry, returned.entry];
    for (const entry of entries) {
      await followDuties(counting, entry);
      const [once, before] = [commits.length, await bench.table.count()];
      await followDuties(counting, entry);
      expect([commits.length, await bench.table.count()]).toEqual([once, before]);
    }
    expect(commits).toHaveLength(2);
  });

  it('of a filing withdrawn long ago does not hide the one that took its place', async () => {
    await bench.follow(await bench.lay());
    const a = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-08'));
    const gone = await bench.filings.step(a.head, 'withdraw', on('2021-10-09'), { state: 'withdrawn' });
    const c = await bench.filings.sign((await bench.begin(on('2021-10-10'))).head, on('2021-10-10'));
    const returned = await bench.filings.step(c.head, 'return', on('2021-10-12'), { state: 'returned' });
    await bench.follow(a.entry, gone.entry, c.entry, returned.entry);
    const again = await bench.filings.sign(returned.head, on('2021-10-14'), on('2021-10-10'));
    // The events of two filings come in any order among themselves, and a batch that failed comes whole once more.
    await bench.follow(a.entry, again.entry, gone.entry);
    expect((await bench.duty()).items[0]).toMatchObject({ state: 'fulfilled', submission: c.head.id });
  });

  it('late, after the filing that took its place, does not lose that one', async () => {
    await bench.follow(await bench.lay());
    const a = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-08'));
    const gone = await bench.filings.step(a.head, 'withdraw', on('2021-10-09'), { state: 'withdrawn' });
    const c = await bench.filings.sign((await bench.begin(on('2021-10-10'))).head, on('2021-10-10'));
    await bench.follow(a.entry, c.entry, gone.entry);
    expect((await bench.duty()).items[0]).toMatchObject({
      state: 'fulfilled',
      submission: c.head.id,
      at: on('2021-10-10'),
    });
  });
});

describe('a duty that others write at the same time', () => {
  it('is read again and tried again', async () => {
    await bench.follow(await bench.lay('submitted', [target, annual]));
    const one = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-08'));
    const two = await bench.filings.sign(
      (await bench.begin(on('2021-10-08'), annual)).head,
      on('2021-10-09'),
    );
    await Promise.all([one, two, one].map(({ entry }) => bench.follow(entry)));
    expect((await bench.duty()).items.map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled']);
    expect((await bench.duty()).seq).toBe(3);
    expect(await bench.desk()).toEqual([]);
  });

  it('fails aloud when it is never free, so that the event comes again', async () => {
    await bench.follow(await bench.lay());
    const { entry } = await bench.filings.sign((await bench.begin(on('2021-10-08'))).head, on('2021-10-08'));
    const busy: FollowDeps = {
      ...bench.deps,
      store: { ...bench.table.store, commit: () => Promise.resolve({ outcome: 'busy' }) },
    };
    await expect(followDuties(busy, entry)).rejects.toThrow(/too busy/);
  });
});
