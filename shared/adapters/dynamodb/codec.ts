/**
 * Records as items and back. Every item carries `v`, the version of its schema; what is read is parsed, so that a
 * damaged item is found where it is read and not three rooms later. Clocks are packed: a head stays near one kilobyte.
 */
import type * as z from 'zod';
import { CalendarItem } from './calendar-item.ts';
import { City } from '../../domain/cities/city.ts';
import { Document } from '../../domain/documents/document.ts';
import { Obligation } from '../../domain/duties/obligation.ts';
import { Head, type ClockSchema } from '../../domain/submissions/submission.ts';
import type { CalendarRecord, RecordChange } from '../../app/ports.ts';
import { keys, type Key } from './keys.ts';

export type Item = Record<string, unknown>;

/** Raise it together with a migration; a test hashes each schema and fails when one changes without it. */
export const schemaVersion = 1;

type Clock = z.infer<typeof ClockSchema>;

const letters = { started: 's', suspended: 'p', resumed: 'r', extended: 'x', ended: 'e' } as const;
const kindsByLetter = Object.fromEntries(Object.entries(letters).map(([kind, letter]) => [letter, kind]));

/** `opinion:R_NDRC|R_NDRC|5|S-07…|s mn3k2p.7;p mn4…` */
export function packClock(clock: Clock): string {
  const entries = clock.entries.map((entry) => {
    const at = Date.parse(entry.at).toString(36);
    const days = entry.kind === 'extended' ? entry.days : '';
    const ground = entry.kind === 'started' ? '' : entry.ground;
    return [letters[entry.kind], at, entry.seq, days, ground].join(',');
  });
  return [clock.name, clock.office, clock.limit, clock.basis, entries.join(';')].join('|');
}

export function unpackClock(packed: string): Clock {
  const [name = '', office = '', limit = '', basis = '', entries = ''] = packed.split('|');
  return {
    name,
    office,
    limit: Number(limit),
    basis,
    entries: entries.split(';').map((entry) => {
      const [letter = '', at = '', seq = '', days = '', ground = ''] = entry.split(',');
      const kind = kindsByLetter[letter];
      const common = { at: new Date(Number.parseInt(at, 36)).toISOString(), seq: Number(seq) };
      if (kind === 'started') return { kind, ...common };
      if (kind === 'extended') return { kind, ...common, days: Number(days), ground };
      return { kind: kind as 'suspended' | 'resumed' | 'ended', ...common, ground };
    }),
  };
}

export function headItem(head: Head): Item {
  const { clocks, ...rest } = head;
  return {
    ...keys.submission(head.id),
    v: schemaVersion,
    seq: head.seq,
    data: { ...rest, clocks: clocks.map(packClock) },
    ownerPk: `OWNER#${head.owner}`,
    ownerSk: `${head.kind}#${head.period}#${head.id}`,
    listed: { path: head.path, state: head.state, frozen: head.frozen, updatedAt: head.updatedAt },
  };
}

export function headOf(item: Item): Head {
  const data = item['data'] as { clocks: string[] };
  return Head.parse({ ...data, clocks: data.clocks.map(unpackClock) });
}

const plain = { document: Document, city: City, obligation: Obligation, calendar: CalendarItem } as const;

/** The record that an item carries, by the kind of record its chain's name says. */
export function recordOf(
  kind: RecordChange['kind'],
  item: Item,
): Head | Document | City | Obligation | CalendarRecord {
  return kind === 'submission' ? headOf(item) : plain[kind].parse(item['data']);
}

export function recordItem(change: RecordChange): Item {
  const common = { v: schemaVersion, seq: change.after.seq };
  switch (change.kind) {
    case 'submission':
      return headItem(change.after);
    case 'document':
      return {
        ...keys.document(change.after.submission, change.after.id),
        ...common,
        data: change.after,
        ...(change.after.state === 'awaiting-upload' ? fallsDue(change.after) : {}),
      };
    case 'city':
      return { ...keys.city(change.after.code), ...common, data: change.after };
    case 'obligation':
      return { ...keys.obligation(change.after.id), ...common, data: change.after };
    case 'calendar':
      return { ...keys.calendar(change.after.year), ...common, data: change.after };
  }
}

/** Uploads that were never made are found by the day on which they lapse, in shards. */
export const dueShards = 4;

function fallsDue(document: Document): Item {
  const shard = Number.parseInt(document.id.slice(-2), 16) % dueShards;
  return {
    duePk: `DUE#${document.expiresAt.slice(0, 10)}#${shard}`,
    dueSk: `${document.expiresAt}#${document.id}`,
    dueTask: { submission: document.submission, document: document.id },
  };
}

export function keyOf(item: Item): Key {
  return { PK: String(item['PK']), SK: String(item['SK']) };
}
