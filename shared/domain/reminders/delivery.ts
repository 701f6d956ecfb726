/**
 * A delivery (送达记录): one notice, as it stood at one number of its chain, to one person by one channel. Recorded before it is
 * sent, and tried again with growing pauses until it is sent or given up; the key lets the receiver drop repeats.
 */
import * as z from 'zod';
import { addDays, civilDateOf, startOfDay } from '../../kernel/civil-date.ts';
import { hashOf } from '../../kernel/hash.ts';
import { once } from '../../kernel/once.ts';

export const channels = ['mail', 'sms'] as const;
export type Channel = (typeof channels)[number];

export const deliveryStates = {
  pending: { zh: '待发送', en: 'waiting to be sent' },
  sent: { zh: '已送达', en: 'sent' },
  failed: { zh: '未能送达', en: 'given up' },
  'not-needed': { zh: '已无需发送', en: 'no longer needed' },
} as const;
export type DeliveryState = keyof typeof deliveryStates;

export const Delivery = once(() =>
  z.object({
    office: z.string(),
    role: z.string(),
    day: z.string(),
    /** The notice's number: what was added to it later is a delivery of its own. */
    notice: z.int(),
    channel: z.enum(channels),
    sub: z.string(),
    locale: z.enum(['zh-CN', 'en']),
    coversFor: z.string().optional(),
    /** Masked. */
    to: z.string(),
    /** The duties that it tells of. */
    obligations: z.array(z.string()),
    /** The tidings that it tells of, by their keys. */
    tidings: z.array(z.string()).optional(),
    /** The message that it goes in: deliveries gathered for a morning share one, and its key. */
    message: z.string(),
    /** Gathered into one message a day with the others of this person. */
    gathered: z.boolean(),
    state: z.enum(Object.keys(deliveryStates) as [DeliveryState, ...DeliveryState[]]),
    attempts: z.array(
      z.object({
        at: z.string(),
        outcome: z.enum(['sent', 'failed', 'refused']),
        reason: z.string().optional(),
      }),
    ),
    /** When it is tried next, while it is pending; while somebody sends it, when he is taken for dead. */
    nextAt: z.string().optional(),
    createdAt: z.string(),
    /** 追踪号 of the event that it tells of. */
    correlationId: z.string().optional(),
  }),
);
export type Delivery = z.infer<ReturnType<typeof Delivery>>;

/** Minutes until the next attempt, after the first, second, … failure; then it is given up. */
export const pauses = [5, 30, 120, 720] as const;

/** What sending came to: `failed` may pass, `refused` will not. */
export type Outcome =
  { readonly outcome: 'sent' } | { readonly outcome: 'failed' | 'refused'; readonly reason: string };

export function afterAttempt(delivery: Delivery, result: Outcome, at: string): Delivery {
  const attempts = [...delivery.attempts, { at, ...result }];
  const { nextAt: _next, ...rest } = delivery;
  if (result.outcome === 'sent') return { ...rest, attempts, state: 'sent' };
  const pause = pauses[delivery.attempts.length];
  if (result.outcome === 'refused' || pause === undefined) return { ...rest, attempts, state: 'failed' };
  return { ...rest, attempts, nextAt: new Date(Date.parse(at) + pause * 60_000).toISOString() };
}

/** Nine in the morning of the next day: 01:00 UTC, after the day's reminders were made. */
export function nextDigest(now: string): string {
  const morning = (day: string): string =>
    new Date(Date.parse(startOfDay(day)) + 9 * 3_600_000).toISOString();
  const today = morning(civilDateOf(now));
  return now < today ? today : morning(addDays(civilDateOf(now), 1));
}

/** How long a sender may take before another takes his work for left behind. */
export const claimMinutes = 15;

/** Taken up by one sender: two that run at once do not both send it. */
export function claimed(delivery: Delivery, at: string): Delivery {
  return { ...delivery, nextAt: new Date(Date.parse(at) + claimMinutes * 60_000).toISOString() };
}

/**
 * The name of the message that a delivery goes in: the same however often it is sent, so that receivers drop repeats by it.
 * @param morning the digest's instant, of what is gathered
 */
export function messageName(
  { office, role, day, notice, channel, sub }: Omit<Delivery, 'message'>,
  morning?: string,
): string {
  const parts =
    morning === undefined ? [office, role, day, notice, channel, sub] : [office, sub, channel, morning];
  return hashOf(parts).slice(0, 32);
}
