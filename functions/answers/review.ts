/** The joint review of a filing, in the answers. */
import * as z from 'zod';
import { Condition, ReviewFile } from '../../shared/domain/submissions/joint-review/review-file.ts';
import { Terms } from '../../shared/domain/submissions/submission.ts';
import { Text } from './texts.ts';

const file = ReviewFile().shape;

export const reviewShape = {
  terms: Terms()
    .extend({ panel: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })) })
    .optional()
    .describe('联审所依规则|The rules that the joint review keeps'),
  open: z
    .object({
      prove: z.int(),
      close: z.array(z.string()),
      objections: z.int(),
      papers: z.array(z.object({ paper: z.string(), by: z.string() })),
      escalated: z.array(z.string()),
    })
    .optional()
    .describe('尚待办结的事项|What the review leaves open'),
  review: z
    .object({
      conditions: z.array(Condition().extend({ stateText: Text, subjectText: Text, beforeText: Text })),
      contradictions: z
        .array(z.tuple([z.int(), z.int()]))
        .describe('就同一事项要求不一的条件|Conditions that ask for different things of one subject'),
      settled: file.settled,
      objections: file.objections,
      promised: file.promised,
      visits: z.int(),
      minutes: z.int(),
    })
    .optional()
    .describe('联审案卷|File of the joint review'),
};
