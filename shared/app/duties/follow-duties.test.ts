/** What events make of duties, against the real store. Filings are laid into the table by their events. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Filings } from '../../../test/support/filings.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import { chain, systemActor, type AuditEntry } from '../../domain/audit/entry.ts';
import type { Obligation, SatisfyingEvent } from '../../domain/duties/obligation.ts';
import { eventTypes, otherEventTypes } from '../../domain/submissions/event-types.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Commit, DeskEntry } from '../ports.ts';
import { deskOf } from './create-obligations.ts';
import { factOf, followDuties, type FollowDeps } from './follow-duties.ts';

type EventType =
  (typeof eventTypes)[keyof typeof eventTypes] | (typeof otherEventTypes)[keyof typeof otherEventTypes];

const dueBefore = '2021-10-31T16:00:00.000Z';
const laidAt = '2021-09-23T01:00:00.000Z';
const target = { kind: 'five-year-target', period: '2021-2025' };
const annual = { kind: 'annual-plan', period: '2022' };

/** An instant at nine in the morning of this day. */
const on = (day: string): string => `${day}T01:00:00.000Z`;

let table: TestTable;
let deps: FollowDeps;
let filings: Filings;
let city: string;
beforeAll(async () => {
  table = await testTable();
  deps = { store: table.store, now: () => on('2021-10-20') };
  filings = new Filings(table.store);
});
afterAll(() => table.close());
// A city of its own for each test: what another test filed does not count.
beforeEach(() => {
  city = randomUUID();
});

/** A duty as the region lays it down, and the event of it. */
async function lay(
  satisfiedBy: SatisfyingEvent = 'submitted',
  items: readonly { kind: string; period: string }[] = [target],
): Promise<AuditEntry> {
  const fresh: Obligation = {
    id: randomUUID(),
    city,
    notice: '内政办发〔2021〕53号',
    clause: 'S-07',
    dueBefore,
    satisfiedBy,
    items: items.map((item) => ({ ...item, state: 'open' })),
    createdAt: laidAt,
    seq: 0,
    hash: '',
  };
  const event = { type: 'obligation.created', facts: { city } };
  const { record, entry } = chain(`obligation:${fresh.id}`, undefined, fresh, event, systemActor, laidAt);
  const desks = { remove: [], put: deskOf(record) };
  await table.store.commit({ changes: [{ kind: 'obligation', after: record, entry }], desks });
  return entry;
}

async function follow(...entries: readonly AuditEntry[]): Promise<void> {
  for (const entry of entries) await followDuties(deps, entry);
}

async function duty(): Promise<Obligation> {
  const [only] = await table.store.obligationsOf(city);
  if (!only) throw new Error('No duty was laid');
  return only;
}

async function desk(): Promise<DeskEntry[]> {
  return (await table.store.desk(city, 'drafter', undefined, 9)).map(({ entry }) => entry);
}

const begin = (at: string, given: Partial<Head> = {}) =>
  filings.begin(at, { owner: city, ...target, ...given });

