/** The table engine in memory, reached through the real SDK: the seed decides what goes wrong on the way there and back. */
import { DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { memoryStore, TableEngine, TableError } from '../../infra/local/engines/table/index.ts';
import type { Faults } from './faults.ts';
import { currentInvocation, never } from './invocation.ts';
import { partsOf, type MutantName, type Write } from './mutants.ts';
import type { Random } from './random.ts';
import type { Turns } from './turns.ts';

export interface TableWorld {
  readonly turns: Turns;
  readonly random: Random;
  readonly faults: Faults;
  readonly mutant?: MutantName;
}

const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'BatchWriteItem']);

export interface SimulatedTable {
  readonly engine: TableEngine;
  readonly client: DynamoDBDocumentClient;
  /** Waits until the SDK has read what it reads before its first call: files of the machine, which take their own time. */
  ready(): Promise<void>;
  close(): void;
}

/** @param definition the table as the template has it */
export function simulatedTable(world: TableWorld, definition: CreateTableCommandInput): SimulatedTable {
  const late = world.faults.strikes('late-index');
  const engine = new TableEngine({
    store: memoryStore(),
    now: () => world.turns.now,
    ...(late ? { faults: { seed: world.random.below(2 ** 31), lateIndexes: 12 } } : {}),
  });
  engine.execute('CreateTable', structuredClone(definition));
  const state = { isReady: false };
  const low = new DynamoDBClient({
    region: 'cn-north-1',
    endpoint: 'http://table.invalid',
    credentials: { accessKeyId: 'sim', secretAccessKey: 'sim' },
    // Half of the histories have the SDK's own repetitions, the other half do without them.
    maxAttempts: world.random.chance(0.5) ? 3 : 1,
    signer: { sign: (request) => Promise.resolve(request) },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: (request: { headers: Record<string, string>; body?: unknown }) =>
        state.isReady ? answer(world, engine, request) : Promise.resolve({ response: replied(200, {}) }),
      destroy: () => undefined,
    },
  });
  const client = DynamoDBDocumentClient.from(low, { marshallOptions: { removeUndefinedValues: true } });
  return {
    engine,
    client,
    ready: async () => {
      await client.send(new GetCommand({ TableName: 'any', Key: { PK: 'any', SK: 'any' } }));
      state.isReady = true;
    },
    close: () => {
      low.destroy();
      engine.close();
    },
  };
}

async function answer(
  { turns, faults, mutant }: TableWorld,
  engine: TableEngine,
  request: { readonly headers: Record<string, string>; readonly body?: unknown },
): Promise<{ response: object }> {
  const operation = (request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  const input = JSON.parse(textOf(request.body)) as { TransactItems?: readonly Write[] };
  const writes = writing.has(operation);
  const invocation = currentInvocation();
  const turn = async (): Promise<void> => {
    await turns.turn(`${operation} ${invocation?.function ?? ''}`);
    if (invocation?.isDead) await never();
  };
  await turn();
  if (invocation && faults.strikes(writes ? 'crash-before-write' : 'crash-at-read')) {
    invocation.kill();
    return never();
  }
  if (faults.strikes('throttled')) {
    if (invocation) invocation.hindered = true;
    return { response: refused(400, { __type: throttled, message: 'Rate of requests exceeds the limit' }) };
  }
  if (operation === 'TransactWriteItems' && faults.strikes('conflict')) {
    const reasons = (input.TransactItems ?? []).map((_write, index) =>
      index === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing' } : { Code: 'None' },
    );
    if (invocation) invocation.hindered = true;
    return {
      response: refused(400, { __type: cancelled, message: 'cancelled', CancellationReasons: reasons }),
    };
  }
  let response: object = {};
  const parts = input.TransactItems ? partsOf(input.TransactItems, mutant) : [undefined];
  for (const [index, part] of parts.entries()) {
    if (index > 0) await turn();
    response = execute(engine, operation, part ? { ...input, TransactItems: part } : input, parts.length > 1);
    if ((response as { statusCode: number }).statusCode !== 200) break;
    // A mutant that writes in parts may be killed between them, as any code may.
    if (index < parts.length - 1 && invocation && faults.strikes('crash-after-write')) {
      invocation.kill();
      return never();
    }
  }
  await turn();
  if (writes && invocation && faults.strikes('crash-after-write')) {
    invocation.kill();
    return never();
  }
  if (faults.strikes('table-answer-lost')) {
    if (invocation) invocation.hindered = true;
    throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
  }
  return { response };
}

const model = 'com.amazonaws.dynamodb.v20120810#';
const throttled = `${model}ProvisionedThroughputExceededException`;
const cancelled = `${model}TransactionCanceledException`;

/** @param apart the parts of one transaction cannot share its token */
function execute(engine: TableEngine, operation: string, input: object, apart: boolean): object {
  const { ClientRequestToken: token, ...rest } = input as { ClientRequestToken?: string };
  const given = token === undefined || apart ? rest : { ...rest, ClientRequestToken: token };
  try {
    return replied(200, engine.execute(operation, structuredClone(given)));
  } catch (error) {
    if (error instanceof TableError) return refused(error.statusCode, error.body);
    throw error;
  }
}

function replied(statusCode: number, content: unknown): object {
  const body = Buffer.from(JSON.stringify(content));
  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: new Uint8Array(body),
  };
}

function refused(statusCode: number, content: unknown): object {
  return replied(statusCode, content);
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
}
