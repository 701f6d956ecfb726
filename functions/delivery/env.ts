import * as z from 'zod';

/** Notices to people by mail and text message. A channel without an address is off. */
export const DeliveryEnv = z.object({
  TABLE: z.string(),
  WORK_BUCKET: z.string(),
  PERSONAL_DATA_KEY: z.string(),
  SMTP_URL: z.union([z.literal(''), z.url({ protocol: /^smtps?$/, hostname: /./ })]),
  MAIL_FROM: z.union([z.literal(''), z.email()]),
  SMS_URL: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  SMS_SECRET: z.string(),
  PORTAL_URL: z.string().transform((url) => url.replace(/\/+$/, '')),
});
