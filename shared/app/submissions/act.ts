/** Takes one step of a filing. Every action of the lifecycle table but `save` and `view-contact` comes through here. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain, type AuditEntry } from '../../domain/audit/entry.ts';
import type { City } from '../../domain/cities/city.ts';
import { delegationOf } from '../../domain/identity/delegates.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import { bindingSteps } from '../../domain/submissions/binding-steps.ts';
import type { Context } from '../../domain/submissions/context.ts';
import { decide, type Decision } from '../../domain/submissions/decide.ts';
import { otherEventTypes } from '../../domain/submissions/event-types.ts';
import { placeOf, type Kind } from '../../domain/submissions/kind.ts';
import { determiningKinds, kindOf } from '../../domain/submissions/kinds/index.ts';
import { ruleSetInForce } from '../../domain/policies/rule-set.ts';
import { lifecycle, type Action } from '../../domain/submissions/lifecycle.ts';
import { cityOf } from '../../domain/submissions/parties.ts';
import { differenceOf } from '../../domain/submissions/kinds/difference.ts';
import type { Head, Paper, Version } from '../../domain/submissions/submission.ts';
import { followFiling } from '../projects/follow-filing.ts';
import { projectOver } from '../projects/later-filing.ts';
import type { Following } from '../projects/holdings.ts';
import { runCommand, type CommandRequest, type Decided, type Deps } from '../command.ts';
import { deskChanges } from '../desk-changes.ts';
import { ruleSetMade } from '../policies/make-rule-set.ts';
import type { Answer, Commit, Slot } from '../ports.ts';
import { answerWith } from './view.ts';

/** Steps that look at the content, its papers and the city's record; the others read the head alone. */
const looksAtContent: ReadonlySet<Action> = new Set([
  'send-to-check',
  'pass-check',
  'sign',
  'consent',
  'record-consent',
  'publish',
  'acknowledge',
  'supply',
  'approve',
]);

/** Steps that name files. */
const looksAtFiles: ReadonlySet<Action> = new Set([
  'record-visit',
  'record-minutes',
  'prove-condition',
  'deliver-paper',
]);

export async function actOn(
  deps: Deps,
  command: CommandRequest,
  id: string,
  action: Action,
  input: unknown,
): Promise<Result<Answer, Refusal>> {
  // The filer's own steps know the city before the filing is read.
  const own = looksAtContent.has(action) && officeOf(command.actor.office)?.level === 'city';
  const reads = { submission: id, ...(own ? { city: command.actor.office } : {}) };
  return runCommand(deps, command, reads, async (head, { city }) => {
    const kind = head && kindOf(head.kind);
    if (!head || !kind) return refuse(refusal('not-found'));
    const context = await contextFor(deps, command, head, kind, action, city);
    const decided = decide(action, head, input, context);
    if (!decided.ok) return refuse(await whyNot(deps, kind, head, action, decided.error));
    const { actor } = command;
    const by = { sub: actor.sub, office: actor.office, role: decided.value.paper?.role };
    const { head: after, paper } = decided.value;
    const following = await followFiling(deps, { kind, before: head, after, paper, context, by });
    if (!following.ok) return following;
    return ok(
      await written(deps, command, head, kind, context, decided.value, { following: following.value }),
    );
  });
}

/** Steps that end the filing or give it back: a project that has ended does not stand in their way. */
const givingUp: ReadonlySet<string> = new Set(['returned', 'rejected', 'withdrawn']);

/** Who would be told what is missing hears first that nothing of it would help. */
async function whyNot(
  { store }: Deps,
  kind: Kind,
  head: Head,
  action: Action,
  refused: Refusal,
): Promise<Refusal> {
  if (refused.code !== 'incomplete' || givingUp.has(lifecycle[action].to)) return refused;
  return (await projectOver(store, kind, head)) ?? refused;
}

