/** Projects a city's rules for the public, from which its operating guide (操作指引) is made on the day it is asked for. */
import type { RuleSet } from '../../domain/policies/rule-set.ts';
import type { Store } from '../ports.ts';

/** What the public sees of a rule-set: all of it. Policy measures are published documents. */
export type PublicRuleSet = RuleSet & { readonly city: string };

export interface PublicRules {
  putRules(rules: PublicRuleSet): Promise<void>;
}

/** @param id `<city>/<number>` */
export async function publishRules(
  deps: { readonly store: Pick<Store, 'ruleSet'>; readonly publicRecords: PublicRules },
  id: string,
): Promise<void> {
  const rules = await deps.store.ruleSet(id);
  if (rules && rules.city !== null) await deps.publicRecords.putRules({ ...rules, city: rules.city });
}
