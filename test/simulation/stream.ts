/**
 * The stream as its readers see it: in shards by partition, each in its own order and pace; a batch that fails comes again
 * from where it failed, and what came may come once more.
 */
import type { StreamedRecord } from '../../infra/local/engines/table/index.ts';
import { auditPrefix } from '../../shared/adapters/dynamodb/keys.ts';
import { tableName, type FunctionName } from './functions.ts';
import type { World } from './world.ts';

const shardCount = 3;
const largestBatch = 8;
const readers: readonly FunctionName[] = ['journal', 'follow-up'];

interface Place {
  readonly reader: FunctionName;
  readonly shard: number;
  at: number;
}

export class Stream {
  readonly #world: World;
  readonly #shards: StreamedRecord[][] = Array.from({ length: shardCount }, () => []);
  readonly #places: Place[];
  #read = 0;
  #stopped = false;

  constructor(world: World) {
    this.#world = world;
    this.#places = readers.flatMap((reader) =>
      this.#shards.map((_shard, shard) => ({ reader, shard, at: 0 })),
    );
  }

  /** Each reader of each shard lives beside the others, until nothing more will come. */
  begin(): void {
    for (const place of this.#places) this.#world.turns.begin(() => this.#follow(place));
  }

  /** When all that has come is followed, the readers end. */
  stop(): void {
    this.#stopped = true;
  }

  get isDrained(): boolean {
    this.#collect();
    return this.#places.every(({ shard, at }) => at >= (this.#shards[shard]?.length ?? 0));
  }

  async #follow(place: Place): Promise<void> {
    const { turns, random, faults } = this.#world;
    for (;;) {
      this.#collect();
      const waiting = (this.#shards[place.shard]?.length ?? 0) - place.at;
      if (waiting === 0) {
        if (this.#stopped) return;
        await turns.sleep(50 + random.below(200));
        continue;
      }
      if (faults.strikes('stream-late')) await turns.sleep(random.below(20_000));
      if (place.at > 0 && faults.strikes('stream-repeated')) {
        await this.#deliver(place, random.below(place.at), 1 + random.below(largestBatch));
        continue;
      }
      const size = Math.min(waiting, 1 + random.below(largestBatch));
      place.at += await this.#deliver(place, place.at, size);
    }
  }

  /** @returns how many of the batch are done */
  async #deliver({ reader, shard }: Place, from: number, size: number): Promise<number> {
    const batch = (this.#shards[shard] ?? []).slice(from, from + size);
    const event = { Records: batch.map(({ record }) => record) };
    try {
      const { answer, invocation } = await this.#world.invoke(reader, event);
      const failed = (answer as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures[0];
      if (!failed) return batch.length;
      if (!invocation.hindered && !this.#world.faults.on)
        this.#world.surprise(`${reader} failed without a reason`);
      const index = batch.findIndex(({ record }) => record.dynamodb.SequenceNumber === failed.itemIdentifier);
      await this.#pause();
      return Math.max(0, index);
    } catch {
      await this.#pause();
      return 0;
    }
  }

  async #pause(): Promise<void> {
    await this.#world.turns.sleep(100 + this.#world.random.below(2000));
  }

  /** New audit entries, as the filter of the template lets them through. */
  #collect(): void {
    const found = this.#world.table.engine.readStream(tableName, this.#read, 1000);
    for (const one of found) {
      this.#read = Math.max(this.#read, Number(one.sequence));
      const { Keys: keys } = one.record.dynamodb as { Keys?: Record<string, { S?: string }> };
      if (one.record.eventName !== 'INSERT' || !keys?.['SK']?.S?.startsWith(auditPrefix)) continue;
      this.#shards[shardOf(keys['PK']?.S ?? '')]?.push(one);
    }
  }
}

function shardOf(partition: string): number {
  let sum = 0;
  for (const letter of partition) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
  return sum % shardCount;
}
