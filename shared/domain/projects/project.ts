/**
 * A project (项目): what a recognition filing asks for and its certificate stands for. It outlives its filings; each change of what it
 * is makes a version, and none is overwritten.
 */
import * as z from 'zod';
import { isCivilDate } from '../../kernel/civil-date.ts';
import { once } from '../../kernel/once.ts';
import { landPathCodes } from '../resources/land-paths.ts';
import { ownerKinds } from '../certificates/terms.ts';
import { supplyModeNames, type SupplyModeName } from '../policies/supply-modes.ts';

export { ownerKinds };

export type OwnerKind = keyof typeof ownerKinds;

/** Rent subsidies build nothing and are no project. */
export const supplyModeCodes = supplyModeNames.filter((mode) => mode !== 'rentSubsidy') as [
  BuiltMode,
  ...BuiltMode[],
];
type BuiltMode = Exclude<SupplyModeName, 'rentSubsidy'>;

/** `under-way`: someone has to decide; `recognised`: it stands; `ended`: it does not come back. */
export const projectStages = {
  applied: { zh: '已申请，待受理', en: 'applied, awaiting acceptance', phase: 'under-way' },
  'in-review': { zh: '部门联审中', en: 'under joint review', phase: 'under-way' },
  'plan-check': { zh: '计划审核中', en: 'being held against the plan', phase: 'under-way' },
  'public-notice': { zh: '公示中', en: 'on public notice', phase: 'under-way' },
  deciding: { zh: '待政府认定', en: 'awaiting the decision', phase: 'under-way' },
  decided: { zh: '已认定，待出证', en: 'decided, certificate pending', phase: 'under-way' },
  recognised: { zh: '已认定', en: 'recognised', phase: 'recognised' },
  refused: { zh: '不予认定', en: 'refused', phase: 'ended' },
  withdrawn: { zh: '已撤回申请', en: 'withdrawn', phase: 'ended' },
  cancelled: { zh: '已注销', en: 'cancelled', phase: 'ended' },
  revoked: { zh: '已撤销', en: 'revoked', phase: 'ended' },
  expired: { zh: '已到期', en: 'expired', phase: 'ended' },
} as const;
export type ProjectStage = keyof typeof projectStages;
export const projectStageNames = Object.keys(projectStages) as [ProjectStage, ...ProjectStage[]];
export type ProjectPhase = (typeof projectStages)[ProjectStage]['phase'];

const text = (max: number, says: string) => z.string().trim().min(1).max(max).describe(says);
const count = (says: string) => z.int().min(0).max(1_000_000).describe(says);
const area = (says: string) => z.number().positive().max(100_000_000).describe(says);
/** Absent: assessed before letting. */
const rent = (says: string) => z.number().positive().max(10_000).optional().describe(says);
const civilDate = (says: string) => z.string().refine(isCivilDate, { error: 'civil-date' }).describe(says);
const code = (says: string) =>
  z
    .string()
    .trim()
    .regex(/^[0-9A-Z]{1,18}$/)
    .describe(says);

