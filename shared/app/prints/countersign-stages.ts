/** What the lead, the city's plan, the public notice and the government have concluded, each with its day. */
import { dueOf, statusOf } from '../../domain/calendar/statutory-clock.ts';
import { deciderOf, leadOf, planCheckerOf } from '../../domain/submissions/parties.ts';
import { clockNamed } from '../../domain/submissions/stage-clocks.ts';
import { states, type Paper } from '../../domain/submissions/submission.ts';
import { effectWords } from './effects.ts';
import { heading, type Block } from './print.ts';
import { bodyOf, lastPaper, type ReviewRecords } from './records.ts';
import { blank, dayOf, dayWords, delegationOf, none, notYet, officeName } from './words.ts';

/** 结论、日期、说明. */
type Conclusion = readonly [string, string, string];

export function stageTable(records: ReviewRecords): Block {
  const { head } = records;
  const row = (stage: string, office: string, conclusion: Conclusion): readonly string[] => [
    stage,
    officeName(office, records),
    ...conclusion,
  ];
  return {
    kind: 'table',
    columns: [
      { title: '环节', share: 14, align: 'center' },
      { title: '办理单位', share: 22 },
      { title: '结论', share: 18, align: 'center' },
      { title: '日期', share: 19, align: 'center' },
      { title: '说明', share: 27 },
    ],
    rows: [
      row('牵头部门', leadOf(head), ofReview(records)),
      row('计划核对', planCheckerOf(head), ofPlan(records)),
      row('公示', leadOf(head), ofNotice(records)),
      row('决定', deciderOf(head), ofDecision(records)),
    ],
    none,
  };
}

const notHeld = (why: string): Conclusion => ['不适用', blank, why];

/** What nobody has concluded: still to come, or never, because the filing has ended. */
function open({ head }: ReviewRecords): Conclusion {
  return states[head.state].final
    ? ['未进行', blank, `申报件${states[head.state].zh}`]
    : [notYet, blank, blank];
}

function refusalBy({ papers }: ReviewRecords, role: string): Paper | undefined {
  return lastPaper(papers, 'refusal', (paper) => paper.role === role);
}

function refusedBy(paper: Paper, words: string): Conclusion {
  return [words, dayOf(paper.at), bodyOf<'refuse'>(paper).reason];
}

function ofReview(records: ReviewRecords): Conclusion {
  const refused = refusalBy(records, 'lead');
  if (refused) return refusedBy(refused, '不予通过');
  const done = endOfStage(records, 'review');
  return done ? ['联审通过', dayOf(done), blank] : open(records);
}

function ofPlan(records: ReviewRecords): Conclusion {
  if (records.kind.skips?.includes('plan-check')) return notHeld('此类申报不核对计划');
  const refused = refusalBy(records, 'plan-checker');
  if (refused) return refusedBy(refused, '未列入计划，不予通过');
  const passed = lastPaper(records.papers, 'plan-check');
  if (!passed) return open(records);
  return ['已列入年度计划', dayOf(passed.at), bodyOf<'pass-plan-check'>(passed).note ?? blank];
}

function ofNotice(records: ReviewRecords): Conclusion {
  const { head, kind, review, calendar } = records;
  if (kind.skips?.includes('public-notice')) return notHeld('此类申报不公示');
  if ((head.terms?.days.notice ?? 0) === 0) return notHeld('适用规则未设公示期');
  const made = (review?.objections ?? []).length;
  const done = endOfStage(records, 'notice');
  const objections = made === 0 ? noObjection(done) : `异议${made}件，见下表`;
  if (done) return ['公示期满', dayOf(done), objections];
  const clock = clockNamed(head, 'notice');
  if (!clock || statusOf(clock) === 'ended') return open(records);
  const due = dueOf(clock, calendar);
  const until = due.ok && due.value.due ? `至${dayWords(due.value.due)}（含当日）；` : '';
  return ['公示中', blank, `${until}${objections}`];
}

function ofDecision(records: ReviewRecords): Conclusion {
  const words = effectWords(records.kind);
  const refused = refusalBy(records, 'decider');
  if (refused) return refusedBy(refused, words.refused);
  const decided = lastPaper(records.papers, 'decision');
  if (!decided) return open(records);
  const { documentNumber, note } = bodyOf<'approve'>(decided);
  const delegation = delegationOf(decided);
  const by = delegation ? `受委托签署（${delegation.document}）` : '';
  const said = [documentNumber ?? '', note ?? '', by].filter((one) => one !== '');
  return [words.granted, dayOf(decided.at), said.join('；') || blank];
}

/** When a stage was concluded: a refusal ends its clock, too, but concludes nothing. */
function endOfStage({ head }: ReviewRecords, name: string): string | undefined {
  return clockNamed(head, name)?.entries.find((entry) => entry.kind === 'ended' && entry.ground === 'done')
    ?.at;
}

const ways = { letter: '书面', visit: '来访', phone: '电话', online: '网上' } as const;

const noObjection = (noticeOver: string | undefined): string => (noticeOver ? '无异议' : '尚无异议');

/** Left out as long as there was no public notice. */
export function objectionBlocks(records: ReviewRecords): readonly Block[] {
  const { head, papers, review } = records;
  if (!clockNamed(head, 'notice')) return [];
  const rows = (review?.objections ?? []).map(({ number, seq, answeredBy, upheld }) => {
    const made = papers.find((paper) => paper.seq === seq);
    const answered = papers.find((paper) => paper.seq === answeredBy);
    const { receivedOn, by, text } = made
      ? bodyOf<'record-objection'>(made)
      : { receivedOn: undefined, by: undefined, text: blank };
    return [
      String(number),
      receivedOn ? `${dayWords(receivedOn)}\n${ways[by]}` : blank,
      text,
      answered ? `${dayOf(answered.at)}：${bodyOf<'answer-objection'>(answered).answer}` : '尚未答复',
      answered ? (upheld ? '成立' : '不成立') : notYet,
    ];
  });
  const columns = [
    { title: '序号', share: 6, align: 'center' },
    { title: '收到日期和方式', share: 18, align: 'center' },
    { title: '异议内容', share: 32 },
    { title: '答复', share: 32 },
    { title: '是否成立', share: 12, align: 'center' },
  ] as const;
  return [
    heading('六、公示异议及答复', 'Objections and their answers'),
    { kind: 'table', columns, rows, none: noObjection(endOfStage(records, 'notice')) },
  ];
}

/** 容缺材料: left out when nothing was promised. */
export function promiseBlocks({ kind, review, papers }: ReviewRecords): readonly Block[] {
  const promised = review?.promised ?? [];
  if (promised.length === 0) return [];
  const rows = promised.map(({ paper, by, deliveredBy }) => {
    const delivered = papers.find(({ seq }) => seq === deliveredBy);
    return [
      kind.papers.find(({ code }) => code === paper)?.name.zh ?? paper,
      dayWords(by),
      delivered ? dayOf(delivered.at) : '尚未补交',
    ];
  });
  const columns = [
    { title: '材料', share: 56 },
    { title: '承诺补交日期', share: 22, align: 'center' },
    { title: '补交日期', share: 22, align: 'center' },
  ] as const;
  return [heading('容缺材料', 'Papers promised for later'), { kind: 'table', columns, rows, none }];
}
