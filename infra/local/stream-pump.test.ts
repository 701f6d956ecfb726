import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn, setTimeout as passed } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocable } from './function-host.ts';
import type { StreamRecord } from './stream-mapping.ts';
import { StreamPump, type StreamSource } from './stream-pump.ts';
import { assemblyOf, byArn, inPlace, temporaryFolder } from './testing.ts';

const bucket = ['arn', 'aws', 's3', '', '', 'failures'].join(':');
const streamArn = ['arn', 'aws', 'dynamodb', 'local-1', '000000000000', 'table/records/stream/local'].join(
  ':',
);
const now = Date.parse('2031-01-02T03:04:05Z');

interface Entry extends StreamRecord {
  readonly eventName: string;
  readonly body: string;
  readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number };
}

interface Kept {
  readonly destination: string;
  readonly bodies: readonly string[];
  readonly failure: {
    readonly requestContext: { readonly condition: string; readonly approximateInvokeCount: number };
    readonly responsePayload: unknown;
    readonly payload: { readonly Records: readonly Entry[] };
  };
}

interface BatchEvent {
  readonly Records: readonly Entry[];
}

/** A stream that can be written to. */
class SmallStream implements StreamSource {
  readonly #records: { sequence: number; record: Entry }[] = [];

  write(bodies: readonly string[], { eventName = 'INSERT', ageSeconds = 0 } = {}): void {
    for (const body of bodies) {
      const sequence = this.#records.length + 1;
      const dynamodb = {
        SequenceNumber: `s${sequence}`,
        ApproximateCreationDateTime: now / 1000 - ageSeconds,
      };
      this.#records.push({ sequence, record: { eventName, body, dynamodb } });
    }
  }

  read(after: number, limit: number) {
    return this.#records.filter(({ sequence }) => sequence > after).slice(0, limit);
  }
}

const letters = (text: string) => text.split('');
const bodiesOf = ({ Records: records }: BatchEvent) => records.map(({ body }) => body).join('');

let stream: SmallStream;
let kept: Kept[];
let file: string;
let remove: () => void;
let pumps: StreamPump[];

beforeEach(() => {
  const place = temporaryFolder();
  stream = new SmallStream();
  kept = [];
  pumps = [];
  file = path.join(place.folder, 'places.json');
  remove = place.remove;
});

afterEach(async () => {
  await Promise.all(pumps.map((pump) => pump.stop()));
  remove();
});

async function keep(destination: string, record: unknown): Promise<void> {
  const failure = record as Kept['failure'];
  kept.push({ destination, bodies: failure.payload.Records.map(({ body }) => body), failure });
}

/** A pump with a mapping to each function. */
function pumpTo(
  functions: readonly Invocable[],
  properties: Record<string, unknown> = {},
  keepFailure = keep,
): StreamPump {
  const mappings = functions.map(({ spec: { name } }) => ({
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: name,
      EventSourceArn: streamArn,
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 4,
      MaximumRetryAttempts: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: bucket } },
      ...properties,
    },
  }));
  const resources = Object.fromEntries(mappings.map((mapping, index) => [`Mapping${index}`, mapping]));
  const assembly = assemblyOf({ Jobs: { Resources: resources } });
  const pump = new StreamPump(assembly, byArn(...functions), stream, () => now, keepFailure, file);
  pumps.push(pump);
  return pump;
}

async function drained(pump: StreamPump): Promise<void> {
  pump.wake();
  while (!pump.idle) await passed(2);
}

/** A function that notes its batches and fails as told. */
function noting(failing: (event: BatchEvent) => unknown = () => null, name = 'noting') {
  const batches: string[] = [];
  const hosted = inPlace(name, (event: BatchEvent) => {
    batches.push(bodiesOf(event));
    return failing(event);
  });
  return { hosted, batches };
}

function failOn(poison: string) {
  return (event: BatchEvent) => {
    if (bodiesOf(event).includes(poison)) throw new Error(`poison ${poison}`);
    return null;
  };
}

