/** Makes a rule-set of policy measures: what they give carries their document's number, the rest the default's source. */
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { MatrixCell, MeasuresContent, MeasuresRules } from './measures-rules.ts';
import { regionalDefault, type ModeRules, type ReviewRules, type RuleSet, type Sourced } from './rule-set.ts';
import { supplyModeNames, type SupplyModeName } from './supply-modes.ts';

/** Which filing makes the rule-set, and as which of its city's. */
export interface RuleSetOrigin {
  readonly city: string;
  readonly number: number;
  readonly submission: string;
  /** 文号: the source of every value that the measures give. */
  readonly documentNumber: string;
  /** Number of the rule-set whose measures these amend. */
  readonly replaces?: number | undefined;
}

type Rules = NonNullable<MeasuresRules>;
type Numbers = NonNullable<NonNullable<Rules['modes']>[SupplyModeName]>;

export function ruleSetFrom(
  content: MeasuresContent,
  about: RuleSetOrigin & { readonly effectiveFrom: CivilDate },
): RuleSet {
  const { city, number, effectiveFrom, submission, documentNumber, replaces } = about;
  const { modes: numbers, review } = content.rules ?? {};
  const modes = supplyModeNames.map((mode): [SupplyModeName, ModeRules | null] => {
    const cell = content.matrix[mode];
    const usual = regionalDefault.modes[mode];
    return [mode, cell && usual ? modeRules(cell, numbers?.[mode] ?? {}, usual, documentNumber) : null];
  });
  return {
    id: ruleSetId(city, number),
    city,
    number,
    effectiveFrom,
    submission,
    documentNumber,
    ...(replaces === undefined ? {} : { replaces }),
    modes: Object.fromEntries(modes) as RuleSet['modes'],
    review: reviewRules(review ?? {}, regionalDefault.review, givenBy(documentNumber)),
    seq: 0,
    hash: '',
  };
}

export function ruleSetId(city: string, number: number): string {
  return `${city}/${number}`;
}

/** A value that the measures give, or the default's with the default's source. */
type Given = <Value>(value: Value | undefined, usual: Sourced<Value>) => { value: Value; source: string };

function givenBy(source: string): Given {
  return (value, usual) => (value === undefined ? { ...usual } : { value, source });
}

function modeRules(cell: MatrixCell, numbers: Numbers, usual: ModeRules, source: string): ModeRules {
  const { leaseTermMonths: term, smallestProject: smallest, smallUnitShare: share } = numbers;
  const smallUnitShare = share === undefined ? usual.smallUnitShare : { value: share, source };
  const given = givenBy(source);
  return {
    entry: { value: cell.entry, source },
    exit: { value: cell.exit, source },
    workflow: { value: cell.workflow, source },
    smallUnitArea: cell.smallUnitArea === null ? null : { value: cell.smallUnitArea, source },
    ...(smallUnitShare ? { smallUnitShare } : {}),
    rentCap: given(numbers.rentCap, usual.rentCap),
    riseCap: given(numbers.riseCap, usual.riseCap),
    depositMonths: given(numbers.depositMonths, usual.depositMonths),
    leaseTermMonths: {
      least: given(term?.least, usual.leaseTermMonths.least),
      most: given(term?.most, usual.leaseTermMonths.most),
    },
    smallestProject: {
      homes: given(smallest?.homes, usual.smallestProject.homes),
      floorArea: given(smallest?.floorArea, usual.smallestProject.floorArea),
    },
    shortestOperatingYears: given(numbers.shortestOperatingYears, usual.shortestOperatingYears),
  };
}

function reviewRules(review: NonNullable<Rules['review']>, usual: ReviewRules, given: Given): ReviewRules {
  const { days = {} } = review;
  return {
    panel: given(review.panel, usual.panel),
    days: {
      acceptance: given(days.acceptance, usual.days.acceptance),
      review: given(days.review, usual.days.review),
      planCheck: given(days.planCheck, usual.days.planCheck),
      notice: given(days.notice, usual.days.notice),
      decision: given(days.decision, usual.days.decision),
      correction: given(days.correction, usual.days.correction),
    },
    issuer: given(review.issuer, usual.issuer),
    silenceConsents: given(review.silenceConsents, usual.silenceConsents),
    latePapers: given(review.latePapers, usual.latePapers),
    latePaperDays: given(review.latePaperDays, usual.latePaperDays),
  };
}