/** Loads what this action's rules look at, and nothing else. */
export async function contextFor(
  deps: Deps,
  command: CommandRequest,
  head: Head,
  kind: Kind,
  action: Action,
  loaded?: City,
): Promise<Context> {
  // A change is held against the plan by what it makes of the project.
  const replans = action === 'pass-plan-check' && kind.certificate === 'amend';
  const content = looksAtContent.has(action) || replans;
  const ofCity = cityOf(head);
  const known = loaded?.code === ofCity ? loaded : undefined;
  const joint = head.path === 'joint-review';
  const now = deps.now();
  // A kind without papers has no documents before its first submission: then a supplement may bring some.
  const papered = kind.papers.length > 0 || head.frozen > 0;
  const [calendar, city, version, documents, papers, ruleSets, review, project, delegates] =
    await Promise.all([
      deps.store.calendar(),
      content ? (known ?? deps.store.city(ofCity)) : undefined,
      content ? deps.store.version(head.id, head.version) : undefined,
      (content && papered) || looksAtFiles.has(action) ? deps.store.documents(head.id) : undefined,
      action === 'return' && head.corrections > 0 ? deps.store.papers(head.id) : undefined,
      joint && content ? deps.store.ruleSetsOf(ofCity) : undefined,
      joint && (head.frozen > 0 || action === 'sign') ? deps.store.review(head.id) : undefined,
      content && kind.period === 'project' ? deps.store.project(head.period) : undefined,
      bindingSteps.has(action) ? deps.store.delegates(command.actor.office) : undefined,
    ]);
  const delegation = delegationOf(delegates, command.actor.sub, civilDateOf(now));
  return {
    actor: command.actor,
    now,
    kind,
    calendar,
    // A step that does not look at the content does not look at the city either.
    city: city ?? noCity(head),
    ...(version ? { version } : {}),
    ...(documents ? { documents } : {}),
    ...(ruleSets ? { rules: ruleSetInForce(ruleSets, civilDateOf(now)) } : {}),
    ...(review ? { review } : {}),
    ...(project ? { project } : {}),
    ...(delegation ? { delegation } : {}),
    ...(papers ? await noticesOf(deps, head, kind, papers) : {}),
    determining: determiningKinds,
  };
}

/** Earlier correction notices, and what the filer has changed since the last of them. */
async function noticesOf(
  deps: Deps,
  head: Head,
  kind: Kind,
  papers: readonly Paper[],
): Promise<Pick<Context, 'notices' | 'changedSince'>> {
  const notices = papers.filter((paper) => paper.type === 'correction-notice');
  const last = notices.at(-1);
  if (!last) return { notices };
  const [before, after, documents] = await Promise.all([
    deps.store.version(head.id, last.version),
    deps.store.version(head.id, head.frozen),
    deps.store.documents(head.id),
  ]);
  const content = differenceOf(kind, before?.content, after?.content).map(
    ({ pointer }) => `/content${pointer}`,
  );
  const moved = documents.filter(
    ({ fromVersion, removedIn }) => fromVersion > last.version || (removedIn ?? 0) > last.version,
  );
  return { notices, changedSince: [...content, ...moved.map(({ paper }) => `/documents/${paper}`)] };
}

function noCity(head: Head): City {
  return {
    code: head.owner,
    tier: head.tier,
    development: 'undeclared',
    figures: { demand: {}, target: {}, annual: {} },
    passed: {},
    seq: 0,
    hash: '',
  };
}

