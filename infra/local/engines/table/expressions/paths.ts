/** Document paths: reading what lies at one, and refusing paths that get in each other's way. */
import { attributeOf, type AttributeValue, type Item } from '../attribute-values.ts';
import type { Steps } from './bindings.ts';
import { ExpressionFault } from './lexer.ts';

/** @returns undefined when the path leads nowhere */
export function valueAt(item: Item, steps: Steps): AttributeValue | undefined {
  let found = attributeOf(item, steps[0] as string);
  for (let at = 1; at < steps.length && found; at++) found = childOf(found, steps[at] as string | number);
  return found;
}

export function childOf(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value ? attributeOf(value.M, step) : undefined;
}

/** @throws ExpressionFault when one path holds another, or two take the same place for a list and for a map */
export function assertApart(paths: readonly Steps[]): void {
  for (const [index, second] of paths.entries()) {
    for (const first of paths.slice(0, index)) {
      const clash = clashOf(first, second);
      if (clash) {
        throw new ExpressionFault(
          `Two document paths ${clash} with each other; must remove or rewrite one of these paths; path one: ${shown(first)}, path two: ${shown(second)}`,
        );
      }
    }
  }
}

function clashOf(first: Steps, second: Steps): 'overlap' | 'conflict' | undefined {
  const length = Math.min(first.length, second.length);
  for (let at = 0; at < length; at++) {
    if (first[at] === second[at]) continue;
    return typeof first[at] === typeof second[at] ? undefined : 'conflict';
  }
  return 'overlap';
}

function shown(steps: Steps): string {
  return `[${steps.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}
