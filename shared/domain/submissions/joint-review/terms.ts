/** The terms of a joint review, from the rules in force on the day of receipt (S-11). */
import type { RuleSet } from '../../policies/rule-set.ts';
import type { Terms } from '../submission.ts';

export function termsFrom({ id, review }: RuleSet): Terms {
  const { acceptance, review: opinions, planCheck, notice, decision, correction } = review.days;
  return {
    rules: id,
    panel: [...review.panel.value],
    days: {
      acceptance: acceptance.value,
      review: opinions.value,
      planCheck: planCheck.value,
      notice: notice.value,
      decision: decision.value,
      correction: correction.value,
    },
    issuer: review.issuer.value,
    silence: review.silenceConsents.value,
  };
}
