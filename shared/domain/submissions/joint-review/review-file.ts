/**
 * The file of a joint review (联审案卷): conditions with their way to closure, contradictions between them, objections of the
 * public notice, papers that were promised. One record beside the filing, with a chain of its own; the words of opinions,
 * objections and answers stand in the filing's papers, by their number.
 */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import type { OpenMatters } from '../submission.ts';

/** What a condition is about: two departments that speak of one subject may contradict each other. */
export const conditionSubjects = {
  use: { zh: '使用性质', en: 'use' },
  layout: { zh: '套型和面积', en: 'layout and area' },
  safety: { zh: '房屋结构安全', en: 'structural safety' },
  fire: { zh: '消防', en: 'fire safety' },
  environment: { zh: '环保', en: 'environment' },
  utilities: { zh: '水电气暖', en: 'utilities' },
  parking: { zh: '停车和交通', en: 'parking and traffic' },
  funding: { zh: '资金', en: 'funding' },
  operation: { zh: '运营管理', en: 'operation' },
  other: { zh: '其他', en: 'other' },
} as const;
export type ConditionSubject = keyof typeof conditionSubjects;
export const conditionSubjectNames = Object.keys(conditionSubjects) as [
  ConditionSubject,
  ...ConditionSubject[],
];

/** By when a condition has to be met. */
export const conditionTimes = {
  decision: { zh: '认定前', en: 'before the decision' },
  construction: { zh: '开工前', en: 'before construction' },
  letting: { zh: '出租前', en: 'before letting' },
  operation: { zh: '运营期间', en: 'while it operates' },
} as const;
export type ConditionTime = keyof typeof conditionTimes;
export const conditionTimeNames = Object.keys(conditionTimes) as [ConditionTime, ...ConditionTime[]];

export const conditionStates = {
  open: { zh: '待落实', en: 'open' },
  proved: { zh: '已提交证明，待核销', en: 'proof given' },
  closed: { zh: '已核销', en: 'closed' },
  'set-aside': { zh: '与其他意见冲突，不予采用', en: 'set aside for another condition' },
} as const;
export type ConditionState = keyof typeof conditionStates;

export const Condition = once(() =>
  z.object({
    /** 1, 2, 3 … within the file. */
    number: z.int(),
    office: z.string(),
    /** Audit number of the opinion or minutes that set it. */
    seq: z.int(),
    text: z.string(),
    subject: z.enum(conditionSubjectNames),
    before: z.enum(conditionTimeNames),
    state: z.enum(Object.keys(conditionStates) as [ConditionState, ...ConditionState[]]),
    /** Audit number of the last proof, and of what ended it. */
    provedBy: z.int().optional(),
    endedBy: z.int().optional(),
  }),
);
export type Condition = z.infer<ReturnType<typeof Condition>>;

export const ReviewFile = once(() =>
  z.object({
    submission: z.string(),
    conditions: z.array(Condition()),
    /** Pairs of conditions that somebody has looked at: compatible, or one gives way. */
    settled: z.array(
      z.object({ pair: z.tuple([z.int(), z.int()]), prevails: z.int().optional(), seq: z.int() }),
    ),
    objections: z.array(
      z.object({
        number: z.int(),
        seq: z.int(),
        answeredBy: z.int().optional(),
        upheld: z.boolean().optional(),
      }),
    ),
    promised: z.array(z.object({ paper: z.string(), by: z.string(), deliveredBy: z.int().optional() })),
    visits: z.int(),
    minutes: z.int(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type ReviewFile = z.infer<ReturnType<typeof ReviewFile>>;

export function emptyFile(submission: string): ReviewFile {
  return {
    submission,
    conditions: [],
    settled: [],
    objections: [],
    promised: [],
    visits: 0,
    minutes: 0,
    seq: 0,
    hash: '',
  };
}

export interface SetCondition {
  readonly text: string;
  readonly subject: ConditionSubject;
  readonly before: ConditionTime;
}

export function withConditions(
  file: ReviewFile,
  office: string,
  set: readonly SetCondition[],
  seq: number,
): ReviewFile {
  const fresh = set.map((condition, index) => ({
    ...condition,
    number: file.conditions.length + index + 1,
    office,
    seq,
    state: 'open' as const,
  }));
  return { ...file, conditions: [...file.conditions, ...fresh] };
}

/** As if the opinion with this number had not been given. */
export function withoutOpinion(file: ReviewFile, seq: number): ReviewFile {
  return { ...file, conditions: file.conditions.filter((condition) => condition.seq !== seq) };
}

/** The filing goes back to be corrected: what was set on the version before is to be set anew, or not. */
export function withoutConditionsOf(file: ReviewFile, offices: readonly string[]): ReviewFile {
  return {
    ...file,
    conditions: file.conditions.filter(({ office }) => !offices.includes(office)),
    settled: [],
  };
}

export function conditionNumbered(file: ReviewFile | undefined, number: number): Condition | undefined {
  return file?.conditions.find((condition) => condition.number === number);
}

export function changeCondition(
  file: ReviewFile,
  number: number,
  change: Partial<Pick<Condition, 'state' | 'provedBy' | 'endedBy'>>,
): ReviewFile {
  const conditions = file.conditions.map((one) => (one.number === number ? { ...one, ...change } : one));
  return { ...file, conditions };
}

const stands = ({ state }: Condition): boolean => state === 'open' || state === 'proved';

/**
 * Pairs of standing conditions of different offices on one subject that nobody has looked at yet. Whether they really
 * contradict each other is for the lead to say; that nobody looked is for the platform to see.
 */
export function contradictionsIn(file: ReviewFile | undefined): readonly (readonly [number, number])[] {
  const standing = (file?.conditions ?? []).filter((one) => stands(one) && one.subject !== 'other');
  const settled = new Set((file?.settled ?? []).map(({ pair }) => pair.join()));
  return standing.flatMap((one, index) =>
    standing
      .slice(index + 1)
      .filter((other) => other.subject === one.subject && other.office !== one.office)
      .map((other) => [one.number, other.number] as const)
      .filter((pair) => !settled.has(pair.join())),
  );
}

/** What the head shows of the file; undefined when nothing waits. */
export function openMattersOf(
  file: ReviewFile | undefined,
  escalated: readonly string[],
): OpenMatters | undefined {
  const conditions = file?.conditions ?? [];
  const open: OpenMatters = {
    prove: conditions.filter(({ state }) => state === 'open').length,
    close: [...new Set(conditions.filter(({ state }) => state === 'proved').map(({ office }) => office))],
    objections: (file?.objections ?? []).filter(({ answeredBy }) => answeredBy === undefined).length,
    papers: (file?.promised ?? [])
      .filter(({ deliveredBy }) => deliveredBy === undefined)
      .map(({ paper, by }) => ({ paper, by })),
    escalated: [...escalated],
  };
  const nothing =
    open.prove + open.close.length + open.objections + open.papers.length + open.escalated.length === 0;
  return nothing ? undefined : open;
}