describe('a mapping', () => {
  it('delivers everything from the oldest on, in order, in batches of its size', async () => {
    const { hosted, batches } = noting();
    stream.write(letters('abcdefghij'));
    await drained(pumpTo([hosted]));
    expect(batches).toEqual(['abcd', 'efgh', 'ij']);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'misses no wake-up that comes %i turns after its last look',
    async (turns) => {
      const { hosted, batches } = noting();
      const read = stream.read.bind(stream);
      let written = false;
      stream.read = (after, limit) => {
        const found = read(after, limit);
        if (found.length === 0 && !written) {
          written = true;
          void writeAfter(turns);
        }
        return found;
      };
      const pump = pumpTo([hosted]);
      async function writeAfter(left: number): Promise<void> {
        for (let turn = left; turn > 0; turn -= 1) await Promise.resolve();
        stream.write(['a']);
        pump.wake();
      }
      pump.wake();
      await passed(20);
      expect(batches).toEqual(['a']);
    },
  );

  it('hands over only what its filters ask for, and passes over the rest', async () => {
    const { hosted, batches } = noting();
    stream.write(letters('ab'));
    stream.write(letters('cdefgh'), { eventName: 'MODIFY' });
    stream.write(letters('i'));
    const filters = [{ eventName: ['INSERT'], body: [{ prefix: 'a' }] }, { body: ['i', 'e'] }];
    await drained(
      pumpTo([hosted], {
        FilterCriteria: { Filters: filters.map((one) => ({ Pattern: JSON.stringify(one) })) },
      }),
    );
    expect(batches).toEqual(['a', 'e', 'i']);
  });

  it('that is switched off delivers nothing', async () => {
    const { hosted, batches } = noting();
    stream.write(letters('ab'));
    pumpTo([hosted], { Enabled: false }).wake();
    await turn();
    expect(batches).toEqual([]);
  });

  it.each([
    [
      { FilterCriteria: { Filters: [{ Pattern: '{"a":[{"numeric":[">",1]}]}' }] } },
      'The filter of Mapping0.a',
    ],
    [{ StartingPosition: 'LATEST' }, 'TRIM_HORIZON'],
    [{ EventSourceArn: streamArn.replace('dynamodb', 'sqs').replace(/table.*/, 'queue') }, 'Mapping0 reads'],
    [{ FunctionName: 'gone' }, 'Mapping0 names no function'],
  ])('is refused when one machine would do something else: %j', (properties, sentence) => {
    expect(() => pumpTo([noting().hosted], properties)).toThrow(sentence);
  });
});

describe('a batch that fails', () => {
  it('is tried again whole, then kept whole with its error', async () => {
    const { hosted, batches } = noting(failOn('b'));
    stream.write(letters('abcdef'));
    await drained(pumpTo([hosted], { MaximumRetryAttempts: 2 }));
    expect(batches).toEqual(['abcd', 'abcd', 'abcd', 'ef']);
    expect(kept).toMatchObject([
      {
        destination: bucket,
        bodies: letters('abcd'),
        failure: {
          requestContext: {
            functionArn: hosted.spec.arn,
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 3,
          },
          responsePayload: { errorType: 'Error', errorMessage: 'poison b' },
        },
      },
    ]);
    // Whole: everything that the function would have been given.
    expect(kept[0]?.failure.payload.Records).toEqual(stream.read(0, 4).map(({ record }) => record));
  });

  it('with no retries is kept at once; with no destination it is passed over', async () => {
    const { hosted, batches } = noting(failOn('a'));
    stream.write(letters('abcde'));
    await drained(pumpTo([hosted], { MaximumRetryAttempts: 0, DestinationConfig: {} }));
    expect([batches, kept]).toEqual([['abcd', 'e'], []]);
  });

  it('with unlimited retries and no age limit is tried until it is taken', async () => {
    let left = 4;
    const { hosted, batches } = noting(() => {
      if ((left -= 1) > 0) throw new Error('not yet');
      return null;
    });
    stream.write(letters('ab'), { ageSeconds: 1e7 });
    await drained(pumpTo([hosted], { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 }));
    expect([batches, kept]).toEqual([['ab', 'ab', 'ab', 'ab'], []]);
  });

  it('is halved until the poison stands alone, and it alone is kept', async () => {
    const { hosted, batches } = noting(failOn('c'));
    stream.write(letters('abcdefgh'));
    await drained(pumpTo([hosted], { BisectBatchOnFunctionError: true, BatchSize: 8 }));
    expect(batches).toEqual(['abcdefgh', 'abcd', 'ab', 'cd', 'c', 'c', 'd', 'efgh']);
    expect(kept.map(({ bodies }) => bodies)).toEqual([['c']]);
  });

  it('gives up only the records that are too old, and goes on with the others', async () => {
    const { hosted, batches } = noting(failOn('a'));
    stream.write(letters('a'), { ageSeconds: 61 });
    stream.write(letters('bc'), { ageSeconds: 60 });
    await drained(pumpTo([hosted], { MaximumRecordAgeInSeconds: 60, MaximumRetryAttempts: -1 }));
    expect(batches).toEqual(['abc', 'bc']);
    expect(kept).toMatchObject([
      { bodies: ['a'], failure: { requestContext: { condition: 'RecordAgeExceeded' } } },
    ]);
  });

  it('does not hold up another mapping', async () => {
    const poisoned = noting(failOn('a'), 'poisoned');
    const healthy = noting(undefined, 'healthy');
    stream.write(letters('abcdef'));
    const pump = pumpTo([poisoned.hosted, healthy.hosted], { MaximumRetryAttempts: -1 });
    pump.wake();
    while (healthy.batches.length < 2) await passed(2);
    expect(healthy.batches).toEqual(['abcd', 'ef']);
    expect(new Set(poisoned.batches)).toEqual(new Set(['abcd']));
    expect(pump.idle).toBe(false);
  });

  it('waits while its failure cannot be kept, and loses nothing', async () => {
    const { hosted, batches } = noting(failOn('a'));
    let full = true;
    stream.write(letters('abcde'));
    const pump = pumpTo([hosted], { MaximumRetryAttempts: 0 }, async (destination, record) => {
      if (full) {
        full = false;
        throw new Error('The disk is full');
      }
      return keep(destination, record);
    });
    await drained(pump);
    expect(kept.map(({ bodies }) => bodies)).toEqual([letters('abcd')]);
    expect(batches).toEqual(['abcd', 'e']);
  });
});

describe('an answer that names failures', () => {
  /** Answers with these failures at the first call, and takes everything afterwards. */
  function answeringOnce(answer: unknown) {
    let asked = false;
    return noting(() => {
      if (asked) return { batchItemFailures: [] };
      asked = true;
      return answer;
    });
  }
  const named = (...identifiers: unknown[]) => ({
    batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
  });

  it.each<[string, unknown, string[]]>([
    ['the third record: goes on there', named('s3'), ['abcd', 'cd']],
    ['several: goes on at the first of them', named('s4', 's2'), ['abcd', 'bcd']],
    ['the first: all again', named('s1'), ['abcd', 'abcd']],
    ['nobody', named(), ['abcd']],
    ['nothing at all', undefined, ['abcd']],
    ['a list that is null', { batchItemFailures: null }, ['abcd']],
    ['an empty identifier: all again', named(''), ['abcd', 'abcd']],
    ['a null identifier: all again', named(null), ['abcd', 'abcd']],
    ['an identifier of no record: all again', named('s9'), ['abcd', 'abcd']],
    ['one of no record beside a right one: all again', named('s3', 's9'), ['abcd', 'abcd']],
    ['by a wrong key: all again', { batchItemFailures: [{ id: 's3' }] }, ['abcd', 'abcd']],
    ['in no list: all again', { batchItemFailures: 's3' }, ['abcd', 'abcd']],
  ])('%s', async (_, answer, expected) => {
    const { hosted, batches } = answeringOnce(answer);
    stream.write(letters('abcd'));
    await drained(pumpTo([hosted]));
    expect([batches, kept]).toEqual([expected, []]);
  });

  it('counts only where the mapping asks for it', async () => {
    const { hosted, batches } = answeringOnce(named('s3'));
    stream.write(letters('abcd'));
    await drained(pumpTo([hosted], { FunctionResponseTypes: [] }));
    expect(batches).toEqual(['abcd']);
  });

  it('isolates one poison record without halving', async () => {
    const { hosted } = noting((event) => {
      const poison = event.Records.find(({ body }) => body === 'c');
      return poison ? named(poison.dynamodb.SequenceNumber) : null;
    });
    stream.write(letters('abcd'));
    await drained(pumpTo([hosted], { BisectBatchOnFunctionError: true }));
    expect(kept.map(({ bodies }) => bodies)).toEqual([['c']]);
  });
});

describe('after a restart', () => {
  it('each mapping goes on from its own place', async () => {
    const first = noting(undefined, 'first');
    const second = noting(undefined, 'second');
    stream.write(letters('abcde'));
    await drained(pumpTo([first.hosted]));
    stream.write(letters('fg'));
    await drained(pumpTo([first.hosted, second.hosted]));
    expect(first.batches).toEqual(['abcd', 'e', 'fg']);
    expect(second.batches).toEqual(['abcd', 'efg']);
  });

  it('what was under way when the process was killed is delivered again', async () => {
    // Killed while it handles the batch: no place is kept, nobody hears the answer.
    const killed = noting((event) => (bodiesOf(event) === 'efgh' ? new Promise(() => undefined) : null));
    stream.write(letters('abcdefgh'));
    const dying = pumpTo([killed.hosted]);
    dying.wake();
    while (killed.batches.length < 2) await passed(2);
    pumps = [];
    const next = noting();
    await drained(pumpTo([next.hosted]));
    expect(next.batches).toEqual(['efgh']);
  });

  it('what was being tried again when the pump stopped is delivered again, and was not given up', async () => {
    const failing = noting(failOn('b'));
    stream.write(letters('abcd'));
    const stopping = pumpTo([failing.hosted], { MaximumRetryAttempts: 5, BisectBatchOnFunctionError: true });
    stopping.wake();
    while (failing.batches.length < 4) await passed(1);
    await stopping.stop();
    expect(kept).toEqual([]);
    stopping.wake();
    const next = noting();
    await drained(pumpTo([next.hosted]));
    expect(next.batches).toEqual(['abcd']);
  });

  it('a damaged file of places is named in a sentence', () => {
    writeFileSync(file, '{"Mapping0":');
    expect(() => pumpTo([noting().hosted])).toThrow(`the file ${file} is damaged`);
    writeFileSync(file, '{"Mapping0":null}');
    expect(() => pumpTo([noting().hosted])).toThrow('is damaged');
  });
});
