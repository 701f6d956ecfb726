/** What is made to go wrong on a running platform: for rehearsals, and for load under faults. Nothing on AWS has this. */
import * as z from 'zod';
import type { TableEngine } from './engines/table/index.ts';
import type { HostedFunction } from './function-host.ts';

const chance = z.number().min(0).max(1).optional();

export const Disturbance = z.strictObject({
  /** Chances, by operation of the table. */
  table: z
    .strictObject({ throttle: chance, conflict: chance, lostAnswer: chance })
    .default({ throttle: 0, conflict: 0, lostAnswer: 0 }),
  /** Names of functions whose every invocation fails. */
  functions: z.array(z.string()).default([]),
  seed: z.int().default(1),
});
export type Disturbance = z.infer<typeof Disturbance>;

/**
 * From now on this goes wrong, and nothing else.
 * @throws Error that names a function which the platform does not have
 */
export function disturb(
  { table, functions, seed }: Disturbance,
  engine: TableEngine,
  hosted: readonly HostedFunction[],
): void {
  const unknown = functions.find((name) => !hosted.some(({ spec }) => spec.name === name));
  if (unknown !== undefined) throw new Error(`没有这个函数 / there is no function ${unknown}`);
  engine.disturb({
    seed,
    throttle: table.throttle ?? 0,
    conflict: table.conflict ?? 0,
    lostAnswer: table.lostAnswer ?? 0,
  });
  for (const one of hosted) one.isBroken = functions.includes(one.spec.name);
}
