/**
 * Lists as tables (列表导出): which columns each list has on paper and in a spreadsheet, in both languages. The rows are those
 * of the list itself, so that nobody takes away more than he sees.
 */
import type { Text } from '../../kernel/refusal.ts';
import { officeOf } from '../identity/offices.ts';
import { roles, type Role } from '../identity/roles.ts';
import type { tiers } from '../cities/city.ts';

/** A row of an answer, as JSON has it. */
export type Row = Readonly<Record<string, unknown>>;

export interface ListColumn {
  readonly title: Text;
  /** `text` as it is; `date` a civil day; `instant` in Beijing time; `number`. */
  readonly is: 'text' | 'date' | 'instant' | 'number';
  readonly width: number;
  readonly value: (row: Row, language: 'zh' | 'en') => unknown;
}

export interface ListTable {
  readonly name: Text;
  /** The route that gives the list. */
  readonly route: string;
  /** Which filters of the list may be given. */
  readonly filters: readonly string[];
  /** A row of the table for each of these within a row of the list. */
  readonly each?: string;
  readonly columns: readonly ListColumn[];
}

type Value = ListColumn['value'];

/** A code or a name; anything else is no text. */
const textIn = (row: Row, name: string): string => {
  const value = row[name];
  return typeof value === 'string' ? value : '';
};
const field =
  (name: string): Value =>
  (row) =>
    row[name];
/** A text in both languages. */
const inWords =
  (name: string): Value =>
  (row, language) =>
    (row[name] as Partial<Text> | undefined)?.[language];
const office =
  (name: string): Value =>
  (row, language) => {
    const code = textIn(row, name);
    return officeOf(code)?.[language] ?? code;
  };
const role =
  (name: string): Value =>
  (row, language) => {
    const code = textIn(row, name);
    return code in roles ? roles[code as Role][language] : code;
  };
const yes =
  (name: string): Value =>
  (row, language) =>
    row[name] === true ? (language === 'zh' ? '是' : 'yes') : '';

const tierNames: Readonly<Record<(typeof tiers)[number], Text>> = {
  'bottom-line': { zh: '底线城市', en: 'bottom-line city' },
  key: { zh: '重点城市', en: 'key city' },
  determined: { zh: '省级确定城市', en: 'determined city' },
  none: { zh: '其他', en: 'other' },
};
const developments: Readonly<Record<string, Text>> = {
  undeclared: { zh: '未申报', en: 'undeclared' },
  developing: { zh: '发展', en: 'developing' },
  'not-developing': { zh: '不发展', en: 'not developing' },
};

const column = (
  zh: string,
  en: string,
  value: Value,
  width = 14,
  is: ListColumn['is'] = 'text',
): ListColumn => ({ title: { zh, en }, is, width, value });

const city = column('盟市', 'City', office('city'), 22);
const notice = column('通知文号', 'Notice', field('notice'), 24);
const clause = column('条款', 'Clause', field('clause'), 8);
const kind = column('种类', 'Kind', inWords('kindName'), 20);
const period = column('期间', 'Period', field('period'), 12);
const lastDay = column('截止日', 'Last day', field('lastDay'), 12, 'date');
const workingDays = column('剩余工作日', 'Working days left', field('workingDays'), 11, 'number');

