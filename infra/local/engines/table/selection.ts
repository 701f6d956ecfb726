/** Which part of an item, and which items, a read gives back. */
import type { Item } from './attribute-values.ts';
import { indexKeyNames, keyAttributes, type IndexDefinition, type TableDefinition } from './definition.ts';
import { validationError } from './errors.ts';
import { Bindings, type Steps } from './expressions/bindings.ts';
import { assertSensible, satisfies } from './expressions/evaluate.ts';
import { explained, parseCondition, parseProjection, type ExpressionName } from './expressions/parser.ts';
import { assertApart } from './expressions/paths.ts';
import { picker } from './expressions/projection.ts';
import type { Condition, Operand, Parsed, Path } from './expressions/syntax.ts';
import { choice, optionalText, type Input } from './input.ts';

/** What a ProjectionExpression leaves of an item; all of it when there is none. For reads that have no other expression. */
export function readProjection(input: Input): (item: Item) => Item {
  const parsed = projectionOf(input);
  const bindings = Bindings.of(input, [['ProjectionExpression', parsed]]);
  return parsed ? picker(stepsOf(parsed, bindings)) : whole;
}

const whole = (item: Item): Item => item;

function projectionOf(input: Input): Parsed<readonly Path[]> | undefined {
  const text = optionalText(input, 'ProjectionExpression');
  return text === undefined ? undefined : parseProjection(text);
}

function stepsOf({ tree }: Parsed<readonly Path[]>, bindings: Bindings): Steps[] {
  const paths = tree.map((path) => bindings.steps(path));
  explained('ProjectionExpression', () => assertApart(paths));
  return paths;
}

export interface Selection {
  readonly counts: boolean;
  readonly bindings: Bindings;
  readonly keyCondition: Condition | undefined;
  keeps(item: Item): boolean;
  pick(item: Item): Item;
}

/** Reads what a Query or Scan selects. @throws TableError when the expressions do not go together or with the index */
export function readSelection(
  input: Input,
  table: TableDefinition,
  index: IndexDefinition | undefined,
  queries: boolean,
): Selection {
  const condition = (name: ExpressionName) => {
    const text = optionalText(input, name);
    return text === undefined ? undefined : parseCondition(name, text);
  };
  const filter = condition('FilterExpression');
  const keyCondition = queries ? condition('KeyConditionExpression') : undefined;
  const projection = projectionOf(input);
  const bindings = Bindings.of(input, [
    ['FilterExpression', filter],
    ['ProjectionExpression', projection],
    ...(queries ? [['KeyConditionExpression', keyCondition] as const] : []),
  ]);
  if (filter) explained('FilterExpression', () => assertSensible(filter.tree, bindings));
  if (keyCondition) explained('KeyConditionExpression', () => assertSensible(keyCondition.tree, bindings));
  if (filter && queries) assertNoKeys(filter.tree, bindings, index ?? table);
  const paths = projection && stepsOf(projection, bindings);
  if (index) assertProjected(table, index, paths ?? []);
  return {
    counts: readSelect(input, index, projection !== undefined) === 'COUNT',
    bindings,
    keyCondition: keyCondition?.tree,
    keeps: filter ? (item) => satisfies(item, filter.tree, bindings) : () => true,
    pick: paths ? picker(paths) : whole,
  };
}

function readSelect(input: Input, index: IndexDefinition | undefined, projects: boolean): string {
  const usual = projects ? 'SPECIFIC_ATTRIBUTES' : index ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
  const select = choice({ Select: usual, ...input }, 'Select', [
    'ALL_ATTRIBUTES',
    'ALL_PROJECTED_ATTRIBUTES',
    'SPECIFIC_ATTRIBUTES',
    'COUNT',
  ]);
  if (projects !== (select === 'SPECIFIC_ATTRIBUTES')) {
    throw validationError(
      projects
        ? `Cannot specify the ProjectionExpression when choosing to get ${select === 'COUNT' ? 'only the Count' : select}`
        : 'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !index) {
    throw validationError('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (select === 'ALL_ATTRIBUTES' && index && index.projection !== 'ALL') {
    throw validationError(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  return select;
}

function assertProjected(table: TableDefinition, index: IndexDefinition, paths: readonly Steps[]): void {
  if (index.projection === 'ALL') return;
  const projected = new Set([...indexKeyNames(table, index), ...index.include]);
  const absent = paths.map(([name]) => String(name)).filter((name) => !projected.has(name));
  if (absent.length > 0) {
    throw validationError(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${absent.join(', ')}]`,
    );
  }
}

function assertNoKeys(
  filter: Condition,
  bindings: Bindings,
  { keys }: TableDefinition | IndexDefinition,
): void {
  const names = new Set(pathsOf(filter).map((path) => bindings.steps(path)[0]));
  const key = keyAttributes(keys).find(({ name }) => names.has(name));
  if (key) {
    throw validationError(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key.name}`,
    );
  }
}

function pathsOf(condition: Condition): Path[] {
  const inOperands = (...operands: Operand[]) =>
    operands.flatMap((one) => (one.kind === 'value' ? [] : one.path));
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...pathsOf(condition.left), ...pathsOf(condition.right)];
    case 'not':
      return pathsOf(condition.condition);
    case 'compare':
      return inOperands(condition.left, condition.right);
    case 'between':
      return inOperands(condition.operand, condition.low, condition.high);
    case 'in':
      return inOperands(condition.operand, ...condition.options);
    case 'attribute_exists':
    case 'attribute_not_exists':
      return [condition.path];
    case 'attribute_type':
      return [condition.path, ...inOperands(condition.type)];
    case 'begins_with':
    case 'contains':
      return [condition.path, ...inOperands(condition.operand)];
  }
}
