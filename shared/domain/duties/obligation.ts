/**
 * A duty (报送义务) that a notice lays on a city: which filings, for which period, by when, and which event fulfils it
 * (S-06: `published`; S-07: `submitted`). Late or in time is judged by the server's time of receipt.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';

export const itemStates = {
  open: { zh: '未履行', en: 'open' },
  fulfilled: { zh: '已按时履行', en: 'fulfilled in time' },
  'fulfilled-late': { zh: '逾期履行', en: 'fulfilled late' },
  closed: { zh: '已解除', en: 'closed' },
} as const;
export type ItemState = keyof typeof itemStates;

export const satisfyingEvents = ['submitted', 'published'] as const;
export type SatisfyingEvent = (typeof satisfyingEvents)[number];

export const ObligationItem = once(() =>
  z.object({
    kind: z.string(),
    period: z.string(),
    state: z.enum(Object.keys(itemStates) as [ItemState, ...ItemState[]]),
    /** The filing that fulfilled it, and the receipt that counts. */
    submission: z.string().optional(),
    at: z.string().optional(),
    /** Number of the filing's event that said so, so that an older event changes nothing. */
    source: z.int().optional(),
    closedBecause: z.string().optional(),
  }),
);
export type ObligationItem = z.infer<ReturnType<typeof ObligationItem>>;

export const Obligation = once(() =>
  z.object({
    id: z.string(),
    city: z.string(),
    /** 文号 of the notice that lays it down. */
    notice: z.string(),
    clause: z.string(),
    /** Exclusive: in time means received before this instant. */
    dueBefore: z.string(),
    satisfiedBy: z.enum(satisfyingEvents),
    items: z.array(ObligationItem()),
    /** When it is told of, in working days around its last day; absent: the usual points. */
    points: z.array(z.int()).optional(),
    /** A request for more time that waits for its answer. */
    extension: z.object({ dueBefore: z.string(), reason: z.string(), at: z.string() }).optional(),
    /** Why it was waived, or how a request was answered. */
    notes: z
      .array(z.object({ type: z.enum(['waived', 'granted', 'refused']), reason: z.string(), at: z.string() }))
      .optional(),
    createdAt: z.string(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Obligation = z.infer<ReturnType<typeof Obligation>>;

/** A fact about a filing or a city that may concern a duty. */
export type DutyFact =
  | {
      readonly type: 'submitted' | 'published';
      readonly kind: string;
      readonly period: string;
      readonly submission: string;
      /** The receipt that counts. */
      readonly at: string;
      readonly source: number;
    }
  /** Returned for correction, recalled, withdrawn or rejected: what counted as submitted no longer does. */
  | {
      readonly type: 'undone';
      readonly kind: string;
      readonly period: string;
      readonly submission: string;
      readonly source: number;
    }
  | { readonly type: 'not-developing' }
  | { readonly type: 'developing' };

const notDeveloping = 'not-developing';

/** The duty after the fact; the very same object when the fact changes nothing, so that repeats write nothing. */
export function learnOfDuty(obligation: Obligation, fact: DutyFact): Obligation {
  const items = obligation.items.map((item) => learnOfItem(obligation, item, fact));
  const same = items.every((item, index) => item === obligation.items[index]);
  return same ? obligation : { ...obligation, items };
}

function learnOfItem(obligation: Obligation, item: ObligationItem, fact: DutyFact): ObligationItem {
  switch (fact.type) {
    case 'not-developing':
      return item.state === 'open' ? { ...item, state: 'closed', closedBecause: notDeveloping } : item;
    case 'developing': {
      if (item.closedBecause !== notDeveloping) return item;
      const { closedBecause: _reason, ...rest } = item;
      return { ...rest, state: 'open' };
    }
    case 'undone':
    case 'submitted':
    case 'published': {
      if (item.kind !== fact.kind || item.period !== fact.period || item.state === 'closed') return item;
      return fact.type === 'undone' ? undone(item, fact) : fulfilled(obligation, item, fact);
    }
  }
}

function fulfilled(
  obligation: Obligation,
  item: ObligationItem,
  fact: Extract<DutyFact, { type: 'submitted' | 'published' }>,
): ObligationItem {
  const counts = fact.type === obligation.satisfiedBy;
  const known = item.submission === fact.submission && (item.source ?? 0) >= fact.source;
  // An amendment of a fulfilled duty does not fulfil it again.
  const already = item.state !== 'open' && item.submission !== fact.submission;
  if (!counts || known || already) return item;
  const state = fact.at < obligation.dueBefore ? 'fulfilled' : 'fulfilled-late';
  return { ...item, state, submission: fact.submission, at: fact.at, source: fact.source };
}

function undone(item: ObligationItem, fact: Extract<DutyFact, { type: 'undone' }>): ObligationItem {
  if (item.submission !== fact.submission || (item.source ?? 0) >= fact.source) return item;
  // The filing and its event stay noted, so that an older event of it, repeated, changes nothing.
  return {
    kind: item.kind,
    period: item.period,
    state: 'open',
    submission: fact.submission,
    source: fact.source,
  };
}

/** Whether anything is left to do. */
export function isOpen(obligation: Obligation): boolean {
  return obligation.items.some((item) => item.state === 'open');
}
