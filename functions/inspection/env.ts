import * as z from 'zod';

/**
 * Checks what was uploaded and releases it. SCANNER says where the malware verdict comes from: `event` (GuardDuty's
 * scan result arrives as an event) or `https` (this function asks SCANNER_URL, the only way in `aws-cn`).
 */
export const InspectionEnv = z.object({
  TABLE: z.string(),
  QUARANTINE_BUCKET: z.string(),
  CLEAN_BUCKET: z.string(),
  SCANNER: z.enum(['event', 'https']),
  SCANNER_URL: z.string().optional(),
});
