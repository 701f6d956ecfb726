/**
 * A certificate (认定书): a record with a chain of its own, that lives on when the filing it comes from is history. What it
 * says lies in its versions, each put once; here stand its number, its state and since when.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';

export const certificateStates = {
  pending: { zh: '已决定，待编号', en: 'decided, number pending', final: false },
  valid: { zh: '有效', en: 'valid', final: false },
  suspended: { zh: '已中止', en: 'suspended', final: false },
  expired: { zh: '已到期', en: 'expired', final: false },
  revoked: { zh: '已撤销', en: 'revoked', final: true },
  cancelled: { zh: '已注销', en: 'cancelled', final: true },
} as const;
export type CertificateState = keyof typeof certificateStates;
export const certificateStateNames = Object.keys(certificateStates) as [
  CertificateState,
  ...CertificateState[],
];

/** 证据等级: how well a certificate from before the platform is proved. */
export const evidenceGrades = {
  A: { zh: '原件已核对，发证机关存档齐全', en: 'original seen, file of the issuer complete' },
  B: { zh: '原件已核对，存档不全', en: 'original seen, file incomplete' },
  C: { zh: '仅有复印件或扫描件', en: 'copy or scan only' },
} as const;
export type EvidenceGrade = keyof typeof evidenceGrades;
export const evidenceGradeNames = Object.keys(evidenceGrades) as [EvidenceGrade, ...EvidenceGrade[]];

/** 盖章件: the scan of the sealed print, or the e-sealed OFD. */
export const sealForms = {
  scan: { zh: '盖章扫描件', en: 'scan of the sealed print' },
  ofd: { zh: '电子签章OFD', en: 'e-sealed OFD' },
} as const;
export type SealForm = keyof typeof sealForms;
export const sealFormNames = Object.keys(sealForms) as [SealForm, ...SealForm[]];

const Stored = once(() => z.object({ key: z.string(), sha256: z.string(), bytes: z.int() }));
export type StoredPrint = z.infer<ReturnType<typeof Stored>>;

/** A checked document of a filing, and the bytes that it had (SHA-256, base64). */
export const BoundDocument = once(() =>
  z.object({ submission: z.string(), document: z.string(), sha256: z.string() }),
);
export type BoundDocument = z.infer<ReturnType<typeof BoundDocument>>;

export const IssuedVersion = once(() =>
  z.object({
    version: z.int(),
    issuedAt: z.string(),
    /** The filing whose decision it carries out; absent for what came in on paper. */
    submission: z.string().optional(),
    validFrom: z.string(),
    validTo: z.string(),
    /** SHA-256 of the canonical content. */
    content: z.string(),
    /** Of the key that signed it; absent for paper. */
    kid: z.string().optional(),
    print: Stored().optional(),
    seal: z
      .object({ form: z.enum(sealFormNames), at: z.string() })
      .extend(BoundDocument().shape)
      .optional(),
  }),
);
export type IssuedVersion = z.infer<ReturnType<typeof IssuedVersion>>;

export const Certificate = once(() =>
  z.object({
    id: z.string(),
    project: z.string(),
    /** The filing whose decision it was last changed by; absent for what came in on paper. */
    submission: z.string().optional(),
    city: z.string(),
    county: z.string(),
    /** Office of the deciding government. */
    issuer: z.string(),
    /** Unified social credit code of the project's owner. */
    owner: z.string(),
    /** Civil year of the decision; with the county it names the series. */
    year: z.int(),
    number: z.string().nullable(),
    state: z.enum(certificateStateNames),
    /** The version in force; 0 while the number is pending. */
    version: z.int(),
    /** A decided version that is not signed yet. */
    drafted: z
      .object({ version: z.int(), by: z.enum(['issue', 'amend', 'renew']), validTo: z.string() })
      .optional(),
    /** The last point (days before its last day) at which its end was reminded of. */
    reminded: z.int().optional(),
    /** Civil days, both included; of the version in force. */
    validFrom: z.string(),
    validTo: z.string(),
    decidedAt: z.string(),
    issuedAt: z.string().optional(),
    ruleSet: z.string(),
    versions: z.array(IssuedVersion()),
    history: z.array(
      z.object({
        state: z.enum(certificateStateNames),
        at: z.string(),
        reason: z.string().optional(),
        /** 文号 */
        document: z.string().optional(),
      }),
    ),
    /** Only of what came in on paper. */
    evidence: z
      .object({ grade: z.enum(evidenceGradeNames), remark: z.string().optional() })
      .extend({ scan: BoundDocument().optional() })
      .optional(),
    updatedAt: z.string(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Certificate = z.infer<ReturnType<typeof Certificate>>;

/** The version in force, or one by its number; undefined while the number is pending. */
export function versionOf(
  certificate: Certificate,
  version = certificate.version,
): IssuedVersion | undefined {
  return certificate.versions.find((one) => one.version === version);
}

/** Since when it is in the state that it is in. */
export function stateSince({ history, decidedAt }: Certificate): string {
  return history.at(-1)?.at ?? decidedAt;
}
