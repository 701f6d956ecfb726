/** What the audit is told of each step that a certificate takes, and that nothing of it is left out. */
import { describe, expect, it } from 'vitest';
import { startOfDay } from '../../kernel/civil-date.ts';
import type { Certificate } from './certificate.ts';
import { decideOnCertificate, type CertificateDecision, type CertificateStep } from './decide.ts';
import { pendingCertificate, sampleTerms } from './sample-certificate.ts';

const { validFrom, validTo } = sampleTerms;
const number = '保租认字〔2021〕150102-0001号';
const now = startOfDay('2021-11-09');
const later = '2041-11-07';
const decision = { reason: '发现出租对象不符', document: '演发〔2022〕3号' };

function signed(version: number, until: string, content: string) {
  return { version, validFrom, validTo: until, content: content.repeat(64), kid: 'k', submission: 's' };
}
const issue: CertificateStep = { action: 'issue', number, signed: signed(1, validTo, 'a') };
const renew: CertificateStep = { action: 'renew', submission: 's2', validTo: later };

function taken(before: Certificate, step: CertificateStep, at = now): CertificateDecision {
  const decided = decideOnCertificate(step, before, at);
  if (!decided.ok) throw new Error(`${step.action}: ${decided.error.code}`);
  return decided.value;
}

const pending = pendingCertificate();
const valid = taken(pending, issue).after;
const renewing = taken(valid, renew).after;
const suspended = taken(valid, { action: 'suspend', ...decision }).after;

interface Row {
  readonly before: Certificate;
  readonly step: CertificateStep;
  readonly facts: object;
  readonly day?: string;
}
const inForce = { from: 'valid', to: 'valid', version: 1 };

const rows: readonly Row[] = [
  {
    before: pending,
    step: issue,
    facts: { from: 'pending', to: 'valid', version: 1, content: 'a'.repeat(64), validTo },
  },
  {
    before: renewing,
    step: { action: 'issue-version', signed: signed(2, later, 'b') },
    facts: { ...inForce, version: 2, content: 'b'.repeat(64), validTo: later },
  },
  {
    before: valid,
    step: { action: 'amend', submission: 's2', validTo },
    facts: { ...inForce, submission: 's2', drafted: 2 },
  },
  { before: valid, step: renew, facts: { ...inForce, submission: 's2', drafted: 2 } },
  {
    before: valid,
    step: { action: 'print', version: 1, print: { key: 'k', sha256: 'f', bytes: 1 } },
    facts: { ...inForce, printed: 1, sha256: 'f' },
  },
  {
    before: valid,
    step: {
      action: 'seal',
      version: 1,
      form: 'scan',
      paper: { submission: 's', document: 'd', sha256: 'x' },
    },
    facts: { ...inForce, sealed: 1, form: 'scan', sha256: 'x' },
  },
  {
    before: renewing,
    step: { action: 'cancel', submission: 's4', reason: '项目退出' },
    facts: { from: 'valid', to: 'cancelled', version: 1, submission: 's4' },
  },
  {
    before: valid,
    step: { action: 'suspend', ...decision },
    facts: { from: 'valid', to: 'suspended', version: 1, document: decision.document },
  },
  {
    before: suspended,
    step: { action: 'resume', ...decision },
    facts: { from: 'suspended', to: 'valid', version: 1, document: decision.document },
  },
  {
    before: suspended,
    step: { action: 'revoke', ...decision },
    facts: { from: 'suspended', to: 'revoked', version: 1, document: decision.document },
  },
  { before: valid, step: { action: 'remind', point: 90 }, facts: { ...inForce, validTo, days: 90 } },
  {
    before: valid,
    step: { action: 'expire' },
    facts: { from: 'valid', to: 'expired', version: 1, validTo },
    day: '2031-11-08',
  },
];

describe('the event of a step', () => {
  it.each(rows)('tells of $step.action what it was about', ({ before, step, facts, day = '2021-11-09' }) => {
    const { project, city, county, owner } = pending;
    expect(taken(before, step, startOfDay(day)).event.facts).toStrictEqual({
      project,
      city,
      county,
      owner,
      number,
      ...facts,
    });
  });
});
