/** What goes wrong when asked: everything comes from one seed, so that a history can be played again. */
import { compareText } from './attribute-values.ts';
import type { Row, RowKey } from './store.ts';

/** Chances lie between 0 and 1; what is absent never happens. */
export interface Faults {
  readonly seed: number;
  /** An index shows a write only after up to so many further operations. */
  readonly lateIndexes?: number;
  /** Chance that a write meets another transaction. */
  readonly conflict?: number;
  /** Chance that an operation is throttled. */
  readonly throttle?: number;
  /** Chance that the answer to a write is lost after its commit. */
  readonly lostAnswer?: number;
}

export class FaultPlan {
  private readonly faults: Faults;
  private readonly random: () => number;

  constructor(faults: Faults) {
    this.faults = faults;
    this.random = seeded(faults.seed);
  }

  throttles(): boolean {
    return this.happens(this.faults.throttle);
  }

  conflicts(): boolean {
    return this.happens(this.faults.conflict);
  }

  losesAnswer(): boolean {
    return this.happens(this.faults.lostAnswer);
  }

  /** For how many further operations an index keeps a write back. */
  lateness(): number {
    const most = this.faults.lateIndexes ?? 0;
    return most > 0 ? this.below(most + 1) : 0;
  }

  /** A whole number from 0 up to, but without, the bound. */
  below(bound: number): number {
    return Math.floor(this.random() * bound);
  }

  private happens(chance = 0): boolean {
    return chance > 0 && this.random() < chance;
  }
}

/** A small generator of numbers from 0 up to 1 (splitmix32): the same seed gives the same numbers. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

interface Hidden extends RowKey {
  /** What readers of the index still see here; absent for nothing. */
  readonly seen: Row | undefined;
  /** The number of the operation from which the write shows. */
  readonly due: number;
}

/**
 * Keeps writes to indexes out of sight for a while. The store itself is up to date: only what readers see is late, so
 * that nothing is lost when the process ends.
 */
export class LateIndexes {
  private readonly hidden = new Map<number, Map<string, Hidden>>();
  private operation = 0;

  /** Counts one operation; what is due shows from now on. */
  tick(): void {
    this.operation++;
    for (const rows of this.hidden.values()) {
      for (const [id, { due }] of rows) if (due <= this.operation) rows.delete(id);
    }
  }

  /** Hides that the row has just changed. A row already hidden stays as readers last saw it. */
  hide(space: number, key: RowKey, seen: Row | undefined, operations: number): void {
    if (operations === 0) return;
    const rows = this.hidden.get(space) ?? new Map<string, Hidden>();
    this.hidden.set(space, rows);
    const id = JSON.stringify([key.partition, key.sort]);
    const before = rows.get(id);
    rows.set(id, { ...key, seen: before ? before.seen : seen, due: this.operation + operations });
  }

  /** The rows as a reader of the index sees them. @param covers whether a row lies in what is read */
  *view(
    space: number,
    rows: Iterable<Row>,
    covers: (key: RowKey) => boolean,
    backwards: boolean,
  ): Iterable<Row> {
    const hidden = this.hidden.get(space);
    if (!hidden || hidden.size === 0) {
      yield* rows;
      return;
    }
    const shown = [...rows].filter(({ partition, sort }) => !hidden.has(JSON.stringify([partition, sort])));
    for (const { seen } of hidden.values()) if (seen && covers(seen)) shown.push(seen);
    shown.sort((a, b) => compareText(a.partition, b.partition) || compareText(a.sort, b.sort));
    yield* backwards ? shown.reverse() : shown;
  }
}
