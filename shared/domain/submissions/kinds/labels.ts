/** Field names in both languages, out of `.describe('中文|English')`. */
import * as z from 'zod';
import type { Text } from '../../../kernel/refusal.ts';
import type { Kind } from '../kind.ts';

type Schema = Record<string, unknown>;

/** Splits `中文|English`; a description without a bar serves both. */
export function labelOf(description: unknown): Text | undefined {
  if (typeof description !== 'string') return undefined;
  const [zh = '', en = zh] = description.split('|');
  return { zh, en };
}

/** The JSON Schema of a kind's content, each field with `x-title` in both languages. */
export function contentSchema(kind: Kind): Schema {
  return titled(z.toJSONSchema(kind.content(), { io: 'input' })) as Schema;
}

function titled(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(titled);
  if (typeof node !== 'object' || node === null) return node;
  const schema = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, titled(value)]));
  const label = labelOf(schema['description']);
  return label ? { ...schema, title: label.zh, 'x-title': label } : schema;
}

/** The label of the field at a pointer, found by walking the schema; the last segment when the schema knows none. */
export function labelAt(schema: Schema, path: readonly string[]): Text {
  let node: Schema | undefined = schema;
  let label: Text | undefined;
  for (const part of path) {
    node = node && child(node, part);
    label = node ? (labelOf(node['description']) ?? label) : label;
  }
  const last = path.at(-1) ?? '';
  return label ?? { zh: last, en: last };
}

function child(node: Schema, part: string): Schema | undefined {
  const options = node['anyOf'];
  if (Array.isArray(options))
    return (options as Schema[]).map((option) => child(option, part)).find((found) => found !== undefined);
  const properties = node['properties'] as Record<string, Schema> | undefined;
  return properties?.[part] ?? (node['items'] as Schema | undefined);
}
