import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, startOfDay } from '../../kernel/civil-date.ts';
import { certificateStates, stateSince, type Certificate, type CertificateState } from './certificate.ts';
import { decideOnCertificate, type CertificateStep } from './decide.ts';
import { certificateActions, certificateActionNames } from './lifecycle.ts';
import { pendingCertificate, sampleTerms } from './sample-certificate.ts';

const { validFrom, validTo } = sampleTerms;
const on = (day: string): string => startOfDay(day);
const issuedOn = on('2021-11-09');

function signed(version: number, until = validTo) {
  return { version, validFrom, validTo: until, content: 'c'.repeat(64), kid: 'k', submission: 's' };
}

const number = '保租认字〔2021〕150102-0001号';
const decision = { reason: '发现出租对象不符', document: '演发〔2022〕3号' };

function after(before: Certificate, step: CertificateStep, now = issuedOn): Certificate {
  const decided = decideOnCertificate(step, before, now);
  if (!decided.ok) throw new Error(`${step.action}: ${decided.error.code}`);
  return decided.value.after;
}

const valid = after(pendingCertificate(), { action: 'issue', number, signed: signed(1) });

describe('a certificate', () => {
  it('gets number and first version together, and only once', () => {
    expect(valid).toMatchObject({ number, state: 'valid', version: 1, issuedAt: issuedOn });
    expect(valid.drafted).toBeUndefined();
    expect(valid.history.map(({ state }) => state)).toEqual(['pending', 'valid']);
    const again = decideOnCertificate({ action: 'issue', number, signed: signed(1) }, valid, issuedOn);
    expect(again).toMatchObject({ ok: false, error: { code: 'certificate-not-in-state' } });
  });

  it('keeps its version in force until the next is signed', () => {
    const amended = after(valid, { action: 'amend', submission: 's2', validTo });
    expect(amended).toMatchObject({ state: 'valid', version: 1, drafted: { version: 2, by: 'amend' } });
    const twice = decideOnCertificate({ action: 'renew', submission: 's3', validTo }, amended, issuedOn);
    expect(twice).toMatchObject({ ok: false, error: { code: 'certificate-change-under-way' } });
    const second = after(amended, { action: 'issue-version', signed: signed(2) });
    expect(second).toMatchObject({ version: 2, state: 'valid' });
    expect(second.versions.map(({ version }) => version)).toEqual([1, 2]);
    const repeated = decideOnCertificate({ action: 'issue-version', signed: signed(2) }, second, issuedOn);
    expect(repeated).toMatchObject({ ok: false, error: { code: 'certificate-nothing-drafted' } });
  });

  it('keeps at which point its end was reminded of, until it has a later last day', () => {
    const reminded = after(valid, { action: 'remind', point: 90 });
    expect(reminded).toMatchObject({ reminded: 90, state: 'valid' });
    const amended = after(reminded, { action: 'amend', submission: 's2', validTo });
    expect(after(amended, { action: 'issue-version', signed: signed(2) }).reminded).toBe(90);
    const renewed = after(reminded, { action: 'renew', submission: 's2', validTo: '2041-11-07' });
    expect(
      after(renewed, { action: 'issue-version', signed: signed(2, '2041-11-07') }).reminded,
    ).toBeUndefined();
  });

  it('runs out after its last day, and a renewal that comes late wakes it', () => {
    const lastDay = decideOnCertificate({ action: 'expire' }, valid, on(validTo));
    expect(lastDay).toMatchObject({ ok: false, error: { code: 'certificate-still-runs' } });
    const over = on(addDays(validTo, 1));
    const expired = after(valid, { action: 'expire' }, over);
    expect(expired.state).toBe('expired');
    expect(stateSince(expired)).toBe(over);
    const until = '2041-11-07';
    const renewed = after(expired, { action: 'renew', submission: 's2', validTo: until }, over);
    expect(renewed.state).toBe('expired');
    const woken = after(renewed, { action: 'issue-version', signed: signed(2, until) }, over);
    expect(woken).toMatchObject({ state: 'valid', validTo: until, version: 2 });
  });

  it('resumes into what its term allows', () => {
    const suspended = after(valid, { action: 'suspend', ...decision });
    expect(suspended).toMatchObject({ state: 'suspended' });
    expect(suspended.history.at(-1)).toMatchObject(decision);
    expect(after(suspended, { action: 'resume', ...decision }).state).toBe('valid');
    expect(after(suspended, { action: 'resume', ...decision }, on(addDays(validTo, 1))).state).toBe(
      'expired',
    );
  });

  it('drops what was drafted when it is revoked or cancelled', () => {
    const amended = after(valid, { action: 'amend', submission: 's2', validTo });
    expect(after(amended, { action: 'revoke', ...decision }).drafted).toBeUndefined();
    const cancelled = after(amended, { action: 'cancel', submission: 's4', reason: '项目退出' });
    expect(cancelled).toMatchObject({ state: 'cancelled', submission: 's4' });
    expect(cancelled.drafted).toBeUndefined();
  });

  it('takes print and sealed copy on the version that they are of', () => {
    const print = { key: 'certificates/x.pdf', sha256: 'f'.repeat(64), bytes: 9 };
    const printed = after(valid, { action: 'print', version: 1, print });
    expect(printed.versions[0]?.print).toEqual(print);
    const paper = { submission: 's', document: 'd', sha256: 'x' };
    const sealed = after(printed, { action: 'seal', version: 1, form: 'ofd', paper });
    expect(sealed.versions[0]).toMatchObject({ print, seal: { form: 'ofd', document: 'd' } });
    const missing = decideOnCertificate({ action: 'print', version: 7, print }, valid, issuedOn);
    expect(missing).toMatchObject({ ok: false, error: { code: 'certificate-version-unknown' } });
  });
});

