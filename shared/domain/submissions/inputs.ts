/** What each action takes. The same schemas feed the routes, the OpenAPI document and the rules; each is made when asked for. */
import * as z from 'zod';
import { isCivilDate } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import { conditionSubjectNames, conditionTimeNames } from './joint-review/review-file.ts';
import { departmentCodes } from '../identity/departments.ts';
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

/** A sentence, or on the joint review with its subject and by when it is to be met. */
const Condition = once(() =>
  z.union([
    text(500),
    z.strictObject({
      text: text(500).describe('条件|Condition'),
      subject: z.enum(conditionSubjectNames).optional().describe('事项|Subject'),
      before: z.enum(conditionTimeNames).optional().describe('落实时限|To be met'),
    }),
  ]),
);

interface GivenOpinion {
  readonly verdict: string;
  readonly reason?: string | undefined;
  readonly conditions?: readonly unknown[] | undefined;
}

/** A disagreement says why, and conditions are named. */
function wellFounded(
  opinion: GivenOpinion,
  at: (string | number)[],
  add: (path: (string | number)[], message: string) => void,
): void {
  if (opinion.verdict === 'disagree' && !opinion.reason) add([...at, 'reason'], 'reason-for-disagreement');
  if (opinion.verdict === 'agree-with-conditions' && !opinion.conditions?.length)
    add([...at, 'conditions'], 'conditions-missing');
}

const conditionNumber = once(() => z.int().min(1).max(999).describe('条件序号|Number of the condition'));
const files = once(() => z.array(z.string().max(60)).max(20).default([]).describe('所附文件|Documents'));
const Remedied = once(() =>
  z.strictObject({
    reason: reason(),
    remedies: text(1000).optional().describe('救济途径|Remedies'),
  }),
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
        conditions: z.array(Condition()).max(50).optional(),
        reason: reason().optional(),
      })
      .superRefine((opinion, context) => {
        wellFounded(opinion, [], (path, message) => context.addIssue({ code: 'custom', path, message }));
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
  reject: Remedied,
  'record-visit': once(() =>
    z.strictObject({
      date: civilDate().describe('踏勘日期|Date'),
      offices: z.array(text(100)).min(1).max(20).describe('参加单位|Who took part'),
      findings: text(3000).describe('踏勘情况|Findings'),
      documents: files(),
    }),
  ),
  'record-minutes': once(() =>
    z
      .strictObject({
        date: civilDate().describe('会议日期|Date'),
        documentNumber: text(100).describe('纪要文号|Number of the minutes'),
        document: z.string().max(60).describe('纪要扫描件|Scan of the minutes'),
        opinions: z
          .array(
            z.strictObject({
              department: z.enum(departmentCodes).describe('部门|Department'),
              verdict: z.enum(verdicts),
              conditions: z.array(Condition()).max(50).optional(),
              reason: reason().optional(),
            }),
          )
          .max(20)
          .describe('会上形成的部门意见|Opinions that the meeting settles'),
      })
      .superRefine(({ opinions }, context) => {
        opinions.forEach((opinion, index) => {
          wellFounded(opinion, ['opinions', index], (path, message) =>
            context.addIssue({ code: 'custom', path, message }),
          );
        });
      }),
  ),
  'settle-contradiction': once(() =>
    z.strictObject({
      conditions: z.array(conditionNumber()).length(2).describe('两项条件|The two conditions'),
      prevails: conditionNumber()
        .optional()
        .describe('采用哪一项；不填为两项可并行|Which prevails; absent: both stand'),
      reason: reason(),
    }),
  ),
  'conclude-review': Nothing,
  'prove-condition': once(() =>
    z.strictObject({ condition: conditionNumber(), statement: text(2000), documents: files() }),
  ),
  'close-condition': once(() =>
    z.strictObject({
      condition: conditionNumber(),
      met: z.boolean().describe('是否已落实|Whether it is met'),
      reason: reason(),
    }),
  ),
  'deliver-paper': once(() =>
    z.strictObject({ paper: z.string().max(60).describe('材料代码|Paper'), document: z.string().max(60) }),
  ),
  'pass-plan-check': once(() => z.strictObject({ note: text(1000).optional() })),
  'fail-plan-check': Remedied,
  'record-objection': once(() =>
    z.strictObject({
      receivedOn: civilDate().describe('收到日期|Received on'),
      by: z.enum(['letter', 'visit', 'phone', 'online']).describe('提出方式|How it came'),
      text: text(3000).describe('异议内容（不填个人信息）|What it says, without personal data'),
    }),
  ),
  'answer-objection': once(() =>
    z.strictObject({
      objection: z.int().min(1).max(999).describe('异议序号|Number of the objection'),
      upheld: z.boolean().describe('是否成立|Whether it is upheld'),
      answer: text(3000).describe('答复|Answer'),
    }),
  ),
  'close-notice': Nothing,
  approve: once(() =>
    z.strictObject({
      documentNumber: text(100).optional().describe('决定文号|Number of the decision'),
      note: text(1000).optional(),
    }),
  ),
  refuse: Remedied,
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
