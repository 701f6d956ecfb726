/** Reading the keys, indexes and stream of a table out of the request that makes or changes it. */
import type {
  IndexDefinition,
  KeyAttribute,
  KeySchema,
  StreamDefinition,
  StreamViewType,
} from './definition.ts';
import { constraintError, validationError } from './errors.ts';
import {
  choice,
  flag,
  list,
  optionalList,
  optionalRecord,
  optionalText,
  record,
  text,
  type Input,
} from './input.ts';

/** Types of the attributes that keys are made of. */
export type AttributeTypes = ReadonlyMap<string, KeyAttribute['type']>;

export function readAttributeTypes(input: Input): AttributeTypes {
  const definitions = optionalList(input, 'AttributeDefinitions') ?? [];
  return new Map(
    definitions.map((one) => {
      const definition = record(one, 'AttributeDefinition');
      text(definition, 'AttributeType');
      return [text(definition, 'AttributeName'), choice(definition, 'AttributeType', ['S', 'N', 'B'])];
    }),
  );
}

/** @throws TableError when it is no partition key with, at most, one sort key */
export function readKeys(input: Input, types: AttributeTypes): KeySchema {
  const [first, second] = list(input, 'KeySchema', 2).map((one) => {
    const element = record(one, 'KeySchemaElement');
    return { name: text(element, 'AttributeName'), role: text(element, 'KeyType') };
  });
  if (first?.role !== 'HASH')
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (second && second.role !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  if (first.name === second?.name) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  const attribute = (name: string): KeyAttribute => {
    const type = types.get(name);
    if (!type) {
      throw validationError(
        `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}], AttributeDefinitions: [${[...types.keys()].join(', ')}]`,
      );
    }
    return { name, type };
  };
  return { partition: attribute(first.name), ...(second ? { sort: attribute(second.name) } : {}) };
}

export function readIndex(input: Input, types: AttributeTypes, space: number): IndexDefinition {
  const name = text(input, 'IndexName');
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
    throw constraintError(name, 'indexName', 'Member must have length greater than or equal to 3');
  }
  const given = record(input['Projection'], 'Projection');
  const projection = choice(given, 'ProjectionType', ['ALL', 'KEYS_ONLY', 'INCLUDE']);
  const include = (optionalList(given, 'NonKeyAttributes') ?? []).map(String);
  if ((projection === 'INCLUDE') !== include.length > 0) {
    throw validationError(
      projection === 'INCLUDE'
        ? 'One or more parameter values were invalid: ProjectionType is INCLUDE, but NonKeyAttributes is not specified'
        : `One or more parameter values were invalid: ProjectionType is ${projection}, but NonKeyAttributes is specified`,
    );
  }
  return { name, space, keys: readKeys(input, types), projection, include };
}

/** @throws TableError when the definitions name an attribute that is no key */
export function assertAllUsed(types: AttributeTypes, schemas: readonly KeySchema[]): void {
  const used = new Set(schemas.flatMap(({ partition, sort }) => [partition.name, sort?.name]));
  const unused = [...types.keys()].filter((name) => !used.has(name));
  if (unused.length > 0) {
    throw validationError(
      `One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions; unused: [${unused.join(', ')}]`,
    );
  }
}

/** @returns undefined when the request says nothing of a stream; `off` when it turns it off */
export function readStream(input: Input, now: number): StreamDefinition | 'off' | undefined {
  const given = optionalRecord(input, 'StreamSpecification');
  if (!given) return undefined;
  // A template has no StreamEnabled: it names the view alone.
  if (given['StreamEnabled'] !== undefined && !flag(given, 'StreamEnabled')) return 'off';
  const view = optionalText(given, 'StreamViewType');
  if (view === undefined) {
    throw validationError(
      'One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true',
    );
  }
  const views: [StreamViewType, ...StreamViewType[]] = [
    'NEW_AND_OLD_IMAGES',
    'NEW_IMAGE',
    'OLD_IMAGE',
    'KEYS_ONLY',
  ];
  return {
    label: new Date(now).toISOString().replace('Z', ''),
    view: choice(given, 'StreamViewType', views),
  };
}
