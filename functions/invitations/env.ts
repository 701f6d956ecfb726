import * as z from 'zod';

/** 邀请: the lead's invitations and the links of those who have no account; the papers that they are shown. */
export const InvitationsEnv = z.object({
  TABLE: z.string(),
  PERSONAL_DATA_KEY: z.string(),
  CLEAN_BUCKET: z.string(),
});
