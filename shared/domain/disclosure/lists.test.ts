import { describe, expect, it } from 'vitest';
import { columnsOf } from './datasets.ts';
import { listNames, lists, tableRows, type ListName, type ListTable, type Row } from './lists.ts';

/** A row as it stands on paper: title → cell. */
function printed(name: ListName, row: Row, language: 'zh' | 'en' = 'zh'): Record<string, unknown> {
  const { columns }: ListTable = lists[name];
  return Object.fromEntries(columns.map(({ title, value }) => [title[language], value(row, language)]));
}

const place = { city: '150300', countyName: { zh: '海勃湾区', en: 'Haibowan' } };
const words = (zh: string, en: string) => ({ zh, en });

const samples: Record<ListName, Row> = {
  projects: {
    ...place,
    name: '演示项目',
    owner: { name: '演示公司' },
    modeText: words('改建', 'conversion'),
    pathText: words('非居住存量房屋', 'Existing non-residential buildings'),
    homes: 120,
    planYear: 2021,
    stageText: words('部门联审中', 'under joint review'),
    due: '2022-01-28',
    late: true,
    certificate: { number: '保租认字〔2021〕150302-0001号' },
    id: 'p-1',
  },
  overview: {
    cityName: words('乌海市', 'Wuhai'),
    planned: 500,
    reserved: 120,
    applied: 2,
    appliedHomes: 240,
    recognised: 1,
    recognisedHomes: 120,
    late: 1,
  },
  resources: {
    ...place,
    name: '演示地块',
    kindText: words('土地', 'Land'),
    pathText: words('集体经营性建设用地', 'Collective land'),
    address: '演示路1号',
    unitNumber: '150302001001GB00001F00010001',
    landArea: 2000,
    floorArea: 100,
    presentUse: '闲置',
    holder: '演示公司',
    stateText: words('闲置', 'idle'),
  },
  desk: {
    taskText: { zh: '审核', en: 'Check' },
    kindName: { zh: '年度计划', en: 'Annual plan' },
    period: '2022',
    owner: '150300',
    role: 'checker',
    due: '2022-01-28',
    overdue: true,
    since: '2022-01-20T01:00:00.000Z',
    record: 'submission:s-1',
  },
  inbox: {
    day: '2022-01-20',
    role: 'drafter',
    city: '150300',
    text: { zh: '剩余5个工作日', en: '5 working days left' },
    notice: '演通〔2022〕1号',
    lastDay: '2022-01-28',
    workingDays: 5,
    read: '2022-01-20T01:00:00.000Z',
  },
  submissions: {
    owner: '150300',
    kindName: { zh: '年度计划', en: 'Annual plan' },
    period: '2022',
    stateText: { zh: '拟稿中', en: 'being drafted' },
    frozen: 2,
    updatedAt: '2022-01-20T01:00:00.000Z',
    id: 's-1',
  },
  deadlines: {
    city: '150300',
    kindName: { zh: '年度计划', en: 'Annual plan' },
    period: '2022',
    notice: '演通〔2022〕1号',
    clause: 'S-06',
    lastDay: '2022-01-28',
    workingDays: -2,
    outlookText: { zh: '已逾期', en: 'late' },
    why: [
      { zh: '仍在拟稿', en: 'still being drafted' },
      { zh: '缺少文号', en: 'no document number' },
    ],
  },
  obligations: {
    city: '150300',
    kindName: { zh: '年度计划', en: 'Annual plan' },
    period: '2022',
    notice: '演通〔2022〕1号',
    clause: 'S-06',
    lastDay: '2022-01-28',
    stateText: { zh: '未履行', en: 'open' },
    at: '2022-01-20T01:00:00.000Z',
    submission: 's-1',
  },
  reminders: {
    day: '2022-01-20',
    point: 'T-5',
    office: '150300',
    role: 'drafter',
    outcome: 'noticed',
    at: '2022-01-20T01:00:00.000Z',
    read: { count: 3 },
  },
  cities: {
    code: '150300',
    name: { zh: '乌海市', en: 'Wuhai' },
    tier: 'determined',
    development: 'developing',
    rollsUpTo: '150300',
  },
  evaluations: {
    id: '2021.1',
    from: '2021-01-01',
    to: '2021-12-31',
    stateText: { zh: '已公布', en: 'published' },
    frozenAt: '2022-01-20T01:00:00.000Z',
    objectUntil: '2022-02-10',
    objections: [{}, {}],
    inputs: 'abc',
  },
};

