/** Tries a proposed rule-set on the projects that are there (规则预演): what each would newly miss or newly meet. */
import type { Text } from '../../kernel/refusal.ts';
import {
  judged,
  requirementTexts,
  smallHomesOf,
  type Judgement,
  type ProjectFacts,
  type Requirement,
} from './requirements.ts';
import { ruleSetDifference, type RuleChange } from './rule-difference.ts';
import type { RuleSet } from './rule-set.ts';

export interface RequirementChange {
  readonly requirement: Requirement;
  readonly label: Text;
  /** Where the proposed rule comes from; of one that falls away, the present rule. */
  readonly source: string;
  readonly text: Text;
}

export interface ProjectRehearsal {
  readonly project: string;
  readonly name: string;
  /** Met or not asked for today; missed under the proposed rules. */
  readonly newlyMissed: readonly RequirementChange[];
  /** Missed today; met, or no longer asked for, under the proposed rules. */
  readonly newlyMet: readonly RequirementChange[];
  /** Missed before and after. */
  readonly stillMissed: readonly RequirementChange[];
  /** Homes that count as small units, today and under the proposed rules; absent: nobody can tell. */
  readonly smallHomes?: { readonly before: number; readonly after: number };
}

export interface Rehearsal {
  readonly current: string;
  readonly proposed: string;
  /** What the proposed rules change, in words. */
  readonly changes: readonly RuleChange[];
  /** Of the projects for which anything changes, in the order given. */
  readonly projects: readonly ProjectRehearsal[];
  readonly counts: {
    readonly projects: number;
    readonly newlyMissing: number;
    readonly newlyMeeting: number;
    readonly unchanged: number;
  };
}

export function rehearse(proposed: RuleSet, current: RuleSet, projects: readonly ProjectFacts[]): Rehearsal {
  const all = projects.map((project) => rehearsed(proposed, current, project));
  const changed = all.filter(
    ({ newlyMissed, newlyMet, smallHomes }) =>
      newlyMissed.length > 0 || newlyMet.length > 0 || smallHomes?.before !== smallHomes?.after,
  );
  return {
    current: current.id,
    proposed: proposed.id,
    changes: ruleSetDifference(current, proposed),
    projects: changed,
    counts: {
      projects: projects.length,
      newlyMissing: all.filter(({ newlyMissed }) => newlyMissed.length > 0).length,
      newlyMeeting: all.filter(({ newlyMet }) => newlyMet.length > 0).length,
      unchanged: projects.length - changed.length,
    },
  };
}

function rehearsed(proposed: RuleSet, current: RuleSet, project: ProjectFacts): ProjectRehearsal {
  const was = missedUnder(current, project);
  const is = missedUnder(proposed, project);
  const wouldBe = new Map(judged(proposed, project).map((one) => [one.requirement, one]));
  const newlyMet = [...was.values()].flatMap((before) => {
    // Where the way of supply itself is given up, nothing else is asked any more, and nothing is the better for it.
    if (is.has(before.requirement) || !proposed.modes[project.mode]) return [];
    const now = wouldBe.get(before.requirement);
    return [now ? changeOf(now) : noLonger(before)];
  });
  const before = smallHomesOf(current, project);
  const after = smallHomesOf(proposed, project);
  return {
    project: project.id,
    name: project.name,
    newlyMissed: [...is.values()].filter(({ requirement }) => !was.has(requirement)).map(changeOf),
    newlyMet,
    stillMissed: [...is.values()].filter(({ requirement }) => was.has(requirement)).map(changeOf),
    ...(before === undefined || after === undefined ? {} : { smallHomes: { before, after } }),
  };
}

function missedUnder(rules: RuleSet, project: ProjectFacts): ReadonlyMap<Requirement, Judgement> {
  const missed = judged(rules, project).filter(({ met }) => !met);
  return new Map(missed.map((one) => [one.requirement, one]));
}

function changeOf({ requirement, source, text }: Judgement): RequirementChange {
  return { requirement, label: requirementTexts[requirement], source, text };
}

function noLonger({ requirement, source }: Judgement): RequirementChange {
  const label = requirementTexts[requirement];
  return {
    requirement,
    label,
    source,
    text: { zh: `不再要求${label.zh}`, en: `${label.en} is no longer asked for` },
  };
}
