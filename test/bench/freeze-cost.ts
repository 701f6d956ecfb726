/**
 * What freezing and computing a regional evaluation costs, by how much is counted. The counters are filled with as many
 * records as there are homes, spread over the cities and the days of the year, as the stream would have left them.
 */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { keys } from '../../shared/adapters/dynamodb/keys.ts';
import { freeze } from '../../shared/app/evaluation/freeze.ts';
import { cities } from '../../shared/domain/cities/divisions.ts';
import { evaluate } from '../../shared/domain/evaluation/evaluate.ts';
import type { EvaluationRun } from '../../shared/domain/evaluation/run.ts';
import { proposedScheme } from '../../shared/domain/evaluation/schemes/proposal.ts';
import { addDays } from '../../shared/kernel/civil-date.ts';
import { testTable } from '../support/test-table.ts';

export interface FreezeCost {
  readonly homes: number;
  readonly readUnits: number;
  /** The median of five, in milliseconds. */
  readonly ms: number;
}

export async function measureFreeze(homes: number): Promise<FreezeCost> {
  const table = await testTable();
  try {
    await fill(table.engine, table.name, homes);
    let readUnits = 0;
    meter(table.client, (units) => {
      readUnits += units;
    });
    const deps = { store: table.store, counters: dynamoCounters(table.client, table.name) };
    const times: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      readUnits = 0;
      const begun = performance.now();
      evaluate(await freeze(deps, run, proposedScheme(2021), run.requestedAt));
      times.push(performance.now() - begun);
    }
    // The first two warm up.
    const ms = times.slice(2).sort((a, b) => a - b)[2] ?? Number.NaN;
    return { homes, readUnits, ms };
  } finally {
    await table.close();
  }
}

const run: EvaluationRun = {
  id: '2021.1',
  cycle: 'yearly',
  year: 2021,
  number: 1,
  from: '2021-01-01',
  to: '2021-12-31',
  state: 'requested',
  requestedBy: 'bench',
  requestedAt: '2022-01-05T01:00:00.000Z',
  forms: {},
  objections: [],
  updatedAt: '2022-01-05T01:00:00.000Z',
  seq: 1,
  hash: '',
};

/** Days on which something is counted: as many in a small region as in a large one, so that only the homes differ. */
const days = 150;

async function fill(
  engine: Awaited<ReturnType<typeof testTable>>['engine'],
  table: string,
  homes: number,
): Promise<void> {
  const put = (item: Record<string, unknown>): void => {
    engine.execute('PutItem', { TableName: table, Item: marshall(item) });
  };
  const sums = new Map<string, { key: object; count: number }>();
  for (let home = 0; home < homes; home += 1) {
    // The engine answers in this very thread: without a breath it would let its connections go stale.
    if (home % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    const city = cities[home % cities.length]?.code ?? '';
    const day = addDays('2021-01-01', Math.floor(home / cities.length) % days);
    const record = `submission:home-${String(home).padStart(7, '0')}`;
    const data = {
      ...{ indicator: 'B2', year: 2021, city, office: city, part: 'home', day, numerator: 1, denominator: 1 },
      says: { zh: '一套住房', en: 'a home' },
    };
    put({ ...keys.evidence(city, 2021, 'B2', record, 'home'), v: 1, record, seq: 1, data });
    const key = keys.counter(city, 2021, 'B2', day);
    const sum = sums.get(key.PK + key.SK) ?? { key, count: 0 };
    sums.set(key.PK + key.SK, { key, count: sum.count + 1 });
  }
  for (const { key, count } of sums.values())
    put({ ...key, v: 1, numerator: count, denominator: count, records: count });
}

function meter(client: DynamoDBDocumentClient, heard: (units: number) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { ReturnConsumedCapacity?: string };
      input.ReturnConsumedCapacity = 'TOTAL';
      const result = await next(args);
      const { ConsumedCapacity: consumed } = result.output as {
        ConsumedCapacity?: { CapacityUnits?: number };
      };
      heard(consumed?.CapacityUnits ?? 0);
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
}
