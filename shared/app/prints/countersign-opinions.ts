/** The departments of the panel and what each has said, in the panel's order. */
import { dueOf, statusOf } from '../../domain/calendar/statutory-clock.ts';
import type { ActionInput } from '../../domain/submissions/inputs.ts';
import { reviewersOf } from '../../domain/submissions/parties.ts';
import { clockNamed, opinionClockOf } from '../../domain/submissions/stage-clocks.ts';
import type { Head, Paper } from '../../domain/submissions/submission.ts';
import type { Block } from './print.ts';
import { bodyOf, type ReviewRecords } from './records.ts';
import { blank, dayOf, dayWords, delegationOf, notYet, officeName, verdictWords } from './words.ts';

type Opinion = Head['opinions'][number];

export function opinionTable(records: ReviewRecords): Block {
  const { head, kind } = records;
  return {
    kind: 'table',
    columns: [
      { title: '序号', share: 6, align: 'center' },
      { title: '部门', share: 20 },
      { title: '意见', share: 14, align: 'center' },
      { title: '日期', share: 19, align: 'center' },
      { title: '理由和条件', share: 29 },
      { title: '盖章', share: 12 },
    ],
    rows: reviewersOf(head, kind).map((office, index) => {
      const opinion = head.opinions.findLast((one) => one.office === office);
      const said = opinion ? given(records, opinion) : awaited(records, office);
      return [String(index + 1), officeName(office, records), ...said, ''];
    }),
    none: '没有需要会签的部门',
    sealed: true,
  };
}

function given(records: ReviewRecords, opinion: Opinion): readonly string[] {
  const { head, papers, review } = records;
  const paper = papers.find(({ seq }) => seq === opinion.seq);
  // Silence leaves no paper: the end of its clock says when it was taken for consent.
  const at = paper?.at ?? endOf(head, opinion);
  const set = (review?.conditions ?? []).filter(
    ({ office, seq }) => office === opinion.office && seq === opinion.seq,
  );
  const remarks = [
    reasonIn(records, opinion),
    set.length > 0 ? `附条件${set.map(({ number }) => `第${number}项`).join('、')}，见第三部分` : '',
    paper?.type === 'minutes' ? '联审会议上形成' : '',
    delegatedIn(paper),
    opinion.version === head.frozen ? '' : `针对第${opinion.version}稿`,
  ];
  return [
    verdictWords[opinion.verdict],
    at ? dayOf(at) : blank,
    remarks.filter((one) => one !== '').join('\n') || blank,
  ];
}

function delegatedIn(paper: Paper | undefined): string {
  const delegation = paper && delegationOf(paper);
  return delegation ? `受委托签署（${delegation.document}）` : '';
}

function endOf(head: Head, { office, seq }: Opinion): string | undefined {
  return clockNamed(head, opinionClockOf(office))?.entries.find((entry) => entry.seq === seq)?.at;
}

function reasonIn({ papers }: ReviewRecords, { office, seq }: Opinion): string {
  const paper = papers.find((one) => one.seq === seq);
  if (!paper) return '';
  if (paper.type === 'opinion') return bodyOf<'opine'>(paper).reason ?? '';
  const { opinions } = bodyOf<'record-minutes'>(paper);
  const own = opinions.find(({ department }: ActionInput<'record-minutes'>['opinions'][number]) =>
    office.endsWith(`-${department}`),
  );
  return own?.reason ?? '';
}

function awaited({ head, calendar }: ReviewRecords, office: string): readonly string[] {
  const clock = clockNamed(head, opinionClockOf(office));
  const due = clock && dueOf(clock, calendar);
  const asked = head.asked.some((one) => one.office === office);
  const remark = head.open?.escalated.includes(office)
    ? '逾期未出具，已提级督办'
    : asked
      ? '待申报单位补充材料'
      : clock && statusOf(clock) === 'running' && due?.ok && due.value.due
        ? `应于${dayWords(due.value.due)}前（含当日）出具`
        : blank;
  return [notYet, blank, remark];
}
