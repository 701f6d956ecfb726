/** What the prints of a joint review say, before any paper is set. */
import { describe, expect, test } from 'vitest';
import {
  emptyFile,
  type Condition,
  type ReviewFile,
} from '../../domain/submissions/joint-review/review-file.ts';
import { sampleProject } from '../../domain/projects/sample-project.ts';
import { on } from '../../domain/submissions/sample-filing.ts';
import { endClock, startClock } from '../../domain/submissions/stage-clocks.ts';
import type { Head, Paper } from '../../domain/submissions/submission.ts';
import { countersignSheet } from './countersign-sheet.ts';
import { paperPrint, printedPapers } from './paper-prints.ts';
import { digestOf, type Block, type Print } from './print.ts';
import type { ReviewRecords } from './records.ts';
import { paperOf, reviewOf } from './sample-review.ts';

/** The rows of the table with this column. */
function rowsWith(print: Print, title: string): readonly (readonly string[])[] | undefined {
  const tables = print.blocks.filter((block) => block.kind === 'table');
  return tables.find(({ columns }) => columns.some((column) => column.title === title))?.rows;
}

function fieldsOf(print: Print): Record<string, string> {
  const rows = print.blocks.flatMap((block) => (block.kind === 'fields' ? block.rows.flat() : []));
  return Object.fromEntries(rows.map(({ label, value }) => [label, value]));
}

const said = (block: Block): readonly string[] =>
  block.kind === 'list'
    ? block.items
    : block.kind === 'heading'
      ? [block.text.zh]
      : 'text' in block
        ? [block.text]
        : [];

function printed(paper: Paper, records: ReviewRecords = reviewOf({}, { papers: [paper] })): Print {
  const print = paperPrint(paper, records, { entryHash: 'e'.repeat(64) });
  if (!print) throw new Error(`${paper.type} has no print`);
  return print;
}

const opinion = (
  department: string,
  verdict: 'agree' | 'disagree' | 'silent',
  seq: number,
): Head['opinions'][number] => ({
  office: `150102-${department}`,
  verdict,
  version: 1,
  hash: 'h1',
  seq,
});

const condition = (number: number, more: Partial<Condition> = {}): Condition => ({
  number,
  office: '150102-FIRE',
  seq: 7,
  text: `条件${number}`,
  subject: 'fire',
  before: 'decision',
  state: 'open',
  ...more,
});

const fileWith = (more: Partial<ReviewFile>): ReviewFile => ({ ...emptyFile('filing'), ...more });

