/** A submission (申报件): its head, its versions, and the papers (文书) that people write about it. */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { tiers } from '../cities/city.ts';

export const states = {
  draft: { zh: '拟稿中', en: 'being drafted', final: false },
  checking: { zh: '待审核', en: 'being checked', final: false },
  signing: { zh: '待签发', en: 'awaiting signature', final: false },
  submitted: { zh: '已报送，待受理', en: 'submitted, awaiting acceptance', final: false },
  'in-review': { zh: '部门审查中', en: 'under departmental review', final: false },
  returned: { zh: '退回补正', en: 'returned for correction', final: false },
  'plan-check': { zh: '年度计划核对中', en: 'being checked against the plan', final: false },
  'public-notice': { zh: '公示中', en: 'under public notice', final: false },
  deciding: { zh: '待决定', en: 'awaiting the decision', final: false },
  decided: { zh: '已决定，待编号发证', en: 'decided, number pending', final: false },
  granted: { zh: '已准予', en: 'granted', final: true },
  'awaiting-consent': {
    zh: '待自治区人民政府同意',
    en: "awaiting the regional government's consent",
    final: false,
  },
  approved: { zh: '已通过，待公布', en: 'approved, awaiting publication', final: false },
  published: { zh: '已公布', en: 'published', final: true },
  acknowledged: { zh: '已备案', en: 'acknowledged', final: true },
  rejected: { zh: '未通过', en: 'rejected', final: true },
  withdrawn: { zh: '已撤销', en: 'withdrawn', final: true },
  superseded: { zh: '已被修订取代', en: 'superseded by an amendment', final: true },
} as const;

export type State = keyof typeof states;
export const stateNames = Object.keys(states) as [State, ...State[]];

const instant = z.string();

export const verdicts = ['agree', 'agree-with-conditions', 'disagree'] as const;
export type Verdict = (typeof verdicts)[number];

/** What an opinion may be on record as: nobody writes that he was silent, and only where a rule says so does it count (S-11). */
export const recordedVerdicts = [...verdicts, 'silent'] as const;

export const ClockSchema = once(() =>
  z.object({
    name: z.string(),
    office: z.string(),
    limit: z.int(),
    basis: z.string(),
    entries: z.array(
      z.union([
        z.object({ kind: z.literal('started'), at: instant, seq: z.int() }),
        z.object({
          kind: z.enum(['suspended', 'resumed', 'ended']),
          at: instant,
          seq: z.int(),
          ground: z.string(),
        }),
        z.object({
          kind: z.literal('extended'),
          at: instant,
          seq: z.int(),
          days: z.int(),
          ground: z.string(),
        }),
      ]),
    ),
  }),
);

const Opinion = once(() =>
  z.object({
    office: z.string(),
    verdict: z.enum(recordedVerdicts),
    version: z.int(),
    hash: z.string(),
    seq: z.int(),
  }),
);

/** The ways that a filing can take; what each means stands at `Path` in `kind.ts`. */
export const paths = ['own-decision', 'regional-review', 'acknowledgement', 'joint-review'] as const;

/** What a step wrote over, for a recall to put back. Clocks need nothing here: they keep their own ledger. */
const Overwritten = once(() =>
  z.object({
    receivedAt: instant.optional(),
    frozenHash: z.string().optional(),
    opinions: z.array(Opinion()).optional(),
  }),
);
export type Overwritten = z.infer<ReturnType<typeof Overwritten>>;

/**
 * Under which rules a joint review (部门联审) runs: frozen when the filing is signed, so that a rule of tomorrow changes no filing
 * of today.
 */
export const Terms = once(() =>
  z.object({
    /** The rule-set (S-11): `default/1` or `<city>/<number>`. */
    rules: z.string(),
    /** Departments that opine, besides the lead. */
    panel: z.array(z.string()),
    /** Working days of each stage. */
    days: z.object({
      acceptance: z.int(),
      review: z.int(),
      planCheck: z.int(),
      notice: z.int(),
      decision: z.int(),
      correction: z.int(),
    }),
    /** Whose government decides and issues. */
    issuer: z.enum(['county', 'city']),
    /** A department that says nothing until its limit is taken to agree. */
    silence: z.boolean(),
  }),
);
export type Terms = z.infer<ReturnType<typeof Terms>>;

/** What a joint review still waits for, in short: the words stand in its file (`review-file.ts`). */
const OpenMatters = once(() =>
  z.object({
    /** Conditions that the owner has to prove. */
    prove: z.int(),
    /** Departments that have to look at a proof. */
    close: z.array(z.string()),
    /** Objections without an answer. */
    objections: z.int(),
    /** Papers promised by a day (容缺受理). */
    papers: z.array(z.object({ paper: z.string(), by: z.string() })),
    /** Offices whose silence went up to the government. */
    escalated: z.array(z.string()),
  }),
);
export type OpenMatters = z.infer<ReturnType<typeof OpenMatters>>;

