/**
 * Keeps the register of resources (S-08): registers, corrects, removes. A real-estate unit is registered once: its number holds a
 * place of its own in the same commit.
 */
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { mayKeep, officePlaceOf, reportingCityOf } from '../../domain/identity/office-place.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { correct, remove, type ResourceActionName } from '../../domain/resources/actions.ts';
import { defectsOf } from '../../domain/resources/findings.ts';
import type { Resource, ResourceDetails } from '../../domain/resources/resource.ts';
import { runCommand, type CommandRequest, type Decided, type Deps } from '../command.ts';
import type { Answer, Commit, Slot } from '../ports.ts';
import { resourceChange } from '../registers/changes.ts';
import { etagOf } from '../submissions/view.ts';
import { maySeeResource, resourceView } from './view.ts';

export async function registerResource(
  deps: Deps,
  command: CommandRequest,
  details: ResourceDetails,
): Promise<Result<Answer, Refusal>> {
  const { actor } = command;
  return runCommand(deps, command, {}, async () => {
    if (!officePlaceOf(actor.office)) return refuse(refusal('not-allowed'));
    const wrong = defectsOf(details);
    if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
    const city = reportingCityOf(details.county) ?? '';
    if (!mayKeep(actor, details.county)) return refuse(notKept());
    const slots = await slotsBetween(deps, undefined, details);
    if (!slots.ok) return slots;
    const id = deps.newId();
    const now = deps.now();
    const fresh: Resource = {
      id,
      city,
      details,
      state: 'idle',
      registeredAt: now,
      updatedAt: now,
      seq: 0,
      hash: '',
    };
    return ok(decided(actor, 'register', undefined, fresh, slots.value(id), now));
  });
}

export async function correctResource(
  deps: Deps,
  command: CommandRequest,
  id: string,
  details: ResourceDetails,
): Promise<Result<Answer, Refusal>> {
  return change(deps, command, id, async (before) => {
    const wrong = defectsOf(details);
    if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
    // Whoever moves it to another county keeps that one as well, and it stays in its city's register.
    if (!mayKeep(command.actor, details.county) || reportingCityOf(details.county) !== before.city)
      return refuse(notKept());
    const after = correct(before, details);
    if (!after.ok) return after;
    const slots = await slotsBetween(deps, before.details, details);
    return slots.ok ? ok({ action: 'correct', after: after.value, slots: slots.value(id) }) : slots;
  });
}

export async function removeResource(
  deps: Deps,
  command: CommandRequest,
  id: string,
  { reason }: { readonly reason: string },
): Promise<Result<Answer, Refusal>> {
  return change(deps, command, id, async (before) => {
    const after = remove(before, reason);
    if (!after.ok) return after;
    const slots = await slotsBetween(deps, before.details, undefined);
    return slots.ok ? ok({ action: 'remove', after: after.value, slots: slots.value(id) }) : slots;
  });
}

interface Changed {
  readonly action: ResourceActionName;
  readonly after: Resource;
  readonly slots: Commit['slots'];
}

async function change(
  deps: Deps,
  command: CommandRequest,
  id: string,
  decide: (before: Resource) => Promise<Result<Changed, Refusal>>,
): Promise<Result<Answer, Refusal>> {
  // The revision that the caller has seen is the resource's.
  const { ifMatch, ...rest } = command;
  return runCommand(deps, rest, {}, async () => {
    const before = await deps.store.resource(id);
    if (!before || !maySeeResource(command.actor, before)) return refuse(refusal('not-found'));
    if (ifMatch !== undefined && before.seq !== ifMatch) return refuse(refusal('stale-version'));
    if (!mayKeep(command.actor, before.details.county)) return refuse(refusal('not-allowed'));
    const changed = await decide(before);
    if (!changed.ok) return changed;
    const { action, after, slots } = changed.value;
    return ok(decided(command.actor, action, before, after, slots, deps.now()));
  });
}

function decided(
  actor: Actor,
  action: ResourceActionName,
  before: Resource | undefined,
  after: Resource,
  slots: Commit['slots'],
  now: string,
): Decided {
  const role = actor.roles.find((one) => one === 'drafter' || one === 'lead');
  const changes = resourceChange(action, before, after, { sub: actor.sub, office: actor.office, role }, now);
  const record = changes[0]?.after ?? after;
  return {
    commit: { changes, ...(slots ? { slots } : {}) },
    answer: {
      status: before ? 200 : 201,
      body: resourceView(record, actor),
      etag: etagOf(record.seq),
      ...(before ? {} : { location: `/resources/${record.id}` }),
    },
  };
}

/** The place that a unit's number holds: the number is one of the whole country, whoever registers it. */
const unitSlot = (number: string): Pick<Slot, 'owner' | 'kind' | 'period'> => ({
  owner: 'resources',
  kind: 'real-estate-unit',
  period: number,
});

async function slotsBetween(
  { store }: Deps,
  before: ResourceDetails | undefined,
  after: ResourceDetails | undefined,
): Promise<Result<(resource: string) => Commit['slots'], Refusal>> {
  const [was, is] = [before?.unitNumber, after?.unitNumber];
  if (was === is) return ok(() => []);
  const read = (number: string | undefined): Promise<Slot | undefined> => {
    if (number === undefined) return Promise.resolve(undefined);
    const { owner, kind, period } = unitSlot(number);
    return store.slot(owner, kind, period);
  };
  const [left, wanted] = await Promise.all([read(was), read(is)]);
  if (wanted?.inForce !== undefined)
    return refuse(refusal('resource-registered', { resource: wanted.inForce }));
  return ok((resource) => [
    ...(left ? [{ before: left, after: undefined }] : []),
    ...(is === undefined ? [] : [{ after: { ...unitSlot(is), inForce: resource, revision: 1 } }]),
  ]);
}

function notKept(): Refusal {
  const text = {
    zh: '该旗县区不在本单位负责的台账范围内',
    en: 'Your office does not keep the register of this county',
  };
  const reason: Reason = { code: 'county-not-kept', pointer: '/county', text };
  return refusal('invalid-request', { count: 1 }, [reason]);
}
