/** Rows of one partition in memory, kept in the order of their keys. */
import { compareText } from './attribute-values.ts';
import type { Image } from './image.ts';
import type { TextRange } from './key-text.ts';

export interface SortedRow {
  readonly sort: string;
  readonly image: Image;
  readonly expires: number | undefined;
}

export class SortedRows {
  private readonly rows: SortedRow[] = [];

  get length(): number {
    return this.rows.length;
  }

  get(sort: string): SortedRow | undefined {
    const row = this.rows[this.placeOf(sort)];
    return row?.sort === sort ? row : undefined;
  }

  /** @returns the row that was there before */
  put(row: SortedRow): SortedRow | undefined {
    const place = this.placeOf(row.sort);
    const before = this.rows[place];
    const replaces = before?.sort === row.sort;
    this.rows.splice(place, replaces ? 1 : 0, row);
    return replaces ? before : undefined;
  }

  /** @returns the row that was there before */
  remove(sort: string): SortedRow | undefined {
    const place = this.placeOf(sort);
    if (this.rows[place]?.sort !== sort) return undefined;
    return this.rows.splice(place, 1)[0];
  }

  *range({ from, to }: TextRange, backwards: boolean): Generator<SortedRow> {
    const first = this.placeOf(from);
    const end = to === undefined ? this.rows.length : this.placeOf(to);
    if (backwards) for (let at = end - 1; at >= first; at--) yield this.rows[at] as SortedRow;
    else for (let at = first; at < end; at++) yield this.rows[at] as SortedRow;
  }

  /** Where the first row stands that is not less. */
  private placeOf(sort: string): number {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareText((this.rows[middle] as SortedRow).sort, sort) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
