/** The words of a certificate: kinds of owner, ways of supply, paths of land, policies that it opens (S-09, S-10, S-13). */
import type { Text } from '../../kernel/refusal.ts';
import { landPaths } from '../resources/land-paths.ts';

type Terms = Readonly<Record<string, Text>>;

export const certificateName = '保障性租赁住房项目认定书';

/** 项目主体, S-09. */
export const ownerKinds = {
  'rural-collective': { zh: '农村集体经济组织', en: 'rural collective' },
  'enterprise-or-institution': { zh: '企事业单位', en: 'enterprise or public institution' },
  'park-enterprise': { zh: '园区企业', en: 'enterprise of a park' },
  'rental-company': { zh: '住房租赁企业', en: 'rental-housing company' },
  developer: { zh: '房地产开发企业', en: 'developer' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Terms;

/** 建设方式, S-10; rent subsidies build nothing and are not certified. */
export const certifiedModes = {
  newBuild: { zh: '新建', en: 'new build' },
  conversion: { zh: '改建', en: 'conversion' },
  renovation: { zh: '改造', en: 'renovation' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Terms;

export { landPaths };

export const homeTypes = {
  residential: { zh: '住宅型', en: 'residential' },
  dormitory: { zh: '宿舍型', en: 'dormitory' },
  mixed: { zh: '住宅型和宿舍型', en: 'residential and dormitory' },
} as const satisfies Terms;

/** 凭认定书落实的支持政策, S-13 to S-15. */
export const enabledPolicies = {
  tax: { zh: '税收优惠', en: 'tax' },
  water: { zh: '民用水价', en: 'residential water price' },
  power: { zh: '民用电价', en: 'residential power price' },
  gas: { zh: '民用气价', en: 'residential gas price' },
  loan: { zh: '金融支持', en: 'credit' },
  subsidy: { zh: '资金补助', en: 'subsidy' },
} as const satisfies Terms;

export const opinionVerdicts = {
  agree: { zh: '同意', en: 'agree' },
  'agree-with-conditions': { zh: '附条件同意', en: 'agree under conditions' },
  silent: { zh: '逾期未出具意见，按规定视为同意', en: 'silent, taken for consent as the rules say' },
} as const satisfies Terms;

/** S-19: what every certificate says, whatever else is laid on it. */
export const standingRestrictions = [
  '本项目不得上市销售或变相销售，不得以保障性租赁住房为名违规经营或骗取优惠政策。',
] as const;

/** The keys of a table, as zod's enum takes them. */
export function codesOf<Code extends string>(table: Readonly<Record<Code, Text>>): [Code, ...Code[]] {
  return Object.keys(table) as [Code, ...Code[]];
}
