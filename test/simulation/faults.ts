/** What goes wrong, how often, and how often it did. A history without faults asks for none of it. */
import type { Random } from './random.ts';

/** Every kind of fault, with its chance at each occasion in a history with all faults. */
export const faultKinds = {
  /** The table refuses a call for its rate. */
  throttled: 0.02,
  /** A transaction meets another one. */
  conflict: 0.02,
  /** The table has done it, and the answer is lost on its way to the function. */
  'table-answer-lost': 0.02,
  /** A function is gone before a write … */
  'crash-before-write': 0.008,
  /** … after it … */
  'crash-after-write': 0.012,
  /** … or at a read. */
  'crash-at-read': 0.002,
  /** An index shows a write only later. */
  'late-index': 0.5,
  /** The function has answered, and the caller never hears of it. */
  'answer-lost': 0.02,
  /** The same request twice at once, as an impatient portal sends it. */
  twin: 0.06,
  /** Entries of the stream come again, long after they came. */
  'stream-repeated': 0.03,
  /** A shard of the stream stands still for a while. */
  'stream-late': 0.08,
  /** The clock goes on by hours or days at once. */
  'clock-forward': 0.2,
  /** One function's clock goes before or after the others by up to two seconds. */
  'clock-skew': 0.1,
  /** A scanner's verdict comes before the event of the upload. */
  'verdict-first': 0.3,
  /** An event comes twice. */
  'event-repeated': 0.15,
  /** A bucket does not answer, before it did what was asked … */
  'bucket-away': 0.01,
  /** … or after it. */
  'bucket-answer-lost': 0.01,
  /** A scheduled job runs twice at once … */
  'schedule-twice': 0.15,
  /** … or not at all this time. */
  'schedule-missed': 0.1,
  /** The mail server refuses, or takes the mail and does not say so. */
  'mail-away': 0.15,
  'mail-answer-lost': 0.1,
} as const satisfies Record<string, number>;

export type FaultKind = keyof typeof faultKinds;
export const faultNames = Object.keys(faultKinds) as FaultKind[];

export class Faults {
  readonly fired = new Map<FaultKind, number>();
  readonly #random: Random;
  #on: boolean;

  constructor(random: Random, on: boolean) {
    this.#random = random;
    this.#on = on;
  }

  /** Whether it goes wrong now. Counted when it does. */
  strikes(kind: FaultKind): boolean {
    // A history without faults draws the same numbers, so that the seed still means something.
    const struck = this.#random.chance(faultKinds[kind]);
    if (!struck || !this.#on) return false;
    this.count(kind);
    return true;
  }

  count(kind: FaultKind): void {
    this.fired.set(kind, (this.fired.get(kind) ?? 0) + 1);
  }

  /** From now on all goes well: what was begun comes to its end. */
  end(): void {
    this.#on = false;
  }

  get on(): boolean {
    return this.#on;
  }
}
