/**
 * Desks (待办): what waits for whom, by when, and why. They follow from the head alone, so a filing can never lie where
 * nobody sees it, and every commit can write exactly the difference.
 */
import { dueOf, statusOf } from '../calendar/statutory-clock.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Role } from '../identity/roles.ts';
import { grantorOf } from './guards.ts';
import type { Kind } from './kind.ts';
import { stepOf } from './lifecycle.ts';
import { governmentOffice, leadOffice } from '../identity/offices.ts';
import { deciderOf, leadOf, planCheckerOf, publishingOffice, reviewersOf } from './parties.ts';
import { clockNamed, openExtensions, opinionClockOf } from './stage-clocks.ts';
import type { Head } from './submission.ts';

export const tasks = {
  'finish-draft': { zh: '完成拟稿并送审', en: 'Finish the draft and send it to the checker' },
  correct: { zh: '按补正告知书修改后重新报送', en: 'Correct as the notice says and submit again' },
  check: { zh: '审核', en: 'Check' },
  sign: { zh: '签发', en: 'Sign' },
  accept: { zh: '受理审查', en: 'Accept for review or return' },
  acknowledge: { zh: '备案', en: 'Acknowledge or return' },
  opine: { zh: '出具审查意见', en: 'Give an opinion' },
  supply: { zh: '答复补充材料要求', en: 'Answer the request for a supplement' },
  settle: { zh: '有部门不同意：退回补正或不予通过', en: 'A department disagrees: return or reject' },
  'answer-extension': { zh: '答复延期申请', en: 'Answer the request for more time' },
  consent: { zh: '决定是否同意', en: 'Decide on consent' },
  'record-consent': { zh: '登记政府同意文件（如为纸质）', en: 'Record the consent if it was given on paper' },
  publish: { zh: '向社会公布', en: 'Publish' },
  receive: { zh: '接收备案', en: 'Receive the filing' },
  'take-note': { zh: '知悉未通过结果', en: 'Take note of the refusal' },
  'conclude-review': { zh: '汇总联审意见', en: 'Conclude the joint review' },
  'urge-opinion': { zh: '督促逾期未出具意见的部门', en: 'Urge a department whose opinion is late' },
  'check-plan': { zh: '核对年度计划', en: 'Check against the annual plan' },
  'close-notice': { zh: '公示期满后办结公示', en: 'Close the public notice when it is over' },
  'answer-notice-objection': { zh: '答复公示异议', en: 'Answer an objection of the public notice' },
  decide: { zh: '作出认定决定', en: 'Decide on the recognition' },
  'await-number': { zh: '等待编号发证', en: 'The number is being given' },
  'prove-condition': { zh: '落实条件并提交证明', en: 'Meet the conditions and prove it' },
  'close-condition': { zh: '核销条件', en: 'Look at the proof of a condition' },
  'deliver-paper': { zh: '补交容缺材料', en: 'Deliver a promised paper' },
  fulfil: { zh: '按时履行报送义务', en: 'Fulfil the duty in time' },
  'circulate-evaluation': { zh: '将评价结果送各盟市征求意见', en: 'Send the evaluation to the cities' },
  'look-at-evaluation': { zh: '核对评价结果，可提出异议', en: 'Look at the evaluation; you may object' },
  'answer-objection': { zh: '答复对评价结果的异议', en: 'Answer the objections to the evaluation' },
  'approve-evaluation': { zh: '决定是否同意评价结果', en: 'Decide on the evaluation' },
  'load-calendar': { zh: '装载下一年度工作日日历', en: 'Load the working-day calendar of the coming year' },
  'publish-evaluation': { zh: '公布评价结果并上报', en: 'Publish the evaluation and report it' },
} as const;
export type Task = keyof typeof tasks;

export interface Waiting {
  readonly office: string;
  readonly role: Role;
  readonly task: Task;
  /** Civil date by which it should be done; absent: no limit runs, or the clock stands still. */
  readonly due?: string;
  /** Since when it waits. */
  readonly since: string;
}

/** Everything that this filing waits for. Empty only in a final state with nothing left to do. */
export function waitingIn(head: Head, kind: Kind, calendar: WorkingCalendar): readonly Waiting[] {
  const wait = (office: string, role: Role, task: Task, clock?: string): Waiting => {
    const due = clock ? dueDate(head, clock, calendar) : undefined;
    return { office, role, task, since: head.updatedAt, ...(due ? { due } : {}) };
  };
  const main = mainDesks(head, kind, wait);
  const answerable = stepOf('answer-extension').from.includes(head.state);
  const extensions = (answerable ? openExtensions(head) : []).map(({ office }) =>
    wait(grantorOf(head, office), grantingRole(head, office), 'answer-extension'),
  );
  return distinct([...main, ...extensions, ...openMatters(head, wait)]);
}