describe('the countersign sheet', () => {
  const opinions = (records: ReviewRecords) =>
    rowsWith(countersignSheet(records), '盖章')?.map((row) => row.slice(1, 5));

  test('says of each department what it said or by when it has to', () => {
    const papers = [
      paperOf(6, 'opinion', { verdict: 'disagree', reason: '用途不符' }, { office: '150102-NATRES' }),
    ];
    expect(opinions(reviewOf({ opinions: [opinion('NATRES', 'disagree', 6)] }, { papers }))).toEqual([
      ['新城区自然资源部门', '不同意', '2021年9月24日', '用途不符'],
      ['新城区消防救援部门', '尚未出具', '—', '应于2021年9月28日前（含当日）出具'],
      ['新城区供电部门', '尚未出具', '—', '应于2021年9月28日前（含当日）出具'],
    ]);
  });

  test('says of silence that it was told, or taken for consent on which day', () => {
    const { head } = reviewOf();
    const clocks = endClock(head.clocks, 'opinion:150102-FIRE', 'silence', on('2021-09-29'), 9);
    const open = { prove: 0, close: [], objections: 0, papers: [], escalated: ['150102-POWER'] };
    const asked = [{ office: '150102-NATRES', seq: 6, at: on('2021-09-25') }];
    expect(opinions(reviewOf({ clocks, open, asked, opinions: [opinion('FIRE', 'silent', 9)] }))).toEqual([
      ['新城区自然资源部门', '尚未出具', '—', '待申报单位补充材料'],
      ['新城区消防救援部门', '逾期未出具意见，按规定视为同意', '2021年9月29日', '—'],
      ['新城区供电部门', '尚未出具', '—', '逾期未出具，已提级督办'],
    ]);
  });

  test('takes from the minutes what the meeting settled, and says which version an opinion was of', () => {
    const body = {
      date: '2021-09-24',
      documentNumber: '联审1号',
      document: {},
      opinions: [{ department: 'FIRE', verdict: 'disagree', reason: '疏散不足' }],
    };
    const records = reviewOf(
      { frozen: 2, opinions: [opinion('FIRE', 'disagree', 8)] },
      { papers: [paperOf(8, 'minutes', body)] },
    );
    expect(opinions(records)?.[1]?.[3]).toBe('疏散不足\n联审会议上形成\n针对第1稿');
  });

  test('shows each condition with its state, and each conflict until somebody settled it', () => {
    const conditions = [
      condition(1, { state: 'closed', endedBy: 12 }),
      condition(2, { state: 'proved', provedBy: 11 }),
      condition(3, { office: '150102-POWER', seq: 8, state: 'open' }),
    ];
    const papers = [
      paperOf(11, 'condition-proof', {}),
      paperOf(12, 'condition-closed', {}, { at: on('2021-09-26') }),
    ];
    const print = countersignSheet(reviewOf({}, { papers, review: fileWith({ conditions }) }));
    expect(rowsWith(print, '落实情况')?.map((row) => row.at(-1))).toEqual([
      '已核销\n2021年9月26日',
      '已提交证明，待核销\n2021年9月24日',
      '待落实',
    ]);
    expect(rowsWith(print, '处理')).toEqual([['第2项、第3项', '尚未处理', '']]);
    const settled = fileWith({ conditions, settled: [{ pair: [2, 3], seq: 13 }] });
    const why = [paperOf(13, 'contradiction-settled', { reason: '互不影响' })];
    expect(rowsWith(countersignSheet(reviewOf({}, { papers: why, review: settled })), '处理')).toEqual([
      ['第2项、第3项', '两项并行', '互不影响'],
    ]);
  });

  const stages = (records: ReviewRecords) =>
    rowsWith(countersignSheet(records), '结论')?.map(([stage, , ...conclusion]) => [stage, ...conclusion]);

  test('says of what nobody concluded that it is open, and of what the rules leave out why', () => {
    expect(stages(reviewOf())).toEqual([
      ['牵头部门', '尚未出具', '—', '—'],
      ['计划核对', '尚未出具', '—', '—'],
      ['公示', '不适用', '—', '适用规则未设公示期'],
      ['决定', '尚未出具', '—', '—'],
    ]);
    const project = sampleProject();
    expect(stages(reviewOf({}, { kind: 'cancellation', project }))?.slice(1, 3)).toEqual([
      ['计划核对', '不适用', '—', '此类申报不核对计划'],
      ['公示', '不适用', '—', '此类申报不公示'],
    ]);
  });

  test('ends with whoever refused it; what would have come after was not held', () => {
    const { head } = reviewOf();
    const concluded = endClock(head.clocks, 'review', 'done', on('2021-09-27'), 9);
    const refused = paperOf(
      10,
      'refusal',
      { reason: '计划已满' },
      { role: 'plan-checker', office: '150100-HOUSING', at: on('2021-09-28') },
    );
    expect(stages(reviewOf({ state: 'rejected', clocks: concluded }, { papers: [refused] }))).toEqual([
      ['牵头部门', '联审通过', '2021年9月27日', '—'],
      ['计划核对', '未列入计划，不予通过', '2021年9月28日', '计划已满'],
      ['公示', '不适用', '—', '适用规则未设公示期'],
      ['决定', '未进行', '—', '申报件未通过'],
    ]);
  });

  test('counts the objections of a public notice, and says which wait for their answer', () => {
    const { head, kind } = reviewOf();
    const terms = { ...head.terms!, days: { ...head.terms!.days, notice: 5 } };
    const noticed = startClock(
      head.clocks,
      'notice',
      '150102-HOUSING',
      { ...head, terms },
      kind,
      on('2021-10-08'),
      12,
    );
    const papers = [
      paperOf(13, 'objection', { number: 1, receivedOn: '2021-10-09', by: 'phone', text: '噪声' }),
      paperOf(14, 'objection-answer', { objection: 1, upheld: true, answer: '加装隔声窗' }),
      paperOf(15, 'objection', { number: 2, receivedOn: '2021-10-09', by: 'letter', text: '停车' }),
    ];
    const review = fileWith({
      objections: [
        { number: 1, seq: 13, answeredBy: 14, upheld: true },
        { number: 2, seq: 15 },
      ],
    });
    const records = reviewOf({ state: 'public-notice', terms, clocks: noticed }, { papers, review });
    expect(stages(records)?.[2]).toEqual([
      '公示',
      '公示中',
      '—',
      '至2021年10月14日（含当日）；异议2件，见下表',
    ]);
    expect(rowsWith(countersignSheet(records), '异议内容')).toEqual([
      ['1', '2021年10月9日\n电话', '噪声', '2021年9月24日：加装隔声窗', '成立'],
      ['2', '2021年10月9日\n书面', '停车', '尚未答复', '尚未出具'],
    ]);
  });

  test('names papers that were promised for later', () => {
    const review = fileWith({
      promised: [
        { paper: 'survey', by: '2021-10-15' },
        { paper: 'licence', by: '2021-10-16', deliveredBy: 9 },
      ],
    });
    const print = countersignSheet(reviewOf({}, { review, papers: [paperOf(9, 'late-paper', {})] }));
    expect(rowsWith(print, '承诺补交日期')).toEqual([
      ['房屋测绘报告', '2021年10月15日', '尚未补交'],
      ['统一社会信用代码证照', '2021年10月16日', '2021年9月24日'],
    ]);
  });

  test('says what the filing is about, of a cancellation from the register, and the number once there is one', () => {
    const project = {
      ...sampleProject(),
      certificate: { id: 'c', number: '保租认字〔2021〕150102-0001号', state: 'valid' },
    };
    expect(fieldsOf(countersignSheet(reviewOf()))).toMatchObject({
      项目名称: '演示·新城区青年公寓项目',
      所在旗县区: '呼和浩特市新城区',
      房源数量: '120套（间）',
      建设方式: '改建',
      认定书编号: '—',
    });
    expect(fieldsOf(countersignSheet(reviewOf({}, { kind: 'cancellation', project })))).toMatchObject({
      项目名称: project.content.name,
      申报事项: '认定书注销申请',
      认定书编号: '保租认字〔2021〕150102-0001号',
    });
    // Content of before the form changed: the sheet says less, and stands.
    const odd = reviewOf();
    expect(fieldsOf(countersignSheet({ ...odd, subject: undefined }))).toMatchObject({
      项目名称: '—',
      房源数量: '—',
    });
  });
});

