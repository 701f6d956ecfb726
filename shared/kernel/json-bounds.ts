/**
 * What JSON the platform can keep unchanged: not too deep, not too long, numbers that the table holds, text that is
 * text. Checked once for every body, so that no odd value travels on to be refused by the table, or altered by it.
 */
import { pointerPart } from './json-pointer.ts';
import type { Reason } from './refusal.ts';

export interface Bounds {
  readonly depth: number;
  /** UTF-8 bytes of the whole body. */
  readonly bytes: number;
  /** Members of all objects and lists together. */
  readonly members: number;
}

/** An item of the table holds 400 KB and 32 levels; the record around the body takes its share. */
export const bodyBounds: Bounds = { depth: 20, bytes: 200_000, members: 20_000 };

/** Homes, yuan and square metres stay far below; beyond it a double no longer counts by ones. */
const largestNumber = Number.MAX_SAFE_INTEGER;
const longestName = 200;
const mostReasons = 20;

/** @returns what cannot be kept, each with its JSON Pointer; at most twenty of them. */
export function unkeepable(value: unknown, bounds: Bounds = bodyBounds): readonly Reason[] {
  const reasons: Reason[] = [];
  const tell = (pointer: string, code: string, zh: string, en: string): void => {
    if (reasons.length < mostReasons) reasons.push({ code, pointer, text: { zh, en } });
  };
  let members = 0;

  function walk(node: unknown, pointer: string, depth: number): void {
    if (typeof node === 'number' && !(Math.abs(node) <= largestNumber))
      tell(pointer, 'number-out-of-range', '数值超出范围', 'The number is out of range');
    if (typeof node === 'string' && !node.isWellFormed())
      tell(pointer, 'not-text', '含有无效字符', 'Holds characters that are not text');
    if (typeof node !== 'object' || node === null) return;
    if (depth >= bounds.depth)
      return tell(
        pointer,
        'too-deep',
        `嵌套不得超过${bounds.depth}层`,
        `At most ${bounds.depth} levels deep`,
      );
    for (const [name, member] of Object.entries(node)) {
      members += 1;
      if (members > bounds.members) return;
      const at = `${pointer}${pointerPart(name.slice(0, longestName))}`;
      if (name === '' || name.length > longestName || name === '__proto__' || !name.isWellFormed())
        tell(at, 'name-not-allowed', '字段名不符合要求', 'Not a name for a field');
      walk(member, at, depth + 1);
    }
  }
  walk(value, '', 0);
  if (members > bounds.members)
    tell('', 'too-many-members', `项目不得超过${bounds.members}个`, `At most ${bounds.members} members`);
  return reasons;
}
