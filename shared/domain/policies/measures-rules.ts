/**
 * The numbers that policy measures lay down (政策措施的规则部分), as their form has them. What a city leaves out stays as the
 * region's default has it, with the default's source; `null` says in so many words that there is no such limit.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { issuers, type StageName } from './rule-set.ts';

const percent = (says: string) => z.number().min(0).max(100).describe(says);
const limit = (most: number, says: string) =>
  z.number().min(0).max(most).nullable().optional().describe(says);
const whole = (most: number, says: string) => z.int().min(0).max(most).nullable().optional().describe(says);
const daysOf = (least: number, most: number, says: string) =>
  z.int().min(least).max(most).optional().describe(says);

const numbers = once(() => ({
  smallUnitShare: percent('小户型套数占比下限（%）|Least share of small units (%)').optional(),
  rentCap: limit(
    100,
    '租金上限，占同地段同品质市场评估租金（%；空值为不设比例）|Rent cap, of the assessed market rent (%; null: none)',
  ),
  riseCap: limit(100, '租金年涨幅上限（%；空值为不设）|Cap on the yearly rise of the rent (%; null: none)'),
  depositMonths: limit(12, '押金上限（个月租金；空值为不设）|Deposit cap (months of rent; null: none)'),
  leaseTermMonths: z
    .strictObject({
      least: whole(600, '最短（月；空值为不设）|Shortest (months; null: none)'),
      most: whole(600, '最长（月；空值为不设）|Longest (months; null: none)'),
    })
    .optional()
    .describe('租赁期限|Term of a lease'),
  smallestProject: z
    .strictObject({
      homes: whole(100_000, '套（间）数（空值为不设）|Homes (null: none)'),
      floorArea: limit(10_000_000, '建筑面积（平方米；空值为不设）|Floor area (m²; null: none)'),
    })
    .optional()
    .describe('项目最小规模|Smallest project'),
  shortestOperatingYears: limit(
    70,
    '最短运营年限（年；空值为不设）|Shortest operating term (years; null: none)',
  ),
}));

const ofMode = (says: string) => z.strictObject(numbers()).optional().describe(says);

/** Bounds that no reading of the law leaves; what is only unusual is a finding, not a defect. */
const dayFields = once(() => ({
  acceptance: daysOf(1, 30, '受理（工作日）|Acceptance (working days)'),
  review: daysOf(1, 60, '部门联审（工作日）|Joint review (working days)'),
  planCheck: daysOf(1, 30, '计划核对（工作日）|Check against the plan (working days)'),
  notice: daysOf(0, 30, '公示（工作日；0为不公示）|Public notice (working days; 0: none)'),
  decision: daysOf(1, 30, '决定并出具认定书（工作日）|Decision and issue (working days)'),
  correction: daysOf(1, 60, '补正（工作日）|Correction (working days)'),
})) satisfies () => Record<StageName, unknown>;

export const MeasuresRules = once(() =>
  z
    .strictObject({
      modes: z
        .strictObject({
          newBuild: ofMode('新建|New build'),
          conversion: ofMode('改建|Conversion'),
          renovation: ofMode('改造|Renovation'),
          rentSubsidy: ofMode('租赁补贴|Rent subsidy'),
          other: ofMode('其他|Other'),
        })
        .optional()
        .describe('分方式的数值要求|Numbers by supply mode'),
      review: z
        .strictObject({
          panel: z
            .array(z.string().max(20))
            .min(1)
            .max(30)
            .optional()
            .describe('联审部门代码，不含牵头的住房城乡建设部门|Departments that opine, without the lead'),
          days: z.strictObject(dayFields()).optional().describe('各环节时限|Limits by stage'),
          issuer: z
            .enum(issuers)
            .optional()
            .describe('认定书由哪级政府出具|Whose government issues the certificate'),
          silenceConsents: z.boolean().optional().describe('逾期不答复是否视为同意|Whether silence consents'),
          latePapers: z
            .array(
              z
                .string()
                .max(60)
                .regex(/^[a-z0-9-]+$/),
            )
            .max(60)
            .optional()
            .describe('可容缺受理的材料代码|Papers that may be promised by a day'),
          latePaperDays: daysOf(1, 60, '容缺材料补齐时限（工作日）|Days for what was promised'),
        })
        .optional()
        .describe('联审规则|Rules of the joint review'),
    })
    .nullable()
    .optional()
    .describe('规则数值（不填适用自治区默认规则）|Numbers of the rules (absent: the regional default)'),
);
export type MeasuresRules = z.infer<ReturnType<typeof MeasuresRules>>;

/** Policy measures, as far as a rule-set is made of them. */
export interface MeasuresContent {
  readonly matrix: Readonly<Record<string, MatrixCell | null>>;
  readonly rules?: MeasuresRules | undefined;
}

export interface MatrixCell {
  readonly entry: string;
  readonly exit: string;
  readonly workflow: string;
  readonly smallUnitArea: number | null;
}
