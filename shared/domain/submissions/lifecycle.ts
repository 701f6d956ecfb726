/**
 * The life of a submission, as a table. Routes, the state diagram, "what can I do now", the authorisation matrix, the
 * desks and the documentation all come from it. What a step does besides is in `steps.ts`; what it asks for is in
 * `guards.ts`.
 */
import type { Role } from '../identity/roles.ts';
import type { Path } from './kind.ts';
import type { GuardName } from './guards.ts';
import type { State } from './submission.ts';

/** Whose office may act: the filer's own, the lead of the review, each reviewing department, the government. */
export type Party = 'owner' | 'lead' | 'reviewer' | 'government' | 'publisher' | 'plan-checker' | 'decider';

/** Who may take a step; `paths`: on these alone. */
export interface By {
  readonly party: Party;
  readonly role: Role;
  readonly paths?: readonly Path[];
}

interface Step {
  readonly zh: string;
  readonly en: string;
  readonly clause?: string;
  readonly from: readonly State[];
  /** `same`: the state stays. `computed`: `steps.ts` says, from the filing's path or opinions. */
  readonly to: State | 'same' | 'computed';
  /** Any of these: the office by its part in the filing, and the role within it. */
  readonly by: readonly By[];
  /** Absent: on every path. */
  readonly paths?: readonly Path[];
  /** Every failing guard is reported, not only the first. */
  readonly needs: readonly GuardName[];
  /** Its doer may recall it as long as nobody acted since. */
  readonly recallable?: true;
}

const alive: readonly State[] = [
  'draft',
  'checking',
  'signing',
  'submitted',
  'in-review',
  'returned',
  'awaiting-consent',
  'plan-check',
  'public-notice',
  'deciding',
];

/** Departments review together or one by one: the steps are the same. */
const reviewed: readonly Path[] = ['regional-review', 'joint-review'];
const answered: readonly Path[] = ['regional-review', 'acknowledgement', 'joint-review'];
const joint: readonly Path[] = ['joint-review'];

