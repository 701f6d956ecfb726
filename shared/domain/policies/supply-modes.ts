/** The five ways of supply (建设方式) for which a city lays down its rules (S-10, S-11). */
import type { Text } from '../../kernel/refusal.ts';

/** Rent subsidies (租赁补贴) build nothing: what is said of buildings does not reach them. */
export const supplyModeTexts = {
  newBuild: { zh: '新建', en: 'new build' },
  conversion: { zh: '改建', en: 'conversion' },
  renovation: { zh: '改造', en: 'renovation' },
  rentSubsidy: { zh: '租赁补贴', en: 'rent subsidy' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Record<string, Text>;

export type SupplyModeName = keyof typeof supplyModeTexts;
export const supplyModeNames = Object.keys(supplyModeTexts) as [SupplyModeName, ...SupplyModeName[]];
