/** What the rules of a way of supply ask of a project, and whether a project fulfils it (S-11, S-18). */
import { compareToPercent } from '../../kernel/fraction.ts';
import type { Text } from '../../kernel/refusal.ts';
import type { ModeRules, RuleSet } from './rule-set.ts';
import { supplyModeTexts, type SupplyModeName } from './supply-modes.ts';

/** Of a project, as far as the rules look at it. Areas in ㎡, rents in yuan per ㎡ and month. */
export interface ProjectFacts {
  readonly id: string;
  readonly name: string;
  readonly mode: SupplyModeName;
  /** 套（间）, all of the project's. */
  readonly homes: number;
  /** Declared small homes; counted from `homesByArea` when that is given. */
  readonly smallHomes?: number;
  /** So many homes of this floor area each. */
  readonly homesByArea?: readonly { readonly area: number; readonly homes: number }[];
  readonly floorArea: number;
  readonly operatingYears: number;
  /** Of each type of home: the rent asked for, and that of the valuer; absent: nothing was assessed yet. */
  readonly rents?: readonly { readonly proposed: number; readonly assessed: number }[];
}

export const requirementTexts = {
  'mode-used': { zh: '建设方式', en: 'supply mode' },
  homes: { zh: '项目最小规模', en: 'smallest project' },
  'floor-area': { zh: '项目最小建筑面积', en: 'smallest floor area' },
  'small-unit-share': { zh: '小户型套数占比', en: 'share of small units' },
  'operating-years': { zh: '运营年限', en: 'operating term' },
  'rent-cap': { zh: '租金上限', en: 'rent cap' },
} as const satisfies Record<string, Text>;
export type Requirement = keyof typeof requirementTexts;

export interface Judgement {
  readonly requirement: Requirement;
  readonly met: boolean;
  /** Where the rule comes from. */
  readonly source: string;
  /** What is asked for, and what the project has. */
  readonly text: Text;
}

/** Every requirement that the rules make of this project; what they do not limit, or nobody knows yet, is not judged. */
export function judged(rules: RuleSet, project: ProjectFacts): readonly Judgement[] {
  const mode = supplyModeTexts[project.mode];
  const of = rules.modes[project.mode];
  const source = rules.documentNumber ?? rules.id;
  if (!of) {
    const text = { zh: `未采用${mode.zh}方式`, en: `${mode.en} is not used` };
    return [{ requirement: 'mode-used', met: false, source, text }];
  }
  const used = { zh: `采用${mode.zh}方式`, en: `${mode.en} is used` };
  return [
    { requirement: 'mode-used', met: true, source, text: used },
    ...atLeast('homes', of.smallestProject.homes, project.homes, '套（间）', ' homes'),
    ...atLeast('floor-area', of.smallestProject.floorArea, project.floorArea, '平方米', ' m²'),
    ...smallShare(of, project),
    ...atLeast('operating-years', of.shortestOperatingYears, project.operatingYears, '年', ' years'),
    ...rentCap(of, project),
  ];
}

/** How many of the project's homes are small units under these rules; undefined when nobody can tell. */
export function smallHomesOf(rules: RuleSet, project: ProjectFacts): number | undefined {
  const limit = rules.modes[project.mode]?.smallUnitArea;
  return limit ? homesWithin(limit.value, project) : undefined;
}

function homesWithin(limit: number, { homesByArea, smallHomes }: ProjectFacts): number | undefined {
  return homesByArea
    ? homesByArea.reduce((sum, { area, homes }) => sum + (area <= limit ? homes : 0), 0)
    : smallHomes;
}

function atLeast(
  requirement: Requirement,
  { value, source }: { readonly value: number | null; readonly source: string },
  has: number,
  zhUnit: string,
  enUnit: string,
): Judgement[] {
  if (value === null) return [];
  const { zh, en } = requirementTexts[requirement];
  const text = {
    zh: `${zh}须不少于${value}${zhUnit}，本项目${has}${zhUnit}`,
    en: `${en}: at least ${value}${enUnit}; the project has ${has}${enUnit}`,
  };
  return [{ requirement, met: has >= value, source, text }];
}

function smallShare(of: ModeRules, project: ProjectFacts): Judgement[] {
  const { smallUnitArea: area, smallUnitShare: share } = of;
  if (!area || !share) return [];
  const small = homesWithin(area.value, project);
  if (small === undefined) return [];
  const text = {
    zh: `不超过${area.value}平方米的小户型须不少于${share.value}%，本项目${project.homes}套（间）中有${small}套（间）`,
    en: `at least ${share.value} % of the homes at most ${area.value} m²; ${small} of the project's ${project.homes} are`,
  };
  return [
    {
      requirement: 'small-unit-share',
      met: compareToPercent(small, project.homes, share.value) >= 0,
      source: share.source,
      text,
    },
  ];
}

function rentCap({ rentCap: cap }: ModeRules, { rents = [] }: ProjectFacts): Judgement[] {
  const { value, source } = cap;
  if (value === null || rents.length === 0) return [];
  const over = rents.filter(({ proposed, assessed }) => compareToPercent(proposed, assessed, value) > 0);
  const [worst] = over;
  const text = worst
    ? {
        zh: `租金须不超过市场评估租金的${value}%，本项目${rents.length}类房源中${over.length}类超过（如拟定${worst.proposed}元，评估${worst.assessed}元）`,
        en: `rent at most ${value} % of the assessed rent; ${over.length} of the project's ${rents.length} types are above (e.g. ${worst.proposed} yuan against ${worst.assessed})`,
      }
    : {
        zh: `租金须不超过市场评估租金的${value}%，本项目各类房源均符合`,
        en: `rent at most ${value} % of the assessed rent; every type of the project's homes keeps to it`,
      };
  return [{ requirement: 'rent-cap', met: over.length === 0, source, text }];
}
