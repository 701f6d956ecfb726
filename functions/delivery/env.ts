import * as z from 'zod';

/** Notices to people by mail and text message. A channel without an address is off. */
export const DeliveryEnv = z.object({
  TABLE: z.string(),
  WORK_BUCKET: z.string(),
  PERSONAL_DATA_KEY: z.string(),
  SMTP_URL: z.string(),
  MAIL_FROM: z.string(),
  SMS_URL: z.string(),
  SMS_SECRET: z.string(),
  PORTAL_URL: z.string(),
});
