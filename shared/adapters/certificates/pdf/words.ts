/** What the print says, row by row, in Chinese: from the content alone. */
import {
  certifiedModes,
  enabledPolicies,
  homeTypes,
  landPaths,
  opinionVerdicts,
  ownerKinds,
} from '../../../domain/certificates/terms.ts';
import type { CertificateContent } from '../../../domain/certificates/content.ts';

export interface Field {
  readonly label: string;
  readonly value: string;
}

/** One field over the whole width, or two side by side. */
export type Row = readonly [Field] | readonly [Field, Field];

export const basis =
  '根据《内蒙古自治区人民政府办公厅关于加快发展保障性租赁住房的实施意见》（内政办发〔2021〕53号）的规定，' +
  '经部门联审，认定下列项目为保障性租赁住房项目。';

const none = '—';
const field = (label: string, value: string | undefined): Field => ({ label, value: value ?? none });

/** What is too long for one row goes on in the next: no row is higher than a part of a sheet. */
export function rowsOf(content: CertificateContent): readonly Row[] {
  return allRows(content).flatMap((row): readonly Row[] =>
    row.length === 1 ? piecesOf(row[0]).map((piece): Row => [piece]) : [row],
  );
}

const longest = 900;

function piecesOf({ label, value }: Field): readonly Field[] {
  const pieces: string[] = [];
  for (let rest = value; rest !== '';) {
    const taken = rest.length <= longest ? rest : upToPause(rest.slice(0, longest));
    pieces.push(taken.trim());
    rest = rest.slice(taken.length);
  }
  return pieces.map((piece, index) => field(index === 0 ? label : `${label}（续）`, piece));
}

/** Up to the last comma, full stop or line end, and whole signs only. */
function upToPause(text: string): string {
  const pause = Math.max(...['、', '，', '。', '；', '\n'].map((sign) => text.lastIndexOf(sign)));
  if (pause > longest / 2) return text.slice(0, pause + 1);
  return text.isWellFormed() ? text : text.slice(0, -1);
}

function allRows(content: CertificateContent): readonly Row[] {
  const { project, owner, operator, extent } = content;
  return [
    [field('项目名称', project.name)],
    [field('项目地址', project.address)],
    [field('所在地', project.place), field('行政区划代码', project.county)],
    [field('项目主体', owner.name)],
    [field('主体信用代码', owner.creditCode), field('主体类型', ownerKinds[owner.kind].zh)],
    [field('运营管理单位', operator?.name), field('运营信用代码', operator?.creditCode)],
    [
      field('建设方式', certifiedModes[content.mode].zh),
      field('用地（房屋）来源', landPaths[content.landPath].zh),
    ],
    [field('不动产单元号', listed(content.unitNumbers))],
    [field('四至', extent.boundaries)],
    [field('楼栋范围', listed(extent.buildings))],
    [
      field('用地面积', content.landArea === undefined ? undefined : `${plain(content.landArea)} 平方米`),
      field('建筑面积', `${plain(content.buildingArea)} 平方米`),
    ],
    [
      field('房源数量', `${content.homes} 套　${content.rooms} 间　${content.beds} 张床位`),
      field('房源类型', homeTypes[content.type].zh),
    ],
    [
      field('70㎡以下占比', `${plain(content.smallShare)}％`),
      field('总投资', `${plain(content.investment)} 万元`),
    ],
    [field('开工日期', dated(content.startsOn)), field('竣工日期', dated(content.finishesOn))],
    [
      field('运营期限', `${content.operatingYears} 年`),
      field('有效期', `${dated(content.validFrom)}至${dated(content.validTo)}`),
    ],
    [field('租金标准', content.rent)],
    [field('供应对象', content.targetGroup)],
    [field('支持政策', listed(content.policies.map((policy) => enabledPolicies[policy].zh)))],
    [
      field(
        '部门联审意见',
        listed(
          content.opinions.map(
            ({ department, verdict }) => `${department}（${opinionVerdicts[verdict].zh}）`,
          ),
        ),
      ),
    ],
    [field('附带条件', numbered(content.conditions))],
    [field('限制事项', numbered(content.restrictions))],
  ];
}

/** 2021-11-08 → 2021年11月8日. */
export function dated(day: string): string;
export function dated(day: string | undefined): string | undefined;
export function dated(day: string | undefined): string | undefined {
  const [year, month, date] = (day ?? '').split('-').map(Number);
  return day === undefined ? undefined : `${year}年${month}月${date}日`;
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? none : values.join('、');
}

function numbered(values: readonly string[]): string {
  if (values.length <= 1) return values[0] ?? none;
  return values.map((value, index) => `${index + 1}. ${value}`).join('\n');
}

/** With the commas of thousands, and no more decimals than it has. */
function plain(value: number): string {
  const [whole = '', decimals] = String(value).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
