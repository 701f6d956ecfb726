/** Fifty certificates at once, several runners, conflicts and throttling: numbers unique, consecutive, in the decisions' order. */
import { afterEach, expect, test } from 'vitest';
import type { Faults } from '../../../infra/local/engines/table/index.ts';
import { testSigner } from '../../../test/support/test-signer.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import { verifyChain } from '../../domain/audit/verify.ts';
import { contentHash } from '../../domain/certificates/content.ts';
import { verifyJws } from '../../domain/certificates/jws.ts';
import { parseNumber } from '../../domain/certificates/number.ts';
import { sampleCheckAt, sampleTerms } from '../../domain/certificates/sample-certificate.ts';
import { certificateDecided, nextVersionDecided } from './decided.ts';
import { issueNext, type IssueDeps } from './issue-next.ts';
import { issueVersion } from './issue-version.ts';

let table: TestTable;
afterEach(() => table.close());

const signer = testSigner();
const by = { sub: 'p-1', office: '150102', role: 'decider' };
const county = '150102';
const now = (): string => '2021-11-09T03:00:00.000Z';

function deps(given: Partial<IssueDeps> = {}): IssueDeps {
  const pause = (longest: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, (Math.random() * longest) / 8));
  return { store: table.store, signer, now, checkAt: sampleCheckAt, pause, ...given };
}

/** Decides, in the order of the index, each a second later. */
async function decide(index: number, given: { county?: string; day?: string } = {}): Promise<string> {
  const { county: place = county, day = '2021-11-08' } = given;
  const id = `certificate-${String(index).padStart(3, '0')}-${place}`;
  const { commit } = certificateDecided({
    id,
    project: `project-${index}`,
    submission: `submission-${index}`,
    city: '150100',
    county: place,
    terms: sampleTerms,
    decidedAt: `${day}T02:00:${String(index % 60).padStart(2, '0')}.000Z`,
    by,
  });
  for (;;) {
    const outcome = await table.store.commit(commit).then(
      (done) => done.outcome,
      () => 'lost',
    );
    // Stale: an earlier try was done, and its answer lost.
    if (outcome === 'done' || outcome === 'stale') return id;
  }
}

async function numbersOf(ids: readonly string[]): Promise<number[]> {
  const sequences: number[] = [];
  for (const id of ids) {
    const certificate = await read(id);
    const { number, state, version, seq } = certificate;
    expect(state).toBe('valid');
    expect(version).toBe(1);
    const entries = await patiently(() => table.store.entries(`certificate:${id}`, 0, 50));
    expect(verifyChain(`certificate:${id}`, entries, certificate)).toBeUndefined();
    expect(entries.map(({ type }) => type)).toEqual(['certificate.decided', 'certificate.issued']);
    expect(seq).toBe(2);
    sequences.push(parseNumber(number ?? '')?.sequence ?? 0);
  }
  return sequences;
}

async function read(id: string) {
  const certificate = await patiently(() => table.store.certificate(id));
  if (!certificate) throw new Error(`${id} is gone`);
  return certificate;
}

/** Reads are throttled too. */
async function patiently<T>(look: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await look();
    } catch (error) {
      if (tries > 20) throw error;
    }
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test.each<[string, Faults]>([
  ['conflicts', { seed: 7, conflict: 0.25 }],
  ['throttling', { seed: 8, throttle: 0.15 }],
  ['conflicts, throttling and lost answers', { seed: 9, conflict: 0.15, throttle: 0.1, lostAnswer: 0.1 }],
])('fifty at once by five runners under %s', { timeout: 120_000 }, async (_, faults) => {
  table = await testTable(faults, now);
  const ids: string[] = [];
  for (const index of upTo(50)) ids.push(await decide(index));
  const runs = await Promise.all(upTo(5).map(() => issueNext(deps(), county, 2021)));
  expect(await numbersOf(ids)).toEqual(upTo(50));
  expect(await patiently(() => table.store.issueQueue(county, 2021, 100))).toEqual([]);
  const counter = await patiently(() => table.store.issueCounter(county, 2021));
  expect(counter).toMatchObject({ last: 50, begun: true, revision: 50 });
  // A lost answer may make a runner's own success look like another's.
  const total = runs.reduce((sum, one) => sum + one, 0);
  expect(total).toBeLessThanOrEqual(50);
  if (!faults.lostAnswer) expect(total).toBe(50);
});

