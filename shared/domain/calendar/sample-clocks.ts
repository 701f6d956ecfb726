/** Clocks to test with: a ledger written down line by line, without asking whether each line may follow. */
import { startOfDay, type CivilDate, type Instant } from '../../kernel/civil-date.ts';
import { start, type ClockEntry, type StatutoryClock } from './clock-ledger.ts';

export const ndrc = 'supplement:R_NDRC';
export const lead = 'supplement:R_HOUSING';

/** Ten in the morning in Shanghai, unless another hour is given. */
export function at(date: CivilDate, hour = 10): Instant {
  return new Date(Date.parse(startOfDay(date)) + hour * 3_600_000).toISOString();
}

export function line(kind: 'suspended' | 'resumed' | 'ended', date: CivilDate, ground = ndrc): ClockEntry {
  return { kind, at: at(date), seq: 2, ground };
}

export function longer(date: CivilDate, days: number): ClockEntry {
  return { kind: 'extended', at: at(date), seq: 2, days, ground: 'granted' };
}

export function clockOf(from: CivilDate, limit: number, ...later: readonly ClockEntry[]): StatutoryClock {
  const clock = start({ name: 'opinion:R_NDRC', office: 'R_NDRC', limit, basis: 'unverified' }, at(from), 1);
  return { ...clock, entries: [...clock.entries, ...later] };
}
