/** What every operation works with. */
import type { Catalog } from './catalog.ts';
import type { FaultPlan, LateIndexes } from './faults.ts';
import type { Store } from './store.ts';

export interface Context {
  readonly store: Store;
  readonly catalog: Catalog;
  /** The engine's clock, in milliseconds. */
  readonly now: () => number;
  /** May be changed while the engine runs. */
  faults: FaultPlan;
  /** Present when indexes are to be late. */
  late: LateIndexes | undefined;
  /** The next number of a stream record. */
  readonly nextSequence: () => number;
  readonly region: string;
}
