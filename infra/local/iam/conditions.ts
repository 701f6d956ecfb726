/** The conditions of a statement. All must hold; a key with several values holds with any of them. */
import { isLike } from './policy.ts';

export type Conditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[] | boolean>>>
>;
type Context = Readonly<Record<string, readonly string[]>>;
type Test = (wanted: string, is: string) => boolean;

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (wanted, is) => wanted === is,
  StringLike: (wanted, is) => isLike(wanted, is),
  ArnEquals: (wanted, is) => isLike(wanted, is),
  ArnLike: (wanted, is) => isLike(wanted, is),
  Bool: (wanted, is) => wanted.toLowerCase() === is.toLowerCase(),
  NumericLessThan: (wanted, is) => Number(is) < Number(wanted),
};

/** Those that hold when none of the values fits. */
const negated: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotLike: 'StringLike',
  ArnNotLike: 'ArnLike',
};

/** @throws Error that names an operator that is not understood */
export function holds(conditions: Conditions, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holdsOne(operator, [wanted].flat().map(String), valuesOf(context, key)),
    ),
  );
}

function holdsOne(operator: string, wanted: readonly string[], is: readonly string[] | undefined): boolean {
  const [quantifier, plain] = operator.includes(':')
    ? (operator.split(':') as [string, string])
    : ['', operator];
  const optional = plain.endsWith('IfExists');
  const name = optional ? plain.slice(0, -'IfExists'.length) : plain;
  const test = tests[negated[name] ?? name];
  if (!test || !['', 'ForAllValues', 'ForAnyValue'].includes(quantifier))
    throw new Error(`IAM: the condition ${operator} is not understood on one machine`);
  const fits = (value: string): boolean => wanted.some((one) => test(one, value)) !== name in negated;
  // Over no values at all, all fit and none does.
  if (quantifier === 'ForAllValues') return (is ?? []).every(fits);
  if (quantifier === 'ForAnyValue') return (is ?? []).some(fits);
  if (is === undefined) return optional || name in negated;
  return is.some(fits);
}

/** Names of keys have no case. */
function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const name = Object.keys(context).find((one) => one.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : context[name];
}
