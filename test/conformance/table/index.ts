/** Every check of the table engine, by theme. */
import type { Theme } from '../check.ts';
import { capacity } from './capacity.ts';
import { conditions } from './conditions.ts';
import { faults } from './faults.ts';
import { indexCapacity } from './index-capacity.ts';
import { indexes } from './indexes.ts';
import { limits } from './limits.ts';
import { pages } from './pages.ts';
import { reading } from './reading.ts';
import { refusals } from './refusals.ts';
import { streams } from './streams.ts';
import { tables } from './tables.ts';
import type { TableTarget } from './target.ts';
import { tokens } from './tokens.ts';
import { transactionRequests } from './transaction-requests.ts';
import { transactions } from './transactions.ts';
import { updates } from './updates.ts';

export const themes: readonly Theme<TableTarget>[] = [
  conditions,
  updates,
  refusals,
  transactions,
  transactionRequests,
  tokens,
  streams,
  reading,
  pages,
  indexes,
  capacity,
  indexCapacity,
  limits,
  tables,
  faults,
];
