/**
 * In a process of its own, as a function has one: a route's whole handler, and the same calls to the table made bare,
 * turn about. Answers with the times of both.
 */
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

export interface BareCall {
  readonly operation: string;
  readonly input: unknown;
}

export interface HandlerRun {
  readonly bundle: string;
  readonly event: Record<string, unknown>;
  /** Calls of one group go out together; groups follow one another. */
  readonly groups: readonly (readonly BareCall[])[];
  /** What stands in the key of an item that each call puts anew. */
  readonly newItem: string;
  /** The revision to begin with when each call changes the record; absent for a read. */
  readonly revision?: number;
  readonly warmUp: number;
  readonly rounds: number;
}

export interface HandlerTimes {
  readonly handler: readonly number[];
  readonly bare: readonly number[];
}

type Handler = (event: unknown, context: unknown) => Promise<{ statusCode: number; body: string }>;

const commands = {
  BatchGetItem: BatchGetItemCommand,
  GetItem: GetItemCommand,
  Query: QueryCommand,
  TransactWriteItems: TransactWriteItemsCommand,
} as const;

const client = new DynamoDBClient({});

function bareCall({ operation, input }: BareCall): Promise<unknown> {
  const Command = commands[operation as keyof typeof commands];
  // The inputs were caught on the wire, so they fit their command.
  return client.send(new (Command as typeof GetItemCommand)(input as never));
}

process.once('message', (run: HandlerRun) => {
  void measure(run).then((times) => process.send?.(times, () => process.disconnect()));
});

async function measure({
  bundle,
  event,
  groups,
  newItem,
  revision,
  warmUp,
  rounds,
}: HandlerRun): Promise<HandlerTimes> {
  const { handler } = (await import(bundle)) as { handler: Handler };
  let seen = revision;
  const times = { handler: [] as number[], bare: [] as number[] };
  const timed = async (work: () => Promise<void>): Promise<number> => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  const whole = async (): Promise<void> => {
    const headers = {
      ...(event['headers'] as object),
      'idempotency-key': `${Math.random()}`,
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    };
    const answer = await handler(
      { ...event, headers },
      { awsRequestId: 'bench', getRemainingTimeInMillis: () => 10_000 },
    );
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
    if (seen !== undefined) seen += 1;
  };
  let made = 0;
  /** New items are new each time, as the handler's are, and in each process. */
  const bareNow = (): readonly (readonly BareCall[])[] => {
    made += 1;
    return JSON.parse(JSON.stringify(groups).replaceAll(newItem, `${process.pid}-${made}`)) as typeof groups;
  };
  for (let round = 0; round < warmUp + rounds; round += 1) {
    // Turn about, and each as often first: what disturbs one disturbs the other.
    const order = round % 2 === 0 ? ['handler', 'bare'] : ['bare', 'handler'];
    for (const which of order) {
      const calls = bareNow();
      const bare = async (): Promise<void> => {
        for (const group of calls) await Promise.all(group.map(bareCall));
      };
      const ms = await timed(which === 'handler' ? whole : bare);
      if (round >= warmUp) times[which as 'handler' | 'bare'].push(ms);
    }
  }
  return times;
}
