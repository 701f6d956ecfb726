/**
 * A document (材料文件): one uploaded file under one paper of a filing. Bytes are evidence only after two independent
 * checks have passed for the same object version: its true type by content, and the malware verdict. They arrive in any
 * order, twice, or for an object that has since been replaced; the state follows from what is known, so none does harm.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';

export const documentStates = {
  'awaiting-upload': { zh: '待上传', en: 'awaiting upload' },
  checking: { zh: '检查中', en: 'being checked' },
  available: { zh: '可用', en: 'available' },
  rejected: { zh: '不合格', en: 'rejected' },
  infected: { zh: '含恶意代码', en: 'infected' },
  expired: { zh: '逾期未上传', en: 'expired' },
} as const;
export type DocumentState = keyof typeof documentStates;
export const documentStateNames = Object.keys(documentStates) as [DocumentState, ...DocumentState[]];

export const Document = once(() =>
  z.object({
    id: z.string(),
    submission: z.string(),
    owner: z.string(),
    paper: z.string(),
    fileName: z.string(),
    type: z.enum(['pdf', 'docx', 'xlsx', 'jpeg', 'png', 'ofd']),
    /** Bytes. */
    length: z.int(),
    /** SHA-256 of the bytes, base64, as S3 checks it. */
    sha256: z.string(),
    state: z.enum(documentStateNames),
    /** Why it was rejected, as the finding's code. */
    reason: z.string().optional(),
    /** The version of the filing in which it was added, and the one from which it no longer counts. */
    fromVersion: z.int(),
    removedIn: z.int().optional(),
    replaces: z.string().optional(),
    requestedAt: z.string(),
    expiresAt: z.string(),
    /** What is known of the object that was uploaded first; a later object under the same key is ignored. */
    objectVersion: z.string().optional(),
    inspection: z.string().optional(),
    verdict: z.enum(['clean', 'infected']).optional(),
    /** Verdicts that came before the upload was seen, by object version. */
    earlyVerdicts: z.record(z.string(), z.enum(['clean', 'infected'])).optional(),
    /** It lies in the clean bucket. */
    released: z.boolean(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Document = z.infer<ReturnType<typeof Document>>;

export type DocumentFact =
  | {
      readonly kind: 'inspected';
      readonly objectVersion: string;
      /** `ok`, or the code of what is wrong. */ readonly finding: string;
    }
  | { readonly kind: 'scanned'; readonly objectVersion: string; readonly verdict: 'clean' | 'infected' }
  | { readonly kind: 'released'; readonly objectVersion: string }
  | { readonly kind: 'expired'; readonly now: string };

/**
 * What a document becomes when a fact arrives. The same document comes back when the fact says nothing new: a repeated
 * event, a verdict for a replaced object, an upload after the end.
 */
export function learn(document: Document, fact: DocumentFact): Document {
  switch (fact.kind) {
    case 'inspected': {
      if (document.objectVersion !== undefined || document.state !== 'awaiting-upload') return document;
      const { earlyVerdicts, ...rest } = document;
      const verdict = earlyVerdicts?.[fact.objectVersion];
      return settled({
        ...rest,
        objectVersion: fact.objectVersion,
        inspection: fact.finding,
        ...(verdict ? { verdict } : {}),
      });
    }
    case 'scanned': {
      if (document.objectVersion === undefined) {
        if (document.state !== 'awaiting-upload' || document.earlyVerdicts?.[fact.objectVersion])
          return document;
        return {
          ...document,
          earlyVerdicts: { ...document.earlyVerdicts, [fact.objectVersion]: fact.verdict },
        };
      }
      if (document.objectVersion !== fact.objectVersion || document.verdict !== undefined) return document;
      return settled({ ...document, verdict: fact.verdict });
    }
    case 'released': {
      if (document.objectVersion !== fact.objectVersion || document.released || !passed(document))
        return document;
      return settled({ ...document, released: true });
    }
    case 'expired': {
      if (document.state !== 'awaiting-upload' || fact.now < document.expiresAt) return document;
      return { ...document, state: 'expired' };
    }
  }
}

/** Both checks have passed: it may be copied to the clean bucket. */
export function passed(document: Document): boolean {
  return document.inspection === 'ok' && document.verdict === 'clean';
}

function settled(document: Document): Document {
  if (document.verdict === 'infected') return { ...document, state: 'infected' };
  if (document.inspection !== undefined && document.inspection !== 'ok') {
    return { ...document, state: 'rejected', reason: document.inspection };
  }
  return { ...document, state: document.released && passed(document) ? 'available' : 'checking' };
}

/** The documents that belong to a version of a filing. */
export function documentsOf(version: number, all: readonly Document[]): readonly Document[] {
  return all.filter(
    (document) =>
      document.fromVersion <= version && (document.removedIn === undefined || version < document.removedIn),
  );
}
