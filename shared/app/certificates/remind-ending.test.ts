/** 续期提醒: three points before the last day, each once, whatever days the job was skipped; then everyone near is told, once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testSigner } from '../../../test/support/test-signer.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import { sampleCheckAt, sampleTerms } from '../../domain/certificates/sample-certificate.ts';
import { addDays } from '../../kernel/civil-date.ts';
import { tellOfCertificate } from '../reminders/tell-of-certificate.ts';
import { certificateDecided, nextVersionDecided } from './decided.ts';
import { issueNext } from './issue-next.ts';
import { issueVersion } from './issue-version.ts';
import { remindOfEnding } from './remind-ending.ts';

const by = { sub: 'p-1', office: '150102', role: 'decider' };
const validTo = '2022-11-08';
const id = 'certificate-1';
let table: TestTable;
let now: string;
const deps = () => ({ store: table.store, signer: testSigner(), now: () => now, checkAt: sampleCheckAt });

beforeEach(async () => {
  table = await testTable(undefined, () => now);
  now = '2021-11-08T02:00:00.000Z';
  const { commit } = certificateDecided({
    id,
    project: 'project-1',
    submission: 'submission-1',
    city: '150100',
    county: '150102',
    terms: { ...sampleTerms, validTo },
    decidedAt: now,
    by,
  });
  await table.store.commit(commit);
  await issueNext(deps(), '150102', 2021);
});
afterEach(() => table.close());

/** The job, so many days before the last day. */
async function before(days: number): Promise<number> {
  now = `${addDays(validTo, -days)}T00:30:00.000Z`;
  return remindOfEnding(deps());
}

const reminders = async (): Promise<unknown[]> => {
  const entries = await table.store.entries(`certificate:${id}`, 0, 50);
  return entries
    .filter(({ type }) => type === 'certificate.renewal-reminded')
    .map(({ facts }) => facts['days']);
};

test('comes a hundred and eighty, ninety and thirty days before, once each', async () => {
  expect(await before(181)).toBe(0);
  expect([await before(180), await before(180), await before(179), await before(91)]).toEqual([1, 0, 0, 0]);
  expect([await before(90), await before(31), await before(30), await before(0), await before(-1)]).toEqual([
    1, 0, 1, 0, 0,
  ]);
  expect(await reminders()).toEqual([180, 90, 30]);
});

test('of points that were passed over while nobody looked, the last is told', async () => {
  expect([await before(12), await before(11)]).toEqual([1, 0]);
  expect(await reminders()).toEqual([30]);
});

test('a later last day is reminded of anew', async () => {
  await before(30);
  const certificate = await table.store.certificate(id);
  if (!certificate) throw new Error('No certificate');
  const terms = { ...sampleTerms, validTo: '2023-11-08' };
  const renewed = nextVersionDecided('renew', certificate, { submission: 'submission-2', terms, now, by });
  if (!renewed.ok) throw new Error(renewed.error.code);
  await table.store.commit(renewed.value.commit);
  await issueVersion(deps(), id);
  expect((await table.store.certificate(id))?.reminded).toBeUndefined();
  expect(await before(29)).toBe(0);
  expect(await before(180 - 365)).toBe(1);
});

test('is told to the owner and the county, and an event that comes twice is told once', async () => {
  await before(30);
  const entries = await table.store.entries(`certificate:${id}`, 0, 50);
  for (const entry of [...entries, ...entries]) await tellOfCertificate(deps(), entry);
  const told = async (office: string, role: string, day: string): Promise<unknown[]> =>
    ((await table.store.notice(office, role, day))?.tidings ?? []).map(({ what }) => what);
  const ending = addDays(validTo, -30);
  for (const [office, role] of [
    [sampleTerms.owner.creditCode, 'drafter'],
    [sampleTerms.owner.creditCode, 'signatory'],
    ['150102-HOUSING', 'lead'],
  ] as const) {
    expect(await told(office, role, '2021-11-08'), office).toEqual(['issued']);
    expect(await told(office, role, ending), office).toEqual(['ending']);
  }
  expect(await told('150100-HOUSING', 'plan-checker', '2021-11-08')).toEqual(['issued']);
  expect(await told('150100-HOUSING', 'plan-checker', ending)).toEqual([]);
});
