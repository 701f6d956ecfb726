/** How conditions and promises come into a review's file. */
import type { Kind } from '../kind.ts';
import type { Version } from '../submission.ts';
import type { ConditionSubject, ConditionTime, SetCondition } from './review-file.ts';

/** A condition as an opinion gives it: a sentence alone, or with what it is about and by when it is to be met. */
export type GivenCondition =
  | string
  | {
      readonly text: string;
      readonly subject?: ConditionSubject | undefined;
      readonly before?: ConditionTime | undefined;
    };

/** A sentence alone is to be met before the decision: the strictest reading, which its department may loosen. */
export function conditionsOf(given: readonly GivenCondition[]): readonly SetCondition[] {
  return given.map((one) => {
    const { text, subject = 'other', before = 'decision' } = typeof one === 'string' ? { text: one } : one;
    return { text, subject, before };
  });
}

/** Papers that the owner promises by a day (容缺受理). Content that does not fit its form promises nothing. */
export function promisesIn(
  kind: Kind,
  version: Version | undefined,
): readonly { readonly paper: string; readonly by: string }[] {
  const parsed = kind.promises && kind.content().safeParse(version?.content);
  return parsed?.success ? (kind.promises?.(parsed.data) ?? []) : [];
}
