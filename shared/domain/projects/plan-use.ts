/**
 * The use of a plan (计划占用): how many homes of a city's annual plan are spoken for. The plan check takes them in its own
 * transaction; refusal, withdrawal, cancellation and a smaller change give them back in theirs.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';

export const PlanUse = once(() =>
  z.object({
    /** The reporting city whose plan it is. */
    city: z.string(),
    year: z.int(),
    /** Homes spoken for. */
    reserved: z.int().min(0),
    /** Projects that they are for. */
    projects: z.int().min(0),
    /** Number of the last audit entry of this record; 0 before the first. */
    seq: z.int(),
    hash: z.string(),
  }),
);
export type PlanUse = z.infer<ReturnType<typeof PlanUse>>;

/** The use of a plan of which nothing was taken yet. */
export function planUseAtFirst(city: string, year: number): PlanUse {
  return { city, year, reserved: 0, projects: 0, seq: 0, hash: '' };
}

export function planUseName({ city, year }: Pick<PlanUse, 'city' | 'year'>): string {
  return `plan-use:${city}/${year}`;
}

export const planUseEvents = {
  'plan-use.reserved': { zh: '占用计划指标', en: 'homes of the plan taken' },
  'plan-use.released': { zh: '退回计划指标', en: 'homes of the plan given back' },
} as const satisfies Record<string, Text>;
export type PlanUseEvent = keyof typeof planUseEvents;

/**
 * @param homes whole and above zero: of a new project, or by how many a project that stands in the plan grows
 * @param planned homes of the annual plan in force; 0 when there is none
 * @param projects 1 for a new project, 0 for one that grows
 */
export function reserve(
  use: PlanUse,
  homes: number,
  planned: number,
  projects: 0 | 1 = 1,
): Result<PlanUse, Refusal> {
  whole(homes);
  const { reserved, year } = use;
  if (reserved + homes > planned)
    return refuse(refusal('plan-full', { year, planned, reserved, asked: homes }));
  return ok({ ...use, reserved: reserved + homes, projects: use.projects + projects });
}

/**
 * @param homes as `reserve` took them
 * @param projects 1 for a project that leaves the plan, 0 for one that shrinks
 * @throws RangeError when more comes back than was taken: then the caller has lost count
 */
export function giveBack(use: PlanUse, homes: number, projects: 0 | 1 = 1): PlanUse {
  whole(homes);
  if (homes > use.reserved || projects > use.projects)
    throw new RangeError(`${planUseName(use)} has ${use.reserved} homes taken, ${homes} come back`);
  return { ...use, reserved: use.reserved - homes, projects: use.projects - projects };
}

function whole(homes: number): void {
  if (!Number.isInteger(homes) || homes <= 0) throw new RangeError(`Not a number of homes: ${homes}`);
}
