/**
 * Real commands and consumers under faults, for at least a minute. Seeds that once found something are played first; every
 * kind of fault must have fired; and the mutants show that the invariants can fail.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { together } from './campaign.ts';
import { faultNames } from './faults.ts';
import { mutantNames } from './mutants.ts';
import { campaignIn } from './processes.ts';

const minute = 60_000;
const patience = 10 * minute;
const kept = JSON.parse(readFileSync(new URL('seeds.json', import.meta.url), 'utf8')) as { seed: number }[];

describe('a history', () => {
  test('without faults comes to its end, with every command answered', { timeout: patience }, async () => {
    const calm = await campaignIn({ from: 1, most: 12, milliseconds: patience, faults: false });
    expect(calm.failed).toEqual([]);
    expect(calm.unanswered).toBe(0);
    expect(Math.max(...Object.values(calm.fired))).toBe(0);
    // All ways that a filing can take, and none left on the way.
    expect(Object.keys(calm.ended).sort()).toEqual([
      'acknowledged',
      'granted',
      'published',
      'rejected',
      'withdrawn',
    ]);
  });

  test('is the same history each time it is played', { timeout: patience }, async () => {
    const play = () => campaignIn({ from: 5, most: 3, milliseconds: patience, faults: true });
    const [first, second] = await Promise.all([play(), play()]);
    expect(second).toEqual(first);
  });

  test('holds every invariant for a minute of faults of every kind', { timeout: patience }, async () => {
    const found = await Promise.all(
      kept.map(({ seed }) => campaignIn({ from: seed, most: 1, milliseconds: patience, faults: true })),
    );
    const explored = await campaignIn({ from: 1, most: 1e9, milliseconds: minute, faults: true });
    const all = together([...found, explored]);
    console.log(
      `模拟 / simulation: ${all.histories} 段历史 / histories, ${all.turns} turns, ${all.acknowledged} acknowledged\n${faultNames
        .map((kind) => `${kind} ${all.fired[kind]}`)
        .join(', ')}`,
    );
    expect(all.failed).toEqual([]);
    expect(faultNames.filter((kind) => all.fired[kind] === 0)).toEqual([]);
  });
});

describe('a mutant', () => {
  test.each(mutantNames)('%s is caught', { timeout: patience }, async (mutant) => {
    const { failed } = await campaignIn({
      from: 1,
      most: 150,
      milliseconds: patience,
      faults: true,
      mutant,
      untilFound: true,
    });
    expect(failed).toHaveLength(1);
  });
});
