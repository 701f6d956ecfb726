/** What the report says of tiers, states and units, in Chinese: its readers are the region's government and the ministries. */
import type { tiers } from '../../domain/cities/city.ts';
import type { EvaluationResult, Figure } from '../../domain/evaluation/result.ts';
import type { Indicator, Scheme } from '../../domain/evaluation/scheme.ts';

export const tierNames: Readonly<Record<(typeof tiers)[number], string>> = {
  'bottom-line': '底线城市',
  key: '重点城市',
  determined: '省级确定城市',
  none: '其他',
};

/** What stands in place of a figure that there is none of. */
export const withoutFigure: Readonly<Record<Figure['state'], string>> = {
  scored: '',
  'not-applicable': '不适用',
  'no-data': '应有而缺',
  'no-source': '尚无记录',
};

const units: Readonly<Record<Indicator['unit'], string>> = {
  percent: '%',
  ratio: '',
  'yes-no': '',
  'working-days': '个工作日',
  'per-thousand': '‰',
};

export function unitOf({ unit }: Pick<Indicator, 'unit'>): string {
  return units[unit];
}

/** `66.67%`, `5个工作日`, `已建立`; what is not scored says why in a word. */
export function valueWords({ state, value }: Figure, indicator: Indicator): string {
  if (state !== 'scored' || value === null) return withoutFigure[state];
  if (indicator.unit === 'yes-no') return value >= 1 ? '有' : '无';
  return `${plain(value)}${units[indicator.unit]}`;
}

/** Two decimals at most, without zeros that say nothing. */
export function plain(value: number | null): string {
  return value === null ? '—' : String(value);
}

/** Always two decimals: columns of points are read against each other. */
export function points(value: number | null): string {
  return value === null ? '—' : value.toFixed(2);
}

export function titleOf({ cycle, year, to }: EvaluationResult): string {
  return cycle === 'yearly'
    ? `内蒙古自治区保障性租赁住房发展情况监测评价报告（${year}年度）`
    : `内蒙古自治区保障性租赁住房发展情况监测月报（${year}年${Number(to.slice(5, 7))}月）`;
}

/** `2021年12月31日`. */
export function dateWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** `2022年1月5日09:00（北京时间）`. */
export function instantWords(at: string): string {
  const local = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return `${dateWords(local.slice(0, 10))}${local.slice(11, 16)}（北京时间）`;
}

/** Where a scheme comes from: what the platform ships is said to be a proposal. */
export function sourceWords({ version, year, source }: Scheme): string {
  return version === 0 ? '平台自带的建议稿，未经正式发布' : `${source}（${year}年第${version}版）`;
}
