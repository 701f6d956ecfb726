/** The life of an invitation, as a table, and what each step leaves of it. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { EventDraft } from '../audit/entry.ts';
import {
  invitationRules,
  invitationStates,
  type Invitation,
  type InvitationState,
  type LinkState,
} from './invitation.ts';

/** The lead of the review, who holds the link, who also has the code, or the platform by itself. */
export type InvitationParty = 'lead' | 'link' | 'official' | 'platform';

interface InvitationAction {
  readonly zh: string;
  readonly en: string;
  readonly event: string;
  /** Empty: it begins an invitation. */
  readonly from: readonly InvitationState[];
  readonly to: InvitationState | 'same';
  readonly by: InvitationParty;
}

const alive = ['sent', 'opened'] as const;

export const invitationActions = {
  invite: { zh: '邀请', en: 'invite', event: 'invitation.sent', from: [], to: 'sent', by: 'lead' },
  'record-link': {
    zh: '记录链接短信',
    en: 'record what became of the link',
    event: 'invitation.link-told',
    from: alive,
    to: 'same',
    by: 'platform',
  },
  'ask-code': {
    zh: '索取验证码',
    en: 'ask for a code',
    event: 'invitation.code-asked',
    from: alive,
    to: 'same',
    by: 'link',
  },
  'record-code': {
    zh: '记录验证码短信',
    en: 'record what became of the code',
    event: 'invitation.code-told',
    from: alive,
    to: 'same',
    by: 'platform',
  },
  'refuse-code': {
    zh: '验证码错误',
    en: 'refuse a wrong code',
    event: 'invitation.code-refused',
    from: alive,
    to: 'same',
    by: 'link',
  },
  open: {
    zh: '打开申报件',
    en: 'open the filing',
    event: 'invitation.opened',
    from: alive,
    to: 'opened',
    by: 'official',
  },
  answer: {
    zh: '出具意见',
    en: 'give the opinion',
    event: 'invitation.answered',
    from: ['opened'],
    to: 'answered',
    by: 'official',
  },
  revoke: {
    zh: '撤回邀请',
    en: 'revoke',
    event: 'invitation.revoked',
    from: alive,
    to: 'revoked',
    by: 'lead',
  },
  expire: {
    zh: '到期失效',
    en: 'expire',
    event: 'invitation.expired',
    from: alive,
    to: 'expired',
    by: 'platform',
  },
} as const satisfies Record<string, InvitationAction>;
export type InvitationActionName = keyof typeof invitationActions;
export const invitationActionNames = Object.keys(invitationActions) as InvitationActionName[];

/** The invitation after a step; what ends it takes all secrets and the official's cipher with it. */
export function moveInvitation(
  action: Exclude<InvitationActionName, 'invite'>,
  invitation: Invitation,
  change: Partial<Omit<Invitation, 'state'>>,
  now: string,
): Result<Invitation, Refusal> {
  const { from, to }: InvitationAction = invitationActions[action];
  if (!from.includes(invitation.state)) {
    const { zh: stateZh, en: state } = invitationStates[invitation.state];
    return refuse(refusal('invitation-ended', { state, stateZh }));
  }
  const state = to === 'same' ? invitation.state : to;
  const moved = { ...invitation, ...change, state };
  return ok(invitationStates[state].final ? withoutSecrets(moved, now) : moved);
}

function withoutSecrets(invitation: Invitation, now: string): Invitation {
  const { code: _code, session: _session, link, official, ...rest } = invitation;
  return {
    ...rest,
    official: { name: official.name, phone: official.phone },
    link: { state: link.state },
    endedAt: now,
  };
}

/** What its event says: which filing, which department; nothing of the person. */
export function invitationEvent(
  action: InvitationActionName,
  after: Invitation,
  facts: Readonly<Record<string, unknown>> = {},
): EventDraft {
  const { submission, office, state } = after;
  return { type: invitationActions[action].event, facts: { submission, office, state, ...facts } };
}

const minutesAfter = (now: string, minutes: number): string =>
  new Date(Date.parse(now) + minutes * 60_000).toISOString();

const earlier = (one: string, other: string): string => (one < other ? one : other);

/** Until when a link made now lives: so many days, or to the end of the department's limit while that is still to come. */
export function validUntil(now: string, dueBefore: string | null): string {
  const longest = minutesAfter(now, invitationRules.days.value * 24 * 60);
  return dueBefore !== null && dueBefore > now ? earlier(dueBefore, longest) : longest;
}

/** A fresh code in place of the one before; refused when too many were asked for. */
export function codeAsked(
  invitation: Invitation,
  fresh: { readonly salt: string; readonly hash: string; readonly sealed: string },
  now: string,
): Result<Invitation, Refusal> {
  const { codesPerHour, codesInAll, codeMinutes } = invitationRules;
  const hourAgo = minutesAfter(now, -60);
  const lately = invitation.codes.filter((at) => at > hourAgo).length;
  if (lately >= codesPerHour.value || invitation.codes.length >= codesInAll.value)
    return refuse(refusal('too-many-codes', { hour: codesPerHour.value, all: codesInAll.value }));
  const until = earlier(minutesAfter(now, codeMinutes.value), invitation.validUntil);
  return moveInvitation(
    'ask-code',
    invitation,
    { codes: [...invitation.codes, now], code: { ...fresh, until, tries: 0 } },
    now,
  );
}

/** The code that can be tried now. Without one, or with one that is spent or too old, no guess is looked at. */
export function codeToTry(
  { code }: Invitation,
  now: string,
): Result<NonNullable<Invitation['code']>, Refusal> {
  const usable = code && now < code.until && code.tries < invitationRules.triesPerCode.value;
  return usable ? ok(code) : refuse(refusal('code-ended'));
}

/** A guess that was wrong counts, whoever made it. */
export function codeRefused(invitation: Invitation, now: string): Result<Invitation, Refusal> {
  const { code } = invitation;
  if (!code) return refuse(refusal('code-ended'));
  return moveInvitation('refuse-code', invitation, { code: { ...code, tries: code.tries + 1 } }, now);
}

export function triesLeft({ code }: Invitation): number {
  return Math.max(0, invitationRules.triesPerCode.value - (code?.tries ?? 0));
}

/** The right code opens one session and is used up. */
export function opened(
  invitation: Invitation,
  sessionHash: string,
  now: string,
): Result<Invitation, Refusal> {
  const until = earlier(minutesAfter(now, invitationRules.sessionMinutes.value), invitation.validUntil);
  const moved = moveInvitation('open', invitation, { session: { hash: sessionHash, until } }, now);
  if (!moved.ok) return moved;
  const { code: _used, ...rest } = moved.value;
  return ok(rest);
}

/** The link was sent, or will not be: either way it lies here no longer. */
export function linkTold(invitation: Invitation, state: LinkState, now: string): Result<Invitation, Refusal> {
  return moveInvitation('record-link', invitation, { link: { state } }, now);
}

export function codeTold(invitation: Invitation, now: string): Result<Invitation, Refusal> {
  const { code } = invitation;
  if (!code) return refuse(refusal('code-ended'));
  const { sealed: _told, ...rest } = code;
  return moveInvitation('record-code', invitation, { code: rest }, now);
}
