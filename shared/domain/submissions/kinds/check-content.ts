/** All findings on a content: what does not fit the form, or, when it fits, what the kind's own rules say. */
import type { Facts, Finding, Kind } from '../kind.ts';
import { reasonsOf } from '../../../kernel/zod-reasons.ts';

export function checkContent(kind: Kind, content: unknown, facts: Facts): readonly Finding[] {
  const parsed = kind.content().safeParse(content, { reportInput: true });
  if (parsed.success) return kind.check(parsed.data, facts);
  return reasonsOf(parsed.error).map((reason) => ({ level: 'hard' as const, ...reason }));
}
