/** What each action takes. The same schemas feed the routes, the OpenAPI document and the rules; each is made when asked for. */
import * as z from 'zod';
import { isCivilDate } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import type { Action } from './lifecycle.ts';
import { verdicts } from './submission.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const reason = once(() => text(2000).describe('理由|Reason'));
const pointer = once(() =>
  z
    .string()
    .max(300)
    .regex(/^(\/.*)?$/),
);
export const civilDate = once(() => z.string().refine(isCivilDate, { error: 'civil-date' }));

const ContactInput = once(() =>
  z.strictObject({
    name: text(60).describe('联系人|Contact person'),
    phone: z
      .string()
      .trim()
      .regex(/^[0-9+\- ]{7,20}$/)
      .describe('联系电话|Contact phone'),
  }),
);

const SaveInput = once(() =>
  z.strictObject({
    content: z
      .record(z.string(), z.unknown())
      .describe('申报内容，按该类申报的表式|Content, in the form of the kind'),
    filing: z
      .strictObject({
        documentNumber: z.string().trim().max(100).describe('文号|Document number'),
        issueDate: z.union([civilDate(), z.literal('')]).describe('成文日期|Date of issue'),
        contact: ContactInput().optional(),
      })
      .describe('报送信息|Filing'),
    explanations: z
      .record(z.string().max(100), text(1000))
      .default({})
      .describe('对提示事项的说明，以提示代码为键|Explanations of soft findings, by their code'),
  }),
);
export type SaveInput = z.infer<ReturnType<typeof SaveInput>>;

const Defects = once(() =>
  z
    .array(z.strictObject({ pointer: pointer(), text: text(500), toldLate: text(500).optional() }))
    .min(1)
    .max(100)
    .describe('全部需补正事项|All defects together'),
);

const Nothing = once(() => z.strictObject({}));
const Reasoned = once(() => z.strictObject({ reason: reason() }));

export const actionInputs = {
  save: SaveInput,
  'send-to-check': Nothing,
  'send-back': Reasoned,
  'refuse-signature': Reasoned,
  'pass-check': Nothing,
  sign: Nothing,
  withdraw: Reasoned,
  accept: Nothing,
  acknowledge: Nothing,
  return: once(() => z.strictObject({ defects: Defects() })),
  receive: Nothing,
  opine: once(() =>
    z
      .strictObject({
        verdict: z.enum(verdicts),
        conditions: z.array(text(500)).max(50).optional(),
        reason: reason().optional(),
      })
      .superRefine((opinion, context) => {
        if (opinion.verdict === 'disagree' && !opinion.reason) {
          context.addIssue({ code: 'custom', path: ['reason'], message: 'reason-for-disagreement' });
        }
        if (opinion.verdict === 'agree-with-conditions' && !opinion.conditions?.length) {
          context.addIssue({ code: 'custom', path: ['conditions'], message: 'conditions-missing' });
        }
      }),
  ),
  'ask-supplement': once(() => z.strictObject({ questions: z.array(text(500)).min(1).max(50) })),
  supply: once(() =>
    z.strictObject({
      office: z
        .string()
        .max(40)
        .optional()
        .describe('答复哪个部门；只有一项要求时可省略|Whose request; may be left out when only one is open'),
      answer: text(5000),
      documents: z.array(z.string().max(60)).max(50).default([]),
    }),
  ),
  reject: Reasoned,
  consent: once(() => z.strictObject({ reference: text(200).optional() })),
  'record-consent': once(() =>
    z.strictObject({ documentNumber: text(100), date: civilDate(), document: z.string().max(60) }),
  ),
  'refuse-consent': Reasoned,
  publish: Nothing,
  'take-note': Nothing,
  'request-extension': once(() =>
    z.strictObject({ clock: z.string().max(60), days: z.int().min(1).max(60), reason: reason() }),
  ),
  'answer-extension': once(() =>
    z.strictObject({ clock: z.string().max(60), grant: z.boolean(), reason: reason() }),
  ),
  recall: Nothing,
  'view-contact': once(() => z.strictObject({ purpose: text(300).describe('查询目的|Purpose') })),
} as const satisfies Record<Action, () => z.ZodType>;

export type ActionInput<A extends Action> = z.infer<ReturnType<(typeof actionInputs)[A]>>;
