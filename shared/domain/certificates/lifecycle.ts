/**
 * The life of a certificate, as a table. Change, renewal and cancellation are decided on filings of their own; suspension and
 * revocation by the issuing government itself; numbers, prints and expiry are the platform's.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import type { Role } from '../identity/roles.ts';
import { sealFormNames, type CertificateState } from './certificate.ts';

const text = (most: number, says: string) => z.string().trim().min(1).max(most).describe(says);

/** Who brings it about: the platform by itself, the decision on a filing, or a person of the issuing government. */
export type CertificateParty = 'platform' | 'decision' | 'issuer';

interface CertificateAction {
  readonly zh: string;
  readonly en: string;
  readonly event: string;
  readonly from: readonly CertificateState[];
  /** `same`: the state stays. */
  readonly to: CertificateState | 'same';
  readonly by: CertificateParty;
  readonly clause?: string;
}

const inForce = ['valid', 'suspended'] as const;
const issued = ['valid', 'suspended', 'expired'] as const;

export const certificateActions = {
  issue: {
    zh: '编号发证',
    en: 'number and issue',
    event: 'certificate.issued',
    from: ['pending'],
    to: 'valid',
    by: 'platform',
    clause: 'S-12',
  },
  amend: {
    zh: '变更',
    en: 'amend',
    event: 'certificate.amended',
    from: inForce,
    to: 'same',
    by: 'decision',
  },
  renew: {
    zh: '续期',
    en: 'renew',
    event: 'certificate.renewed',
    from: ['valid', 'expired'],
    to: 'same',
    by: 'decision',
  },
  'issue-version': {
    zh: '签发新版本',
    en: 'issue the next version',
    event: 'certificate.version-issued',
    from: issued,
    to: 'same',
    by: 'platform',
  },
  print: {
    zh: '制证',
    en: 'print',
    event: 'certificate.printed',
    from: [...issued, 'revoked', 'cancelled'],
    to: 'same',
    by: 'platform',
  },
  expire: {
    zh: '到期',
    en: 'expire',
    event: 'certificate.expired',
    from: inForce,
    to: 'expired',
    by: 'platform',
  },
  cancel: {
    zh: '注销',
    en: 'cancel',
    event: 'certificate.cancelled',
    from: issued,
    to: 'cancelled',
    by: 'decision',
  },
  remind: {
    zh: '提醒续期',
    en: 'remind of the renewal',
    event: 'certificate.renewal-reminded',
    from: inForce,
    to: 'same',
    by: 'platform',
  },
  seal: {
    zh: '登记盖章件',
    en: 'bind the sealed print',
    event: 'certificate.sealed',
    from: inForce,
    to: 'same',
    by: 'issuer',
  },
  suspend: {
    zh: '中止',
    en: 'suspend',
    event: 'certificate.suspended',
    from: ['valid'],
    to: 'suspended',
    by: 'issuer',
    clause: 'S-19',
  },
  resume: {
    zh: '恢复',
    en: 'resume',
    event: 'certificate.resumed',
    from: ['suspended'],
    to: 'valid',
    by: 'issuer',
  },
  revoke: {
    zh: '撤销',
    en: 'revoke',
    event: 'certificate.revoked',
    from: issued,
    to: 'revoked',
    by: 'issuer',
    clause: 'S-19',
  },
} as const satisfies Record<string, CertificateAction>;

export type CertificateActionName = keyof typeof certificateActions;
export const certificateActionNames = Object.keys(certificateActions) as CertificateActionName[];

/**
 * Days before its last day on which a certificate's end is reminded of, the earliest first. Thirty: by then a renewal is to be asked
 * for (行政许可法第五十条); the others are proposals.
 */
export const renewalPoints = [180, 90, 30] as const;
export type RenewalPoint = (typeof renewalPoints)[number];

/** The role that acts for the issuing government. */
export const issuerRole = 'decider' satisfies Role;

const Decision = once(() =>
  z.strictObject({
    reason: text(1000, '理由|Reason'),
    document: text(100, '决定文号|Number of the decision'),
  }),
);

/** What people do to a certificate by a command of its own, and what each takes. */
export const issuerInputs = {
  suspend: Decision,
  resume: Decision,
  revoke: Decision,
  seal: once(() =>
    z.strictObject({
      version: z.int().min(1).max(9999).describe('证书版本|Version of the certificate'),
      form: z.enum(sealFormNames).describe('盖章件形式|Form of the sealed print'),
      submission: z.string().max(60).describe('材料所在申报件|The filing that it was uploaded with'),
      document: z.string().max(60).describe('材料文件|The document'),
    }),
  ),
} as const satisfies Partial<Record<CertificateActionName, () => z.ZodType>>;

export type IssuerActionName = keyof typeof issuerInputs;
export const issuerActionNames = Object.keys(issuerInputs) as IssuerActionName[];
