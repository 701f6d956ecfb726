import * as z from 'zod';

/** Certificates: numbered, signed with a key of their own, printed into the ledger. */
export const CertificatesEnv = z.object({
  TABLE: z.string(),
  LEDGER_BUCKET: z.string(),
  WORK_BUCKET: z.string(),
  CERTIFICATE_KEY: z.string(),
  /** Where the public API answers, without a slash at its end. */
  PUBLIC_URL: z.string(),
});