describe('a list on paper', () => {
  it.each(listNames)('has something in every column that the list knows: %s', (name) => {
    for (const language of ['zh', 'en'] as const) {
      const row = printed(name, samples[name], language);
      expect(Object.keys(row)).toHaveLength(lists[name].columns.length);
      for (const cell of Object.values(row)) expect(cell === undefined || cell === '').toBe(false);
    }
  });

  it('names offices, roles and tasks in the language asked for', () => {
    expect(printed('desk', samples.desk)).toMatchObject({
      事项: '审核',
      报送单位: '乌海市人民政府',
      岗位: '审核',
      逾期: '是',
    });
    expect(printed('desk', samples.desk, 'en')).toMatchObject({
      Task: 'Check',
      'Filed by': 'Wuhai',
      Role: 'Checker',
      Overdue: 'yes',
      Record: 'submission:s-1',
    });
  });

  it('shows an office or a role that has no name as its code, and says nothing of what is absent', () => {
    expect(printed('desk', { owner: 'R_OLD', role: 'porter', overdue: false })).toMatchObject({
      报送单位: 'R_OLD',
      岗位: 'porter',
      逾期: '',
    });
    expect(printed('desk', {})).toMatchObject({ 事项: undefined, 报送单位: '', 岗位: '', 逾期: '' });
    expect(printed('desk', { owner: 7, role: null })).toMatchObject({ 报送单位: '', 岗位: '' });
  });

  it('joins the reasons of a deadline as each language does', () => {
    expect(printed('deadlines', samples.deadlines)['原因']).toBe('仍在拟稿；缺少文号');
    expect(printed('deadlines', samples.deadlines, 'en')['Why']).toBe(
      'still being drafted; no document number',
    );
    expect(printed('deadlines', {})['原因']).toBe('');
  });

  it('says whether somebody was told, and how many have read it', () => {
    expect(printed('reminders', samples.reminders)).toMatchObject({ 结果: '已通知', 阅知人数: 3 });
    expect(printed('reminders', samples.reminders, 'en')).toMatchObject({ Outcome: 'told' });
    const skipped = { ...samples.reminders, outcome: 'skipped', read: undefined };
    expect(printed('reminders', skipped)).toMatchObject({ 结果: '略过', 阅知人数: undefined });
    expect(printed('reminders', skipped, 'en')).toMatchObject({ Outcome: 'skipped' });
  });

  it('names the tier of a city and whether it develops', () => {
    expect(printed('cities', samples.cities)).toMatchObject({ 类别: '省级确定城市', 是否发展: '发展' });
    expect(printed('cities', samples.cities, 'en')).toMatchObject({
      Tier: 'determined city',
      Development: 'developing',
      'Rolls up to': 'Wuhai',
    });
    expect(printed('cities', { tier: 'none' })).toMatchObject({ 是否发展: undefined });
  });

  it('counts the objections to an evaluation, none being not the same as not asked yet', () => {
    expect(printed('evaluations', samples.evaluations)['异议数']).toBe(2);
    expect(printed('evaluations', { objections: [] })['异议数']).toBe(0);
    expect(printed('evaluations', {})['异议数']).toBeUndefined();
  });
});

describe('the rows of a table', () => {
  it('are those of the list', () => {
    const items = [{ id: 'a' }, { id: 'b' }];
    expect(tableRows(lists.submissions, items)).toEqual(items);
  });

  it('are laid out where a row of the list holds several, each beside what holds it', () => {
    const duties = [
      { city: '150300', notice: 'n', items: [{ period: '2021' }, { period: '2022' }] },
      { city: '150400', items: [] },
      { city: '150500' },
    ];
    expect(
      tableRows(lists.obligations, duties).map((row) => [row['city'], row['notice'], row['period']]),
    ).toEqual([
      ['150300', 'n', '2021'],
      ['150300', 'n', '2022'],
    ]);
  });
});

it('the columns of open data keep their names and order, because others compute with them', () => {
  expect(columnsOf('cities')).toEqual(['code', 'name_zh', 'name_en', 'tier', 'development', 'since']);
});
