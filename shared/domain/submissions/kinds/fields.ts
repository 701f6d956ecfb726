/** Fields that several kinds share. Every description is `中文（单位）|English (unit)`. */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import { isCivilDate } from '../../../kernel/civil-date.ts';
import type { Text } from '../../../kernel/refusal.ts';
import { countiesOf } from '../../cities/divisions.ts';
import { subReporters } from '../../identity/offices.ts';
import { decidesItself, type City } from '../../cities/city.ts';
import type { Finding, PaperRule, Path, StageLimits } from '../kind.ts';

const million = 1_000_000;

export const count = (says: string) =>
  z
    .int()
    .min(0)
    .max(10 * million)
    .describe(says);
export const text = (max: number, says: string) => z.string().trim().min(1).max(max).describe(says);
export const civilDate = (says: string) =>
  z.string().refine(isCivilDate, { error: 'civil-date' }).describe(says);

/** 建设方式, S-10. Rent subsidies build nothing and are counted apart. */
export const homesByMode = once(() =>
  z
    .strictObject({
      newBuild: count('新建（套、间）|New build (homes)'),
      conversion: count('改建（套、间）|Conversion (homes)'),
      renovation: count('改造（套、间）|Renovation (homes)'),
      other: count('其他方式（套、间）|Other (homes)'),
    })
    .describe('按建设方式|By supply mode'),
);

export const homesByCounty = once(() =>
  z
    .array(
      z.strictObject({
        county: z
          .string()
          .regex(/^\d{6}$/)
          .describe('旗县区代码|County code'),
        homes: count('套（间）数|Homes'),
      }),
    )
    .max(60)
    .describe('按旗县区|By county'),
);

export const rentSubsidyHouseholds = once(() =>
  count('租赁补贴（户），不计入套数|Rent subsidies (households), not counted as homes'),
);

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function hard(code: string, pointer: string, zh: string, en: string): Finding {
  return { level: 'hard', code, pointer, text: { zh, en } };
}

export function soft(code: string, pointer: string, zh: string, en: string): Finding {
  return { level: 'soft', code, pointer, text: { zh, en } };
}

/** The parts must add up to the whole. */
export function addsUp(
  total: number,
  parts: readonly number[],
  code: string,
  pointer: string,
  what: Text,
): Finding[] {
  const added = sum(parts);
  if (added === total) return [];
  return [
    hard(
      code,
      pointer,
      `${what.zh}合计${added}，与总数${total}不一致`,
      `${what.en} add up to ${added}, not to the total of ${total}`,
    ),
  ];
}

/**
 * Counties must be this city's own, each once. A sub-reporter is itself a county: it names only itself, and the city that
 * it rolls up to leaves it out, so that nothing is counted twice.
 */
export function countyFindings(city: City, rows: readonly { county: string }[], pointer: string): Finding[] {
  const own = city.code in subReporters ? [city.code] : countiesOf(city.code).map(({ code }) => code);
  return rows.flatMap(({ county }, index) => {
    const place = `${pointer}/${index}/county`;
    if (!own.includes(county)) {
      return [
        hard('county-unknown', place, `${county}不是本盟市的旗县区`, `${county} is no county of this city`),
      ];
    }
    if (county in subReporters && county !== city.code) {
      const zh = `${county}单独报送，不在此列`;
      return [hard('county-reports-itself', place, zh, `${county} reports for itself and is left out here`)];
    }
    return rows.findIndex((row) => row.county === county) === index
      ? []
      : [hard('county-repeated', place, `${county}重复`, `${county} is repeated`)];
  });
}

export const officialFiles = ['pdf', 'ofd'] as const;
/** The platform's default; each paper may say otherwise. */
export const twentyMegabytes = 20 * million;

export function paper(code: string, name: Text, clause: string, required?: PaperRule['required']): PaperRule {
  return {
    code,
    name,
    types: officialFiles,
    maxBytes: twentyMegabytes,
    multiple: false,
    clause,
    ...(required ? { required } : {}),
  };
}

/** S-06: key and bottom-line cities decide and publish themselves; S-07: the others go through the regional review. */
export function decidedByTier(city: City): Path {
  return decidesItself(city) ? 'own-decision' : 'regional-review';
}

/** S-07: 自治区住房城乡建设厅、发展改革委、财政厅审核. */
export const threeDepartments = ['R_HOUSING', 'R_NDRC', 'R_FINANCE'] as const;

/** The notice names no number of days: these are the platform's defaults, to be replaced when the region decides. */
export const defaultLimits: StageLimits = { acceptance: 5, opinion: 5, correction: 10, source: 'unverified' };
