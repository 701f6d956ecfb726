/**
 * An invitation (邀请): a named official of a department of the joint review gives its opinion without an account, through a link
 * that is bound to him, to one version, and to a short time. It keeps hashes of what he must know, and never the things themselves;
 * his name and number are sealed, and gone when the invitation has ended.
 */
import * as z from 'zod';
import { civilDateOf } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import type { Head } from '../submissions/submission.ts';

export const invitationStates = {
  sent: { zh: '已发出', en: 'sent', final: false },
  opened: { zh: '已打开', en: 'opened', final: false },
  answered: { zh: '已出具意见', en: 'answered', final: true },
  revoked: { zh: '已撤回', en: 'revoked', final: true },
  expired: { zh: '已过期', en: 'expired', final: true },
} as const;
export type InvitationState = keyof typeof invitationStates;
export const invitationStateNames = Object.keys(invitationStates) as [InvitationState, ...InvitationState[]];

/** What became of the text message with the link. */
export const linkStates = {
  waiting: { zh: '待发送', en: 'waiting to be sent' },
  sent: { zh: '已送出', en: 'sent' },
  refused: { zh: '短信网关拒收', en: 'refused by the gateway' },
  off: { zh: '未开通短信', en: 'no gateway is set up' },
} as const;
export type LinkState = keyof typeof linkStates;
export const linkStateNames = Object.keys(linkStates) as [LinkState, ...LinkState[]];

/** How long and how often. The notice names no number: choices of ours, `unverified`. */
export const invitationRules = {
  /** Days that a link lives at the most; it ends sooner when the department's limit does. */
  days: { value: 5, source: 'unverified' },
  codeMinutes: { value: 10, source: 'unverified' },
  triesPerCode: { value: 5, source: 'unverified' },
  codesPerHour: { value: 3, source: 'unverified' },
  /** Of one invitation: so often at the most can anybody guess, with the link in his hand. */
  codesInAll: { value: 12, source: 'unverified' },
  sessionMinutes: { value: 30, source: 'unverified' },
} as const;

const instant = z.string();

export const Invitation = once(() =>
  z.object({
    submission: z.string(),
    /** 1, 2, 3 … within the filing. */
    number: z.int(),
    /** The department for which he speaks. */
    office: z.string(),
    /** The frozen version that he is shown, and its hash. */
    version: z.int(),
    content: z.string(),
    /** Masked; the cipher goes when the invitation ends. */
    official: z.object({ name: z.string(), phone: z.string(), sealed: z.string().optional() }),
    state: z.enum(invitationStateNames),
    validUntil: instant,
    createdAt: instant,
    tokenHash: z.string(),
    /** The link lies sealed only until it has been sent. */
    link: z.object({ state: z.enum(linkStateNames), sealed: z.string().optional() }),
    /** When codes were asked for. */
    codes: z.array(instant),
    /** The last of them, until it is used or spent. */
    code: z
      .object({
        salt: z.string(),
        hash: z.string(),
        until: instant,
        tries: z.int(),
        sealed: z.string().optional(),
      })
      .optional(),
    session: z.object({ hash: z.string(), until: instant }).optional(),
    endedAt: instant.optional(),
    /** Audit number of the opinion in the filing's chain. */
    opinion: z.int().optional(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Invitation = z.infer<ReturnType<typeof Invitation>>;

export function invitationName({ submission, number }: Pick<Invitation, 'submission' | 'number'>): string {
  return `invitation:${submission}/${number}`;
}

/** Binds a cipher to its record and its use: moved elsewhere it cannot be opened. */
export const sealContext = {
  official: (one: Pick<Invitation, 'submission' | 'number'>): string => `${invitationName(one)}:official`,
  link: (one: Pick<Invitation, 'submission' | 'number'>): string => `${invitationName(one)}:link`,
  code: (one: Pick<Invitation, 'submission' | 'number'>): string => `${invitationName(one)}:code`,
  session: (one: Pick<Invitation, 'submission' | 'number'>): string => `${invitationName(one)}:session`,
} as const;

/**
 * Whether an invitation can still be used, as its filing is now. `gone` says nothing to who holds the link; the others are told
 * to him, for he has done nothing wrong.
 */
export const standings = {
  open: { zh: '可以使用', en: 'can be used' },
  answered: { zh: '已出具意见', en: 'answered' },
  gone: { zh: '已失效', en: 'ended' },
  outdated: { zh: '材料已更正或者联审已结束', en: 'the filing has changed since, or its review is over' },
  overtaken: { zh: '该部门已另行出具意见', en: 'the department has given its opinion otherwise' },
} as const;
export type Standing = keyof typeof standings;
export const standingNames = Object.keys(standings) as [Standing, ...Standing[]];

export function standingOf(invitation: Invitation, head: Head, now: string): Standing {
  const { state, validUntil, version, content, office } = invitation;
  if (state === 'revoked' || state === 'expired' || now >= validUntil) return 'gone';
  if (state === 'answered') return 'answered';
  const same = head.frozen === version && head.frozenHash === content;
  if (head.state !== 'in-review' || !same) return 'outdated';
  return head.opinions.some((given) => given.office === office) ? 'overtaken' : 'open';
}

/** `2021-10-15 09:00` in Inner Mongolia. */
export function minuteOf(instant: string): string {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${civilDateOf(instant)} ${local.slice(11, 16)}`;
}
