/**
 * An evaluation run (监测评价): a record with a life of its own. What it found lies in the ledger under its hash; here stand
 * who asked for it, how far it is, what the cities objected and who approved it.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';

export const runStates = {
  requested: { zh: '已提请，待冻结数据', en: 'asked for, data not frozen yet', final: false },
  frozen: { zh: '数据已冻结', en: 'data frozen', final: false },
  computed: { zh: '结果已算出，正在编制报告', en: 'computed, the report is being made', final: false },
  ready: { zh: '报告已编成', en: 'report ready', final: false },
  circulated: { zh: '已送各盟市征求意见', en: 'sent to the cities, which may object', final: false },
  approved: { zh: '已经自治区人民政府同意', en: 'approved by the regional government', final: false },
  published: { zh: '已公布', en: 'published', final: true },
  discarded: { zh: '已作废', en: 'discarded', final: true },
  superseded: { zh: '已被更正取代', en: 'superseded by a correction', final: true },
} as const;
export type RunState = keyof typeof runStates;
export const runStateNames = Object.keys(runStates) as [RunState, ...RunState[]];

/** The forms of the report (报告), in the order in which they are made. */
export const formNames = ['json', 'csv', 'xlsx', 'pdf'] as const;
export type FormName = (typeof formNames)[number];

export function isForm(name: string): name is FormName {
  return (formNames as readonly string[]).includes(name);
}

/** An object of the ledger: where it lies, what it hashes to. */
const Stored = once(() => z.object({ key: z.string(), sha256: z.string(), bytes: z.int() }));
export type Stored = z.infer<ReturnType<typeof Stored>>;

export const Objection = once(() =>
  z.object({
    number: z.int(),
    city: z.string(),
    /** The indicator that it is about; absent: the result as a whole. */
    indicator: z.string().optional(),
    text: z.string(),
    at: z.string(),
    answer: z.object({ upheld: z.boolean(), text: z.string(), at: z.string() }).optional(),
  }),
);
export type Objection = z.infer<ReturnType<typeof Objection>>;

export const EvaluationRun = once(() =>
  z.object({
    /** `2021.1`; of a month `2021-12.1`. */
    id: z.string(),
    cycle: z.enum(['yearly', 'monthly']),
    year: z.int(),
    month: z.int().optional(),
    number: z.int(),
    /** The civil days that count. */
    from: z.string(),
    to: z.string(),
    state: z.enum(runStateNames),
    /** The schedule asks as `system`. */
    requestedBy: z.string(),
    requestedAt: z.string(),
    corrects: z.object({ run: z.string(), reason: z.string() }).optional(),
    frozenAt: z.string().optional(),
    inputs: Stored().optional(),
    result: Stored().optional(),
    forms: z.partialRecord(z.enum(formNames), Stored()),
    /** The last civil day on which a city may object. */
    objectUntil: z.string().optional(),
    objections: z.array(Objection()),
    /** 文号 under which the government consented. */
    approval: z.object({ documentNumber: z.string(), date: z.string() }).optional(),
    discardedBecause: z.string().optional(),
    /** What the scheme of the freeze says of the run's further life. */
    terms: z
      .object({
        /** The day by which the region reports the result of a yearly run. */
        reportBy: z.string(),
        /** Working days in which a city may object. */
        objectionDays: z.int(),
        indicators: z.array(z.string()),
      })
      .optional(),
    updatedAt: z.string(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type EvaluationRun = z.infer<ReturnType<typeof EvaluationRun>>;

/** The year, or the month, of whose runs this is one. */
export function periodOf({ id }: Pick<EvaluationRun, 'id'>): string {
  return id.split('.')[0] ?? id;
}

/** Freezing, computing, four forms: how many of the six steps are done. */
export function progressOf({ inputs, result, forms }: EvaluationRun): {
  readonly done: number;
  readonly of: number;
} {
  const done = (inputs ? 1 : 0) + (result ? 1 : 0) + formNames.filter((form) => forms[form]).length;
  return { done, of: 2 + formNames.length };
}
