/** Answers about invitations to the joint review. */
import * as z from 'zod';
import {
  invitationStateNames,
  linkStateNames,
  standingNames,
} from '../../shared/domain/invitations/invitation.ts';
import { verdicts } from '../../shared/domain/submissions/submission.ts';
import { instant, Text } from './texts.ts';

const state = z.enum(invitationStateNames);
const standing = z.enum(standingNames).describe('现在能否使用|Whether it can be used now');

export const InvitationAnswer = z.object({
  number: z.int(),
  office: z.string(),
  department: Text,
  official: z.object({ name: z.string(), phone: z.string() }).describe('已去标识化|Masked'),
  version: z.int().describe('受邀审查的版本|The version that he is asked about'),
  state,
  stateText: Text,
  standing,
  standingText: Text,
  link: z.enum(linkStateNames).describe('链接短信|The message with the link'),
  linkText: Text,
  codesAsked: z.int(),
  createdAt: instant,
  validUntil: instant,
  endedAt: instant.optional(),
  opinion: z.int().optional().describe('所出具意见的审计序号|Audit number of the opinion'),
  revision: z.int(),
});

export const InvitationList = z.object({ items: z.array(InvitationAnswer) });

export const LinkAnswer = z.object({
  number: z.int(),
  about: Text.describe('所涉申报件|Which filing, in one line'),
  department: Text,
  phone: z.string().describe('验证码发往的手机号，已去标识化|Where the code goes, masked'),
  state,
  standing,
  standingText: Text,
  validUntil: instant,
});

export const CodeSent = z.object({ phone: z.string(), validUntil: instant, tries: z.int() });

const Watermark = z
  .object({
    text: z.string(),
    official: z.string(),
    department: z.string(),
    at: instant,
    invitation: z.int(),
  })
  .describe('须显示于页面的水印|To be shown across the page');

export const openedShape = {
  session: z.string().describe('会话，出具意见时使用|Session, to answer with'),
  sessionUntil: instant,
  watermark: Watermark,
  findings: z
    .array(z.object({ code: z.string(), pointer: z.string(), level: z.literal('soft'), text: Text }))
    .describe('提示事项|Soft findings'),
  downloads: z.array(z.object({ document: z.string(), url: z.string(), expiresInSeconds: z.int() })),
};

export const OpinionTaken = z.object({
  number: z.int(),
  state,
  verdict: z.enum(verdicts),
  version: z.int(),
  at: instant,
  watermark: Watermark,
});
