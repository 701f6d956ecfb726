/** Verifies a chain: names the first broken link, and says what is wrong with it. */
import { hashOf } from '../../kernel/hash.ts';
import type { AuditEntry, Chained } from './entry.ts';
import { recordHash } from './entry.ts';

export type ChainFault =
  | { readonly fault: 'gap'; readonly record: string; readonly seq: number }
  | { readonly fault: 'altered-entry'; readonly record: string; readonly seq: number }
  | { readonly fault: 'broken-link'; readonly record: string; readonly seq: number }
  | { readonly fault: 'altered-record'; readonly record: string; readonly seq: number }
  | { readonly fault: 'cut-tail'; readonly record: string; readonly seq: number; readonly expected: number }
  | { readonly fault: 'missing-chain'; readonly record: string; readonly expected: number }
  | { readonly fault: 'differs-from-journal'; readonly record: string; readonly seq: number };

/**
 * @param entries the chain's entries in order of number; `record` its current record, when there is one.
 * @returns the first fault, or undefined when every link holds.
 */
export function verifyChain(
  name: string,
  entries: readonly AuditEntry[],
  record?: Chained,
): ChainFault | undefined {
  let previous = '';
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) return { fault: 'gap', record: name, seq: index + 1 };
    const { hash, correlationId: _thread, ...unsigned } = entry;
    if (hashOf(unsigned) !== hash || entry.record !== name)
      return { fault: 'altered-entry', record: name, seq: entry.seq };
    if (entry.previous !== previous) return { fault: 'broken-link', record: name, seq: entry.seq };
    previous = hash;
  }
  const last = entries.at(-1);
  if (record && (!last || last.seq < record.seq)) {
    return { fault: 'cut-tail', record: name, seq: last?.seq ?? 0, expected: record.seq };
  }
  if (
    record &&
    last &&
    (last.hash !== record.hash || last.seq !== record.seq || recordHash(record) !== last.after)
  ) {
    return { fault: 'altered-record', record: name, seq: last.seq };
  }
  return undefined;
}

/** A root's line about a chain: how far it had come that day. */
export interface ChainTip {
  readonly record: string;
  readonly seq: number;
  readonly hash: string;
}

/** Holds a chain against the tip that a daily root remembers. */
export function verifyAgainstTip(tip: ChainTip, entries: readonly AuditEntry[]): ChainFault | undefined {
  if (entries.length === 0) return { fault: 'missing-chain', record: tip.record, expected: tip.seq };
  const entry = entries[tip.seq - 1];
  if (!entry) return { fault: 'cut-tail', record: tip.record, seq: entries.length, expected: tip.seq };
  return entry.hash === tip.hash
    ? undefined
    : { fault: 'differs-from-journal', record: tip.record, seq: tip.seq };
}
