/** The kinds of submission. A new kind is a new file and a line here. */
import type { Kind } from '../kind.ts';
import { annualPlan } from './annual-plan.ts';
import { cancellation } from './cancellation.ts';
import { change } from './change.ts';
import { demandSurvey } from './demand-survey.ts';
import { developmentPlan } from './development-plan.ts';
import { fiveYearTarget } from './five-year-target.ts';
import { notDeveloping } from './not-developing.ts';
import { policyMeasures } from './policy-measures.ts';
import { recognition } from './recognition.ts';
import { renewal } from './renewal.ts';

const all: readonly Kind[] = [
  demandSurvey,
  fiveYearTarget,
  developmentPlan,
  annualPlan,
  policyMeasures,
  notDeveloping,
  recognition,
  change,
  renewal,
  cancellation,
];

export const kinds: Readonly<Record<string, Kind>> = Object.fromEntries(all.map((kind) => [kind.code, kind]));

/** The kind with this code, or undefined. */
export function kindOf(code: string): Kind | undefined {
  return Object.hasOwn(kinds, code) ? kinds[code] : undefined;
}

/** The three documents of S-07 that make a determined city. */
export const determiningKinds: readonly string[] = all
  .filter((kind) => kind.determines)
  .map((kind) => kind.code);
