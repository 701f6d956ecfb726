/** What an update expression makes of an item. */
import { attributeOf, setAttribute, typeOf, type AttributeValue, type Item } from '../attribute-values.ts';
import { addNumbers } from '../decimal.ts';
import { validationError } from '../errors.ts';
import type { Bindings, Steps } from './bindings.ts';
import { ExpressionFault } from './lexer.ts';
import { assertApart, childOf, valueAt } from './paths.ts';
import type { Path, SetOperand, SetValue, Update } from './syntax.ts';

/** Every path the update writes. */
export function updatedPaths(update: Update, bindings: Bindings): Steps[] {
  return [
    ...update.set.map(({ path }) => path),
    ...update.remove,
    ...update.add.map(({ path }) => path),
    ...update.delete.map(({ path }) => path),
  ].map((path) => bindings.steps(path));
}

/** Refuses what can be seen to be wrong before the item is read. @throws ExpressionFault */
export function assertUpdateSensible(update: Update, bindings: Bindings): void {
  assertApart(updatedPaths(update, bindings));
  const assertOperand = (operator: string, placeholder: string, allowed: readonly string[]) => {
    const type = typeOf(bindings.value(placeholder));
    if (!allowed.includes(type)) {
      throw new ExpressionFault(
        `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${type}`,
      );
    }
  };
  for (const { placeholder } of update.add) assertOperand('ADD', placeholder, ['N', 'SS', 'NS', 'BS']);
  for (const { placeholder } of update.delete) assertOperand('DELETE', placeholder, ['SS', 'NS', 'BS']);
}

/**
 * Applies the update. Every operand is read from the item as it was.
 * @param before never changed
 * @throws TableError when a path or an operand does not fit the item
 */
export function updated(before: Item, update: Update, bindings: Bindings): Item {
  const values = update.set.map(({ path, value }) => [path, evaluate(before, value, bindings)] as const);
  const after = { ...before };
  const owned = new Set<string>();
  const place = (path: Path) => placeOf(after, bindings.steps(path), owned);
  for (const [path, value] of values) put(place(path), value);
  for (const { path, placeholder } of update.add) add(place(path), bindings.value(placeholder));
  for (const { path, placeholder } of update.delete) takeFromSet(place(path), bindings.value(placeholder));
  // The last element of a list first, so that the places of the others still hold.
  const removed = update.remove.map(place).sort((a, b) => indexOf(b) - indexOf(a));
  for (const one of removed) remove(one);
  return after;
}

/** Where a path ends: a map or list that belongs to the new item alone, and the name or place in it. */
type Place =
  { readonly map: Item; readonly name: string } | { readonly list: AttributeValue[]; readonly index: number };

function placeOf(item: Item, steps: Steps, owned: Set<string>): Place {
  const root = steps[0] as string;
  if (steps.length === 1) return { map: item, name: root };
  let value = attributeOf(item, root);
  if (value && !owned.has(root)) {
    value = structuredClone(value);
    setAttribute(item, root, value);
    owned.add(root);
  }
  for (const step of steps.slice(1, -1)) value = value && childOf(value, step);
  const last = steps.at(-1) as string | number;
  if (value && typeof last === 'string' && 'M' in value) return { map: value.M, name: last };
  if (value && typeof last === 'number' && 'L' in value) return { list: value.L, index: last };
  throw validationError('The document path provided in the update expression is invalid for update');
}

function indexOf(place: Place): number {
  return 'list' in place ? place.index : -1;
}

function current(place: Place): AttributeValue | undefined {
  return 'list' in place ? place.list[place.index] : attributeOf(place.map, place.name);
}

function put(place: Place, value: AttributeValue): void {
  if ('map' in place) setAttribute(place.map, place.name, value);
  else if (place.index < place.list.length) place.list[place.index] = value;
  else place.list.push(value);
}

function remove(place: Place): void {
  if ('map' in place) delete place.map[place.name];
  else if (place.index < place.list.length) place.list.splice(place.index, 1);
}

function evaluate(item: Item, value: SetValue, bindings: Bindings): AttributeValue {
  if (value.kind !== 'sum') return operand(item, value, bindings);
  const [left, right] = [operand(item, value.left, bindings), operand(item, value.right, bindings)];
  if (!('N' in left && 'N' in right)) throw wrongType();
  return { N: addNumbers(left.N, right.N, value.sign) };
}

function operand(item: Item, value: SetOperand, bindings: Bindings): AttributeValue {
  switch (value.kind) {
    case 'value':
      return bindings.value(value.placeholder);
    case 'path': {
      const found = valueAt(item, bindings.steps(value.path));
      if (!found)
        throw validationError(
          'The provided expression refers to an attribute that does not exist in the item',
        );
      return found;
    }
    case 'if_not_exists':
      return valueAt(item, bindings.steps(value.path)) ?? operand(item, value.otherwise, bindings);
    case 'list_append': {
      const [first, second] = [operand(item, value.first, bindings), operand(item, value.second, bindings)];
      if (!('L' in first && 'L' in second)) throw wrongType();
      return { L: [...first.L, ...second.L] };
    }
  }
}

function add(place: Place, value: AttributeValue): void {
  const present = current(place);
  if (!present) put(place, value);
  else if ('N' in present && 'N' in value) put(place, { N: addNumbers(present.N, value.N) });
  else if ('SS' in present && 'SS' in value) put(place, { SS: union(present.SS, value.SS) });
  else if ('NS' in present && 'NS' in value) put(place, { NS: union(present.NS, value.NS) });
  else if ('BS' in present && 'BS' in value) put(place, { BS: union(present.BS, value.BS) });
  else throw wrongType();
}

function takeFromSet(place: Place, value: AttributeValue): void {
  const present = current(place);
  if (!present) return;
  if ('SS' in present && 'SS' in value) keep(place, 'SS', without(present.SS, value.SS));
  else if ('NS' in present && 'NS' in value) keep(place, 'NS', without(present.NS, value.NS));
  else if ('BS' in present && 'BS' in value) keep(place, 'BS', without(present.BS, value.BS));
  else throw wrongType();
}

/** A set that has lost its last element is gone. */
function keep(place: Place, type: 'SS' | 'NS' | 'BS', elements: string[]): void {
  if (elements.length === 0) remove(place);
  else put(place, { [type]: elements } as AttributeValue);
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

function without(a: readonly string[], b: readonly string[]): string[] {
  const gone = new Set(b);
  return a.filter((element) => !gone.has(element));
}

function wrongType(): Error {
  return validationError('An operand in the update expression has an incorrect data type');
}
