/**
 * Page cursors: the last key, opaque to the caller. A cursor that we did not make, or made for another list, is refused,
 * never guessed at: it must lie in the very partition and range that is asked for.
 */
import * as z from 'zod';
import { tableSchema } from './table.ts';

/** What a list walks through: one partition of the table or of an index, and perhaps only sort keys that begin so. */
export interface Walk {
  readonly keys: { readonly partitionKey: string; readonly sortKey: string };
  readonly partition: string;
  readonly prefix?: string;
}

/** DynamoDB takes no longer sort key and no empty one. */
const keyBytes = 1024;

const Cursor = z.record(
  z.string(),
  z.string().refine((value) => value !== '' && Buffer.byteLength(value) <= keyBytes),
);

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

export function encodeCursor(key: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The start key that a cursor names. Throws InvalidCursor when it is none for this walk. */
export function decodeCursor(cursor: string, { keys, partition, prefix = '' }: Walk): Record<string, string> {
  const key = parsed(cursor);
  const names = new Set([keys.partitionKey, keys.sortKey, tableSchema.partitionKey, tableSchema.sortKey]);
  const given = Object.keys(key);
  const fits =
    given.length === names.size &&
    given.every((name) => names.has(name)) &&
    key[keys.partitionKey] === partition &&
    key[keys.sortKey]?.startsWith(prefix);
  if (!fits) throw new InvalidCursor('The cursor is not one of this list');
  return key;
}

function parsed(cursor: string): Record<string, string> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new InvalidCursor('The cursor is not one of ours');
  }
}
