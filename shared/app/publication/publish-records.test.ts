/** What events make of the public's view, against the real store. Filings are laid into the table by their events. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleOfKind } from '../../../test/support/contents.ts';
import { Filings } from '../../../test/support/filings.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import { publicReader, publicRecords } from '../../adapters/dynamodb/public-records.ts';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { kinds } from '../../domain/submissions/kinds/index.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import { publishRecords, type PublicPlan, type PublicRecords } from './publish-records.ts';

const city = '150100';
const target = { kind: 'five-year-target', period: '2021-2025' };

/** An instant at nine in the morning of this day. */
const on = (day: string): string => `${day}T01:00:00.000Z`;

let table: TestTable;
let filings: Filings;
let publicView: PublicRecords;
/** How often anything was put before the public. */
let puts: number;
afterEach(() => table.close());
beforeEach(async () => {
  table = await testTable();
  filings = new Filings(table.store);
  const records = publicRecords(table.client, table.name);
  puts = 0;
  publicView = {
    plan: (...place) => records.plan(...place),
    putPlan: (plan) => {
      puts += 1;
      return records.putPlan(plan);
    },
    putDuty: (duty, source) => {
      puts += 1;
      return records.putDuty(duty, source);
    },
    putRules: (rules) => {
      puts += 1;
      return records.putRules(rules);
    },
    putCity: (line, source) => {
      puts += 1;
      return records.putCity(line, source);
    },
  };
});

async function follow(...entries: readonly AuditEntry[]): Promise<void> {
  for (const entry of entries) await publishRecords({ store: table.store, publicRecords: publicView }, entry);
}

async function signed(day: string, documentNumber: string, given: Partial<Head> = {}) {
  const { head } = await filings.begin(on(day), { owner: city, ...target, path: 'own-decision', ...given });
  const filing = {
    documentNumber,
    issueDate: day,
    contact: { name: '李*', phone: '139****0000', sealed: 's' },
  };
  const { content } = sampleOfKind(head.kind);
  const version = { number: 1, content, filing, explanations: {}, savedAt: on(day), hash: '' };
  await table.store.commit({ changes: [], versions: [{ submission: head.id, version }] });
  return filings.sign(head, on(day));
}

const shown = (): Promise<PublicPlan | undefined> => publicView.plan(city, target.kind, target.period);

describe('a plan that is published', () => {
  it('is shown once, with the day of its publication', async () => {
    const approved = await signed('2021-10-08', '呼政发〔2021〕30号');
    await follow(approved.entry);
    expect(await shown()).toBeUndefined();
    const { head, entry } = await filings.publish(approved.head, on('2021-10-12'));
    await follow(entry);
    const plan = await shown();
    expect(plan).toMatchObject({
      submission: head.id,
      city,
      cityName: { zh: '呼和浩特市人民政府' },
      ...target,
      kindName: { zh: '五年建设目标' },
      documentNumber: '呼政发〔2021〕30号',
      issueDate: '2021-10-08',
      publishedAt: on('2021-10-12'),
      edition: 1,
    });
    // The kind says what the public sees: not the basis, and nobody's name.
    expect(Object.keys(plan?.content ?? {})).toEqual([
      'totalHomes',
      'years',
      'byMode',
      'rentSubsidyHouseholds',
      'supplyShare',
    ]);
    expect(JSON.stringify(plan)).not.toContain('李');
    await follow(entry, entry);
    expect(await shown()).toEqual(plan);
    expect(puts).toBe(1);
  });

  it('keeps the day of its publication when its event comes after later steps', async () => {
    const { head, entry } = await filings.publish((await signed('2021-10-08', '1号')).head, on('2021-10-12'));
    const received = await filings.step(head, 'receive', on('2021-11-04'), { received: true });
    const looked = await filings.step(received.head, 'view-contact', on('2021-11-05'));
    await follow(entry, received.entry, looked.entry);
    expect(await shown()).toMatchObject({ publishedAt: on('2021-10-12') });
    expect(puts).toBe(1);
  });
});

describe('an amendment', () => {
  async function amended() {
    const first = await filings.publish((await signed('2021-10-08', '1号')).head, on('2021-10-12'));
    const draft = await signed('2022-03-08', '2号', { amends: first.head.id });
    return { first, draft };
  }

  it('is the next edition when it is published, not before', async () => {
    const { first, draft } = await amended();
    await follow(first.entry, draft.entry);
    expect(await shown()).toMatchObject({ submission: first.head.id, edition: 1 });
    const second = await filings.publish(draft.head, on('2022-03-12'));
    await follow(second.entry);
    expect(await shown()).toMatchObject({
      submission: second.head.id,
      documentNumber: '2号',
      publishedAt: on('2022-03-12'),
      edition: 2,
    });
    const third = await filings.publish(
      (await signed('2023-03-08', '3号', { amends: second.head.id })).head,
      on('2023-03-12'),
    );
    await follow(third.entry);
    expect(await shown()).toMatchObject({ submission: third.head.id, edition: 3 });
  });

  it('is followed by nothing of the old one, and not put again', async () => {
    const { first, draft } = await amended();
    await follow(first.entry);
    const second = await filings.publish(draft.head, on('2022-03-12'));
    await follow(second.entry);
    const plan = await shown();
    if (!second.superseded) throw new Error('Nothing was superseded');
    await follow(second.superseded.entry, first.entry, second.entry);
    expect(await shown()).toEqual(plan);
    expect(puts).toBe(2);
  });

  it('is its second edition even if the first was never seen: the older event came too late', async () => {
    const { first, draft } = await amended();
    const second = await filings.publish(draft.head, on('2022-03-12'));
    await follow(second.entry, first.entry);
    expect(await shown()).toMatchObject({ submission: second.head.id, edition: 2 });
  });
});

describe('what is not for the public', () => {
  const silent = Object.values(kinds)
    .filter((kind) => !kind.published)
    .map(({ code }) => code);

  it('are these kinds', () => {
    expect(silent.toSorted()).toEqual([
      'cancellation',
      'change',
      'demand-survey',
      'not-developing',
      'recognition',
      'renewal',
    ]);
  });

  it.each(silent)('%s is not shown though it ends as published', async (kind) => {
    const { period } = sampleOfKind(kind);
    const { entry } = await filings.publish(
      (await signed('2021-10-08', '1号', { kind, period })).head,
      on('2021-10-12'),
    );
    await follow(entry);
    expect(await publicView.plan(city, kind, period)).toBeUndefined();
    expect(puts).toBe(0);
  });

  it('events of other records and steps put nothing', async () => {
    const { head, entry } = await signed('2021-10-08', '1号');
    const consented = await filings.step(head, 'consent', on('2021-10-09'));
    await follow(entry, consented.entry, { ...entry, record: 'document:s/d', type: 'document.released' });
    expect(puts).toBe(0);
  });
});

describe('the line of a city', () => {
  it('is as its newest event left it, in whatever order events come', async () => {
    const older = await filings.turn('152900', 'not-developing', on('2021-10-08'));
    const newer = await filings.turn('152900', 'developing', on('2021-10-09'));
    const reader = publicReader(table.client, table.name);
    for (const entry of [newer, older, newer]) {
      await follow(entry);
      expect(await reader.cities()).toMatchObject([
        {
          code: '152900',
          name: { zh: '阿拉善盟行政公署' },
          development: 'developing',
          since: on('2021-10-09'),
        },
      ]);
    }
  });
});
