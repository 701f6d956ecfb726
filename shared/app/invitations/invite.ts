/** The lead of a joint review invites a named official of a department whose opinion is still wanted. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { secretHash } from '../../kernel/secrets.ts';
import { maskName, maskPhone } from '../../kernel/masking.ts';
import { dueOf } from '../../domain/calendar/statutory-clock.ts';
import type { WorkingCalendar } from '../../domain/calendar/working-days.ts';
import { sealContext, standingOf, type Invitation } from '../../domain/invitations/invitation.ts';
import type { InviteInput } from '../../domain/invitations/inputs.ts';
import { validUntil } from '../../domain/invitations/lifecycle.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { reviewersOf } from '../../domain/submissions/parties.ts';
import { clockNamed, opinionClockOf } from '../../domain/submissions/stage-clocks.ts';
import { states, type Head } from '../../domain/submissions/submission.ts';
import { runCommand, type CommandRequest, type SealingDeps } from '../command.ts';
import type { Answer } from '../ports.ts';
import { contactContext as contactOfPerson, reachOf } from '../reminders/contact.ts';
import { contactContext } from '../submissions/save.ts';
import { etagOf } from '../submissions/view.ts';
import { invitationChange } from './change.ts';
import { leads } from './leads.ts';
import type { Secrets } from './ports.ts';
import { invitationView } from './view.ts';

export type InviteDeps = SealingDeps & { readonly secrets: Secrets };

export async function invite(
  deps: InviteDeps,
  command: CommandRequest,
  id: string,
  input: InviteInput,
): Promise<Result<Answer, Refusal>> {
  return runCommand(deps, command, { submission: id }, async (head) => {
    const kind = head && kindOf(head.kind);
    if (!head || !kind) return refuse(refusal('not-found'));
    const { actor } = command;
    if (!leads(actor, head)) return refuse(refusal('not-allowed'));
    const office = `${head.county ?? ''}-${input.department}`;
    const [others, calendar] = await Promise.all([deps.store.invitations(id), deps.store.calendar()]);
    const now = deps.now();
    const unwanted = whyNot(head, kind, office, others, now);
    if (unwanted) return refuse(unwanted);
    if (await isParty(deps, head, actor, input.phone)) return refuse(refusal('invited-party'));
    const until = untilFor(head, office, calendar, now);
    if (!until.ok) return until;

    const token = deps.secrets.secret();
    const named = { submission: id, number: others.length + 1 };
    const { name, phone } = input;
    const fresh: Invitation = {
      ...named,
      office,
      version: head.frozen,
      content: head.frozenHash ?? '',
      official: {
        name: maskName(name),
        phone: maskPhone(phone),
        sealed: await deps.personalData.seal({ name, phone }, sealContext.official(named)),
      },
      state: 'sent',
      validUntil: until.value,
      createdAt: now,
      tokenHash: secretHash(token),
      link: { state: 'waiting', sealed: await deps.personalData.seal({ token }, sealContext.link(named)) },
      codes: [],
      seq: 0,
      hash: '',
    };
    const facts = { version: fresh.version, content: fresh.content, validUntil: fresh.validUntil };
    const by = { sub: actor.sub, office: actor.office, role: 'lead' };
    const change = invitationChange('invite', undefined, fresh, facts, by, now);
    return ok({
      commit: {
        changes: [change],
        // It rests on the version that is under review at this moment.
        unchanged: [{ record: `submission:${id}`, seq: head.seq }],
        links: [{ ...named, tokenHash: fresh.tokenHash, validUntil: fresh.validUntil }],
      },
      answer: {
        status: 201,
        body: invitationView(change.after, head, now),
        etag: etagOf(change.after.seq),
      },
    });
  });
}

function whyNot(
  head: Head,
  kind: Kind,
  office: string,
  others: readonly Invitation[],
  now: string,
): Refusal | undefined {
  if (head.state !== 'in-review') {
    const { zh: stateZh, en: state } = states[head.state];
    const none = { action: 'invite', actionZh: '邀请', allowed: 'none', allowedZh: '无' };
    return refusal('wrong-state', { state, stateZh, ...none });
  }
  const wanted =
    reviewersOf(head, kind).includes(office) && !head.opinions.some((given) => given.office === office);
  if (!wanted) return refusal('opinion-not-asked');
  const live = others.find((one) => one.office === office && standingOf(one, head, now) === 'open');
  return live && refusal('invitation-open', { number: live.number });
}

/**
 * Who has no account cannot be told from those who filed but by his number: that of the filing's own contact, or of the lead who
 * invites, would let one person act on both sides.
 */
async function isParty(deps: InviteDeps, head: Head, actor: Actor, phone: string): Promise<boolean> {
  const [version, person] = await Promise.all([
    deps.store.version(head.id, head.frozen),
    deps.store.person(actor.office, actor.sub),
  ]);
  const sealed = version?.filing.contact?.sealed;
  const contact = sealed ? await deps.personalData.open(sealed, contactContext(head.id)) : {};
  const own = await reachOf(deps, person?.contact, contactOfPerson.person(actor.office, actor.sub));
  const digits = (text = ''): string => text.replaceAll(/\D/g, '').slice(-11);
  return [contact['phone'], own.phone].some((known) => digits(known) === digits(phone));
}

/** The end of the department's own limit, while it runs; a year without a calendar stops the step. */
function untilFor(
  head: Head,
  office: string,
  calendar: WorkingCalendar,
  now: string,
): Result<string, Refusal> {
  const clock = clockNamed(head, opinionClockOf(office));
  const due = clock ? dueOf(clock, calendar) : undefined;
  if (due && !due.ok) return due;
  return ok(validUntil(now, due?.value.dueBefore ?? null));
}
