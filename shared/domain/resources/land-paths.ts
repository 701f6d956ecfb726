/**
 * The five ways to land and buildings (五类用地用房路径) of the national opinion, as data: the notice itself names none of them, and
 * the opinion was read in reposts only.
 */
import type { Text } from '../../kernel/refusal.ts';

export type ResourceKind = 'land' | 'building';

export interface LandPath extends Text {
  /** What usually comes this way; another kind wants an explanation. */
  readonly usual: readonly ResourceKind[];
  readonly source: string;
}

const opinion = '国办发〔2021〕22号（据转载文本，unverified）';

export const landPaths = {
  collective: {
    zh: '集体经营性建设用地',
    en: 'Collectively owned commercial construction land',
    usual: ['land'],
    source: opinion,
  },
  institution: {
    zh: '企事业单位自有闲置土地',
    en: 'Idle land of enterprises and institutions',
    usual: ['land'],
    source: opinion,
  },
  park: {
    zh: '产业园区配套用地',
    en: 'Supporting land of industrial parks',
    usual: ['land'],
    source: opinion,
  },
  building: {
    zh: '非居住存量房屋',
    en: 'Existing non-residential buildings',
    usual: ['building'],
    source: opinion,
  },
  'state-new': {
    zh: '新供应国有建设用地',
    en: 'Newly supplied state-owned construction land',
    usual: ['land'],
    source: opinion,
  },
  other: { zh: '其他', en: 'Other', usual: ['land', 'building'], source: 'unverified' },
} as const satisfies Record<string, LandPath>;

export type LandPathCode = keyof typeof landPaths;
export const landPathCodes = Object.keys(landPaths) as [LandPathCode, ...LandPathCode[]];
