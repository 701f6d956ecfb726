/** Many histories, one after the other, until the time is up or enough were played; what they found, gathered. */
import { faultNames, type FaultKind } from './faults.ts';
import { playHistory, type Finding } from './history.ts';
import type { MutantName } from './mutants.ts';

export interface CampaignOptions {
  readonly from: number;
  /** At most so many histories. */
  readonly most: number;
  /** At most so long, in milliseconds; a history that has begun is played to its end. */
  readonly milliseconds: number;
  readonly faults: boolean;
  readonly mutant?: MutantName;
  /** Ends with the first history that finds something. */
  readonly untilFound?: boolean;
}

export interface Campaign {
  readonly histories: number;
  readonly turns: number;
  readonly acknowledged: number;
  readonly unanswered: number;
  readonly fired: Readonly<Record<FaultKind, number>>;
  readonly ended: Readonly<Record<string, number>>;
  readonly failed: readonly { readonly seed: number; readonly violations: readonly string[] }[];
}

export async function playCampaign(options: CampaignOptions): Promise<Campaign> {
  const { from, most, milliseconds, faults, mutant, untilFound } = options;
  const until = Date.now() + milliseconds;
  const findings: Finding[] = [];
  for (let seed = from; seed < from + most && Date.now() < until; seed += 1) {
    const finding = await playHistory({ seed, faults, ...(mutant ? { mutant } : {}) });
    findings.push(finding);
    if (untilFound && finding.violations.length > 0) break;
  }
  return sumOf(findings);
}

function sumOf(findings: readonly Finding[]): Campaign {
  const fired = Object.fromEntries(
    faultNames.map((kind) => [kind, findings.reduce((sum, one) => sum + (one.fired.get(kind) ?? 0), 0)]),
  ) as Record<FaultKind, number>;
  const ended: Record<string, number> = {};
  for (const finding of findings)
    for (const [state, count] of Object.entries(finding.ended)) ended[state] = (ended[state] ?? 0) + count;
  const total = (of: (one: Finding) => number): number => findings.reduce((sum, one) => sum + of(one), 0);
  return {
    histories: findings.length,
    turns: total(({ turns }) => turns),
    acknowledged: total(({ acknowledged }) => acknowledged),
    unanswered: total(({ unanswered }) => unanswered),
    fired,
    ended,
    failed: findings
      .filter(({ violations }) => violations.length > 0)
      .map(({ seed, violations }) => ({ seed, violations: [...new Set(violations)] })),
  };
}

/** Two campaigns that ran side by side, as one. */
export function together(all: readonly Campaign[]): Campaign {
  const add = <K extends string>(of: (one: Campaign) => Readonly<Record<K, number>>): Record<K, number> => {
    const sums = {} as Record<K, number>;
    for (const one of all)
      for (const [name, count] of Object.entries(of(one)) as [K, number][])
        sums[name] = (sums[name] ?? 0) + count;
    return sums;
  };
  const { histories, turns, acknowledged, unanswered } = add(
    ({ histories: h, turns: t, acknowledged: a, unanswered: u }) => ({
      histories: h,
      turns: t,
      acknowledged: a,
      unanswered: u,
    }),
  );
  return {
    histories,
    turns,
    acknowledged,
    unanswered,
    fired: add(({ fired }) => fired),
    ended: add(({ ended }) => ended),
    failed: all.flatMap(({ failed }) => failed),
  };
}