describe('what an event means for duties', () => {
  const entryOf = (type: string, facts: Readonly<Record<string, unknown>> = {}, record = 'submission:s-1') =>
    chain(
      record,
      { seq: 6, hash: '' },
      { seq: 0, hash: '' },
      {
        type,
        facts: { owner: '150600', ...target, receivedAt: on('2021-10-08'), ...facts },
      },
      systemActor,
      on('2021-10-09'),
    ).entry;

  const filing = { ...target, submission: 's-1', source: 7 };
  const undone = { type: 'undone', ...filing };
  /** Of every event of a filing: a new one is not forgotten, for the compiler asks for it. */
  const meanings: Record<EventType, unknown> = {
    'submission.created': undefined,
    'submission.saved': undefined,
    'submission.sent-to-check': undefined,
    'submission.sent-back': undefined,
    'submission.signature-refused': undefined,
    'submission.checked': undefined,
    'submission.signed': { type: 'submitted', ...filing, at: on('2021-10-08') },
    'submission.withdrawn': undone,
    'submission.accepted': undefined,
    'submission.acknowledged': undefined,
    'submission.returned': undone,
    'submission.received': undefined,
    'submission.opinion-given': undefined,
    'submission.supplement-asked': undefined,
    'submission.supplied': undefined,
    'submission.rejected': undone,
    'submission.consented': undefined,
    'submission.consent-recorded': undefined,
    'submission.consent-refused': undone,
    'submission.published': { type: 'published', ...filing, at: on('2021-10-09') },
    'submission.result-noted': undefined,
    'submission.extension-requested': undefined,
    'submission.extension-answered': undefined,
    'submission.step-recalled': undefined,
    'submission.contact-viewed': undefined,
    'submission.superseded': undefined,
  };
  const types = [...Object.values(eventTypes), ...Object.values(otherEventTypes)];

  it.each(types)('%s', (type) => {
    const fact = meanings[type];
    expect(factOf(entryOf(type))).toEqual(fact === undefined ? undefined : { city: '150600', fact });
  });

  it('a step recalled counts only when it was the signature', () => {
    const recalled = (action: string) => factOf(entryOf(eventTypes.recall, { recalled: action }));
    expect(recalled('sign')).toEqual({ city: '150600', fact: undone });
    expect([recalled('accept'), recalled('opine'), recalled('send-to-check')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('a change of the city counts when its development changes', () => {
    const changed = (development: string, developmentBefore: string) =>
      factOf(entryOf('city.changed', { city: '150600', development, developmentBefore }, 'city:150600'));
    expect(changed('not-developing', 'undeclared')).toEqual({
      city: '150600',
      fact: { type: 'not-developing' },
    });
    expect(changed('developing', 'not-developing')).toEqual({ city: '150600', fact: { type: 'developing' } });
    expect(changed('developing', 'developing')).toBeUndefined();
    expect(changed('undeclared', 'developing')).toBeUndefined();
  });

  it('events of other records count for nothing', () => {
    for (const type of ['document.released', 'obligation.updated', 'calendar.loaded'])
      expect(factOf(entryOf(type, {}, `${type.split('.')[0]}:x`))).toBeUndefined();
  });
});

describe('a duty', () => {
  it('is fulfilled by the signature, with its receipt', async () => {
    await follow(await lay());
    const draft = await begin(on('2021-10-08'));
    const signed = await filings.sign(draft.head, on('2021-10-09'));
    await follow(draft.entry, signed.entry);
    expect((await duty()).items).toEqual([
      {
        ...target,
        state: 'fulfilled',
        submission: signed.head.id,
        at: on('2021-10-09'),
        source: signed.entry.seq,
      },
    ]);
    expect(await desk()).toEqual([]);
    const { entry } = await begin(on('2021-10-10'), annual);
    await follow(entry);
    expect((await duty()).seq).toBe(2);
  });

  it('is fulfilled late from the instant on at which it was due', async () => {
    await follow(await lay());
    const signed = await filings.sign((await begin(on('2021-10-08'))).head, dueBefore);
    await follow(signed.entry);
    expect((await duty()).items[0]).toMatchObject({ state: 'fulfilled-late', at: dueBefore });
  });

  it('is open again when the filing is returned, and fulfilled anew by the first receipt that counts', async () => {
    await follow(await lay());
    const signed = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-09'));
    const returned = await filings.step(signed.head, 'return', on('2021-10-12'), { state: 'returned' });
    await follow(signed.entry, returned.entry);
    expect((await duty()).items[0]?.state).toBe('open');
    expect(await desk()).toMatchObject([{ task: 'fulfil', due: '2021-10-31', since: laidAt }]);
    const again = await filings.sign(returned.head, on('2021-11-03'), on('2021-10-09'));
    await follow(again.entry);
    expect((await duty()).items[0]).toMatchObject({ state: 'fulfilled', at: on('2021-10-09') });
    expect(await desk()).toEqual([]);
  });

  it('is open again when the signature is recalled', async () => {
    await follow(await lay());
    const signed = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-09'));
    await follow(signed.entry);
    const recalled = await filings.step(
      signed.head,
      'recall',
      on('2021-10-09'),
      { state: 'signing' },
      { recalled: 'sign' },
    );
    await follow(recalled.entry);
    expect((await duty()).items[0]?.state).toBe('open');
    expect(await desk()).toHaveLength(1);
  });

  it('lies on the desk until all of it is fulfilled, and again when one part is undone', async () => {
    await follow(await lay('submitted', [target, annual]));
    const line = await desk();
    expect(line).toMatchObject([{ kind: 'five-year-target,annual-plan', owner: city, office: city }]);
    const first = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-08'));
    await follow(first.entry);
    expect(await desk()).toEqual(line);
    const second = await filings.sign((await begin(on('2021-10-08'), annual)).head, on('2021-10-09'));
    await follow(second.entry);
    expect(await desk()).toEqual([]);
    await follow((await filings.step(first.head, 'return', on('2021-10-10'), { state: 'returned' })).entry);
    expect((await duty()).items.map(({ state }) => state)).toEqual(['open', 'fulfilled']);
    expect(await desk()).toEqual(line);
  });

  it('of another city is left alone', async () => {
    await follow(await lay());
    const elsewhere = await begin(on('2021-10-08'), { owner: randomUUID() });
    await follow((await filings.sign(elsewhere.head, on('2021-10-09'))).entry);
    expect((await duty()).seq).toBe(1);
  });
});

describe('an event delivered again', () => {
  it('writes nothing', async () => {
    const commits: Commit[] = [];
    const counting: FollowDeps = {
      ...deps,
      store: {
        ...table.store,
        commit(unit) {
          commits.push(unit);
          return table.store.commit(unit);
        },
      },
    };
    const laid = await lay();
    const signed = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-09'));
    const returned = await filings.step(signed.head, 'return', on('2021-10-12'), { state: 'returned' });
    const entries = [laid, signed.entry, returned.entry];
    for (const entry of entries) {
      await followDuties(counting, entry);
      const [once, before] = [commits.length, await table.count()];
      await followDuties(counting, entry);
      expect([commits.length, await table.count()]).toEqual([once, before]);
    }
    expect(commits).toHaveLength(2);
  });

  it('of a filing withdrawn long ago does not hide the one that took its place', async () => {
    await follow(await lay());
    const a = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-08'));
    const gone = await filings.step(a.head, 'withdraw', on('2021-10-09'), { state: 'withdrawn' });
    const c = await filings.sign((await begin(on('2021-10-10'))).head, on('2021-10-10'));
    const returned = await filings.step(c.head, 'return', on('2021-10-12'), { state: 'returned' });
    await follow(a.entry, gone.entry, c.entry, returned.entry);
    const again = await filings.sign(returned.head, on('2021-10-14'), on('2021-10-10'));
    // The events of two filings come in any order among themselves, and a batch that failed comes whole once more.
    await follow(a.entry, again.entry, gone.entry);
    expect((await duty()).items[0]).toMatchObject({ state: 'fulfilled', submission: c.head.id });
  });

  it('late, after the filing that took its place, does not lose that one', async () => {
    await follow(await lay());
    const a = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-08'));
    const gone = await filings.step(a.head, 'withdraw', on('2021-10-09'), { state: 'withdrawn' });
    const c = await filings.sign((await begin(on('2021-10-10'))).head, on('2021-10-10'));
    await follow(a.entry, c.entry, gone.entry);
    expect((await duty()).items[0]).toMatchObject({
      state: 'fulfilled',
      submission: c.head.id,
      at: on('2021-10-10'),
    });
  });
});

describe('a city that turns', () => {
  it('is released of what is open, and has it on its desk again when it develops after all', async () => {
    await follow(await lay());
    const line = await desk();
    await follow(await filings.turn(city, 'not-developing', on('2021-10-08')));
    expect((await duty()).items[0]).toMatchObject({ state: 'closed', closedBecause: 'not-developing' });
    expect(await desk()).toEqual([]);
    await follow(await filings.turn(city, 'developing', on('2021-10-09')));
    expect((await duty()).items).toEqual([{ ...target, state: 'open' }]);
    expect(line).toHaveLength(1);
    expect(await desk()).toEqual(line);
  });

  it.each(['filing first', 'city first'])(
    'by signing what the duty asks for has fulfilled it (%s)',
    async (order) => {
      await follow(await lay());
      await follow(await filings.turn(city, 'not-developing', on('2021-10-08')));
      const draft = await begin(on('2021-10-09'));
      const turn = await filings.turned(city, 'developing', on('2021-10-10'));
      const signed = await filings.sign(draft.head, on('2021-10-10'), on('2021-10-10'), turn);
      // One commit, two records: their events come in either order.
      const entries = [signed.entry, turn.entry];
      await follow(...(order === 'filing first' ? entries : entries.toReversed()));
      expect((await duty()).items[0]).toMatchObject({
        state: 'fulfilled',
        submission: signed.head.id,
        at: on('2021-10-10'),
      });
      expect(await desk()).toEqual([]);
    },
  );
});

describe('a duty laid down after the filing', () => {
  it('is fulfilled at once, with the receipt of the filing', async () => {
    const signed = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-09'));
    await filings.step(signed.head, 'accept', on('2021-10-11'), { state: 'in-review' });
    await follow(await lay());
    expect((await duty()).items[0]).toMatchObject({
      state: 'fulfilled',
      submission: signed.head.id,
      at: on('2021-10-09'),
    });
    expect(await desk()).toEqual([]);
  });

  it('is open while the filing is a draft, or was returned', async () => {
    await begin(on('2021-10-08'));
    const signed = await filings.sign((await begin(on('2021-10-08'), annual)).head, on('2021-10-09'));
    await filings.step(signed.head, 'return', on('2021-10-11'), { state: 'returned' });
    await follow(await lay('submitted', [target, annual]));
    expect((await duty()).items.map(({ state }) => state)).toEqual(['open', 'open']);
  });

  it('is closed at once in a city that does not develop such housing', async () => {
    await filings.turn(city, 'not-developing', on('2021-09-01'));
    await follow(await lay());
    expect((await duty()).items[0]).toMatchObject({ state: 'closed', closedBecause: 'not-developing' });
    expect(await desk()).toEqual([]);
  });

  it('counts the day of publication, not of what happened to the published filing since', async () => {
    const signed = await filings.sign(
      (await begin(on('2021-10-08'), { path: 'own-decision' })).head,
      on('2021-10-09'),
    );
    const published = await filings.publish(signed.head, on('2021-10-12'));
    const received = await filings.step(published.head, 'receive', on('2021-11-04'), { received: true });
    await filings.step(received.head, 'view-contact', on('2021-11-05'));
    await follow(await lay('published'));
    expect((await duty()).items[0]).toMatchObject({ state: 'fulfilled', at: on('2021-10-12') });
    // The event of the publication itself, delivered late, changes nothing.
    const { seq } = await duty();
    await follow(published.entry);
    expect((await duty()).seq).toBe(seq);
  });

  it('is not fulfilled by what is submitted but not published', async () => {
    await filings.sign((await begin(on('2021-10-08'), { path: 'own-decision' })).head, on('2021-10-09'));
    await follow(await lay('published'));
    expect((await duty()).items).toEqual([{ ...target, state: 'open' }]);
  });

  it.each([
    ['submitted', on('2021-10-09')],
    ['published', on('2021-10-12')],
  ] as const)('is %s in time when an amendment came late', async (satisfiedBy, at) => {
    const signed = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-09'));
    const first = await filings.publish(signed.head, on('2021-10-12'));
    const amendment = await begin(on('2021-11-08'), { amends: first.head.id });
    const amended = await filings.sign(amendment.head, on('2021-11-09'));
    await filings.publish(amended.head, on('2021-11-12'));
    await follow(await lay(satisfiedBy));
    expect((await duty()).items[0]).toMatchObject({ state: 'fulfilled', submission: first.head.id, at });
  });

  it('that is there no more is nothing to catch up with', async () => {
    const laid = await lay();
    await followDuties(deps, { ...laid, record: 'obligation:none' });
    expect((await duty()).seq).toBe(1);
  });
});

describe('a duty that others write at the same time', () => {
  it('is read again and tried again', async () => {
    await follow(await lay('submitted', [target, annual]));
    const one = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-08'));
    const two = await filings.sign((await begin(on('2021-10-08'), annual)).head, on('2021-10-09'));
    await Promise.all([one, two, one].map(({ entry }) => follow(entry)));
    expect((await duty()).items.map(({ state }) => state)).toEqual(['fulfilled', 'fulfilled']);
    expect((await duty()).seq).toBe(3);
    expect(await desk()).toEqual([]);
  });

  it('fails aloud when it is never free, so that the event comes again', async () => {
    await follow(await lay());
    const { entry } = await filings.sign((await begin(on('2021-10-08'))).head, on('2021-10-08'));
    const busy: FollowDeps = {
      ...deps,
      store: { ...table.store, commit: () => Promise.resolve({ outcome: 'busy' }) },
    };
    await expect(followDuties(busy, entry)).rejects.toThrow(/too busy/);
  });
});
