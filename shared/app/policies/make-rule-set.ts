/** The rule-set that a filing makes when it takes effect: written in the same commit as the step itself (S-02, S-11). */
import { chain, type AuditEntry } from '../../domain/audit/entry.ts';
import { sourcedValues } from '../../domain/policies/rule-set.ts';
import type { Context } from '../../domain/submissions/context.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Commit, Store } from '../ports.ts';

/**
 * The next version of the city's rules, or undefined for a kind that makes none. Of two filings that take effect at once
 * only one gets the number: the other finds the record there and is decided anew.
 */
export async function ruleSetMade(
  store: Pick<Store, 'ruleSetsOf'>,
  kind: Kind,
  head: Head,
  { version, now }: Pick<Context, 'version' | 'now'>,
  by: AuditEntry['by'],
): Promise<Commit['changes'][number] | undefined> {
  if (!kind.ruleSet || !version) return undefined;
  const before = await store.ruleSetsOf(head.owner);
  const amended = head.amends && before.find(({ submission }) => submission === head.amends);
  const { documentNumber } = version.filing;
  const rules = kind.ruleSet(version.content, {
    city: head.owner,
    number: (before.at(-1)?.number ?? 0) + 1,
    submission: head.id,
    documentNumber,
    ...(amended ? { replaces: amended.number } : {}),
  });
  const facts = {
    city: head.owner,
    number: rules.number,
    effectiveFrom: rules.effectiveFrom,
    documentNumber,
    given: [...sourcedValues(rules).values()].filter(({ source }) => source === documentNumber).length,
    ...(amended ? { replaces: amended.number } : {}),
    because: `submission:${head.id}`,
  };
  const event = { type: 'rule-set.made', facts };
  const { record, entry } = chain(`rule-set:${rules.id}`, undefined, rules, event, by, now);
  return { kind: 'rule-set', after: record, entry };
}
