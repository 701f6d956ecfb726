/** What issuing, printing and checking certificates need from outside. */
import type { BoundDocument, Certificate, StoredPrint } from '../../domain/certificates/certificate.ts';
import type {
  CertificateContent,
  CertificateTerms,
  PaperContent,
} from '../../domain/certificates/content.ts';
import type { Algorithm, KeySet, PublishedKey } from '../../domain/certificates/jws.ts';
import type { PublicJwk } from '../../kernel/jwk.ts';

/** The issuing key. It signs the text as it is; hashing is the algorithm's own business (ES256 today, SM2 with SM3 later). */
export interface Signer {
  readonly algorithm: Algorithm;
  /** Thumbprint of the public key (RFC 7638). */
  kid(): Promise<string>;
  jwk(): Promise<PublicJwk>;
  /** @returns r and s, 32 bytes each */
  sign(text: string): Promise<Uint8Array>;
}

/** A place in the queue of a county and year: what is first gets the next number. */
export interface QueueEntry {
  readonly county: string;
  readonly year: number;
  readonly decidedAt: string;
  readonly certificate: string;
}

/** The last number of a county and year. */
export interface IssueCounter {
  readonly county: string;
  readonly year: number;
  readonly last: number;
  /** Whether the platform itself has numbered here: papers from before it then stand below. */
  readonly begun: boolean;
  /** Counts changes, as the condition of the next. */
  readonly revision: number;
}

/** A version as it lies in the table, put once. */
export interface CertificateVersion {
  readonly certificate: string;
  readonly version: number;
  readonly issuedAt: string;
  /** Absent for what came in on paper: the platform signs only what it issued. */
  readonly jws?: string;
  readonly content: CertificateContent | PaperContent;
}

/** What was decided for a version that is not signed yet, put once. */
export interface CertificateDraft {
  readonly certificate: string;
  readonly version: number;
  readonly terms: CertificateTerms;
}

/** What a commit writes of certificates beside their records. */
export interface CertificateParts {
  readonly drafts?: readonly CertificateDraft[];
  readonly versions?: readonly CertificateVersion[];
  readonly enqueue?: readonly QueueEntry[];
  /** Refused as stale when it is not there any more. */
  readonly dequeue?: readonly QueueEntry[];
  readonly counters?: readonly { readonly before?: IssueCounter; readonly after: IssueCounter }[];
  /** Registered once, in full form. */
  readonly numbers?: readonly { readonly number: string; readonly certificate: string }[];
}

export interface CertificateReads {
  certificate(id: string): Promise<Certificate | undefined>;
  /** @param number in full form */
  certificateNumbered(number: string): Promise<Certificate | undefined>;
  certificateDraft(id: string, version: number): Promise<CertificateDraft | undefined>;
  certificateVersion(id: string, version: number): Promise<CertificateVersion | undefined>;
  /** From the front, in the order of the decisions. */
  issueQueue(county: string, year: number, limit: number): Promise<readonly QueueEntry[]>;
  issueCounter(county: string, year: number): Promise<IssueCounter | undefined>;
  /** Those in force whose last day is this civil day or one before it, soonest first. */
  certificatesEnding(until: string): Promise<readonly string[]>;
}

/** Prints lie in the ledger under their hash, locked. */
export interface PrintFiles {
  put(certificate: string, version: number, bytes: Uint8Array): Promise<StoredPrint>;
}

/** @returns the print: the same bytes for the same JWS, wherever it is made */
export type RenderPrint = (jws: string) => Promise<Uint8Array>;

/** What anyone may read of a certificate. */
export interface PublicCertificate {
  readonly number: string;
  readonly state: Exclude<Certificate['state'], 'pending'>;
  /** Civil day. */
  readonly since: string;
  readonly version: number;
  readonly versions: readonly {
    readonly version: number;
    readonly issuedOn: string;
    readonly validFrom: string;
    readonly validTo: string;
    readonly content: string;
    readonly kid?: string;
  }[];
  readonly issuer: string;
  readonly project: { readonly name: string; readonly place: string };
  readonly owner: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly document?: string;
  readonly evidence?: { readonly grade: string };
}

export interface PublicCertificates {
  /** Puts it unless one of a later audit number stands there. */
  putCertificate(certificate: PublicCertificate, source: number): Promise<void>;
  /** Adds the key to those published before; none ever leaves. */
  addKey(key: PublishedKey): Promise<void>;
}

export interface PublicCertificateReader {
  /** @param number in full form */
  certificate(number: string): Promise<PublicCertificate | undefined>;
  keys(): Promise<KeySet>;
}

export type { BoundDocument };
