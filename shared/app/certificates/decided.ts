/**
 * What the decision on a filing writes of a certificate, to be put into that decision's own transaction: a new certificate with
 * its place in the queue, or the change, renewal or cancellation of one. Numbers and signatures follow by themselves.
 */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { reasonsOf } from '../../kernel/zod-reasons.ts';
import { chain, type AuditEntry } from '../../domain/audit/entry.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { CertificateTerms } from '../../domain/certificates/content.ts';
import { decideOnCertificate, type CertificateStep } from '../../domain/certificates/decide.ts';
import type { Commit } from '../ports.ts';

export interface By {
  readonly sub: string;
  readonly office: string;
  readonly role?: string;
}

/** Parts of a commit: `changes` to append to the decision's own, `certificates` as they are. */
export interface CertificateCommit {
  readonly certificate: Certificate;
  readonly commit: Pick<Commit, 'changes'> & { readonly certificates: NonNullable<Commit['certificates']> };
}

export interface Recognition {
  /** The certificate's own id, a new one. */
  readonly id: string;
  readonly project: string;
  readonly submission: string;
  readonly city: string;
  readonly county: string;
  readonly terms: CertificateTerms;
  /** The server's instant of the decision: it orders the queue, and its civil year names the series. */
  readonly decidedAt: string;
  readonly by: By;
}

/** A recognition: the certificate, its number pending. */
export function certificateDecided(given: Recognition): CertificateCommit {
  const { id, project, submission, city, county, terms, decidedAt, by } = given;
  const year = Number(civilDateOf(decidedAt).slice(0, 4));
  const fresh: Certificate = {
    id,
    project,
    submission,
    city,
    county,
    issuer: terms.issuer.code,
    owner: terms.owner.creditCode,
    year,
    number: null,
    state: 'pending',
    version: 0,
    drafted: { version: 1, by: 'issue', validTo: terms.validTo },
    validFrom: terms.validFrom,
    validTo: terms.validTo,
    decidedAt,
    ruleSet: terms.ruleSet,
    versions: [],
    history: [{ state: 'pending', at: decidedAt }],
    updatedAt: decidedAt,
    seq: 0,
    hash: '',
  };
  const facts = { project, submission, city, county, owner: fresh.owner, year };
  const { certificate, change } = changeOf(undefined, fresh, { type: decidedEvent, facts }, by, decidedAt);
  return {
    certificate,
    commit: {
      changes: [change],
      certificates: {
        drafts: [{ certificate: id, version: 1, terms }],
        enqueue: [{ county, year, decidedAt, certificate: id }],
      },
    },
  };
}

/**
 * What was decided can be certified, or the decision is refused: once taken it stands in its county's queue, and what cannot be
 * issued there would hold up all that follow.
 */
export function certifiable(terms: CertificateTerms): Result<CertificateTerms, Refusal> {
  const read = CertificateTerms().safeParse(terms);
  if (read.success) return ok(read.data);
  const reasons = reasonsOf(read.error);
  return refuse(refusal('incomplete', { count: reasons.length }, reasons));
}

export const decidedEvent = 'certificate.decided';

/** Change (变更) or renewal (续期): the next version as it was decided. The one in force stays so until this one is signed. */
export function nextVersionDecided(
  action: 'amend' | 'renew',
  before: Certificate,
  given: {
    readonly submission: string;
    readonly terms: CertificateTerms;
    readonly now: string;
    readonly by: By;
  },
): Result<CertificateCommit, Refusal> {
  const { submission, terms, now, by } = given;
  const stepped = stepCommit({ action, submission, validTo: terms.validTo }, before, by, now);
  if (!stepped.ok) return stepped;
  const { certificate, commit } = stepped.value;
  const drafts = [{ certificate: before.id, version: before.version + 1, terms }];
  return ok({ certificate, commit: { ...commit, certificates: { drafts } } });
}

/** Cancellation (注销). */
export function cancellationDecided(
  before: Certificate,
  given: {
    readonly submission: string;
    readonly reason: string;
    readonly document?: string;
    readonly now: string;
    readonly by: By;
  },
): Result<CertificateCommit, Refusal> {
  const { now, by, ...rest } = given;
  return stepCommit({ action: 'cancel', ...rest }, before, by, now);
}

/** One step of a certificate as the parts of a commit. */
export function stepCommit(
  step: CertificateStep,
  before: Certificate,
  by: By,
  now: string,
): Result<CertificateCommit, Refusal> {
  const decided = decideOnCertificate(step, before, now);
  if (!decided.ok) return decided;
  const { after, event } = decided.value;
  const { certificate, change } = changeOf(before, after, event, by, now);
  return ok({ certificate, commit: { changes: [change], certificates: {} } });
}

/** The chained record and its change. */
export function changeOf(
  before: Certificate | undefined,
  after: Certificate,
  event: { readonly type: string; readonly facts: AuditEntry['facts'] },
  by: By,
  now: string,
): { certificate: Certificate; change: Commit['changes'][number] } {
  const { record, entry } = chain(`certificate:${after.id}`, before, after, event, by, now);
  return {
    certificate: record,
    change: { kind: 'certificate', ...(before ? { before } : {}), after: record, entry },
  };
}
