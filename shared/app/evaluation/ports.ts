/** What evaluation needs from outside besides the store: counters with the way back to their records, and the ledger's files. */
import type { Contribution, Counted, CountedFigure } from '../../domain/evaluation/contribution.ts';
import type { SumChange } from '../../domain/evaluation/recount.ts';
import type { Stored } from '../../domain/evaluation/run.ts';

/** What counts of a city, year and indicator from one civil day on. */
export interface Sum {
  readonly indicator: CountedFigure;
  readonly day: string;
  readonly numerator: number;
  readonly denominator: number;
  /** How many contributions it is the sum of. */
  readonly records: number;
}

export interface CountedLine {
  readonly record: string;
  readonly seq: number;
  readonly contribution: Contribution;
}

export interface Counters {
  /** What is counted of a record now. */
  counted(record: string): Promise<Counted | undefined>;
  /**
   * Replaces what is counted of a record, with its sums and evidence, in one transaction.
   * @returns false when another was faster, or the table is busy: nothing was written
   */
  replace(before: Counted | undefined, after: Counted): Promise<boolean>;
  sums(city: string, year: number): Promise<readonly Sum[]>;
  /** At most `limit` lines, by record and part. */
  evidence(
    city: string,
    year: number,
    indicator: CountedFigure,
    limit: number,
  ): Promise<readonly CountedLine[]>;
  /** Sets a sum that was found wrong, if it is still as it was found. */
  mend(should: SumChange, found: Sum | undefined): Promise<void>;
}

/** Links to reports, valid for some minutes. */
export interface ReportDesk {
  link(
    stored: Stored,
    fileName: string,
  ): Promise<{ readonly url: string; readonly expiresInSeconds: number }>;
}

/** Files of the ledger: written once under their hash, and locked. */
export interface EvaluationFiles {
  /** @param name `2021.1/result.json`: the hash enters the key */
  put(name: string, bytes: Uint8Array, mediaType: string): Promise<Stored>;
  /** @throws when the bytes do not have the hash that they should have */
  get(stored: Stored): Promise<Uint8Array>;
}
