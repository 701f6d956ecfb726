/** What changed between two versions of a content, leaf by leaf, each with the field's name. */
import { pointerPart, pointerParts } from '../../../kernel/json-pointer.ts';
import type { Text } from '../../../kernel/refusal.ts';
import type { Kind } from '../kind.ts';
import { contentSchema, labelAt } from './labels.ts';

export interface Change {
  readonly pointer: string;
  readonly label: Text;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Rows of a list are held together by what names them, so that an inserted row does not change all that follow. */
const rowNames = ['county', 'year', 'code', 'type', 'name'] as const;

export function differenceOf(kind: Kind, before: unknown, after: unknown): readonly Change[] {
  return differenceIn(contentSchema(kind), before, after);
}

/** @param schema the content's JSON Schema, whose descriptions name the fields */
export function differenceIn(
  schema: Record<string, unknown>,
  before: unknown,
  after: unknown,
): readonly Change[] {
  const was = leaves(before);
  const is = leaves(after);
  const pointers = [...new Set([...was.keys(), ...is.keys()])];
  return pointers.flatMap((pointer) => {
    const [old, fresh] = [was.get(pointer), is.get(pointer)];
    if (old === fresh) return [];
    const label = labelAt(schema, pointerParts(pointer));
    return [
      {
        pointer,
        label,
        ...(old === undefined ? {} : { before: old }),
        ...(fresh === undefined ? {} : { after: fresh }),
      },
    ];
  });
}

type Leaf = string | number | boolean | null;

function leaves(value: unknown, at = ''): Map<string, Leaf> {
  if (value === undefined) return new Map();
  if (value === null || typeof value !== 'object') return new Map([[at, value as Leaf]]);
  const members: [string, unknown][] = Array.isArray(value) ? namedRows(value) : Object.entries(value);
  return new Map(members.flatMap(([name, member]) => [...leaves(member, `${at}${pointerPart(name)}`)]));
}

/** By name where each row has one of its own, otherwise by place. */
function namedRows(rows: readonly unknown[]): [string, unknown][] {
  const names = rows.map((row, index) => rowName(row) ?? String(index));
  const distinct = new Set(names).size === rows.length;
  return rows.map((row, index) => [distinct ? (names[index] ?? '') : String(index), row]);
}

function rowName(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  return rowNames
    .map((field) => (row as Record<string, unknown>)[field])
    .find((found) => typeof found === 'string');
}