/** What a project is, as its filing says it and its certificate repeats it. */
export const ProjectContent = once(() =>
  z.strictObject({
    name: text(120, '项目名称|Name'),
    address: text(200, '项目地址|Address'),
    county: z
      .string()
      .regex(/^\d{6}$/)
      .describe('旗县区代码|County code'),
    owner: z
      .strictObject({
        code: code('统一社会信用代码|Unified social credit code'),
        name: text(120, '建设（产权）单位|Owner'),
        kind: z.enum(Object.keys(ownerKinds) as [OwnerKind, ...OwnerKind[]]).describe('主体类别|Kind'),
      })
      .describe('建设（产权）单位|Owner'),
    operator: z
      .strictObject({
        code: code('统一社会信用代码|Unified social credit code').optional(),
        name: text(120, '运营管理单位|Operator'),
      })
      .optional()
      .describe('运营管理单位|Operator'),
    mode: z.enum(supplyModeCodes).describe('建设方式|Supply mode'),
    path: z.enum(landPathCodes).describe('用地用房路径|Way to land or building'),
    resources: z.array(z.string().max(60)).max(50).describe('所用存量资源|Resources used'),
    homes: count('房源总数（套、间）|Homes'),
    rooms: count('居室数（间）|Rooms').optional(),
    beds: count('床位数（张）|Beds').optional(),
    homesByType: z
      .array(
        z.strictObject({
          type: text(40, '户型|Type'),
          area: area('建筑面积（平方米）|Floor area (m²)'),
          homes: count('套（间）数|Homes'),
          rent: rent('拟定租金（元/平方米·月）|Proposed rent (yuan/m²·month)'),
          assessedRent: rent('市场评估租金（元/平方米·月）|Assessed market rent (yuan/m²·month)'),
        }),
      )
      .max(60)
      .describe('按户型|By type'),
    smallHomes: count('其中小户型（套、间）|Small homes among them'),
    landArea: area('用地面积（平方米）|Land area (m²)').optional(),
    floorArea: area('总建筑面积（平方米）|Total floor area (m²)'),
    investment: z.number().min(0).max(100_000_000).describe('总投资（万元）|Investment (10,000 yuan)'),
    schedule: z
      .strictObject({
        start: civilDate('计划开工日期|Planned start'),
        finish: civilDate('计划竣工日期|Planned completion'),
      })
      .describe('工期|Schedule'),
    operatingYears: z.int().min(1).max(70).describe('运营年限（年）|Years of operation'),
    planYear: z.int().min(2021).max(2100).describe('列入年度计划|Year of the plan'),
  }),
);
export type ProjectContent = z.infer<ReturnType<typeof ProjectContent>>;

/** What a project says of its certificate; the certificate itself is a record of its own. */
export const ProjectCertificate = once(() =>
  z.object({
    id: z.string(),
    number: z.string().optional(),
    state: z.string(),
    /** Its last day, a civil date. */
    validTo: z.string().optional(),
  }),
);
export type ProjectCertificate = z.infer<ReturnType<typeof ProjectCertificate>>;

export const Project = once(() =>
  z.object({
    id: z.string(),
    /** The reporting city in whose plan and register it stands. */
    city: z.string(),
    /** As in the version in force. */
    content: ProjectContent(),
    version: z.int().min(1),
    /** `default/1`, `150100/2`: the rules that its last decision was taken under. */
    ruleSet: z.string(),
    stage: z.enum(projectStageNames),
    /** Civil date by which the running stage should be over; absent: no limit runs, or its clock stands still. */
    due: z.string().optional(),
    /** The filing under way, or the last. */
    submission: z.string(),
    /** Every filing about it, the oldest first. */
    submissions: z.array(z.string()).min(1),
    certificate: ProjectCertificate().optional(),
    /** Homes of the plan that are spoken for on its behalf. */
    reserved: z.int().min(0),
    appliedAt: z.string(),
    recognisedAt: z.string().optional(),
    endedAt: z.string().optional(),
    updatedAt: z.string(),
    seq: z.int(),
    hash: z.string(),
  }),
);
export type Project = z.infer<ReturnType<typeof Project>>;

/** What the project was from one event on, kept for good. */
export const ProjectVersion = once(() =>
  z.object({
    number: z.int().min(1),
    content: ProjectContent(),
    ruleSet: z.string(),
    submission: z.string(),
    /** Since when it is in force. */
    at: z.string(),
  }),
);
export type ProjectVersion = z.infer<ReturnType<typeof ProjectVersion>>;

export function phaseOf({ stage }: Pick<Project, 'stage'>): ProjectPhase {
  return projectStages[stage].phase;
}

/** @param today civil date; the day on which it is due is still in time */
export function isLate({ stage, due }: Pick<Project, 'stage' | 'due'>, today: string): boolean {
  return due !== undefined && today > due && phaseOf({ stage }) !== 'ended';
}

/** States of a filing on the path of joint review → the stage of its project. A draft has none. */
const stageOfState: Readonly<Record<string, ProjectStage>> = {
  submitted: 'applied',
  returned: 'applied',
  'in-review': 'in-review',
  'plan-check': 'plan-check',
  'public-notice': 'public-notice',
  deciding: 'deciding',
  decided: 'decided',
  granted: 'recognised',
  rejected: 'refused',
  withdrawn: 'withdrawn',
};

/** @param state of the filing that recognises the project; undefined before it was submitted */
export function stageOf(state: string): ProjectStage | undefined {
  return Object.hasOwn(stageOfState, state) ? stageOfState[state] : undefined;
}
