/** How a person wants to be told, his leave, and who covers for him: his own record, which he alone changes. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import { roles, type Actor, type Role } from '../../domain/identity/roles.ts';
import {
  deliveries,
  nameOf,
  type LeaveInput,
  type Person,
  type PersonField,
  type PreferencesInput,
} from '../../domain/reminders/person.ts';
import { leaveDefects, legalMinimum } from '../../domain/reminders/preferences.ts';
import { runCommand, type CommandRequest, type Decided, type Deps, type SealingDeps } from '../command.ts';
import type { Answer, Store } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';
import { contactContext, contactWith } from './contact.ts';

/** A form that is sent again replaces what was seen of the record; the address that it leaves out stays. */
export async function setPreferences(
  deps: SealingDeps,
  command: CommandRequest,
  input: PreferencesInput,
): Promise<Result<Answer, Refusal>> {
  const { actor, ifMatch, ...rest } = command;
  return runCommand(deps, { actor, ...rest }, {}, async () => {
    const before = await deps.store.person(actor.office, actor.sub);
    if (before && ifMatch === undefined) return refuse(refusal('precondition-required'));
    if (ifMatch !== undefined && ifMatch !== (before?.seq ?? 0)) return refuse(refusal('stale-version'));
    const person = before ?? atFirst(actor);
    const context = contactContext.person(actor.office, actor.sub);
    const { contact, fields: reached } = await contactWith(deps, person.contact, input, context);
    const { contact: _before, ...open } = person;
    const after: Person = {
      ...open,
      ...(contact ? { contact } : {}),
      locale: input.locale,
      delivery: input.delivery,
      roles: [...actor.roles],
    };
    const fields = [...changedOf(person, after), ...reached];
    return ok(decided(before, after, 'person.preferences-set', fields, actor, deps.now()));
  });
}

/** 请假代办: a new leave takes the place of the one before. */
export async function takeLeave(
  deps: Deps,
  command: CommandRequest,
  input: LeaveInput,
): Promise<Result<Answer, Refusal>> {
  const { actor } = command;
  return runCommand(deps, command, {}, async () => {
    const [before, { people }] = await Promise.all([
      deps.store.person(actor.office, actor.sub),
      deps.store.addressBook(actor.office),
    ]);
    const now = deps.now();
    const wrong = leaveDefects(input, actor.sub, people, civilDateOf(now));
    if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
    const person = before ?? atFirst(actor);
    const leave = { from: input.from, to: input.to, cover: input.cover };
    // The roles go with the leave: what he may not see himself nobody sees for him.
    const after: Person = { ...person, roles: [...actor.roles], leave };
    return ok(decided(before, after, 'person.leave-set', changedOf(person, after), actor, now));
  });
}

/** 销假: none to end is no mistake. */
export async function endLeave(deps: Deps, command: CommandRequest): Promise<Result<Answer, Refusal>> {
  const { actor } = command;
  return runCommand(deps, command, {}, async () => {
    const before = await deps.store.person(actor.office, actor.sub);
    const { leave, ...after } = before ?? atFirst(actor);
    const fields: PersonField[] = leave ? ['leave'] : [];
    return ok(decided(before, after, 'person.leave-ended', fields, actor, deps.now()));
  });
}

/** What he said, with the masks alone, who of the office could cover for him, and what is told at once in any case. */
export async function readPreferences(
  deps: { store: Store },
  actor: Actor,
): Promise<{ body: unknown; revision: number }> {
  const { people } = await deps.store.addressBook(actor.office);
  const person = people.find(({ sub }) => sub === actor.sub);
  const colleagues = people
    .filter(({ sub }) => sub !== actor.sub)
    .map(({ sub, roles: held, leave }) => ({ sub, roles: named(held), ...(leave ? { leave } : {}) }));
  return {
    body: {
      ...viewOf(person ?? atFirst(actor)),
      colleagues,
      alwaysAtOnce: Object.entries(legalMinimum).map(([point, why]) => ({ point, why })),
    },
    revision: person?.seq ?? 0,
  };
}

/** A person who has said nothing yet. */
function atFirst({ sub, office, roles: held }: Actor): Person {
  return { sub, office, roles: [...held], locale: 'zh-CN', delivery: 'at-once', seq: 0, hash: '' };
}

function changedOf(before: Person, after: Person): PersonField[] {
  return (['locale', 'delivery', 'roles', 'leave'] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

/** The change and its answer. What changes nothing, and what is there already, leaves no entry. */
function decided(
  before: Person | undefined,
  after: Person,
  type: string,
  fields: readonly PersonField[],
  actor: Actor,
  now: string,
): Decided {
  const told = (person: Person): Answer => ({ status: 200, body: viewOf(person), etag: etagOf(person.seq) });
  const fresh = !before && type !== 'person.leave-ended';
  if (fields.length === 0 && !fresh) return { commit: { changes: [] }, answer: told(before ?? after) };
  const { record, entry } = chain(
    nameOf.person(actor.office, actor.sub),
    before,
    after,
    { type, facts: { office: actor.office, fields } },
    { sub: actor.sub, office: actor.office },
    now,
  );
  const change = { kind: 'person', ...(before ? { before } : {}), after: record, entry } as const;
  return { commit: { changes: [change] }, answer: told(record) };
}

function viewOf({
  sub,
  office,
  roles: held,
  locale,
  delivery,
  contact,
  leave,
  seq,
}: Person): Readonly<Record<string, unknown>> {
  return {
    sub,
    office,
    registered: seq > 0,
    roles: named(held),
    locale,
    delivery,
    deliveryText: deliveries[delivery],
    ...(contact?.mail === undefined ? {} : { mail: contact.mail }),
    ...(contact?.phone === undefined ? {} : { phone: contact.phone }),
    ...(leave ? { leave } : {}),
    revision: seq,
  };
}

/** Roles with their names; one that the platform no longer knows is left out. */
function named(held: readonly string[]): readonly { code: string; zh: string; en: string }[] {
  return held
    .filter((role): role is Role => role in roles)
    .map((role) => ({ code: role, zh: roles[role].zh, en: roles[role].en }));
}
