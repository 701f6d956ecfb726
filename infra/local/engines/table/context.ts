/** What every operation works with. */
import type { Catalog } from './catalog.ts';
import type { FaultPlan, LateIndexes } from './faults.ts';
import type { Store } from './store.ts';

export interface Context {
  readonly store: Store;
  readonly catalog: Catalog;
  /** The engine's clock, in milliseconds. */
  readonly now: () => number;
  readonly faults: FaultPlan;
  /** Present when indexes are to be late. */
  readonly late: LateIndexes | undefined;
  /** The next number of a stream record. */
  readonly nextSequence: () => number;
  readonly region: string;
}
