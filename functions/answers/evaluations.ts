/** Answers about evaluation runs, what they found, and the scheme. */
import * as z from 'zod';
import { developmentStates, tiers } from '../../shared/domain/cities/city.ts';
import { runActionNames } from '../../shared/domain/evaluation/actions.ts';
import { figureStates, type FigureState } from '../../shared/domain/evaluation/result.ts';
import { formNames, Objection, runStateNames } from '../../shared/domain/evaluation/run.ts';
import { Scheme } from '../../shared/domain/evaluation/scheme.ts';
import { civilDate, instant, Text } from './texts.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const RunSummary = z.object({
  id: z.string().describe('评价编号|Number of the run'),
  cycle: z.enum(['yearly', 'monthly']),
  year: z.int(),
  month: z.int().optional(),
  from: civilDate,
  to: civilDate,
  state: z.enum(runStateNames),
  stateText: Text,
  progress: z.object({ done: z.int(), of: z.int() }).describe('编制进度|How many steps are done'),
  requestedAt: instant,
  frozenAt: instant.optional(),
  corrects: z.object({ run: z.string(), reason: z.string() }).optional(),
  inputs: sha256.optional().describe('冻结数据的摘要|Hash of the frozen inputs'),
  result: sha256.optional(),
  forms: z.array(z.object({ form: z.enum(formNames), sha256, bytes: z.int() })),
  objectUntil: civilDate.optional(),
  objections: z.array(Objection()),
  approval: z.object({ documentNumber: z.string(), date: civilDate }).optional(),
  discardedBecause: z.string().optional(),
  updatedAt: instant,
  seq: z.int(),
});
export const RunList = z.object({ items: z.array(RunSummary) });
export const RunAnswer = RunSummary.extend({
  can: z.array(z.enum(runActionNames)).describe('可办事项|What the caller can do now'),
});

const figureState = z.enum(Object.keys(figureStates) as [FigureState, ...FigureState[]]);
const count = z.number().nullable();
const Evidence = z.object({
  record: z.string(),
  seq: z.int(),
  part: z.string(),
  office: z.string(),
  day: civilDate,
  numerator: z.int(),
  denominator: z.int(),
  says: Text,
});
export const Figure = z.object({
  indicator: z.string(),
  state: figureState,
  numerator: count,
  denominator: count,
  value: count,
  score: count,
  weight: count,
  reason: Text.optional(),
  evidence: z.array(Evidence).describe('佐证（至多一百条）|The records behind it, a hundred at most'),
  evidenceCount: z.int(),
});

export const ResultAnswer = z.object({
  contract: z.literal(1),
  run: z.string(),
  cycle: z.enum(['yearly', 'monthly']),
  year: z.int(),
  from: civilDate,
  to: civilDate,
  frozenAt: instant,
  inputs: sha256,
  scheme: Scheme(),
  cities: z.array(
    z.object({
      city: z.string(),
      name: Text,
      tier: z.enum(tiers),
      development: z.enum(developmentStates),
      figures: z.array(Figure),
      dimensions: z.array(z.object({ dimension: z.string(), score: count, of: z.number() })),
      points: count,
      possible: count,
      total: count,
      grade: z.string().nullable(),
      rank: z.int().nullable(),
    }),
  ),
  region: z.array(
    z.object({
      indicator: z.string(),
      numerator: count,
      denominator: count,
      value: count,
      scored: z.int(),
      noData: z.int(),
      leftOut: z.int(),
    }),
  ),
  corrects: z
    .object({
      run: z.string(),
      reason: z.string(),
      differences: z.array(
        z.object({
          city: z.string(),
          of: z.string(),
          before: z.union([z.number(), z.string(), z.null()]),
          after: z.union([z.number(), z.string(), z.null()]),
        }),
      ),
    })
    .optional(),
});

export const FigureAnswer = z.object({
  run: z.string(),
  city: z.string(),
  figure: Figure,
  links: z.array(z.object({ record: z.string(), part: z.string(), href: z.string() })),
});

export const ReportLink = z.object({
  form: z.enum(formNames),
  sha256,
  bytes: z.int(),
  url: z.string(),
  expiresInSeconds: z.int(),
});

export const SchemeAnswer = Scheme();
export const SchemeLoaded = z.object({ year: z.int(), version: z.int() });

const PublicFigure = z.object({
  indicator: z.string(),
  state: figureState,
  value: count,
  numerator: count,
  denominator: count,
  suppressed: z.boolean().describe('涉及人数过少，不予公布|Withheld, because it is of so few persons'),
});
export const PublicEvaluation = z.object({
  year: z.int(),
  run: z.string(),
  from: civilDate,
  to: civilDate,
  publishedAt: instant,
  approval: z.string().describe('同意文号|Number of the consent'),
  inputs: sha256,
  report: z.union([sha256, z.literal('')]).describe('报告（PDF）的摘要|Hash of the report as PDF'),
  corrects: z.string().nullable(),
  scheme: z.object({
    version: z.int(),
    source: z.string(),
    grades: Scheme().shape.grades,
    dimensions: Scheme().shape.dimensions,
    indicators: z.array(z.record(z.string(), z.unknown())),
  }),
  cities: z.array(
    z.object({
      city: z.string(),
      name: Text,
      tier: z.enum(tiers),
      development: z.enum(developmentStates),
      points: count,
      possible: count,
      total: count,
      grade: z.string().nullable(),
      rank: z.int().nullable(),
      figures: z.array(PublicFigure),
    }),
  ),
  region: z.array(PublicFigure.extend({ name: Text })),
});
