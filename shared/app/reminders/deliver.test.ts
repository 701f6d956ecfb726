import { beforeEach, describe, expect, test } from 'vitest';
import { DutyBench } from '../../../test/support/duty-bench.ts';
import { dynamoDeliveries } from '../../adapters/dynamodb/deliveries.ts';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { chain, systemActor } from '../../domain/audit/entry.ts';
import type { Outcome } from '../../domain/reminders/delivery.ts';
import { nameOf, type Person } from '../../domain/reminders/person.ts';
import type { PersonalData } from '../ports.ts';
import { deliverDue, deliverNotice, type DeliverDeps } from './deliver.ts';
import { remindOf } from './remind.ts';

const bench = new DutyBench();
const personalData: PersonalData = {
  seal: async (plain) => JSON.stringify(plain),
  open: async (sealed) => JSON.parse(sealed) as Record<string, string>,
};

let now: string;
let sent: string[];
let answers: (Outcome | Error)[];
beforeEach(() => {
  now = '2021-10-29T01:00:00.000Z';
  sent = [];
  answers = [];
});

function deps(): DeliverDeps {
  return {
    store: bench.table.store,
    personalData,
    records: dynamoDeliveries(bench.table.client, bench.table.name),
    mailer: {
      async send(to, { subject }, key) {
        sent.push(`${to} ${subject.slice(0, 4)} ${key}`);
        const answer = answers.shift() ?? { outcome: 'sent' };
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    now: () => now,
    portal: 'https://anju.example.cn',
  };
}

/** A duty of the day, its notice, and one person of the city who wants mail. */
async function noticed(): Promise<AuditEntry> {
  const laid = await bench.lay('published');
  const contact = { mail: 'p***@x', sealed: JSON.stringify({ mail: 'person@example.cn' }) };
  const fresh: Person = {
    office: bench.city,
    sub: 'p-1',
    roles: ['drafter'],
    locale: 'zh-CN',
    delivery: 'daily',
    contact,
    seq: 0,
    hash: '',
  };
  const event = { type: 'person.preferences-set', facts: {} };
  const { record, entry } = chain(
    nameOf.person(bench.city, 'p-1'),
    undefined,
    fresh,
    event,
    systemActor,
    now,
  );
  await bench.table.store.commit({ changes: [{ kind: 'person', after: record, entry }] });
  await remindOf({ store: bench.table.store, now: () => now }, laid.record.slice('obligation:'.length));
  const [made] = await bench.table.store.entries(`notice:${bench.city}/drafter/2021-10-29`, 0, 1);
  if (!made) throw new Error('No notice was made');
  return made;
}

const record = async () => (await deps().records.of(bench.city, 'drafter', '2021-10-29'))[0];
const later = (minutes: number): void => {
  now = new Date(Date.parse(now) + minutes * 60_000).toISOString();
};

describe('a notice', () => {
  test('is sent once, however often its order comes, also twice at once', async () => {
    const made = await noticed();
    await Promise.all([deliverNotice(deps(), made), deliverNotice(deps(), made)]);
    await deliverNotice(deps(), made);
    await deliverDue(deps());
    expect(sent).toHaveLength(1);
    expect(await record()).toMatchObject({
      state: 'sent',
      to: 'p***@x',
      attempts: [{ outcome: 'sent' }],
    });
  });

  test('that fails is tried again when its pause is over, not before', async () => {
    const made = await noticed();
    answers = [{ outcome: 'failed', reason: 'timeout' }];
    await deliverNotice(deps(), made);
    expect(await record()).toMatchObject({ state: 'pending', nextAt: '2021-10-29T01:05:00.000Z' });
    later(4);
    expect((await deliverDue(deps())).count).toBe(0);
    later(1);
    expect((await deliverDue(deps())).count).toBe(1);
    expect(await record()).toMatchObject({ state: 'sent' });
    // The same message again, by which the receiver knows it.
    expect(new Set(sent)).toHaveLength(1);
  });

  test('sent by a job that was killed before it could say so is sent again under the same key', async () => {
    const made = await noticed();
    answers = [new Error('killed')];
    await expect(deliverNotice(deps(), made)).rejects.toThrow('killed');
    expect(await record()).toMatchObject({ state: 'pending', attempts: [] });
    // While the other may still be at it, nobody takes it up.
    later(14);
    expect((await deliverDue(deps())).count).toBe(0);
    later(1);
    await deliverDue(deps());
    expect(sent).toHaveLength(2);
    expect(new Set(sent)).toHaveLength(1);
    expect(await record()).toMatchObject({ state: 'sent' });
  });

  test('that the receiver refuses is given up, and somebody hears of it', async () => {
    const made = await noticed();
    answers = [{ outcome: 'refused', reason: 'smtp-550' }];
    expect(await deliverNotice(deps(), made)).toMatchObject([{ state: 'failed' }]);
    later(6000);
    expect((await deliverDue(deps())).count).toBe(0);
    expect(sent).toHaveLength(1);
  });

  test('of which everything was fulfilled meanwhile is not sent', async () => {
    const made = await noticed();
    answers = [{ outcome: 'failed', reason: 'timeout' }];
    await deliverNotice(deps(), made);
    const duty = await bench.duty();
    const items = duty.items.map((item) => ({ ...item, state: 'closed' as const }));
    const event = { type: 'obligation.waived', facts: { city: duty.city } };
    const waived = chain(`obligation:${duty.id}`, duty, { ...duty, items }, event, systemActor, now);
    await bench.table.store.commit({
      changes: [{ kind: 'obligation', before: duty, after: waived.record, entry: waived.entry }],
    });
    later(10);
    await deliverDue(deps());
    expect(sent).toHaveLength(1);
    expect(await record()).toMatchObject({ state: 'not-needed' });
  });

  test('of one person whose address cannot be opened holds up nobody else’s', async () => {
    const made = await noticed();
    const broken: DeliverDeps = {
      ...deps(),
      personalData: { ...personalData, open: async () => Promise.reject(new Error('no key')) },
    };
    await deliverNotice(broken, made);
    expect(await record()).toMatchObject({ state: 'pending', attempts: [{ reason: 'unreadable-address' }] });
    const first = bench.city;
    bench.city = `${first}-2`;
    await deliverNotice(deps(), await noticed());
    expect(await record()).toMatchObject({ state: 'sent' });
  });

  test('sent by two runs at once is sent once', async () => {
    const made = await noticed();
    answers = [{ outcome: 'failed', reason: 'timeout' }];
    await deliverNotice(deps(), made);
    later(6);
    await Promise.all([deliverDue(deps()), deliverDue(deps()), deliverDue(deps())]);
    const { message = '' } = (await record()) ?? {};
    expect(sent.filter((one) => one.endsWith(message))).toHaveLength(2);
  });

  test('of a person who took his address away meanwhile is let go, without alarm', async () => {
    const made = await noticed();
    answers = [{ outcome: 'failed', reason: 'timeout' }];
    await deliverNotice(deps(), made);
    const person = await bench.table.store.person(bench.city, 'p-1');
    if (!person) throw new Error('Nobody');
    const { contact: _contact, ...without } = person;
    const event = { type: 'person.preferences-set', facts: {} };
    const { record: after, entry } = chain(
      nameOf.person(bench.city, 'p-1'),
      person,
      without,
      event,
      systemActor,
      now,
    );
    await bench.table.store.commit({ changes: [{ kind: 'person', before: person, after, entry }] });
    later(10);
    expect((await deliverDue(deps())).givenUp).toEqual([]);
    expect(await record()).toMatchObject({ state: 'not-needed' });
  });

  test('is not even recorded for a channel that is not set up', async () => {
    const made = await noticed();
    const { mailer: _off, ...without } = deps();
    await deliverNotice(without, made);
    expect(await record()).toBeUndefined();
  });
});

test('what is gathered for a morning is one message, tried again as one under its name', async () => {
  now = '2021-10-15T01:30:00.000Z';
  const first = await bench.lay('published');
  const second = await bench.lay('published', [{ kind: 'annual-plan', period: '2021' }]);
  const contact = { mail: 'p***@x', sealed: JSON.stringify({ mail: 'person@example.cn' }) };
  const fresh: Person = {
    ...{ office: bench.city, sub: 'p-1', roles: ['drafter'], locale: 'zh-CN', delivery: 'daily', contact },
    ...{ seq: 0, hash: '' },
  };
  const event = { type: 'person.preferences-set', facts: {} };
  const { record: person, entry } = chain(
    nameOf.person(bench.city, 'p-1'),
    undefined,
    fresh,
    event,
    systemActor,
    now,
  );
  await bench.table.store.commit({ changes: [{ kind: 'person', after: person, entry }] });
  for (const laid of [first, second]) {
    await remindOf({ store: bench.table.store, now: () => now }, laid.record.slice('obligation:'.length));
  }
  for (const made of await bench.table.store.entries(`notice:${bench.city}/drafter/2021-10-15`, 0, 5))
    await deliverNotice(deps(), made);
  expect(sent).toEqual([]);
  now = '2021-10-16T01:00:00.000Z';
  answers = [{ outcome: 'failed', reason: 'timeout' }];
  await deliverDue(deps());
  later(5);
  await deliverDue(deps());
  expect(sent).toHaveLength(2);
  expect(new Set(sent)).toHaveLength(1);
  const all = await deps().records.of(bench.city, 'drafter', '2021-10-15');
  expect(all.map(({ state, attempts }) => [state, attempts.length])).toEqual([
    ['sent', 2],
    ['sent', 2],
  ]);
});
