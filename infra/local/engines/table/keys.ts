/** Where an item lies: its key in the table, and its rows in the indexes. */
import { attributeOf, setAttribute, typeOf, type AttributeValue, type Item } from './attribute-values.ts';
import {
  indexKeyNames,
  keyAttributes,
  type IndexDefinition,
  type KeyAttribute,
  type KeySchema,
  type TableDefinition,
} from './definition.ts';
import { validationError } from './errors.ts';
import { Image } from './image.ts';
import { binaryLength, utf8Length } from './item-size.ts';
import { joined, keyText } from './key-text.ts';
import type { Row, RowKey } from './store.ts';

const maxPartitionKey = 2048;
const maxSortKey = 1024;

/** The key of an item that is to be put. @throws TableError when a key attribute is missing or unfit */
export function keyOfItem({ keys }: TableDefinition, item: Item): RowKey {
  for (const { name, type } of keyAttributes(keys)) {
    const value = attributeOf(item, name);
    if (!value) throw invalid(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) {
      throw invalid(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
    }
  }
  assertKeyFits(keys, item);
  return rowKey(keys, item);
}

/** The key a request names. @throws TableError when it is not the table's key, no more and no less */
export function keyGiven({ keys }: TableDefinition, key: Item): RowKey {
  const wanted = keyAttributes(keys);
  if (Object.keys(key).length !== wanted.length || !wanted.every((one) => fits(one, key))) {
    throw validationError('The provided key element does not match the schema');
  }
  assertKeyFits(keys, key);
  return rowKey(keys, key);
}

/** The attributes of an item's key alone. */
export function keyItem({ keys }: TableDefinition, item: Item): Item {
  const key: Item = {};
  for (const { name } of keyAttributes(keys)) setAttribute(key, name, item[name] as AttributeValue);
  return key;
}

/** Refuses an empty or overlong key. */
export function assertKeyFits(keys: KeySchema, key: Item): void {
  for (const { name } of keyAttributes(keys)) {
    if (length(key[name] as AttributeValue) === 0) {
      throw validationError(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kindOf(key[name])} value. Key: ${name}`,
      );
    }
  }
  if (length(key[keys.partition.name] as AttributeValue) > maxPartitionKey) {
    throw invalid('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  }
  if (keys.sort && length(key[keys.sort.name] as AttributeValue) > maxSortKey) {
    throw invalid('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
  }
}

/** Refuses index keys of another type or empty; an absent one only keeps the item out of the index. */
export function assertIndexKeysFit(table: TableDefinition, item: Item): void {
  for (const index of table.indexes) {
    for (const { name, type } of keyAttributes(index.keys)) {
      const value = attributeOf(item, name);
      if (!value) continue;
      if (typeOf(value) !== type) {
        throw invalid(
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      }
      if (length(value) === 0) {
        throw validationError(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${kindOf(value)} value. IndexName: ${index.name}, IndexKey: ${name}`,
        );
      }
    }
  }
}

/** The row an item has in an index, or none when it lacks one of the index's keys. */
export function indexRow(table: TableDefinition, index: IndexDefinition, image: Image): Row | undefined {
  const { item } = image;
  if (!keyAttributes(index.keys).every((one) => fits(one, item))) return undefined;
  return {
    ...indexRowKey(table, index, item),
    image: index.projection === 'ALL' ? image : projected(table, index, item),
  };
}

/** Where an item lies in an index: after the index's sort key come the table's keys, so that rows are told apart. */
export function indexRowKey(table: TableDefinition, index: IndexDefinition, item: Item): RowKey {
  const texts = [index.keys.sort, table.keys.partition, table.keys.sort].flatMap((one) =>
    one ? [keyText(item[one.name] as AttributeValue)] : [],
  );
  return { partition: keyText(item[index.keys.partition.name] as AttributeValue), sort: joined(texts) };
}

/** Whether the item has the attribute, in its type. */
export function fits({ name, type }: KeyAttribute, item: Item): boolean {
  const value = attributeOf(item, name);
  return value !== undefined && type in value;
}

function rowKey({ partition, sort }: KeySchema, item: Item): RowKey {
  return {
    partition: keyText(item[partition.name] as AttributeValue),
    sort: sort ? joined([keyText(item[sort.name] as AttributeValue)]) : '',
  };
}

function projected(table: TableDefinition, index: IndexDefinition, item: Item): Image {
  const part: Item = {};
  for (const name of [...indexKeyNames(table, index), ...index.include]) {
    const value = attributeOf(item, name);
    if (value) setAttribute(part, name, value);
  }
  return Image.of(part);
}

function length(value: AttributeValue): number {
  if ('S' in value) return utf8Length(value.S);
  return 'B' in value ? binaryLength(value.B) : 1;
}

function kindOf(value: AttributeValue | undefined): string {
  return value && 'B' in value ? 'binary' : 'string';
}

function invalid(message: string): Error {
  return validationError(`One or more parameter values were invalid: ${message}`);
}