/** The decision as one commit. `version` is written only by `save`. */
export async function written(
  deps: Deps,
  command: CommandRequest,
  before: Head,
  kind: Kind,
  context: Context,
  decision: Decision,
  { version, following }: { readonly version?: Version; readonly following?: Following } = {},
): Promise<Decided> {
  const { actor } = command;
  const by = {
    sub: actor.sub,
    office: actor.office,
    ...(decision.paper ? { role: decision.paper.role } : {}),
  };
  const facts = {
    ...decision.event.facts,
    ...(version ? { version: version.number, content: version.hash } : {}),
  };
  const event = { type: decision.event.type, facts };
  const { record: head, entry } = chain(
    `submission:${before.id}`,
    before,
    decision.head,
    event,
    by,
    context.now,
  );
  const replaces = head.state === 'published' && before.state !== 'published' ? head.amends : undefined;
  const old = replaces ? await superseded(deps, replaces, head.id, by, context.now) : undefined;
  const changes: (Commit['changes'][number] | undefined)[] = [
    { kind: 'submission', before, after: head, entry },
    cityChange(context, decision, by, head),
    reviewChange(context, decision, by, head),
    decision.takesEffect ? await ruleSetMade(deps.store, kind, head, context, by) : undefined,
    old?.change,
  ];
  const desks = deskChanges(before, head, kind, context.calendar);
  const oldDesks = old ? deskChanges(old.before, old.after, kind, context.calendar) : { remove: [], put: [] };
  const slot = decision.slot && (await deps.store.slot(head.owner, placeOf(kind), head.period));
  return {
    commit: {
      ...following,
      changes: [...changes.filter((change) => change !== undefined), ...(following?.changes ?? [])],
      ...(decision.paper ? { papers: [{ submission: head.id, paper: decision.paper }] } : {}),
      ...(version ? { versions: [{ submission: head.id, version }] } : {}),
      ...(slot ? { slots: [{ before: slot, after: slotAfter(slot, head.id, decision.slot) }] } : {}),
      desks: { remove: [...desks.remove, ...oldDesks.remove], put: [...desks.put, ...oldDesks.put] },
    },
    answer: answerWith(head, kind, actor),
  };
}

function cityChange(
  context: Context,
  decision: Decision,
  by: AuditEntry['by'],
  head: Head,
): Commit['changes'][number] | undefined {
  if (!decision.city) return undefined;
  const { record, entry } = chain(
    `city:${context.city.code}`,
    context.city.seq > 0 ? context.city : undefined,
    decision.city,
    {
      type: 'city.changed',
      facts: {
        city: context.city.code,
        tier: decision.city.tier,
        tierBefore: context.city.tier,
        development: decision.city.development,
        developmentBefore: context.city.development,
        because: `submission:${head.id}`,
      },
    },
    by,
    context.now,
  );
  return { kind: 'city', before: context.city, after: record, entry };
}

/** The file of the joint review has a chain of its own: who set, proved and closed which condition. */
function reviewChange(
  { review: before, now }: Context,
  { review, event }: Decision,
  by: AuditEntry['by'],
  head: Head,
): Commit['changes'][number] | undefined {
  if (!review) return undefined;
  const facts = { submission: head.id, because: event.type };
  const { record, entry } = chain(
    `review:${head.id}`,
    before,
    review,
    { type: 'review.changed', facts },
    by,
    now,
  );
  return { kind: 'review', ...(before ? { before } : {}), after: record, entry };
}

/** The published filing that an amendment replaces. */
async function superseded(
  deps: Deps,
  id: string,
  successor: string,
  by: AuditEntry['by'],
  now: string,
): Promise<{ before: Head; after: Head; change: Commit['changes'][number] } | undefined> {
  const old = await deps.store.head(id);
  if (!old || old.state !== 'published') return undefined;
  const { step: _done, ...rest } = old;
  const { record, entry } = chain(
    `submission:${id}`,
    old,
    { ...rest, state: 'superseded' as const, received: true, updatedAt: now },
    {
      type: otherEventTypes.superseded,
      facts: { kind: old.kind, owner: old.owner, period: old.period, by: successor },
    },
    by,
    now,
  );
  return { before: old, after: record, change: { kind: 'submission', before: old, after: record, entry } };
}

function slotAfter(slot: Slot, id: string, what: Decision['slot']): Slot | undefined {
  const { underWay: _freed, inForce, ...rest } = slot;
  const held = what === 'in-force' ? id : inForce;
  return held ? { ...rest, inForce: held, revision: slot.revision + 1 } : undefined;
}
