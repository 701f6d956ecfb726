/** Decides one step of a filing: authority, state, every failing guard together, then what follows. No I/O. */
import { hashOf } from '../../kernel/hash.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { City } from '../cities/city.ts';
import type { EventDraft } from '../audit/entry.ts';
import { dueOf, statusOf } from '../calendar/statutory-clock.ts';
import { documentsOf } from '../documents/document.ts';
import type { Actor } from '../identity/roles.ts';
import { cityAfter } from './city-effects.ts';
import type { Context } from './context.ts';
import { eventTypes } from './event-types.ts';
import { guards } from './guards.ts';
import type { ReviewFile } from './joint-review/review-file.ts';
import type { Kind } from './kind.ts';
import { actionNames, stepOf, type Action } from './lifecycle.ts';
import { actsAs } from './parties.ts';
import { overwrittenBy, recalled } from './recall.ts';
import { steps, type Outcome } from './steps.ts';
import { states, type Head, type Paper, type State } from './submission.ts';

export interface Decision {
  readonly head: Head;
  readonly event: EventDraft;
  readonly paper?: Paper;
  /** The city's record after it, when the step changes it. */
  readonly city?: City;
  /** The file of the joint review after it, when the step changes it. */
  readonly review?: ReviewFile;
  /** What becomes of the place that this filing holds for its city, kind and period. */
  readonly slot?: 'released' | 'in-force';
  /** The filing takes effect: what its kind makes of it then is to be written in the same commit. */
  readonly takesEffect?: true;
}

/** The actions that this person could take now, as far as state, path and role decide it. */
export function possibleActions(head: Head, kind: Kind, actor: Actor): readonly Action[] {
  return actionNames.filter((action) => {
    const step = stepOf(action);
    const mine = action !== 'recall' || head.step?.by === actor.sub;
    return fits(head, action) && actsAs(actor, step.by, head, kind) && mine;
  });
}

function fits(head: Head, action: Action): boolean {
  const step = stepOf(action);
  return step.from.includes(head.state) && (step.paths?.includes(head.path) ?? true);
}

/**
 * @param input has passed the action's schema in `inputs.ts`.
 * @returns the head after it (audit number not yet advanced), its event and paper; or every reason why not.
 */
export function decide(
  action: Action,
  head: Head,
  input: unknown,
  context: Context,
): Result<Decision, Refusal> {
  const step = stepOf(action);
  if (!actsAs(context.actor, step.by, head, context.kind)) return refuse(refusal('not-allowed'));
  if (!fits(head, action)) return refuse(wrongState(head, action, context));
  const refusals = step.needs.flatMap(
    (name) => guards[name](head, context, input as Record<string, unknown>) ?? [],
  );
  if (refusals.length > 0) return refuse(together(refusals));
  if (context.delegation === 'over') return refuse(refusal('delegation-over'));

  const seq = head.seq + 1;
  const outcome = action === 'recall' ? recalled(head, context) : taken(action, head, input, context, seq);
  const unknown = clockWithoutCalendar(outcome.head, context);
  if (unknown) return refuse(unknown);
  return ok(concluded(action, head, outcome, context, seq));
}

/** A due date is computed or refused, never guessed: a clock that runs into a year without a calendar stops the step. */
function clockWithoutCalendar({ clocks }: Head, { calendar }: Context): Refusal | undefined {
  for (const clock of clocks.filter((one) => statusOf(one) !== 'ended')) {
    const due = dueOf(clock, calendar);
    if (!due.ok) return due.error;
  }
  return undefined;
}

function taken(action: Action, head: Head, input: unknown, context: Context, seq: number): Outcome {
  const { to } = stepOf(action);
  const step = steps[action] as
    ((head: Head, input: unknown, context: Context, seq: number) => Outcome) | undefined;
  const moved = to === 'same' || to === 'computed' ? head : { ...head, state: to };
  const prepared = action === 'sign' ? { ...moved, frozenHash: frozenHashOf(head, context) } : moved;
  return step ? step(prepared, input, context, seq) : { head: prepared };
}

