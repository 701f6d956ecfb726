/** Which rules hold for a city on a day, in a sentence: its own, or the region's default before it has measures in force. */
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Text } from '../../kernel/refusal.ts';
import { ruleSetInForce, type RuleSet } from './rule-set.ts';

export function ruleSetSays(all: readonly RuleSet[], on: CivilDate): Text {
  const rules = ruleSetInForce(all, on);
  const number = rules.documentNumber ?? rules.id;
  if (rules.city !== null) {
    return {
      zh: `适用${number}，自${rules.effectiveFrom}起施行；其中未规定的，适用自治区默认规则。`,
      en: `${number} holds, effective from ${rules.effectiveFrom}; what it leaves open is as in the regional default.`,
    };
  }
  const [day] = all
    .map(({ effectiveFrom }) => effectiveFrom)
    .filter((from) => from > on)
    .sort();
  // Not the first that begins then: an amendment may begin on the same day, and hold in its place.
  const next = day === undefined ? undefined : ruleSetInForce(all, day);
  const later = next && { number: next.documentNumber ?? next.id, from: next.effectiveFrom };
  return {
    zh: `本地尚无施行中的政策措施，适用自治区默认规则（${rules.id}），其数值除注明出处的外均待核实${later ? `；已公布的${later.number}自${later.from}起施行` : ''}。`,
    en: `The city has no measures in force: the regional default (${rules.id}) holds, whose numbers are unverified unless a source is given${later ? `; ${later.number} is published and effective from ${later.from}` : ''}.`,
  };
}
