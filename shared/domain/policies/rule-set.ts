/**
 * A rule-set (规则集): what a city's policy measures in force lay down for each way of supply and for the joint review
 * (S-02 一城一策, S-11, S-12). Versions are immutable; a decision keeps the one under which it was taken.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { isCivilDate, type CivilDate } from '../../kernel/civil-date.ts';
import { defaultRules } from './rule-set-default.ts';
import { supplyModeNames } from './supply-modes.ts';

export type { SupplyModeName } from './supply-modes.ts';

/** A rule's value and where it comes from: a document's number and place, or `unverified`. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly source: string;
}

/** The source of a number that nobody has confirmed: an example from elsewhere, to be replaced when a city decides. */
export const unverified = 'unverified';

function sourced<Value extends z.ZodType>(value: Value) {
  return z.object({ value, source: z.string().trim().min(1).max(200) });
}

const words = once(() => sourced(z.string().min(1).max(3000)));
const amount = once(() => sourced(z.number().nonnegative()));
/** `null` says that there is no such limit. */
const limit = once(() => sourced(z.number().nonnegative().nullable()));
const days = once(() => sourced(z.int().min(0).max(365)));

export const ModeRules = once(() =>
  z.object({
    /** 准入、退出、申请审核工作流程, in the words of the measures. */
    entry: words(),
    exit: words(),
    workflow: words(),
    /** The largest floor area of a small unit, ㎡; null where the way of supply builds nothing. */
    smallUnitArea: amount().nullable(),
    /** How many of a project's homes must be small units, percent; absent: no share is laid down. */
    smallUnitShare: amount().optional(),
    /** Rent at most this part of the assessed market rent of the same place and quality, percent. */
    rentCap: limit(),
    /** Rent may rise by at most this much a year, percent. */
    riseCap: limit(),
    /** Deposit at most this many months' rent. */
    depositMonths: limit(),
    /** Of a lease, in months. */
    leaseTermMonths: z.object({ least: limit(), most: limit() }),
    /** A project has at least so many homes (套、间) and so much floor area (㎡). */
    smallestProject: z.object({ homes: limit(), floorArea: limit() }),
    /** A project operates as affordable rental housing for at least so many years. */
    shortestOperatingYears: limit(),
  }),
);
export type ModeRules = z.infer<ReturnType<typeof ModeRules>>;

/** The stages of the joint review (部门联审) that have a limit, in working days. */
export const stageNames = ['acceptance', 'review', 'planCheck', 'notice', 'decision', 'correction'] as const;
export type StageName = (typeof stageNames)[number];

export const issuers = ['county', 'city'] as const;
export type Issuer = (typeof issuers)[number];

export const ReviewRules = once(() =>
  z.object({
    /** Codes of the departments that opine (`identity/departments.ts`), without the housing department, which leads. */
    panel: sourced(z.array(z.string()).max(30)),
    days: z.object({
      acceptance: days(),
      review: days(),
      planCheck: days(),
      /** 公示; 0: the decision is taken without one. */
      notice: days(),
      /** The issue of the certificate included. */
      decision: days(),
      correction: days(),
    }),
    /** Whose government decides and issues the certificate (认定书): the county's or the city's. */
    issuer: sourced(z.enum(issuers)),
    /** 默认同意: a department that lets its limit pass has agreed. Otherwise its silence goes up the ladder. */
    silenceConsents: sourced(z.boolean()),
    /** 容缺受理: papers that may be promised by a day when everything else is there. */
    latePapers: sourced(z.array(z.string()).max(60)),
    /** Within how many working days from the acceptance what was promised must come. */
    latePaperDays: days(),
  }),
);
export type ReviewRules = z.infer<ReturnType<typeof ReviewRules>>;

export const RuleSet = once(() =>
  z.object({
    /** `default/1`, or `<city>/<number>`. */
    id: z.string().regex(/^(default|\d{6})\/[1-9]\d{0,5}$/),
    /** null: the region's default. */
    city: z.string().nullable(),
    /** 1, 2, 3 … of its city, in the order in which the measures took effect on the platform. */
    number: z.int().min(1).max(999_999),
    /** 施行日期, a day in Asia/Shanghai. */
    effectiveFrom: z.string().refine(isCivilDate),
    /** The filing whose publication made it, and the number of its document. */
    submission: z.string().optional(),
    documentNumber: z.string().optional(),
    /** The rule-set whose measures these amend: it yields from the day on which this one is effective. */
    replaces: z.int().optional(),
    /** null: the city does not use this way of supply. */
    modes: z.object({
      newBuild: ModeRules().nullable(),
      conversion: ModeRules().nullable(),
      renovation: ModeRules().nullable(),
      rentSubsidy: ModeRules().nullable(),
      other: ModeRules().nullable(),
    }),
    review: ReviewRules(),
    /** Number and hash of its audit entry; 0 of the default, which came with the platform. */
    seq: z.int(),
    hash: z.string(),
  }),
);
export type RuleSet = z.infer<ReturnType<typeof RuleSet>>;

/** What holds before a city has measures in force: the region's default, which is no city's decision. */
export const regionalDefault: RuleSet = defaultRules;

/**
 * The rules in force on a day: the last effective not after it; of one day, the highest number. Before any, the region's
 * default.
 * @param all the versions of one city, in any order
 */
export function ruleSetInForce(all: readonly RuleSet[], on: CivilDate): RuleSet {
  const effective = all.filter(({ effectiveFrom }) => effectiveFrom <= on);
  const replaced = new Set(effective.map(({ replaces }) => replaces));
  const [last] = effective
    .filter(({ number }) => !replaced.has(number))
    .sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom) || b.number - a.number);
  return last ?? regionalDefault;
}

/** Every sourced value of a rule-set by its JSON Pointer, in the order of the schema. */
export function sourcedValues(
  rules: Pick<RuleSet, 'modes' | 'review'>,
): ReadonlyMap<string, Sourced<unknown>> {
  return new Map([
    ...supplyModeNames.flatMap((mode) => [...within(rules.modes[mode], `/modes/${mode}`)]),
    ...within(rules.review, '/review'),
  ]);
}

function* within(part: unknown, at: string): Generator<[string, Sourced<unknown>]> {
  if (typeof part !== 'object' || part === null) return;
  if ('source' in part && 'value' in part) {
    yield [at, part as Sourced<unknown>];
    return;
  }
  for (const [name, member] of Object.entries(part)) yield* within(member, `${at}/${name}`);
}
