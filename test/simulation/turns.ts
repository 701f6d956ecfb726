/**
 * Who goes next. Everything that would wait for the world waits here for its turn, and the seed says whose it is; between
 * two turns the clock of the history goes on. Nothing waits for real time.
 */
import type { Random } from './random.ts';

interface Timer {
  readonly at: number;
  readonly resume: () => void;
}

/** The real ones: a history replaces the global ones, see `withOwnTime`. */
const realSetImmediate = setImmediate;

/** So many turns of the real loop with nothing to do mean that the history stands still. */
const patience = 2000;

export class Turns {
  /** Milliseconds since 1970, of the history's own clock. */
  now: number;
  taken = 0;
  /** A running hash over whose turn it was: two plays of one seed are the same history, or this differs. */
  trace = 0;
  readonly #random: Random;
  readonly #ready: { readonly name: string; readonly resume: () => void }[] = [];
  #timers: Timer[] = [];
  #live = 0;
  #failure: Error | undefined;

  constructor(random: Random, now: number) {
    this.#random = random;
    this.now = now;
  }

  /** Waits for the turn. */
  turn(name: string): Promise<void> {
    return new Promise((resume) => this.#ready.push({ name, resume }));
  }

  /** Waits for the history's clock. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resume) => this.#timers.push({ at: this.now + milliseconds, resume }));
  }

  /** Lets something live beside the rest; the history ends when nothing lives any more. What it throws ends the history. */
  begin(life: () => Promise<void>): void {
    this.#live += 1;
    life()
      .catch((error: unknown) => {
        this.#failure ??= error as Error;
      })
      .finally(() => {
        this.#live -= 1;
      });
  }

  /** Gives turns until nothing lives any more. */
  async run(): Promise<void> {
    for (let idle = 0; this.#live > 0;) {
      await new Promise((resume) => realSetImmediate(resume));
      if (this.#failure) throw this.#failure;
      idle = this.#next() ? 0 : idle + 1;
      if (idle > patience) throw new Error('The history stands still');
    }
    if (this.#failure) throw this.#failure;
  }

  #next(): boolean {
    if (this.#ready.length === 0) {
      const soonest = Math.min(...this.#timers.map(({ at }) => at));
      if (!Number.isFinite(soonest)) return false;
      this.now = Math.max(this.now, soonest);
      this.#wakeSleepers();
      return true;
    }
    const [next] = this.#ready.splice(this.#random.below(this.#ready.length), 1);
    if (!next) return false;
    this.taken += 1;
    this.now += 1 + this.#random.below(20);
    for (let at = 0; at < next.name.length; at += 1)
      this.trace = (Math.imul(this.trace, 31) + next.name.charCodeAt(at)) | 0;
    next.resume();
    this.#wakeSleepers();
    return true;
  }

  #wakeSleepers(): void {
    const due = this.#timers.filter(({ at }) => at <= this.now);
    if (due.length === 0) return;
    this.#timers = this.#timers.filter(({ at }) => at > this.now);
    for (const { resume } of due) resume();
  }
}

/** While it runs, pauses of the code under test are pauses of the history, and its chance is the seed's. */
export async function withOwnTime<T>(turns: Turns, random: Random, run: () => Promise<T>): Promise<T> {
  const kept = { setTimeout: globalThis.setTimeout, random: Math.random };
  globalThis.setTimeout = ((wake: () => void, milliseconds = 0) => {
    void turns.sleep(milliseconds).then(wake);
    return { unref: () => undefined, ref: () => undefined, hasRef: () => false };
  }) as unknown as typeof setTimeout;
  Math.random = () => random.next();
  try {
    return await run();
  } finally {
    globalThis.setTimeout = kept.setTimeout;
    Math.random = kept.random;
  }
}
