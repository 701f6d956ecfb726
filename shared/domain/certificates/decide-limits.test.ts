/** Steps at the limits of a certificate: its last day, its suspension, a version that there is not. */
import { describe, expect, it } from 'vitest';
import { startOfDay } from '../../kernel/civil-date.ts';
import type { Certificate } from './certificate.ts';
import { decideOnCertificate, type CertificateStep } from './decide.ts';
import { pendingCertificate, sampleTerms } from './sample-certificate.ts';

const { validFrom, validTo } = sampleTerms;
const number = '保租认字〔2021〕150102-0001号';
const issuedOn = startOfDay('2021-11-09');
const lastDay = startOfDay(validTo);
const decision = { reason: '发现出租对象不符', document: '演发〔2022〕3号' };
const print = { key: 'k', sha256: 'f', bytes: 1 };

function signed(version: number) {
  return { version, validFrom, validTo, content: 'c'.repeat(64) };
}

function after(before: Certificate, step: CertificateStep, now = issuedOn): Certificate {
  const decided = decideOnCertificate(step, before, now);
  if (!decided.ok) throw new Error(`${step.action}: ${decided.error.code}`);
  return decided.value.after;
}
const issued = (): Certificate => after(pendingCertificate(), { action: 'issue', number, signed: signed(1) });
const amended = (before: Certificate): Certificate =>
  after(before, { action: 'amend', submission: 's2', validTo });

describe('a certificate', () => {
  it('that is issued has the number, the day and the version that were brought along, and no draft', () => {
    const { drafted: _drafted, ...pending } = pendingCertificate();
    expect(issued()).toStrictEqual({
      ...pending,
      number,
      issuedAt: issuedOn,
      version: 1,
      state: 'valid',
      versions: [{ ...signed(1), issuedAt: issuedOn }],
      history: [...pending.history, { state: 'valid', at: issuedOn }],
      updatedAt: issuedOn,
    });
  });

  it('still resumes into validity on its last day', () => {
    const suspended = after(issued(), { action: 'suspend', ...decision });
    expect(after(suspended, { action: 'resume', ...decision }, lastDay).state).toBe('valid');
  });

  it('that is suspended stays so when its next version is issued', () => {
    const suspended = after(issued(), { action: 'suspend', ...decision });
    const next = after(amended(suspended), { action: 'issue-version', signed: signed(2) });
    expect(next).toMatchObject({ state: 'suspended', version: 2 });
  });

  it('that ran out stays so when its next version has run out as well', () => {
    const over = startOfDay('2031-11-08');
    const expired = after(issued(), { action: 'expire' }, over);
    const renewing = after(expired, { action: 'renew', submission: 's2', validTo }, over);
    expect(after(renewing, { action: 'issue-version', signed: signed(2) }, over).state).toBe('expired');
    expect(after(renewing, { action: 'issue-version', signed: signed(2) }, lastDay).state).toBe('valid');
  });

  it('has a line of its history for a new state alone', () => {
    const valid = issued();
    expect(after(valid, { action: 'print', version: 1, print }).history).toEqual(valid.history);
    expect(amended(valid).history).toEqual(valid.history);
  });

  it('tells in its history why it was cancelled, and by which document where there is one', () => {
    const cancel = { action: 'cancel', submission: 's4', reason: '项目退出' } as const;
    const line = { state: 'cancelled', at: issuedOn, reason: '项目退出' };
    const { document } = decision;
    expect(after(issued(), cancel).history.at(-1)).toStrictEqual(line);
    expect(after(issued(), { ...cancel, document }).history.at(-1)).toStrictEqual({ ...line, document });
  });

  it('takes a print on the one version that it is of', () => {
    const twice = after(amended(issued()), { action: 'issue-version', signed: signed(2) });
    const { versions } = after(twice, { action: 'print', version: 1, print });
    expect(versions.map((one) => one.print)).toEqual([print, undefined]);
  });
});

describe('a step is refused', () => {
  it.each([
    ['revoked', '已撤销'],
    ['cancelled', '已注销'],
  ] as const)('from where it does not lead, with the state %s', (state, stateZh) => {
    const refused = decideOnCertificate({ action: 'expire' }, { ...issued(), state }, lastDay);
    expect(refused).toMatchObject({
      error: { code: 'certificate-not-in-state', params: { state, stateZh } },
    });
  });

  it('for a version that there is not, with its number', () => {
    const refused = decideOnCertificate({ action: 'print', version: 7, print }, issued(), issuedOn);
    expect(refused).toMatchObject({ error: { code: 'certificate-version-unknown', params: { version: 7 } } });
  });

  it.each(['amend', 'renew'] as const)('as %s while another change is under way', (action) => {
    const refused = decideOnCertificate({ action, submission: 's3', validTo }, amended(issued()), issuedOn);
    expect(refused).toMatchObject({ error: { code: 'certificate-change-under-way' } });
  });

  it('for a version that is not the drafted one', () => {
    const refused = decideOnCertificate(
      { action: 'issue-version', signed: signed(3) },
      amended(issued()),
      issuedOn,
    );
    expect(refused).toMatchObject({ error: { code: 'certificate-nothing-drafted' } });
  });
});
