/**
 * Open data (开放数据): every table that the public can have, with its columns. The columns keep their names and order; one
 * may be added at the end, and what changes otherwise is a new table.
 */
import type { Text } from '../../kernel/refusal.ts';

export interface Dataset {
  readonly name: Text;
  readonly address: string;
  readonly updated: Text;
  /** What each row holds, from left to right. */
  readonly columns: Readonly<Record<string, Text>>;
}

const city = { zh: '盟市代码（GB/T 2260）', en: 'Code of the league or city (GB/T 2260)' };
const cityName = { zh: '盟市名称', en: 'Name of the league or city' };
const asItHappens = { zh: '随公布即时更新', en: 'as it is published' };

export const datasets = {
  cities: {
    name: { zh: '城市名录', en: 'Cities' },
    address: '/public/cities',
    updated: asItHappens,
    columns: {
      code: city,
      name_zh: cityName,
      name_en: { zh: '英文名称', en: 'English name' },
      tier: {
        zh: '类别：bottom-line 底线城市，key 重点城市，determined 省级确定城市，none 其他',
        en: 'Tier: bottom-line, key, determined, none',
      },
      development: {
        zh: '是否发展：developing 发展，not-developing 不发展，undeclared 未申报',
        en: 'Whether it develops: developing, not-developing, undeclared',
      },
      since: { zh: '自何时起（UTC）', en: 'Since when (UTC)' },
    },
  },
  plans: {
    name: { zh: '已公布的目标、规划、计划和措施', en: 'Published targets, plans and measures' },
    address: '/public/plans',
    updated: asItHappens,
    columns: {
      city,
      city_name: cityName,
      kind: { zh: '种类代码', en: 'Code of the kind' },
      kind_name: { zh: '种类', en: 'Kind' },
      period: { zh: '期间', en: 'Period' },
      document_number: { zh: '文号', en: 'Document number' },
      issue_date: { zh: '成文日期', en: 'Date of issue' },
      published_at: { zh: '公布时刻（UTC）', en: 'Published at (UTC)' },
      edition: { zh: '版次', en: 'Edition' },
      content: { zh: '内容（JSON）', en: 'Content, as JSON' },
    },
  },
  duties: {
    name: { zh: '报送义务履行情况', en: 'Duties kept and missed' },
    address: '/public/duties',
    updated: {
      zh: '随履行即时更新，逾期按查询当日判断',
      en: 'as they are kept; what is missed is judged on the day',
    },
    columns: {
      year: { zh: '截止年度', en: 'Year of the deadline' },
      city,
      city_name: cityName,
      notice: { zh: '通知文号', en: 'Number of the notice' },
      clause: { zh: '依据条款', en: 'Clause' },
      kind: { zh: '种类代码', en: 'Code of the kind' },
      kind_name: { zh: '种类', en: 'Kind' },
      period: { zh: '期间', en: 'Period' },
      last_day: { zh: '截止日（含当日）', en: 'Last day in time' },
      state: {
        zh: '情况：kept 按时，kept-late 逾期完成，missed 逾期未完成，open 未到期，released 已解除',
        en: 'kept, kept-late, missed, open, released',
      },
      fulfilled_on: { zh: '完成日', en: 'Day on which it was kept' },
    },
  },
  evaluations: {
    name: { zh: '年度监测评价', en: 'Yearly evaluations' },
    address: '/public/evaluations/{year}',
    updated: { zh: '每年公布一次，更正后更新', en: 'once a year, and when it is corrected' },
    columns: {
      run: { zh: '评价编号', en: 'Run' },
      year: { zh: '年度', en: 'Year' },
      city,
      city_name: cityName,
      indicator: { zh: '指标代码', en: 'Code of the indicator' },
      indicator_name: { zh: '指标', en: 'Indicator' },
      state: {
        zh: '状态：scored 已计分，not-applicable 不适用，no-data 应有而缺，no-source 尚无记录',
        en: 'scored, not-applicable, no-data, no-source',
      },
      value: { zh: '指标值', en: 'Value' },
      unit: { zh: '单位', en: 'Unit' },
      numerator: { zh: '分子', en: 'Numerator' },
      denominator: { zh: '分母', en: 'Denominator' },
      suppressed: { zh: '涉及人数过少不予公布：true', en: 'true: withheld, because it is of so few persons' },
      total: { zh: '盟市折算百分', en: "The city's total, of a hundred" },
      rank: { zh: '盟市名次', en: "The city's rank" },
    },
  },
} as const satisfies Record<string, Dataset>;

export type DatasetName = keyof typeof datasets;

export function columnsOf(name: DatasetName): readonly string[] {
  return Object.keys(datasets[name].columns);
}