export const lists = {
  desk: {
    name: { zh: '待办', en: 'Desk' },
    route: 'GET /desk',
    filters: [],
    columns: [
      column('事项', 'Task', inWords('taskText'), 34),
      kind,
      period,
      column('报送单位', 'Filed by', office('owner'), 22),
      column('岗位', 'Role', role('role'), 10),
      column('办理期限', 'Due', field('due'), 12, 'date'),
      column('逾期', 'Overdue', yes('overdue'), 8),
      column('等待起始', 'Since', field('since'), 18, 'instant'),
      column('记录', 'Record', field('record'), 48),
    ],
  },
  inbox: {
    name: { zh: '通知', en: 'Inbox' },
    route: 'GET /inbox',
    filters: [],
    each: 'lines',
    columns: [
      column('通知日', 'Day', field('day'), 12, 'date'),
      column('岗位', 'Role', role('role'), 10),
      city,
      column('内容', 'Text', inWords('text'), 70),
      notice,
      lastDay,
      workingDays,
      column('阅知时刻', 'Read', field('read'), 18, 'instant'),
    ],
  },
  submissions: {
    name: { zh: '申报件', en: 'Submissions' },
    route: 'GET /submissions',
    filters: ['city', 'kind', 'state'],
    columns: [
      column('报送单位', 'Filed by', office('owner'), 22),
      kind,
      period,
      column('状态', 'State', inWords('stateText'), 18),
      column('已报版本', 'Submitted version', field('frozen'), 10, 'number'),
      column('更新时刻', 'Changed', field('updatedAt'), 18, 'instant'),
      column('编号', 'Id', field('id'), 40),
    ],
  },
  deadlines: {
    name: { zh: '到期情况', en: 'Deadlines' },
    route: 'GET /deadlines',
    filters: ['city'],
    each: 'items',
    columns: [
      city,
      kind,
      period,
      notice,
      clause,
      lastDay,
      workingDays,
      column('判断', 'Outlook', inWords('outlookText'), 14),
      column(
        '原因',
        'Why',
        (row, language) =>
          ((row['why'] ?? []) as Text[]).map((one) => one[language]).join(language === 'zh' ? '；' : '; '),
        60,
      ),
    ],
  },
  obligations: {
    name: { zh: '报送义务', en: 'Duties' },
    route: 'GET /obligations',
    filters: ['city'],
    each: 'items',
    columns: [
      city,
      kind,
      period,
      notice,
      clause,
      lastDay,
      column('情况', 'State', inWords('stateText'), 14),
      column('履行时刻', 'Fulfilled', field('at'), 18, 'instant'),
      column('申报件', 'Filing', field('submission'), 40),
    ],
  },
  reminders: {
    name: { zh: '催报记录', en: 'Reminders' },
    route: 'GET /obligations/{id}/reminders',
    filters: ['obligation'],
    columns: [
      column('应提醒日', 'Day of the point', field('day'), 12, 'date'),
      column('提醒点', 'Point', field('point'), 10),
      column('单位', 'Office', office('office'), 26),
      column('岗位', 'Role', role('role'), 10),
      column(
        '结果',
        'Outcome',
        (row, language) =>
          row['outcome'] === 'noticed'
            ? language === 'zh'
              ? '已通知'
              : 'told'
            : language === 'zh'
              ? '略过'
              : 'skipped',
        10,
      ),
      column('记录时刻', 'Recorded', field('at'), 18, 'instant'),
      column(
        '阅知人数',
        'Read by',
        (row) => (row['read'] as { count?: number } | undefined)?.count,
        10,
        'number',
      ),
    ],
  },
  cities: {
    name: { zh: '盟市', en: 'Cities' },
    route: 'GET /cities',
    filters: [],
    columns: [
      column('代码', 'Code', field('code'), 10),
      column('名称', 'Name', inWords('name'), 24),
      column(
        '类别',
        'Tier',
        (row, language) => tierNames[row['tier'] as keyof typeof tierNames][language],
        14,
      ),
      column(
        '是否发展',
        'Development',
        (row, language) => developments[textIn(row, 'development')]?.[language],
        12,
      ),
      column('汇总至', 'Rolls up to', office('rollsUpTo'), 22),
    ],
  },
  projects: {
    name: { zh: '项目', en: 'Projects' },
    route: 'GET /projects',
    filters: ['city', 'county', 'mode', 'stage', 'late', 'certificate', 'name'],
    columns: [
      city,
      column('旗县区', 'County', inWords('countyName'), 16),
      column('项目名称', 'Name', field('name'), 36),
      column('建设（产权）单位', 'Owner', (row) => (row['owner'] as { name?: string } | undefined)?.name, 30),
      column('建设方式', 'Supply mode', inWords('modeText'), 10),
      column('用地用房路径', 'Way to land or building', inWords('pathText'), 24),
      column('房源（套、间）', 'Homes', field('homes'), 10, 'number'),
      column('计划年度', 'Plan year', field('planYear'), 10, 'number'),
      column('阶段', 'Stage', inWords('stageText'), 16),
      column('应办结日期', 'Due', field('due'), 12, 'date'),
      column('逾期', 'Late', yes('late'), 8),
      column(
        '认定书编号',
        'Certificate',
        (row) => (row['certificate'] as { number?: string } | undefined)?.number,
        32,
      ),
      column('编号', 'Id', field('id'), 40),
    ],
  },
  overview: {
    name: { zh: '全区项目概览', en: 'Overview' },
    route: 'GET /regions/overview',
    filters: ['year'],
    columns: [
      column('盟市', 'City', inWords('cityName'), 22),
      column('计划套数', 'Homes planned', field('planned'), 12, 'number'),
      column('已占用计划套数', 'Homes spoken for', field('reserved'), 14, 'number'),
      column('申请项目', 'Projects applied for', field('applied'), 12, 'number'),
      column('申请套数', 'Homes applied for', field('appliedHomes'), 12, 'number'),
      column('认定项目', 'Projects recognised', field('recognised'), 12, 'number'),
      column('认定套数', 'Homes recognised', field('recognisedHomes'), 12, 'number'),
      column('逾期项目', 'Late', field('late'), 10, 'number'),
    ],
  },
  resources: {
    name: { zh: '存量资源台账', en: 'Idle land and buildings' },
    route: 'GET /resources',
    filters: ['city', 'county', 'path'],
    columns: [
      city,
      column('旗县区', 'County', inWords('countyName'), 16),
      column('名称', 'Name', field('name'), 30),
      column('类别', 'Kind', inWords('kindText'), 8),
      column('用地用房路径', 'Way to land or building', inWords('pathText'), 24),
      column('坐落', 'Address', field('address'), 40),
      column('不动产单元号', 'Real-estate unit', field('unitNumber'), 32),
      column('土地面积（平方米）', 'Land (m²)', field('landArea'), 14, 'number'),
      column('建筑面积（平方米）', 'Floor (m²)', field('floorArea'), 14, 'number'),
      column('现状用途', 'Present use', field('presentUse'), 20),
      column('权利人', 'Holder', field('holder'), 26),
      column('状态', 'State', inWords('stateText'), 12),
    ],
  },
  evaluations: {
    name: { zh: '监测评价', en: 'Evaluations' },
    route: 'GET /evaluations',
    filters: ['year'],
    columns: [
      column('评价编号', 'Run', field('id'), 14),
      column('起', 'From', field('from'), 12, 'date'),
      column('止', 'To', field('to'), 12, 'date'),
      column('状态', 'State', inWords('stateText'), 30),
      column('冻结时刻', 'Frozen', field('frozenAt'), 18, 'instant'),
      column('异议截止', 'Objections until', field('objectUntil'), 12, 'date'),
      column(
        '异议数',
        'Objections',
        (row) => (row['objections'] as unknown[] | undefined)?.length,
        8,
        'number',
      ),
      column('冻结数据摘要', 'Hash of the inputs', field('inputs'), 40),
    ],
  },
} as const satisfies Record<string, ListTable>;

export type ListName = keyof typeof lists;
export const listNames = Object.keys(lists) as [ListName, ...ListName[]];

/** The rows of the table out of those of the list: what lies within one is laid beside what holds it. */
export function tableRows(list: ListTable, items: readonly Row[]): readonly Row[] {
  const { each } = list;
  if (each === undefined) return items;
  return items.flatMap((item) => ((item[each] ?? []) as Row[]).map((inner) => ({ ...item, ...inner })));
}