export const lifecycle = {
  // In the filer's own office: 拟稿、审核、签发
  save: {
    zh: '保存稿件',
    en: 'save the draft',
    from: ['draft', 'returned'],
    to: 'same',
    by: [{ party: 'owner', role: 'drafter' }],
    needs: [],
  },
  'send-to-check': {
    zh: '送审',
    en: 'send to the checker',
    from: ['draft', 'returned'],
    to: 'checking',
    by: [{ party: 'owner', role: 'drafter' }],
    needs: ['complete'],
    recallable: true,
  },
  'send-back': {
    zh: '退回拟稿人',
    en: 'send back to the drafter',
    from: ['checking'],
    to: 'computed',
    by: [{ party: 'owner', role: 'checker' }],
    needs: [],
  },
  'refuse-signature': {
    zh: '不予签发，退回拟稿人',
    en: 'send back instead of signing',
    from: ['signing'],
    to: 'computed',
    by: [{ party: 'owner', role: 'signatory' }],
    needs: [],
  },
  'pass-check': {
    zh: '审核通过',
    en: 'pass the check',
    from: ['checking'],
    to: 'signing',
    by: [{ party: 'owner', role: 'checker' }],
    needs: ['notTheDrafter', 'complete'],
    recallable: true,
  },
  sign: {
    zh: '签发',
    en: 'sign and submit',
    clause: 'S-06, S-07',
    from: ['signing'],
    to: 'computed',
    by: [{ party: 'owner', role: 'signatory' }],
    needs: ['notTheDrafter', 'complete'],
    recallable: true,
  },
  withdraw: {
    zh: '撤销申报',
    en: 'withdraw',
    from: alive,
    to: 'withdrawn',
    by: [{ party: 'owner', role: 'signatory' }],
    needs: [],
  },

  // At the lead of the review
  accept: {
    zh: '受理',
    en: 'accept for review',
    clause: 'S-07, S-12',
    from: ['submitted'],
    to: 'in-review',
    by: [{ party: 'lead', role: 'lead' }],
    paths: reviewed,
    needs: [],
    recallable: true,
  },
  acknowledge: {
    zh: '备案',
    en: 'acknowledge',
    clause: 'S-03, S-08',
    from: ['submitted'],
    to: 'acknowledged',
    by: [{ party: 'lead', role: 'lead' }],
    paths: ['acknowledgement'],
    needs: [],
  },
  return: {
    zh: '一次性告知补正',
    en: 'return for correction',
    from: ['submitted', 'in-review'],
    to: 'returned',
    by: [{ party: 'lead', role: 'lead' }],
    paths: answered,
    needs: ['defectsToldOnce'],
  },
  receive: {
    zh: '接收备案',
    en: 'receive the filing',
    clause: 'S-06',
    from: ['approved', 'published'],
    to: 'same',
    by: [{ party: 'lead', role: 'lead' }],
    paths: ['own-decision'],
    needs: ['notYetReceived'],
  },

  // At the reviewing departments
  opine: {
    zh: '出具审查意见',
    en: 'give an opinion',
    clause: 'S-07, S-12',
    from: ['in-review'],
    to: 'computed',
    by: [{ party: 'reviewer', role: 'reviewer' }],
    paths: reviewed,
    needs: ['opinionWanted', 'ownSupplementAnswered', 'noHandInTheFiling'],
    recallable: true,
  },
  'ask-supplement': {
    zh: '要求补充材料',
    en: 'ask for a supplement',
    from: ['in-review'],
    to: 'same',
    by: [
      { party: 'reviewer', role: 'reviewer' },
      // On the regional review the lead's department opines itself, and asks as such.
      { party: 'lead', role: 'lead', paths: joint },
    ],
    paths: reviewed,
    needs: ['opinionWanted', 'ownSupplementAnswered'],
  },
  supply: {
    zh: '答复补充要求',
    en: 'answer a request for a supplement',
    from: ['in-review'],
    to: 'same',
    by: [{ party: 'owner', role: 'drafter' }],
    paths: reviewed,
    needs: ['supplementOpen', 'supplementFilesClean'],
  },
  reject: {
    zh: '不予通过',
    en: 'reject after a disagreement',
    clause: 'S-07, S-12',
    from: ['in-review'],
    to: 'rejected',
    by: [{ party: 'lead', role: 'lead' }],
    paths: reviewed,
    needs: ['disagreementOnRecord'],
  },

  // In the county's joint review (部门联审)
  'record-visit': {
    zh: '登记现场踏勘',
    en: 'record the site visit',
    clause: 'S-12',
    from: ['in-review'],
    to: 'same',
    by: [{ party: 'lead', role: 'lead' }],
    paths: joint,
    needs: ['stepFilesClean'],
  },
  'record-minutes': {
    zh: '登记联审会议纪要',
    en: 'record the minutes of the joint review',
    clause: 'S-12',
    from: ['in-review'],
    to: 'same',
    by: [{ party: 'lead', role: 'lead' }],
    paths: joint,
    needs: ['minutesScanClean', 'minutesOpinionsWanted'],
  },
  'settle-contradiction': {
    zh: '处理意见冲突',
    en: 'settle contradicting conditions',
    clause: 'S-12',
    from: ['in-review', 'plan-check', 'public-notice', 'deciding'],
    to: 'same',
    by: [{ party: 'lead', role: 'lead' }],
    paths: joint,
    needs: ['contradictionOpen'],
  },
  'conclude-review': {
    zh: '联审通过，转下一环节',
    en: 'conclude the joint review',
    clause: 'S-12',
    from: ['in-review'],
    to: 'computed',
    by: [{ party: 'lead', role: 'lead' }],
    paths: joint,
    needs: ['opinionsComplete', 'supplementsAnswered', 'contradictionsSettled'],
  },
  'prove-condition': {
    zh: '提交条件落实证明',
    en: 'prove that a condition is met',
    clause: 'S-12',
    from: ['in-review', 'plan-check', 'public-notice', 'deciding', 'decided', 'granted'],
    to: 'same',
    by: [{ party: 'owner', role: 'drafter' }],
    paths: joint,
    needs: ['conditionToProve', 'stepFilesClean'],
  },
  'close-condition': {
    zh: '核销条件或退回证明',
    en: 'close a condition, or send its proof back',
    clause: 'S-12',
    from: ['in-review', 'plan-check', 'public-notice', 'deciding', 'decided', 'granted'],
    to: 'same',
    by: [
      { party: 'reviewer', role: 'reviewer' },
      { party: 'lead', role: 'lead' },
    ],
    paths: joint,
    needs: ['conditionToClose', 'noHandInTheFiling'],
  },
  'deliver-paper': {
    zh: '补交容缺材料',
    en: 'deliver a promised paper',
    from: ['submitted', 'in-review', 'plan-check', 'public-notice', 'deciding'],
    to: 'same',
    by: [{ party: 'owner', role: 'drafter' }],
    paths: joint,
    needs: ['paperPromised', 'stepFilesClean'],
  },

  // At the city's housing department, and in public
  'pass-plan-check': {
    zh: '计划核对通过',
    en: 'find it in the annual plan',
    clause: 'S-06, S-15',
    from: ['plan-check'],
    to: 'computed',
    by: [{ party: 'plan-checker', role: 'plan-checker' }],
    paths: joint,
    needs: ['noHandInTheFiling'],
  },
  'fail-plan-check': {
    zh: '未列入年度计划，不予通过',
    en: 'refuse what is not in the annual plan',
    clause: 'S-06, S-15',
    from: ['plan-check'],
    to: 'rejected',
    by: [{ party: 'plan-checker', role: 'plan-checker' }],
    paths: joint,
    needs: ['noHandInTheFiling'],
  },
  'record-objection': {
    zh: '登记公示异议',
    en: 'record an objection',
    from: ['public-notice'],
    to: 'same',
    by: [{ party: 'lead', role: 'lead' }],
    paths: joint,
    needs: [],
  },
  'answer-objection': {
    zh: '答复公示异议',
    en: 'answer an objection',
    from: ['public-notice'],
    to: 'same',
    by: [{ party: 'lead', role: 'lead' }],
    paths: joint,
    needs: ['objectionOpen'],
  },
  'close-notice': {
    zh: '公示期满，转决定',
    en: 'close the public notice',
    from: ['public-notice'],
    to: 'deciding',
    by: [{ party: 'lead', role: 'lead' }],
    paths: joint,
    needs: ['noticeOver', 'objectionsAnswered'],
  },

  // At the government that decides
  approve: {
    zh: '准予',
    en: 'approve',
    clause: 'S-12',
    from: ['deciding'],
    to: 'computed',
    by: [{ party: 'decider', role: 'decider' }],
    paths: joint,
    needs: ['conditionsMetInTime', 'promisesKept', 'contradictionsSettled', 'noHandInTheFiling'],
  },
  refuse: {
    zh: '不予批准',
    en: 'refuse',
    clause: 'S-12',
    from: ['deciding'],
    to: 'rejected',
    by: [{ party: 'decider', role: 'decider' }],
    paths: joint,
    needs: ['noHandInTheFiling'],
  },

  // At the region's government
  consent: {
    zh: '同意',
    en: 'consent',
    clause: 'S-07',
    from: ['awaiting-consent'],
    to: 'approved',
    by: [{ party: 'government', role: 'consenter' }],
    paths: ['regional-review'],
    needs: [],
  },
  'record-consent': {
    zh: '登记政府同意文件',
    en: "record the government's consent given on paper",
    clause: 'S-07',
    from: ['awaiting-consent'],
    to: 'approved',
    by: [{ party: 'lead', role: 'lead' }],
    paths: ['regional-review'],
    needs: ['consentScanClean'],
  },
  'refuse-consent': {
    zh: '不予同意',
    en: 'refuse consent',
    clause: 'S-07',
    from: ['awaiting-consent'],
    to: 'rejected',
    by: [{ party: 'government', role: 'consenter' }],
    paths: ['regional-review'],
    needs: [],
  },

  // Afterwards
  publish: {
    zh: '向社会公布',
    en: 'publish',
    clause: 'S-06, S-07',
    from: ['approved'],
    to: 'published',
    by: [{ party: 'publisher', role: 'publisher' }],
    needs: [],
  },
  'take-note': {
    zh: '知悉结果',
    en: 'take note of the result',
    from: ['rejected'],
    to: 'same',
    by: [{ party: 'owner', role: 'drafter' }],
    needs: ['notYetNoted'],
  },
  'request-extension': {
    zh: '申请延期',
    en: 'ask for more time',
    from: ['submitted', 'in-review', 'returned'],
    to: 'same',
    by: [
      { party: 'owner', role: 'drafter' },
      { party: 'reviewer', role: 'reviewer' },
      { party: 'lead', role: 'lead' },
    ],
    paths: answered,
    needs: ['clockExtendable'],
  },
  'answer-extension': {
    zh: '答复延期申请',
    en: 'answer a request for more time',
    from: ['submitted', 'in-review', 'returned'],
    to: 'same',
    by: [
      { party: 'lead', role: 'lead' },
      { party: 'government', role: 'consenter' },
      { party: 'decider', role: 'decider', paths: joint },
    ],
    paths: answered,
    needs: ['extensionWaiting'],
  },
  recall: {
    zh: '撤回上一步',
    en: 'recall the last step',
    from: ['checking', 'signing', 'submitted', 'in-review', 'awaiting-consent', 'approved'],
    to: 'computed',
    by: [
      { party: 'owner', role: 'drafter' },
      { party: 'owner', role: 'checker' },
      { party: 'owner', role: 'signatory' },
      { party: 'lead', role: 'lead' },
      { party: 'reviewer', role: 'reviewer' },
    ],
    needs: ['lastStepIsMine'],
  },
  'view-contact': {
    zh: '查看联系人',
    en: 'see the contact person',
    from: [
      'submitted',
      'in-review',
      'returned',
      'awaiting-consent',
      'approved',
      'published',
      'acknowledged',
      'rejected',
      'plan-check',
      'public-notice',
      'deciding',
      'decided',
      'granted',
    ],
    to: 'same',
    by: [
      { party: 'lead', role: 'lead' },
      { party: 'reviewer', role: 'reviewer' },
      { party: 'government', role: 'consenter' },
      { party: 'plan-checker', role: 'plan-checker' },
      { party: 'decider', role: 'decider' },
    ],
    needs: [],
  },
} as const satisfies Record<string, Step>;

export type Action = keyof typeof lifecycle;
export const actionNames = Object.keys(lifecycle) as Action[];

/** Steps that nobody takes by hand; they have no route. */
export const platformSteps = {
  /** A department's limit has passed: its silence goes up to the government (S-12), and never agrees by itself … */
  escalate: { zh: '逾期未出具意见，提级督办', en: 'tell the government of an opinion that stayed away' },
  /** … unless the rules of the city say so (S-11). */
  'take-silence': { zh: '逾期未出具意见，按规定视为同意', en: 'take silence for consent, as the rules say' },
  grant: { zh: '编号发证', en: 'issue the certificate' },
} as const;
export type PlatformStep = keyof typeof platformSteps;

/** The row of an action, widened: the table keeps its literal types for the compiler, the engine reads any row. */
export function stepOf(action: Action): Step {
  return lifecycle[action];
}
