/** Reading a stream over the bare wire: the client of streams is no part of the project. */
import { Difference } from '../check.ts';
import type { Bench } from './bench.ts';

interface StreamRecord {
  readonly eventName: string;
  readonly userIdentity?: unknown;
  readonly dynamodb: {
    readonly Keys?: Readonly<Record<string, { readonly S?: string }>>;
    readonly NewImage?: object;
    readonly OldImage?: object;
    readonly SequenceNumber: string;
    readonly StreamViewType?: string;
  };
}

export async function ask<Answer>(bench: Bench, operation: string, input: object): Promise<Answer> {
  const { status, body } = await bench.target.wire(
    `DynamoDBStreams_20120810.${operation}`,
    JSON.stringify(input),
  );
  if (status !== 200) throw new Difference(`${operation}: ${String(body['__type']).split('#').at(-1)}`);
  return body as Answer;
}

/** The iterators of the stream's shards. */
export async function iterators(
  bench: Bench,
  more: object = { ShardIteratorType: 'TRIM_HORIZON' },
): Promise<string[]> {
  const StreamArn = (await bench.describe()).LatestStreamArn;
  type Described = { StreamDescription: { Shards: { ShardId: string }[] } };
  const { StreamDescription } = await ask<Described>(bench, 'DescribeStream', { StreamArn });
  const asked = StreamDescription.Shards.map(({ ShardId }) =>
    ask<{ ShardIterator: string }>(bench, 'GetShardIterator', { StreamArn, ShardId, ...more }),
  );
  return (await Promise.all(asked)).map(({ ShardIterator }) => ShardIterator);
}

export interface Page {
  readonly Records: StreamRecord[];
  readonly NextShardIterator?: string;
}

/** Every record of the stream, as soon as there are as many as expected; a moment longer in case there are more. */
export async function records(bench: Bench, expected: number, more?: object): Promise<StreamRecord[]> {
  let open = await iterators(bench, more);
  const found: StreamRecord[] = [];
  for (let idle = 0; idle < (found.length < expected ? 120 : 1);) {
    const pages = await Promise.all(
      open.map((ShardIterator) => ask<Page>(bench, 'GetRecords', { ShardIterator })),
    );
    open = pages.flatMap(({ NextShardIterator }) => NextShardIterator ?? []);
    const fresh = pages.flatMap(({ Records }) => Records);
    found.push(...fresh);
    if (fresh.length > 0) continue;
    idle++;
    if (found.length < expected) await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return found;
}
