/** What the public is told of a certificate today, or of one of its versions: valid, changed, suspended, expired, revoked, cancelled. */
import { addDays } from '../../kernel/civil-date.ts';
import type { Text } from '../../kernel/refusal.ts';
import {
  certificateStates,
  evidenceGrades,
  type EvidenceGrade,
} from '../../domain/certificates/certificate.ts';
import { certificateName } from '../../domain/certificates/terms.ts';
import type { PublicCertificate } from './ports.ts';

/** `changed`: the version that was asked for has a successor. */
export const publicStates = {
  valid: certificateStates.valid,
  changed: { zh: '已变更', en: 'changed' },
  suspended: certificateStates.suspended,
  expired: certificateStates.expired,
  revoked: certificateStates.revoked,
  cancelled: certificateStates.cancelled,
} as const satisfies Record<string, Text>;
export type PublicState = keyof typeof publicStates;

export interface CertificateStanding {
  readonly name: string;
  readonly number: string;
  readonly state: PublicState;
  readonly stateText: Text;
  /** The civil day since which it is so. */
  readonly since: string;
  readonly version: number;
  readonly currentVersion: number;
  readonly issuer: string;
  readonly project: { readonly name: string; readonly place: string };
  readonly owner: string;
  readonly issuedOn: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256 of the signed content: what the printed code proves too. */
  readonly content: string;
  /** Thumbprint of the key that signed it; absent for paper. */
  readonly kid?: string;
  /** Number of the decision that brought it into its state. */
  readonly document?: string;
  readonly evidence?: { readonly grade: string; readonly text: Text };
  /** The civil day on which this was said. */
  readonly asOf: string;
}

/**
 * @param version the one on the paper in hand; undefined for the one in force
 * @param today civil day: a term that is over is over, whether or not the night's job has run
 * @returns undefined when there is no such version
 */
export function standingOf(
  certificate: PublicCertificate,
  version: number | undefined,
  today: string,
): CertificateStanding | undefined {
  const { number, version: currentVersion, issuer, project, owner, document, evidence } = certificate;
  const asked = version ?? currentVersion;
  const one = certificate.versions.find((each) => each.version === asked);
  const next = certificate.versions.find((each) => each.version === asked + 1);
  if (!one) return undefined;
  const { state, since } = stateOf(certificate, asked < currentVersion ? next?.issuedOn : undefined, today);
  const { zh, en } = publicStates[state];
  const grade = evidence && evidenceGrades[evidence.grade as EvidenceGrade];
  return {
    name: certificateName,
    number,
    state,
    stateText: { zh, en },
    since,
    version: asked,
    currentVersion,
    issuer,
    project,
    owner,
    issuedOn: one.issuedOn,
    validFrom: one.validFrom,
    validTo: one.validTo,
    content: one.content,
    ...(one.kid === undefined ? {} : { kid: one.kid }),
    ...(document === undefined || state === 'changed' || state === 'valid' ? {} : { document }),
    ...(evidence && grade
      ? { evidence: { grade: evidence.grade, text: { zh: grade.zh, en: grade.en } } }
      : {}),
    asOf: today,
  };
}

/** An end of the certificate is the end of every version; otherwise a version that was replaced is changed. */
function stateOf(
  { state, since, validTo }: PublicCertificate,
  replacedOn: string | undefined,
  today: string,
): { readonly state: PublicState; readonly since: string } {
  if (state === 'revoked' || state === 'cancelled') return { state, since };
  if (replacedOn !== undefined) return { state: 'changed', since: replacedOn };
  const runs = state === 'valid' || state === 'suspended';
  return runs && validTo < today ? { state: 'expired', since: addDays(validTo, 1) } : { state, since };
}