function grantingRole(head: Head, office: string): Role {
  if (office !== leadOf(head)) return 'lead';
  return head.path === 'joint-review' ? 'decider' : 'consenter';
}

/** What a joint review left open, in whatever state the filing is; nothing once it failed. */
function openMatters(head: Head, wait: Wait): readonly Waiting[] {
  const { open } = head;
  if (!open || head.state === 'rejected' || head.state === 'withdrawn') return [];
  return [
    ...(open.prove > 0 ? [wait(head.owner, 'drafter', 'prove-condition')] : []),
    ...open.close.map((office) => wait(office, 'reviewer', 'close-condition')),
    ...(open.objections > 0 ? [wait(leadOf(head), 'lead', 'answer-notice-objection')] : []),
    ...open.papers.slice(0, 1).map(() => wait(head.owner, 'drafter', 'deliver-paper')),
    ...(open.escalated.length > 0 ? [wait(deciderOf(head), 'leader', 'urge-opinion')] : []),
  ];
}

type Wait = (office: string, role: Role, task: Task, clock?: string) => Waiting;

function mainDesks(head: Head, kind: Kind, wait: Wait): readonly Waiting[] {
  const receiving =
    head.path === 'own-decision' && !head.received ? [wait(leadOffice, 'lead', 'receive')] : [];
  switch (head.state) {
    case 'draft':
      return [wait(head.owner, 'drafter', 'finish-draft')];
    case 'returned':
      return [wait(head.owner, 'drafter', 'correct', 'correction')];
    case 'checking':
      return [wait(head.owner, 'checker', 'check', 'correction')];
    case 'signing':
      return [wait(head.owner, 'signatory', 'sign', 'correction')];
    case 'submitted':
      return [
        wait(leadOf(head), 'lead', head.path === 'acknowledgement' ? 'acknowledge' : 'accept', 'acceptance'),
      ];
    case 'in-review':
      return inReview(head, kind, wait);
    case 'plan-check':
      return [wait(planCheckerOf(head), 'plan-checker', 'check-plan', 'plan-check')];
    case 'public-notice':
      return [wait(leadOf(head), 'lead', 'close-notice', 'notice')];
    case 'deciding':
      return [wait(deciderOf(head), 'decider', 'decide', 'decision')];
    case 'decided':
      return [wait(leadOf(head), 'lead', 'await-number', 'decision')];
    case 'awaiting-consent':
      return [wait(governmentOffice, 'consenter', 'consent'), wait(leadOffice, 'lead', 'record-consent')];
    case 'approved':
      return [wait(publishingOffice(head), 'publisher', 'publish'), ...receiving];
    case 'published':
      return receiving;
    case 'rejected':
      return head.noted ? [] : [wait(head.owner, 'drafter', 'take-note')];
    case 'acknowledged':
    case 'granted':
    case 'withdrawn':
    case 'superseded':
      return [];
  }
}

function inReview(head: Head, kind: Kind, wait: Wait): readonly Waiting[] {
  const missing = reviewersOf(head, kind).filter(
    (office) => !head.opinions.some((opinion) => opinion.office === office),
  );
  const opinions = missing.map((office) => wait(office, 'reviewer', 'opine', opinionClockOf(office)));
  const supplements = head.asked.length > 0 ? [wait(head.owner, 'drafter', 'supply')] : [];
  const settle = missing.length === 0 && disagreed(head) ? [wait(leadOf(head), 'lead', 'settle')] : [];
  // The lead follows the review from its first day: so its limit stands on a desk.
  const conclude =
    head.path === 'joint-review' ? [wait(leadOf(head), 'lead', 'conclude-review', 'review')] : [];
  return [...opinions, ...supplements, ...settle, ...conclude];
}

const disagreed = ({ opinions }: Head): boolean => opinions.some(({ verdict }) => verdict === 'disagree');

function dueDate(head: Head, name: string, calendar: WorkingCalendar): string | undefined {
  const clock = clockNamed(head, name);
  if (!clock || statusOf(clock) === 'ended') return undefined;
  const due = dueOf(clock, calendar);
  return due.ok && due.value.due !== null ? due.value.due : undefined;
}

function distinct(all: readonly Waiting[]): readonly Waiting[] {
  const seen = new Set<string>();
  return all.filter((waiting) => {
    const key = `${waiting.office} ${waiting.role} ${waiting.task}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
