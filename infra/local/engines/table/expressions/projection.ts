/** Taking from an item only what some document paths name. */
import { setAttribute, type AttributeValue, type Item } from '../attribute-values.ts';
import type { Steps } from './bindings.ts';
import { childOf } from './paths.ts';
import { attributeOf } from '../attribute-values.ts';

/** What is wanted below a place: all of it, or the parts named. */
type Wanted = 'all' | Map<string | number, Wanted>;

/** @returns a function giving a new item with what the paths name; elements of a list close up in their order */
export function picker(paths: readonly Steps[]): (item: Item) => Item {
  const root = new Map<string | number, Wanted>();
  for (const steps of paths) want(root, steps);
  return (item) => pickFrom(item, root);
}

function want(root: Map<string | number, Wanted>, steps: Steps): void {
  let node = root;
  for (const [at, step] of steps.entries()) {
    if (at === steps.length - 1) {
      node.set(step, 'all');
      return;
    }
    const below = node.get(step);
    // Asked for as a whole already.
    if (below === 'all') return;
    const next = below ?? new Map<string | number, Wanted>();
    node.set(step, next);
    node = next;
  }
}

function pickFrom(item: Item, wanted: Map<string | number, Wanted>): Item {
  const picked: Item = {};
  for (const [name, below] of wanted) {
    const found = attributeOf(item, String(name));
    const part = found && pick(found, below);
    if (part) setAttribute(picked, String(name), part);
  }
  return picked;
}

function pick(value: AttributeValue, wanted: Wanted): AttributeValue | undefined {
  if (wanted === 'all') return value;
  if ('M' in value) {
    const picked = pickFrom(value.M, new Map([...wanted].filter(([step]) => typeof step === 'string')));
    return Object.keys(picked).length > 0 ? { M: picked } : undefined;
  }
  if (!('L' in value)) return undefined;
  const places = [...wanted].filter(([step]) => typeof step === 'number');
  places.sort(([a], [b]) => Number(a) - Number(b));
  const elements = places.flatMap(([step, below]) => {
    const element = childOf(value, step);
    return (element && pick(element, below)) ?? [];
  });
  return elements.length > 0 ? { L: elements } : undefined;
}