function concluded(action: Action, before: Head, outcome: Outcome, context: Context, seq: number): Decision {
  const { actor, now } = context;
  const delegation = shownOf(context.delegation);
  const city = cityAfter(before, outcome, action, context);
  // What entered a register is undone by a step of its own: a project that was applied for is withdrawn.
  const entered = city !== undefined || (action === 'sign' && before.path === 'joint-review');
  const remembered = stepRemembered(action, before, outcome.head, actor.sub, seq, entered);
  const { step: _forgotten, ...rest } = outcome.head;
  const head: Head = { ...rest, ...(remembered ? { step: remembered } : {}), updatedAt: now };
  const slot = slotAfter(head.state, before.state, context.kind);
  return {
    head,
    event: {
      type: eventTypes[action],
      facts: {
        kind: head.kind,
        owner: head.owner,
        period: head.period,
        from: before.state,
        to: head.state,
        ...(action === 'recall' && before.step ? { recalled: before.step.action } : {}),
        ...outcome.facts,
        ...(delegation ? { delegation: delegation.document } : {}),
      },
    },
    ...(outcome.paper
      ? {
          paper: {
            seq,
            type: outcome.paper.type,
            office: actor.office,
            role: roleOf(action, actor),
            at: now,
            version: Math.max(before.frozen, 1),
            body: { ...outcome.paper.body, ...(delegation ? { delegation } : {}) },
          },
        }
      : {}),
    ...(city ? { city } : {}),
    ...(outcome.review ? { review: outcome.review } : {}),
    ...(slot ? { slot } : {}),
    ...(outcome.takesEffect ? { takesEffect: true as const } : {}),
  };
}

/** What a paper shows of the authorisation under which it was signed: not who, the entry says that. */
function shownOf(
  delegation: Context['delegation'],
): { readonly document: string; readonly limits: string; readonly to: string } | undefined {
  if (delegation === undefined || delegation === 'over') return undefined;
  const { document, limits, to } = delegation;
  return { document, limits, to };
}

/** A look at the contact does not count as acting; a step that changed the city's record cannot be taken back. */
function stepRemembered(
  action: Action,
  before: Head,
  after: Head,
  by: string,
  seq: number,
  enteredRegister: boolean,
): Head['step'] {
  if (action === 'view-contact') return before.step;
  if (!stepOf(action).recallable || enteredRegister) return undefined;
  const overwritten = overwrittenBy(before, after);
  return { action, from: before.state, by, seq, ...(overwritten ? { overwritten } : {}) };
}

/** The hash of what the reviewers see: the version and the documents that stand under it. */
function frozenHashOf(head: Head, { version, documents }: Context): string {
  const files = documentsOf(head.version, documents ?? [])
    .filter((document) => document.state === 'available')
    .map(({ paper, sha256 }) => `${paper} ${sha256}`)
    .sort();
  return hashOf({ version: version?.hash ?? '', files });
}

function slotAfter(state: State, before: State, kind: Kind): Decision['slot'] {
  if (state === before) return undefined;
  if (state === 'withdrawn' || state === 'rejected') return 'released';
  // What concerns a project leaves the place to the next: the project itself says what is in force.
  if (state === 'granted' && kind.period === 'project') return 'released';
  return state === 'published' || state === 'acknowledged' || state === 'granted' ? 'in-force' : undefined;
}

function roleOf(action: Action, actor: Actor): string {
  return stepOf(action).by.find(({ role }) => actor.roles.includes(role))?.role ?? '';
}

function together(refusals: readonly Refusal[]): Refusal {
  const [first] = refusals;
  const reasons = refusals.flatMap((one) => one.errors);
  return first && reasons.length === 0 ? first : refusal('incomplete', { count: reasons.length }, reasons);
}

function wrongState(head: Head, action: Action, context: Context): Refusal {
  const allowed = possibleActions(head, context.kind, context.actor);
  return refusal('wrong-state', {
    state: states[head.state].en,
    stateZh: states[head.state].zh,
    action: stepOf(action).en,
    actionZh: stepOf(action).zh,
    allowed: allowed.length > 0 ? allowed.map((name) => stepOf(name).en).join(', ') : 'none',
    allowedZh: allowed.length > 0 ? allowed.map((name) => stepOf(name).zh).join('、') : '无',
  });
}
