/** Answers about rule-sets and the operating guide made of them. */
import * as z from 'zod';
import { requirementTexts, type Requirement } from '../../shared/domain/policies/requirements.ts';
import { RuleSet } from '../../shared/domain/policies/rule-set.ts';
import { civilDate, Text } from './texts.ts';

const source = z.string().describe('依据：文号，或 unverified（待核实）|A document’s number, or unverified');

export const RuleSets = z.object({
  on: civilDate,
  items: z.array(
    z.object({
      city: z.string(),
      name: Text,
      inForce: z.string().describe('该日施行的规则集|The rule-set in force on that day'),
      byDefault: z.boolean().describe('适用自治区默认规则|The regional default holds'),
      says: Text,
      versions: z.array(
        z.object({
          id: z.string(),
          number: z.int(),
          effectiveFrom: civilDate,
          documentNumber: z.string().optional(),
          submission: z.string().optional(),
          replaces: z.int().optional(),
          inForce: z.boolean(),
        }),
      ),
    }),
  ),
});

export const RuleSetAnswer = RuleSet()
  .omit({ seq: true, hash: true })
  .extend({
    byDefault: z.boolean(),
    lines: z
      .array(z.object({ pointer: z.string(), label: Text, text: Text, source, sourceText: Text }))
      .describe('逐项文字说明|Each value in words'),
  });

const sourced = z.object({ value: z.unknown(), source });
export const RuleSetDifference = z.object({
  from: z.string(),
  to: z.string(),
  changes: z.array(
    z.object({
      pointer: z.string(),
      label: Text,
      sourceOnly: z.boolean().describe('仅依据变化，数值未变|Only the source is another'),
      before: sourced.optional(),
      after: sourced.optional(),
      text: Text,
    }),
  ),
});

const line = z.object({
  label: Text,
  value: Text,
  source: source.optional(),
  sourceText: Text.optional(),
});
export const GuideAnswer = z.object({
  city: z.string(),
  cityName: Text,
  title: Text,
  on: civilDate,
  ruleSet: z.string(),
  effectiveFrom: civilDate,
  documentNumber: z.string().optional(),
  byDefault: z.boolean(),
  says: z.array(Text),
  sections: z.array(
    z.object({
      code: z.enum(['applicants', 'modes', 'papers', 'stages', 'issuer', 'notes']),
      title: Text,
      paragraphs: z.array(Text),
      tables: z.array(z.object({ title: Text, lines: z.array(line) })),
    }),
  ),
});

const requirementChange = z.object({
  requirement: z.enum(Object.keys(requirementTexts) as [Requirement, ...Requirement[]]),
  label: Text,
  source,
  text: Text,
});
export const RuleRehearsal = RuleSetDifference.pick({ changes: true }).extend({
  city: z.string(),
  current: z.string().describe('现行规则集|The rule-set in force'),
  proposed: z.string(),
  projects: z
    .array(
      z.object({
        project: z.string(),
        name: z.string(),
        newlyMissed: z.array(requirementChange),
        newlyMet: z.array(requirementChange),
        stillMissed: z.array(requirementChange),
        smallHomes: z.object({ before: z.int(), after: z.int() }).optional(),
      }),
    )
    .describe('有变化的项目|The projects for which anything changes'),
  counts: z
    .object({ projects: z.int(), newlyMissing: z.int(), newlyMeeting: z.int(), unchanged: z.int() })
    .describe('本页项目|Of the projects of this page'),
  cursor: z.string().optional(),
});
