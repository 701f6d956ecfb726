/** One write of one item, as a request asks for it. */
import { acceptItem, type Item } from './attribute-values.ts';
import type { Context } from './context.ts';
import { keyAttributes, type TableDefinition } from './definition.ts';
import { validationError } from './errors.ts';
import { Bindings } from './expressions/bindings.ts';
import { assertSensible } from './expressions/evaluate.ts';
import { explained, parseCondition, parseUpdate } from './expressions/parser.ts';
import type { Condition, Update } from './expressions/syntax.ts';
import { assertUpdateSensible, updatedPaths } from './expressions/update.ts';
import { Image } from './image.ts';
import { choice, optionalText, refuseLegacy, type Input } from './input.ts';
import { maxItemSize } from './item-size.ts';
import { assertIndexKeysFit, keyGiven, keyItem, keyOfItem } from './keys.ts';
import type { RowKey } from './store.ts';

export type WriteKind = 'put' | 'update' | 'delete' | 'check';

/** A write as asked, checked as far as that goes without reading the item. */
export interface Write {
  readonly kind: WriteKind;
  readonly table: TableDefinition;
  readonly key: RowKey;
  readonly keyItem: Item;
  /** What a put puts. */
  readonly image: Image | undefined;
  readonly condition: Condition | undefined;
  readonly update: Update | undefined;
  readonly bindings: Bindings;
  /** The item is to be shown when the condition fails. */
  readonly showsFailed: boolean;
}

/** @throws TableError when the request cannot be right, whatever lies in the table */
export function readWrite({ catalog }: Context, kind: WriteKind, input: Input): Write {
  refuseLegacy(input);
  const table = catalog.of(input);
  const conditionText = optionalText(input, 'ConditionExpression');
  const updateText = kind === 'update' ? optionalText(input, 'UpdateExpression') : undefined;
  if (kind === 'check' && conditionText === undefined) {
    throw validationError('The ConditionExpression of a ConditionCheck must not be null');
  }
  const condition =
    conditionText === undefined ? undefined : parseCondition('ConditionExpression', conditionText);
  const update = updateText === undefined ? undefined : parseUpdate(updateText);
  const bindings = Bindings.of(
    input,
    kind === 'update'
      ? [
          ['UpdateExpression', update],
          ['ConditionExpression', condition],
        ]
      : [['ConditionExpression', condition]],
  );
  if (condition) explained('ConditionExpression', () => assertSensible(condition.tree, bindings));
  if (update) assertUpdatable(table, update.tree, bindings);
  const item = kind === 'put' ? acceptItem(input['Item']) : undefined;
  const given = item ?? acceptItem(input['Key'], 'Key');
  const key = item ? keyOfItem(table, item) : keyGiven(table, given);
  return {
    kind,
    table,
    key,
    keyItem: item ? keyItem(table, item) : given,
    image: item && fitting(table, item, 'Item size has exceeded the maximum allowed size'),
    condition: condition?.tree,
    update: update?.tree,
    bindings,
    showsFailed: choice(input, 'ReturnValuesOnConditionCheckFailure', ['NONE', 'ALL_OLD']) === 'ALL_OLD',
  };
}

function assertUpdatable(table: TableDefinition, update: Update, bindings: Bindings): void {
  explained('UpdateExpression', () => assertUpdateSensible(update, bindings));
  for (const [name] of updatedPaths(update, bindings)) {
    if (keyAttributes(table.keys).some((key) => key.name === name)) {
      throw validationError(
        `One or more parameter values were invalid: Cannot update attribute ${String(name)}. This attribute is part of the key`,
      );
    }
  }
}

/** The item as an image. @throws TableError with `oversize` when it is too large, or when an index key does not fit */
export function fitting(table: TableDefinition, item: Item, oversize: string): Image {
  assertIndexKeysFit(table, item);
  const image = Image.of(item);
  if (image.size > maxItemSize) throw validationError(oversize);
  return image;
}
