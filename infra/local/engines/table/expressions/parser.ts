/** The grammars of the service's expressions, by recursive descent. */
import { validationError } from '../errors.ts';
import { ExpressionFault } from './lexer.ts';
import { parseConditionTree } from './condition-grammar.ts';
import type { Condition, Parsed, Path, Update } from './syntax.ts';
import { TokenReader } from './token-reader.ts';
import { parseUpdateTree } from './update-grammar.ts';

/** Which member of the request an expression came from, as messages name it. */
export type ExpressionName =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

/** @throws TableError when the text is no condition */
export function parseCondition(name: ExpressionName, text: string): Parsed<Condition> {
  return cached(conditions, name, text, parseConditionTree);
}

/** @throws TableError when the text is no update expression */
export function parseUpdate(text: string): Parsed<Update> {
  return cached(updates, 'UpdateExpression', text, parseUpdateTree);
}

/** @throws TableError when the text is no list of document paths */
export function parseProjection(text: string): Parsed<readonly Path[]> {
  return cached(projections, 'ProjectionExpression', text, (reader) => {
    const paths = [reader.path()];
    while (reader.takes(',')) paths.push(reader.path());
    reader.expectEnd();
    return paths;
  });
}

const conditions = new Map<string, Parsed<Condition>>();
const updates = new Map<string, Parsed<Update>>();
const projections = new Map<string, Parsed<readonly Path[]>>();

const cacheSize = 1000;
const maxLength = 4096;
const maxOperators = 300;

/** A program writes few different expressions, and sends them again and again. */
function cached<Tree>(
  cache: Map<string, Parsed<Tree>>,
  name: ExpressionName,
  text: string,
  parse: (reader: TokenReader) => Tree,
): Parsed<Tree> {
  const known = cache.get(text);
  if (known) return known;
  const fresh = explained(name, () => {
    if (text.trim() === '') throw new ExpressionFault('The expression can not be empty;');
    if (Buffer.byteLength(text) > maxLength) {
      throw new ExpressionFault(
        `Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(text)}`,
      );
    }
    const reader = new TokenReader(text);
    const tree = parse(reader);
    if (reader.operators > maxOperators) {
      throw new ExpressionFault(
        `The expression contains too many operators; operator count: ${maxOperators + 1}`,
      );
    }
    return { tree, names: reader.names, values: reader.values };
  });
  if (cache.size >= cacheSize) cache.clear();
  cache.set(text, fresh);
  return fresh;
}

/** Runs the work and says of a fault which expression has it. */
export function explained<T>(name: ExpressionName, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExpressionFault) throw validationError(`Invalid ${name}: ${error.message}`);
    throw error;
  }
}
