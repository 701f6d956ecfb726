/** A notice that lays duties on cities: previewed by a query, laid down by a command. */
import * as z from 'zod';
import { isInstant } from '../shared/kernel/civil-date.ts';
import { once } from '../shared/kernel/once.ts';
import { satisfyingEvents } from '../shared/domain/duties/obligation.ts';
import { PointsInput } from '../shared/domain/reminders/points.ts';

export const CreateObligations = once(() =>
  z.strictObject({
    notice: z.string().trim().min(1).max(100).describe('通知文号|Number of the notice'),
    clause: z.string().trim().min(1).max(40).describe('依据条款|Clause'),
    cities: z.array(z.string().max(10)).min(1).max(14).describe('报送单位|Reporting cities'),
    items: z
      .array(z.strictObject({ kind: z.string().max(60), period: z.string().max(20) }))
      .min(1)
      .max(20)
      .describe('应报事项|What is due'),
    dueBefore: z
      .string()
      .refine(isInstant, { error: 'instant' })
      .describe('截止时刻（不含），UTC|Due before this instant, UTC'),
    satisfiedBy: z.enum(satisfyingEvents).describe('以何为履行|What fulfils it'),
    points: PointsInput().optional(),
  }),
);
