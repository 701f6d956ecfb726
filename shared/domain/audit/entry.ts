/**
 * An audit entry (审计记录) is the event: one per change, chained per record, immutable. It keeps field names and hashes,
 * never a person's data; of people it names the subject, office and role.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { hashOf } from '../../kernel/hash.ts';

export const AuditEntry = once(() =>
  z.object({
    /** The record whose chain this is: `submission:<id>`, `document:<id>`, `city:<code>`, `obligation:<id>`, `rule-set:<city>/<number>`, `calendar:<year>`. */
    record: z.string(),
    /** 1, 2, 3 … without a gap. */
    seq: z.int(),
    at: z.string(),
    /** Past tense: `submission.signed`. */
    type: z.string(),
    by: z.object({ sub: z.string(), office: z.string(), role: z.string().optional() }),
    /** What consumers need to know of the event; nothing personal. */
    facts: z.record(z.string(), z.unknown()),
    /** Hash of the record after the change, without its own audit fields. */
    after: z.string(),
    /** Hash of the entry before; empty for the first. */
    previous: z.string(),
    hash: z.string(),
    /** 追踪号: the request or run that it comes from. It says nothing of the matter, so the hash leaves it out; the journal keeps it. */
    correlationId: z.string().optional(),
  }),
);
export type AuditEntry = z.infer<ReturnType<typeof AuditEntry>>;

/** What a decision says of itself; the rest of the entry follows from the record. */
export interface EventDraft {
  readonly type: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A record that carries its own chain: number and hash of its last entry. */
export interface Chained {
  readonly seq: number;
  readonly hash: string;
}

/** The system itself as an actor: triggers and schedules. */
export const systemActor = { sub: 'system', office: 'PLATFORM' } as const;

/** Hash of a record's content, without the fields that the chain itself keeps. */
export function recordHash(record: Chained): string {
  const { seq: _seq, hash: _hash, ...content } = record;
  return hashOf(content);
}

/**
 * The next entry of a record's chain, and the record that carries it.
 * @param before the record as it was, or undefined for a new one; `after` is the record with its new content.
 */
export function chain<R extends Chained>(
  name: string,
  before: Chained | undefined,
  after: R,
  event: EventDraft,
  by: { readonly sub: string; readonly office: string; readonly role?: string | undefined },
  at: string,
): { record: R; entry: AuditEntry } {
  const unsigned = {
    record: name,
    seq: (before?.seq ?? 0) + 1,
    at,
    type: event.type,
    by: { sub: by.sub, office: by.office, ...(by.role ? { role: by.role } : {}) },
    facts: { ...event.facts },
    after: recordHash(after),
    previous: before?.hash ?? '',
  };
  const entry: AuditEntry = { ...unsigned, hash: hashOf(unsigned) };
  return { record: { ...after, seq: entry.seq, hash: entry.hash }, entry };
}