describe('the print of a paper', () => {
  test('is held against its own audit entry, and its digest is of all that it says', () => {
    const paper = paperOf(6, 'site-visit', {
      date: '2021-09-24',
      offices: ['住建'],
      findings: '相符',
      documents: [{ fileName: '照片.pdf' }],
    });
    const print = printed(paper);
    expect(print.source).toEqual({
      submission: 'filing',
      version: 1,
      versionHash: expect.any(String) as string,
      entry: 6,
      entryHash: 'e'.repeat(64),
      at: on('2021-09-24'),
    });
    expect(fieldsOf(print)).toMatchObject({ 踏勘情况: '相符', 所附文件: '《照片.pdf》' });
    const other = printed({ ...paper, body: { ...paper.body, findings: '不符' } });
    expect(digestOf(other)).not.toBe(digestOf(print));
    expect(digestOf(printed({ ...paper }))).toBe(digestOf(print));
  });

  test('of a refusal names the reasons, who disagreed, and the remedies that the law leaves when none are given', () => {
    const papers = [
      paperOf(6, 'opinion', { verdict: 'disagree', reason: '用途不符' }, { office: '150102-NATRES' }),
    ];
    const refusal = paperOf(9, 'refusal', { reason: '不具备条件' });
    const records = reviewOf(
      { state: 'rejected', opinions: [opinion('NATRES', 'disagree', 6)] },
      { papers: [...papers, refusal] },
    );
    const words = printed(refusal, records).blocks.flatMap(said);
    expect(words).toEqual([
      '演示住房租赁有限公司：',
      expect.stringMatching(
        /^你单位提交的《项目认定申请》（.*项目：演示·新城区青年公寓项目，第1稿），经审查，决定不予通过。$/,
      ),
      '一、理由',
      '不具备条件',
      '下列部门出具了不同意的意见：',
      '新城区自然资源部门：用途不符',
      '二、救济途径',
      expect.stringContaining('可以依法申请行政复议或者提起行政诉讼'),
    ]);
  });

  test.each([
    ['recognition', '不予认定决定书'],
    ['change', '不予变更决定书'],
    ['renewal', '不予续期决定书'],
    ['cancellation', '不予注销决定书'],
  ])('of the government’s refusal of a %s is called %s', (kind, title) => {
    const refusal = paperOf(
      9,
      'refusal',
      { reason: '理由', remedies: '向市政府申请复议' },
      { role: 'decider', office: '150102' },
    );
    const print = printed(refusal, reviewOf({}, { kind, project: sampleProject(), papers: [refusal] }));
    expect(print.title.zh).toBe(title);
    expect(print.blocks.flatMap(said)).toContain('向市政府申请复议');
    expect(print.blocks.at(-1)).toEqual({ kind: 'signature', office: '新城区人民政府', on: '2021年9月24日' });
  });

  test('of a decision repeats the conditions that hold beyond it, and no restriction on what ends', () => {
    const conditions = [
      condition(1),
      condition(2, { before: 'letting' }),
      condition(3, { before: 'letting', state: 'set-aside' }),
    ];
    const decision = paperOf(
      12,
      'decision',
      { documentNumber: '新政认1号', note: '请按期开工' },
      { role: 'decider', office: '150102' },
    );
    const print = printed(decision, reviewOf({}, { papers: [decision], review: fileWith({ conditions }) }));
    expect(print.under).toBe('新政认1号　　平台文书第12号');
    const words = print.blocks.flatMap(said);
    expect(words.filter((one) => /条件\d/.test(one))).toEqual(['条件2（出租前落实；新城区消防救援部门）']);
    expect(words).toContain('请按期开工');
    expect(words.join('')).toContain('不得上市销售');
    const ended = printed(
      decision,
      reviewOf({}, { kind: 'cancellation', project: sampleProject(), papers: [decision] }),
    );
    expect(ended.blocks.flatMap(said).join('')).not.toContain('不得上市销售');
  });

  test('of a correction notice names fields by their names and says why something is told late', () => {
    const notice = paperOf(6, 'correction-notice', {
      defects: [
        { pointer: '/buildings/0/homes', text: '不一致' },
        { pointer: '', text: '缺授权书', toldLate: '现场踏勘后发现' },
      ],
    });
    const words = printed(notice).blocks.flatMap(said);
    expect(words).toEqual(
      expect.arrayContaining([
        '套（间）数：不一致',
        '缺授权书（此前未告知的原因：现场踏勘后发现）',
        expect.stringContaining('10个工作日内'),
      ]),
    );
  });

  test('of an opinion says when it no longer stands', () => {
    const paper = paperOf(6, 'opinion', { verdict: 'agree' }, { office: '150102-NATRES' });
    const gone = printed(paper).blocks.flatMap(said).join('');
    expect(gone).toContain('本意见已不在案');
    const standing = reviewOf({ opinions: [opinion('NATRES', 'agree', 6)] }, { papers: [paper] });
    expect(printed(paper, standing).blocks.flatMap(said).join('')).not.toContain('不在案');
  });

  test('shows the limits of a delegate above his seal, and the sheet by which document he signed', () => {
    const delegation = { document: '新政授〔2021〕3号', limits: '五千万元以下', to: '2021-10-31' };
    const paper = paperOf(6, 'opinion', { verdict: 'agree', delegation }, { office: '150102-NATRES' });
    const decision = paperOf(12, 'decision', { delegation }, { role: 'decider', office: '150102' });
    const records = reviewOf({ opinions: [opinion('NATRES', 'agree', 6)] }, { papers: [paper, decision] });
    const limits =
      '本件由受委托人签署。授权文号：新政授〔2021〕3号；授权事项和限额：五千万元以下；授权至2021年10月31日（含当日）。';
    for (const one of [paper, decision]) {
      const { blocks } = printed(one, records);
      expect(blocks.slice(-2).map(({ kind }) => kind)).toEqual(['paragraph', 'signature']);
      expect(blocks.flatMap(said)).toContain(limits);
    }
    const sheet = countersignSheet(records);
    expect(rowsWith(sheet, '盖章')?.[0]?.[4]).toBe('受委托签署（新政授〔2021〕3号）');
    expect(rowsWith(sheet, '结论')?.at(-1)?.at(-1)).toBe('受委托签署（新政授〔2021〕3号）');
  });

  test('of a supplement and of the plan check', () => {
    const asked = paperOf(
      6,
      'supplement-request',
      { questions: ['补交消防设计'] },
      { office: '150102-FIRE' },
    );
    expect(printed(asked).blocks.flatMap(said)).toContain('补交消防设计');
    const checked = paperOf(9, 'plan-check', {}, { office: '150100-HOUSING', role: 'plan-checker' });
    expect(fieldsOf(printed(checked))).toMatchObject({ 计划年度: '2021年', 套数: '120套（间）', 说明: '—' });
  });

  test('is of those papers that go out; notes on the record have none', () => {
    expect(printedPapers).toEqual([
      'correction-notice',
      'opinion',
      'supplement-request',
      'refusal',
      'site-visit',
      'minutes',
      'plan-check',
      'decision',
    ]);
    const look = paperOf(6, 'contact-view', { purpose: '核实' });
    expect(paperPrint(look, reviewOf(), { entryHash: '' })).toBeUndefined();
  });
});