test('what is decided while it issues is issued too, and running again changes nothing', async () => {
  table = await testTable(undefined, now);
  const first = [await decide(1), await decide(2)];
  const pending = issueNext(deps(), county, 2021);
  const later = [await decide(3), await decide(4)];
  await pending;
  await issueNext(deps(), county, 2021);
  expect(await numbersOf([...first, ...later])).toEqual([1, 2, 3, 4]);
  const count = await table.count();
  expect(await issueNext(deps(), county, 2021)).toBe(0);
  expect(await table.count()).toBe(count);
});

test('counties and years number for themselves; the year is that of the decision in Shanghai', async () => {
  table = await testTable(undefined, now);
  const here = await decide(1);
  const there = await decide(1, { county: '150103' });
  const newYear = await decide(61, { day: '2021-12-31' });
  // 02:00 UTC on New Year's Eve is still 2021 in Shanghai.
  await issueNext(deps(), county, 2021);
  await issueNext(deps(), '150103', 2021);
  expect(await numbersOf([here, newYear, there])).toEqual([1, 2, 1]);
  const midnight = certificateDecided({
    id: 'late',
    project: 'p',
    submission: 's',
    city: '150100',
    county,
    terms: sampleTerms,
    decidedAt: '2021-12-31T16:00:00.000Z',
    by,
  });
  expect(midnight.certificate.year).toBe(2022);
});

test('the version is signed over its content, and its number can be looked up', async () => {
  table = await testTable(undefined, now);
  const id = await decide(1);
  await issueNext(deps(), county, 2021);
  const certificate = await table.store.certificateNumbered('保租认字〔2021〕150102-0001号');
  expect(certificate?.id).toBe(id);
  const version = await table.store.certificateVersion(id, 1);
  const verified = verifyJws(version?.jws ?? '', signer.keys);
  expect(verified).toMatchObject({
    ok: true,
    value: { content: { number: certificate?.number, homes: 320 } },
  });
  expect(version && contentHash(version.content)).toBe(certificate?.versions[0]?.content);
});

test('what else belongs to the issue stands in its transaction, and its race is the issue’s', async () => {
  table = await testTable(undefined, now);
  await decide(1);
  const before = await table.store.city('150100');
  const asked: string[] = [];
  const also: IssueDeps['also'] = async (certificate, number) => {
    asked.push(`${certificate.state} ${number}`);
    // The first time round the city is said to be older than it is: nothing at all may be written then.
    const seq = asked.length === 1 ? 99 : before.seq;
    return { changes: [], ...(seq > 0 ? { unchanged: [{ record: 'city:150100', seq }] } : {}) };
  };
  expect(await issueNext(deps({ also, pause: async () => undefined }), county, 2021)).toBe(1);
  expect(asked).toEqual(['valid 保租认字〔2021〕150102-0001号', 'valid 保租认字〔2021〕150102-0001号']);
  expect(await table.store.issueCounter(county, 2021)).toMatchObject({ last: 1, revision: 1 });
});

test('a change is the next version under the same number, linked to the one before', async () => {
  table = await testTable(undefined, now);
  const id = await decide(1);
  await issueNext(deps(), county, 2021);
  const first = await read(id);
  const terms = { ...sampleTerms, homes: 300 };
  const next = nextVersionDecided('amend', first, { submission: 'change-1', terms, now: now(), by });
  if (!next.ok) throw new Error(next.error.code);
  expect(await table.store.commit(next.value.commit)).toEqual({ outcome: 'done' });
  expect(await read(id)).toMatchObject({ version: 1, state: 'valid', drafted: { version: 2 } });
  const twins = await Promise.all([issueVersion(deps(), id), issueVersion(deps(), id)]);
  expect(twins.map((one) => one?.version)).toEqual([2, 2]);
  const second = await read(id);
  expect(second).toMatchObject({ number: first.number, version: 2, state: 'valid' });
  const stored = await table.store.certificateVersion(id, 2);
  expect(stored?.content).toMatchObject({
    homes: 300,
    number: first.number,
    previous: { version: 1, content: first.versions[0]?.content },
  });
  // The first stays as it was signed.
  expect(await table.store.certificateVersion(id, 1)).toMatchObject({ content: { homes: 320 } });
});
