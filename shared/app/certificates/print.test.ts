/** A print comes after its transaction: a crash in between, a twin, or a change meanwhile leaves one print, recorded once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testSigner } from '../../../test/support/test-signer.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import { sampleCheckAt, sampleTerms } from '../../domain/certificates/sample-certificate.ts';
import { certificateDecided, stepCommit } from './decided.ts';
import { expireCertificates } from './expire.ts';
import { issueNext } from './issue-next.ts';
import { printCertificate, type PrintDeps } from './print.ts';

const now = (): string => '2021-11-09T03:00:00.000Z';
const by = { sub: 'p-1', office: '150102', role: 'decider' };
const id = 'certificate-1';

let table: TestTable;
const stored = new Map<string, number>();
afterEach(() => table.close());
beforeEach(async () => {
  stored.clear();
  table = await testTable(undefined, now);
  const place = { project: 'p', submission: 's', city: '150100', county: '150102' };
  const { commit } = certificateDecided({ id, ...place, terms: sampleTerms, decidedAt: now(), by });
  await table.store.commit(commit);
  await issueNext({ store: table.store, signer: testSigner(), now, checkAt: sampleCheckAt }, '150102', 2021);
});

function deps(given: Partial<PrintDeps> = {}): PrintDeps {
  return {
    store: table.store,
    now,
    render: async (jws) => new TextEncoder().encode(jws),
    files: {
      put: async (certificate, version, bytes) => {
        const key = `certificates/${certificate}/${version}.pdf`;
        stored.set(key, (stored.get(key) ?? 0) + 1);
        return { key, sha256: 'a'.repeat(64), bytes: bytes.length };
      },
    },
    ...given,
  };
}

async function events(): Promise<string[]> {
  return (await table.store.entries(`certificate:${id}`, 0, 50)).map(({ type }) => type);
}

test('after a crash before it was recorded, and by twins, it is recorded once', async () => {
  const crash = async (): Promise<never> => {
    throw new Error('killed');
  };
  await expect(printCertificate(deps({ files: { put: crash } }), id)).rejects.toThrow('killed');
  await Promise.all([printCertificate(deps(), id), printCertificate(deps(), id)]);
  await printCertificate(deps(), id);
  expect(await events()).toEqual(['certificate.decided', 'certificate.issued', 'certificate.printed']);
  expect([...stored.keys()]).toEqual([`certificates/${id}/1.pdf`]);
  expect((await table.store.certificate(id))?.versions[0]?.print?.key).toBe(`certificates/${id}/1.pdf`);
  expect(await printCertificate(deps(), 'none')).toBeUndefined();
});

test('of a certificate that was revoked meanwhile it is recorded all the same', async () => {
  const before = await table.store.certificate(id);
  const revoke = { action: 'revoke' as const, reason: '理由', document: '1号' };
  const revoked = before && stepCommit(revoke, before, by, now());
  if (!revoked?.ok) throw new Error('Not revoked');
  const late: PrintDeps['render'] = async (jws) => {
    await table.store.commit(revoked.value.commit);
    return new TextEncoder().encode(jws);
  };
  const printed = await printCertificate(deps({ render: late }), id);
  expect(printed).toMatchObject({ state: 'revoked', versions: [{ print: { sha256: 'a'.repeat(64) } }] });
});

test('whose last day is over expires once, however often the job runs', async () => {
  const on = (day: string) => ({ store: table.store, now: () => `${day}T16:15:00.000Z` });
  expect(await expireCertificates(on('2031-11-06'))).toBe(0);
  // 16:15 UTC on the 7th is the 8th in Shanghai.
  expect(
    await Promise.all([expireCertificates(on('2031-11-07')), expireCertificates(on('2031-11-07'))]),
  ).toContain(1);
  expect(await expireCertificates(on('2031-11-08'))).toBe(0);
  expect((await events()).filter((type) => type === 'certificate.expired')).toHaveLength(1);
});
