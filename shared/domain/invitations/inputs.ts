/** What the routes of invitations take. */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { departmentCodes } from '../identity/departments.ts';
import { actionInputs } from '../submissions/inputs.ts';

export const InviteInput = once(() =>
  z.strictObject({
    department: z.enum(departmentCodes).describe('受邀部门|Department'),
    name: z.string().trim().min(1).max(60).describe('受邀人姓名|Name of the official'),
    phone: z
      .string()
      .trim()
      .regex(/^1[3-9]\d{9}$/)
      .describe('受邀人手机号|His mobile number'),
  }),
);
export type InviteInput = z.infer<ReturnType<typeof InviteInput>>;

/** To revoke, and to ask for a code, nothing needs to be said. */
export const NothingMore = once(() => z.strictObject({}));

const session = once(() =>
  z
    .string()
    .regex(/^[\w-]{43}$/)
    .describe('打开时取得的会话|Session that was given when it was opened'),
);

/** With the code for the first time; then with the session, as long as it lasts. */
export const OpenInput = once(() =>
  z.union([
    z.strictObject({
      code: z
        .string()
        .regex(/^\d{6}$/)
        .describe('短信验证码|Code of the text message'),
    }),
    z.strictObject({ session: session() }),
  ]),
);
export type OpenInput = z.infer<ReturnType<typeof OpenInput>>;

/** An opinion as a department gives it, in the session. */
export const AnswerInput = once(() =>
  z.strictObject({ session: session(), opinion: actionInputs.opine().describe('审查意见|The opinion') }),
);
export type AnswerInput = z.infer<ReturnType<typeof AnswerInput>>;