const steps: readonly CertificateStep[] = [
  { action: 'issue', number, signed: signed(1) },
  { action: 'amend', submission: 's', validTo },
  { action: 'renew', submission: 's', validTo: '2041-11-07' },
  { action: 'issue-version', signed: signed(2, '2041-11-07') },
  { action: 'issue-version', signed: signed(3) },
  { action: 'print', version: 1, print: { key: 'k', sha256: 'f', bytes: 1 } },
  { action: 'seal', version: 1, form: 'scan', paper: { submission: 's', document: 'd', sha256: 'x' } },
  { action: 'suspend', ...decision },
  { action: 'resume', ...decision },
  { action: 'revoke', ...decision },
  { action: 'cancel', submission: 's', reason: 'r' },
  { action: 'remind', point: 90 },
  { action: 'expire' },
];

describe('whatever happens to a certificate', () => {
  const walk = fc.array(fc.tuple(fc.constantFrom(...steps), fc.integer({ min: 0, max: 9000 })), {
    maxLength: 25,
  });

  it('no way leads out of an end, versions only grow, and its history tells its state', () => {
    fc.assert(
      fc.property(walk, (taken) => {
        let [certificate, day] = [pendingCertificate(), '2021-11-09'];
        for (const [step, days] of taken) {
          day = addDays(day, Math.floor(days / 10));
          const decided = decideOnCertificate(step, certificate, on(day));
          if (!decided.ok) continue;
          const { after: next, event } = decided.value;
          if (certificateStates[certificate.state].final) {
            expect(next.state).toBe(certificate.state);
            expect(step.action).toBe('print');
          }
          expect(next.version).toBeGreaterThanOrEqual(certificate.version);
          expect(next.versions.map(({ version }) => version)).toEqual(
            next.versions.map((_, index) => index + 1),
          );
          expect(next.history.at(-1)?.state).toBe(next.state);
          expect(event.type).toBe(certificateActions[step.action].event);
          certificate = next;
        }
      }),
    );
  });

  it('the table says from where each step leads', () => {
    for (const action of certificateActionNames) {
      const sample = steps.find((step) => step.action === action);
      for (const state of Object.keys(certificateStates) as CertificateState[]) {
        const before = { ...valid, state };
        const allowed = (certificateActions[action].from as readonly string[]).includes(state);
        const refused = sample && decideOnCertificate(sample, before, on('2021-12-01'));
        if (!refused) throw new Error(`${action} has no sample`);
        const inState = refused.ok || refused.error.code !== 'certificate-not-in-state';
        expect(inState, `${action} from ${state}`).toBe(allowed);
      }
    }
  });
});
