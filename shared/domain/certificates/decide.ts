/** What a certificate becomes by an action, or why not. Who may act is asked before; papers and numbers are brought along. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { EventDraft } from '../audit/entry.ts';
import {
  certificateStates,
  versionOf,
  type BoundDocument,
  type Certificate,
  type CertificateState,
  type IssuedVersion,
  type SealForm,
  type StoredPrint,
} from './certificate.ts';
import { certificateActions, type CertificateActionName, type RenewalPoint } from './lifecycle.ts';

/** A version as it was signed. */
export type SignedVersion = Omit<IssuedVersion, 'print' | 'seal' | 'issuedAt'>;

export type CertificateStep =
  | { readonly action: 'issue'; readonly number: string; readonly signed: SignedVersion }
  | { readonly action: 'amend' | 'renew'; readonly submission: string; readonly validTo: string }
  | { readonly action: 'issue-version'; readonly signed: SignedVersion }
  | { readonly action: 'print'; readonly version: number; readonly print: StoredPrint }
  | {
      readonly action: 'seal';
      readonly version: number;
      readonly form: SealForm;
      readonly paper: BoundDocument;
    }
  | { readonly action: 'suspend' | 'resume' | 'revoke'; readonly reason: string; readonly document: string }
  | {
      readonly action: 'cancel';
      readonly submission: string;
      readonly reason: string;
      readonly document?: string;
    }
  | { readonly action: 'remind'; readonly point: RenewalPoint }
  | { readonly action: 'expire' };

export interface CertificateDecision {
  readonly after: Certificate;
  readonly event: EventDraft;
}

/** @param now an instant: the server's time of the step */
export function decideOnCertificate(
  step: CertificateStep,
  before: Certificate,
  now: string,
): Result<CertificateDecision, Refusal> {
  const { from, to, event } = certificateActions[step.action];
  if (!(from as readonly CertificateState[]).includes(before.state)) {
    const { zh, en } = certificateStates[before.state];
    return refuse(refusal('certificate-not-in-state', { state: en, stateZh: zh }));
  }
  const changed = changedBy(step, before, now);
  if (!changed.ok) return changed;
  const state = stateAfter(step.action, to === 'same' ? before.state : to, changed.value, now);
  const told = 'reason' in step ? { reason: step.reason } : {};
  const named = 'document' in step && step.document !== undefined ? { document: step.document } : {};
  const after: Certificate = {
    ...changed.value,
    state,
    history:
      state === before.state ? before.history : [...before.history, { state, at: now, ...told, ...named }],
    updatedAt: now,
  };
  return ok({ after, event: { type: event, facts: factsOf(step, before, after) } });
}

/** A suspension stops no clock, and a renewal that was asked for in time wakes what ran out meanwhile. */
function stateAfter(
  action: CertificateActionName,
  state: CertificateState,
  { validTo }: Certificate,
  now: string,
): CertificateState {
  const over = validTo < civilDateOf(now);
  if (action === 'resume' && over) return 'expired';
  return action === 'issue-version' && state === 'expired' && !over ? 'valid' : state;
}

function changedBy(step: CertificateStep, before: Certificate, now: string): Result<Certificate, Refusal> {
  switch (step.action) {
    case 'issue':
      return ok({ ...withVersion(before, step.signed, now), number: step.number, issuedAt: now });
    case 'issue-version':
      // Carried out by a twin: the version that was to be issued stands there already.
      if (before.drafted?.version !== step.signed.version)
        return refuse(refusal('certificate-nothing-drafted'));
      return ok(withVersion(before, step.signed, now));
    case 'amend':
    case 'renew':
      if (before.drafted) return refuse(refusal('certificate-change-under-way'));
      return ok({
        ...before,
        submission: step.submission,
        drafted: { version: before.version + 1, by: step.action, validTo: step.validTo },
      });
    case 'print':
      return onVersion(before, step.version, (one) => ({ ...one, print: step.print }));
    case 'seal': {
      const { form, paper } = step;
      return onVersion(before, step.version, (one) => ({ ...one, seal: { form, at: now, ...paper } }));
    }
    case 'cancel':
      return ok(withoutDraft({ ...before, submission: step.submission }));
    case 'revoke':
      return ok(withoutDraft(before));
    case 'remind':
      return ok({ ...before, reminded: step.point });
    case 'suspend':
    case 'resume':
      return ok(before);
    case 'expire':
      return before.validTo < civilDateOf(now) ? ok(before) : refuse(refusal('certificate-still-runs'));
  }
}

function withVersion(before: Certificate, signed: SignedVersion, now: string): Certificate {
  const { version, validFrom, validTo } = signed;
  const versions = [...before.versions, { ...signed, issuedAt: now }];
  const { reminded, ...rest } = withoutDraft(before);
  // A later last day is reminded of anew.
  const kept = reminded === undefined || validTo !== before.validTo ? {} : { reminded };
  return { ...rest, ...kept, version, validFrom, validTo, versions };
}

function withoutDraft({ drafted: _drafted, ...rest }: Certificate): Certificate {
  return rest;
}

function onVersion(
  before: Certificate,
  version: number,
  change: (one: IssuedVersion) => IssuedVersion,
): Result<Certificate, Refusal> {
  if (!versionOf(before, version)) return refuse(refusal('certificate-version-unknown', { version }));
  const versions = before.versions.map((one) => (one.version === version ? change(one) : one));
  return ok({ ...before, versions });
}

function factsOf(step: CertificateStep, before: Certificate, after: Certificate): EventDraft['facts'] {
  const { project, city, county, owner, number, version } = after;
  const of = { project, city, county, owner, number, version, from: before.state, to: after.state };
  switch (step.action) {
    case 'issue':
    case 'issue-version':
      return { ...of, content: step.signed.content, validTo: after.validTo };
    case 'amend':
    case 'renew':
      return { ...of, submission: step.submission, drafted: before.version + 1 };
    case 'print':
      return { ...of, printed: step.version, sha256: step.print.sha256 };
    case 'seal':
      return { ...of, sealed: step.version, form: step.form, sha256: step.paper.sha256 };
    case 'cancel':
      return { ...of, submission: step.submission };
    case 'suspend':
    case 'resume':
    case 'revoke':
      return { ...of, document: step.document };
    case 'remind':
      return { ...of, validTo: after.validTo, days: step.point };
    case 'expire':
      return { ...of, validTo: after.validTo };
  }
}
