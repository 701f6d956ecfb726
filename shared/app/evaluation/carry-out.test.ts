import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DutyBench, on } from '../../../test/support/duty-bench.ts';
import { dynamoCounters } from '../../adapters/dynamodb/counters.ts';
import type { EvaluationResult } from '../../domain/evaluation/result.ts';
import type { Stored } from '../../domain/evaluation/run.ts';
import { carryOut, type CarryOutDeps, type Form } from './carry-out.ts';
import { readResult } from './read-result.ts';
import { countRecord } from './count-records.ts';
import type { EvaluationFiles } from './ports.ts';
import { requestScheduledRun } from './request-run.ts';

const bench = new DutyBench();

/** The ledger's files, that can fail before or after a put. */
class Files implements EvaluationFiles {
  readonly kept = new Map<string, Uint8Array>();
  puts = 0;
  failAt: { readonly put: number; readonly when: 'before' | 'after' } | undefined;

  async put(name: string, bytes: Uint8Array): Promise<Stored> {
    this.puts += 1;
    const fails = this.failAt?.put === this.puts ? this.failAt.when : undefined;
    if (fails === 'before') throw new Error('killed');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.kept.set(`${name}-${sha256}`, bytes);
    if (fails === 'after') throw new Error('killed');
    return { key: `${name}-${sha256}`, sha256, bytes: bytes.length };
  }

  async get({ key }: Stored): Promise<Uint8Array> {
    const found = this.kept.get(key);
    if (!found) throw new Error(`Nothing lies under ${key}`);
    return found;
  }
}

const form = (name: string): Form => ({
  mediaType: 'text/plain',
  render: async ({ run, inputs }: EvaluationResult) => new TextEncoder().encode(`${name} ${run} ${inputs}`),
});

let files: Files;
let now: string;
let year = 2021;
beforeEach(() => {
  files = new Files();
  // Every test has a year of its own.
  year += 1;
  now = on(`${year + 1}-01-05`);
});
afterEach(() => {
  expect(files.kept.size).toBeLessThanOrEqual(6);
});

function deps(): CarryOutDeps {
  return {
    store: bench.table.store,
    counters: dynamoCounters(bench.table.client, bench.table.name),
    files,
    forms: { json: form('json'), csv: form('csv'), xlsx: form('xlsx'), pdf: form('pdf') },
    now: () => now,
  };
}

async function events(id: string): Promise<string[]> {
  return (await bench.table.store.entries(`evaluation:${id}`, 0, 50)).map(({ type }) => type);
}

const steps = [
  'evaluation.requested',
  'evaluation.frozen',
  'evaluation.computed',
  'evaluation.form-made',
  'evaluation.form-made',
  'evaluation.form-made',
  'evaluation.form-made',
  'evaluation.ready',
];

describe('a run', () => {
  test('is asked for once by the schedule, carried out once, and left alone afterwards', async () => {
    const id = await requestScheduledRun(deps(), 'yearly');
    expect(id).toBe(`${year}.1`);
    expect(await requestScheduledRun(deps(), 'yearly')).toBeUndefined();
    expect((await carryOut(deps(), id ?? ''))?.state).toBe('ready');
    await carryOut(deps(), id ?? '');
    expect(await events(id ?? '')).toEqual(steps);
    expect(files.puts).toBe(6);
  });

  test.each(
    [1, 2, 3, 4, 5, 6].flatMap((put) => [
      { put, when: 'before' as const },
      { put, when: 'after' as const },
    ]),
  )('killed $when its file $put goes on where it was', async (failAt) => {
    const id = (await requestScheduledRun(deps(), 'yearly')) ?? '';
    files.failAt = failAt;
    await expect(carryOut(deps(), id)).rejects.toThrow('killed');
    expect((await carryOut(deps(), id))?.state).toBe('ready');
    expect(await events(id)).toEqual(steps);
  });

  test('carried out twice at once comes to one end', async () => {
    const id = (await requestScheduledRun(deps(), 'yearly')) ?? '';
    const both = await Promise.all([carryOut(deps(), id), carryOut(deps(), id)]);
    expect(both.map((run) => run?.state)).toEqual(['ready', 'ready']);
    expect(await events(id)).toEqual(steps);
  });

  test('that nobody asked for is none', async () => {
    expect(await carryOut(deps(), '1999.1')).toBeUndefined();
  });
});

test('what is counted while it is frozen is either in it with its record, or not at all', async () => {
  bench.city = '150200';
  const slow = deps();
  const laid = await bench.lay('published');
  const id = (await requestScheduledRun({ ...slow, now: () => on('2022-01-05') }, 'yearly')) ?? '';
  const counters = slow.counters;
  let once = true;
  const racing: CarryOutDeps = {
    ...slow,
    counters: {
      ...counters,
      async evidence(city, of, indicator, limit) {
        // Between the sums and the lines.
        if (once && city === '150200') {
          once = false;
          const more = await bench.lay('published', [{ kind: 'annual-plan', period: '2021' }]);
          await countRecord(slow, more.record);
        }
        return counters.evidence(city, of, indicator, limit);
      },
    },
  };
  await countRecord(slow, laid.record);
  const run = await carryOut(racing, id);
  if (!run) throw new Error(id);
  const baotou = (await readResult(files, run)).cities.find(({ city }) => city === '150200');
  expect(baotou?.figures[0]).toMatchObject({ indicator: 'A1', denominator: 2, evidenceCount: 2 });
  expect(baotou?.figures[0]?.evidence).toHaveLength(2);
});
