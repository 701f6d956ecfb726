/** Page cursors: the last key, opaque to the caller. A cursor that we did not make is refused, never guessed at. */
import * as z from 'zod';

const Cursor = z.record(z.string(), z.string());

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

export function encodeCursor(key: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

export function decodeCursor(cursor: string): Record<string, string> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new InvalidCursor('The cursor is not one of ours');
  }
}
