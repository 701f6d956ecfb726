/**
 * The ledger outside the table: the journal of every audit entry, and the daily root over all chains. A root names every
 * live chain with its last number and hash, so that a cut tail or a missing chain is found.
 */
import { hashOf } from '../../kernel/hash.ts';
import { addDays, civilDateOf } from '../../kernel/civil-date.ts';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import type { ChainTip } from '../../domain/audit/verify.ts';

export interface Ledger {
  /** Puts a journal object once; a second put under the same name is the same batch delivered again. */
  putJournal(name: string, entries: readonly AuditEntry[]): Promise<void>;
  /** The first civil day with a journal, if any. */
  firstDay(): Promise<string | undefined>;
  /** The entries journalled on a civil day, in no particular order, possibly repeated. */
  journalOf(day: string): AsyncIterable<readonly AuditEntry[]>;
  putRoot(root: DailyRoot, tips: readonly ChainTip[]): Promise<void>;
  /** The newest root on or before a civil day. */
  latestRoot(upTo: string): Promise<DailyRoot | undefined>;
  tipsOf(root: DailyRoot): Promise<readonly ChainTip[]>;
}

export interface DailyRoot {
  /** The civil day that it closes. */
  readonly day: string;
  readonly madeAt: string;
  readonly chains: number;
  /** SHA-256 over the sorted tips. */
  readonly tipsHash: string;
  /** Hash of the root before, so that roots are a chain too. */
  readonly previous: string;
  readonly hash: string;
}

/** Journals a batch under the day of its entries; one object a day and batch. */
export async function journalBatch(
  ledger: Ledger,
  batch: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  const byDay = Map.groupBy(entries, (entry) => civilDateOf(entry.at));
  for (const [day, ofDay] of byDay) await ledger.putJournal(`${day}/${batch}`, ofDay);
}

/** Closes every civil day since the last root, up to yesterday. Running it twice makes nothing new. */
export async function closeDays(ledger: Ledger, now: string): Promise<readonly DailyRoot[]> {
  const yesterday = addDays(civilDateOf(now), -1);
  const last = await ledger.latestRoot(yesterday);
  const tips = new Map((last ? await ledger.tipsOf(last) : []).map((tip) => [tip.record, tip]));
  const made: DailyRoot[] = [];
  let previous = last?.hash ?? '';
  // The stream may deliver late, within its 24 hours: the day closed last is read once more.
  if (last) for await (const entries of ledger.journalOf(last.day)) advance(tips, entries);
  const start = last ? addDays(last.day, 1) : await ledger.firstDay();
  for (let day = start ?? civilDateOf(now); day <= yesterday; day = addDays(day, 1)) {
    for await (const entries of ledger.journalOf(day)) advance(tips, entries);
    const sorted = [...tips.values()].sort((a, b) => (a.record < b.record ? -1 : 1));
    const unsigned = { day, madeAt: now, chains: sorted.length, tipsHash: hashOf(sorted), previous };
    const root = { ...unsigned, hash: hashOf(unsigned) };
    await ledger.putRoot(root, sorted);
    // A first root stands. If it is another's, that run is at work: a root of ours after it would name the wrong one.
    if ((await ledger.latestRoot(day))?.hash !== root.hash) break;
    made.push(root);
    previous = root.hash;
  }
  return made;
}

function advance(tips: Map<string, ChainTip>, entries: readonly AuditEntry[]): void {
  for (const { record, seq, hash } of entries) {
    const known = tips.get(record);
    if (!known || known.seq < seq) tips.set(record, { record, seq, hash });
  }
}
