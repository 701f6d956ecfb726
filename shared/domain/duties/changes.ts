/**
 * What the region may do with a duty, and what a city may ask for: a new deadline (改期), a waiver (豁免), a reminder at once
 * (催办), other days to be reminded on (催报节点), more time (延期).
 */
import * as z from 'zod';
import { isInstant } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Role } from '../identity/roles.ts';
import { PointsInput, pointsOf } from '../reminders/points.ts';
import { isOpen, type Obligation } from './obligation.ts';

const reason = once(() => z.string().trim().min(1).max(2000).describe('理由|Reason'));
const dueBefore = once(() =>
  z
    .string()
    .refine(isInstant, { error: 'instant' })
    .describe('新的截止时刻（不含），UTC|Due before this instant, UTC'),
);

interface DutyAction {
  readonly zh: string;
  readonly en: string;
  /** Past tense, of the event. */
  readonly event: string;
  /** The region's supervisor, or the city that the duty lies on. */
  readonly by: { readonly party: 'region' | 'city'; readonly roles: readonly Role[] };
  readonly input: () => z.ZodType;
}

export const dutyActions = {
  amend: {
    zh: '调整截止时间',
    en: 'set a new deadline',
    event: 'obligation.amended',
    by: { party: 'region', roles: ['supervisor'] },
    input: once(() => z.strictObject({ dueBefore: dueBefore(), reason: reason() })),
  },
  'set-points': {
    zh: '调整催报节点',
    en: 'choose when it is told of',
    event: 'obligation.points-set',
    by: { party: 'region', roles: ['supervisor'] },
    input: once(() => z.strictObject({ points: PointsInput(), reason: reason() })),
  },
  waive: {
    zh: '豁免',
    en: 'waive',
    event: 'obligation.waived',
    by: { party: 'region', roles: ['supervisor'] },
    input: once(() => z.strictObject({ reason: reason() })),
  },
  nudge: {
    zh: '催办',
    en: 'remind at once',
    event: 'obligation.nudged',
    by: { party: 'region', roles: ['supervisor'] },
    input: once(() => z.strictObject({ reason: reason() })),
  },
  'request-extension': {
    zh: '申请延期',
    en: 'ask for more time',
    event: 'obligation.extension-requested',
    by: { party: 'city', roles: ['drafter', 'leader'] },
    input: once(() => z.strictObject({ dueBefore: dueBefore(), reason: reason() })),
  },
  'answer-extension': {
    zh: '答复延期申请',
    en: 'answer the request for more time',
    event: 'obligation.extension-answered',
    by: { party: 'region', roles: ['supervisor'] },
    input: once(() => z.strictObject({ grant: z.boolean(), reason: reason() })),
  },
} as const satisfies Record<string, DutyAction>;

export type DutyActionName = keyof typeof dutyActions;
export const dutyActionNames = Object.keys(dutyActions) as DutyActionName[];

/** What an action takes, as far as it takes it. */
export interface DutyInput {
  readonly dueBefore?: string;
  readonly reason: string;
  readonly grant?: boolean;
  readonly points?: readonly number[];
}

/** The duty after the action, or why not. */
export function changeDuty(
  action: DutyActionName,
  before: Obligation,
  input: DutyInput,
  now: string,
): Result<Obligation, Refusal> {
  switch (action) {
    case 'amend':
      return input.dueBefore === undefined || input.dueBefore === before.dueBefore
        ? refuse(noChange('/dueBefore'))
        : ok(withDeadline(before, input.dueBefore));
    case 'set-points': {
      if (!isOpen(before)) return refuse(refusal('duty-not-open'));
      const points = pointsOf({ points: input.points });
      return same(points, pointsOf(before))
        ? refuse(noChange('/points'))
        : ok({ ...before, points: [...points] });
    }
    case 'waive': {
      if (!isOpen(before)) return refuse(refusal('duty-not-open'));
      const { extension: _asked, ...rest } = before;
      const items = before.items.map((item) =>
        item.state === 'open' ? { ...item, state: 'closed' as const, closedBecause: 'waived' } : item,
      );
      return ok({ ...rest, items, notes: noted(before, 'waived', input.reason, now) });
    }
    case 'nudge':
      // The duty stays as it is; its chain says who asked for it, and the notice is made beside it.
      return isOpen(before) ? ok(before) : refuse(refusal('duty-not-open'));
    case 'request-extension': {
      if (!isOpen(before)) return refuse(refusal('duty-not-open'));
      if (before.extension) return refuse(refusal('extension-waiting'));
      const until = input.dueBefore ?? '';
      if (until <= before.dueBefore) return refuse(notLater());
      return ok({ ...before, extension: { dueBefore: until, reason: input.reason, at: now } });
    }
    case 'answer-extension': {
      const { extension, ...rest } = before;
      if (!extension) return refuse(refusal('extension-not-open'));
      const answered = {
        ...rest,
        notes: noted(before, input.grant ? 'granted' : 'refused', input.reason, now),
      };
      return ok(input.grant ? withDeadline(answered, extension.dueBefore) : answered);
    }
  }
}

/** In time or late is judged anew: what was received is received. */
function withDeadline(obligation: Obligation, until: string): Obligation {
  const items = obligation.items.map((item) =>
    item.at === undefined || (item.state !== 'fulfilled' && item.state !== 'fulfilled-late')
      ? item
      : { ...item, state: item.at < until ? ('fulfilled' as const) : ('fulfilled-late' as const) },
  );
  return { ...obligation, dueBefore: until, items };
}

function noted(
  { notes = [] }: Obligation,
  type: NonNullable<Obligation['notes']>[number]['type'],
  text: string,
  at: string,
): NonNullable<Obligation['notes']> {
  return [...notes, { type, reason: text, at }];
}

function same(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

function noChange(pointer: '/dueBefore' | '/points'): Refusal {
  const text =
    pointer === '/points'
      ? { zh: '与现行催报节点相同', en: 'These are the points already' }
      : { zh: '与现行截止时刻相同', en: 'The deadline is this already' };
  return refusal('invalid-request', { count: 1 }, [{ code: 'no-change', pointer, text }]);
}

function notLater(): Refusal {
  const text = { zh: '须晚于现行截止时刻', en: 'Must be later than the present deadline' };
  return refusal('invalid-request', { count: 1 }, [{ code: 'not-later', pointer: '/dueBefore', text }]);
}