/** What the list of a desk and the rules need to know of a filing; the words stand in versions and papers. */
export const Head = once(() =>
  z.object({
    id: z.string(),
    kind: z.string(),
    /** The reporting office (盟市 or sub-reporter). */
    owner: z.string(),
    period: z.string(),
    path: z.enum(paths),
    /** The tier under which the path was chosen, kept because the tier may change later. */
    tier: z.enum(tiers),
    state: z.enum(stateNames),
    /** The county (旗县区) of the project, on the joint review. */
    county: z.string().optional(),
    terms: Terms().optional(),
    open: OpenMatters().optional(),
    /** The published filing that this one amends. */
    amends: z.string().optional(),
    /** The version being edited or last edited, from 1. */
    version: z.int(),
    /** The version that the reviewers see: frozen when it was signed. 0 before. */
    frozen: z.int(),
    /** Hash of the frozen version and its documents. */
    frozenHash: z.string().optional(),
    /** Who drafted, checked and signed the version under way: four eyes. */
    hands: z.object({
      /** Who saved or sent it last. */
      drafter: z.string().optional(),
      /** Who else had a hand in drafting it. */
      coDrafters: z.array(z.string()).optional(),
      checker: z.string().optional(),
      signatory: z.string().optional(),
    }),
    /** The server's time of receipt that counts for deadlines. */
    receivedAt: instant.optional(),
    clocks: z.array(ClockSchema()),
    opinions: z.array(Opinion()),
    /** Open requests for a supplement. */
    asked: z.array(z.object({ office: z.string(), seq: z.int(), at: instant })),
    /** Requests for more time that wait for an answer. */
    extensions: z.array(z.object({ clock: z.string(), office: z.string(), days: z.int(), seq: z.int() })),
    /** How many correction notices went out. */
    corrections: z.int(),
    /** The region has received the filing of a city that decides itself (S-06). */
    received: z.boolean(),
    /** The filer has taken note of a refusal. */
    noted: z.boolean(),
    /** The last step, while it can still be recalled: who took it and where it came from. */
    step: z
      .object({
        action: z.string(),
        from: z.enum(stateNames),
        by: z.string(),
        seq: z.int(),
        overwritten: Overwritten().optional(),
      })
      .optional(),
    createdAt: instant,
    updatedAt: instant,
    /** Number and hash of the last audit entry. The number is also the record's version for If-Match. */
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Head = z.infer<ReturnType<typeof Head>>;

/** The contact person of a filing: masked for reading, sealed for those who must call. */
export const Contact = once(() => z.object({ name: z.string(), phone: z.string(), sealed: z.string() }));

/** 文号, date and contact: every filing carries them. */
export const Filing = once(() =>
  z.object({
    documentNumber: z.string(),
    issueDate: z.string(),
    contact: Contact().optional(),
  }),
);
export type Filing = z.infer<ReturnType<typeof Filing>>;

export const Version = once(() =>
  z.object({
    number: z.int(),
    content: z.unknown(),
    filing: Filing(),
    /** Explanations of soft findings, by finding code, which the reviewers see. */
    explanations: z.record(z.string(), z.string()),
    savedAt: instant,
    /** SHA-256 over the canonical content, filing and explanations. */
    hash: z.string(),
  }),
);
export type Version = z.infer<ReturnType<typeof Version>>;

export const paperTypes = {
  'correction-notice': { zh: '一次性补正告知书', en: 'Correction notice' },
  opinion: { zh: '部门审查意见', en: 'Opinion' },
  'supplement-request': { zh: '补充材料通知', en: 'Request for a supplement' },
  supplement: { zh: '补充说明', en: 'Supplement' },
  consent: { zh: '同意意见', en: 'Consent' },
  refusal: { zh: '不予通过决定', en: 'Refusal' },
  withdrawal: { zh: '撤销说明', en: 'Withdrawal' },
  'sent-back': { zh: '退回修改意见', en: 'Sent back' },
  'extension-request': { zh: '延期申请', en: 'Request for more time' },
  'extension-answer': { zh: '延期答复', en: 'Answer on more time' },
  'site-visit': { zh: '现场踏勘记录', en: 'Record of the site visit' },
  minutes: { zh: '联审会议纪要', en: 'Minutes of the joint review' },
  escalation: { zh: '逾期未出具意见的督办记录', en: 'An opinion that stayed away, told to the government' },
  'contradiction-settled': { zh: '意见冲突处理', en: 'How a contradiction was settled' },
  'condition-proof': { zh: '条件落实证明', en: 'Proof that a condition is met' },
  'condition-closed': { zh: '条件核销', en: 'Condition closed' },
  objection: { zh: '公示异议登记', en: 'Objection in the public notice' },
  'objection-answer': { zh: '公示异议答复', en: 'Answer to an objection' },
  'plan-check': { zh: '年度计划核对意见', en: 'Check against the annual plan' },
  'late-paper': { zh: '容缺材料补交', en: 'Promised paper delivered' },
  decision: { zh: '认定决定', en: 'Decision' },
  'contact-view': { zh: '联系人查询登记', en: 'Use of the contact' },
} as const;
export type PaperType = keyof typeof paperTypes;

/** A paper that a step left behind; numbered like the audit entry that carries its hash. */
export const Paper = once(() =>
  z.object({
    seq: z.int(),
    type: z.enum(Object.keys(paperTypes) as [PaperType, ...PaperType[]]),
    office: z.string(),
    role: z.string(),
    at: instant,
    /** The version it speaks of. */
    version: z.int(),
    body: z.record(z.string(), z.unknown()),
  }),
);
export type Paper = z.infer<ReturnType<typeof Paper>>;
