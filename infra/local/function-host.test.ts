import { setTimeout as passed } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FunctionError, type HostedFunction } from './function-host.ts';
import { FunctionBench } from './testing.ts';

let bench: FunctionBench;

beforeEach(() => {
  bench = new FunctionBench();
});

afterEach(() => bench.close());

/** What an invocation was refused with. */
async function refusal(hosted: HostedFunction, event: unknown = {}): Promise<FunctionError['details']> {
  const error: unknown = await hosted.invoke(event).catch((thrown: unknown) => thrown);
  if (!(error instanceof FunctionError)) throw new Error('It was not refused');
  return error.details;
}

describe('an invocation', () => {
  it('hands over event and context, and gives back what the handler returns', async () => {
    const hosted = bench.host(
      `export const handler = async (event, context) => ({
         event,
         context: { ...context, left: context.getRemainingTimeInMillis() },
       });`,
      { name: 'echo', timeoutSeconds: 30 },
    );
    await passed(50);
    const answer = (await hosted.invoke({ a: [1, null, '居'] })) as {
      event: unknown;
      context: Record<string, unknown>;
    };
    expect(answer.event).toEqual({ a: [1, null, '居'] });
    expect(answer.context).toMatchObject({ functionName: 'echo', functionVersion: '$LATEST' });
    expect(answer.context['awsRequestId']).toMatch(/^[0-9a-f-]{36}$/);
    // What is left never exceeds the timeout, however long the host has been running.
    expect(answer.context['left']).toBeLessThanOrEqual(30_000);
    expect(answer.context['left']).toBeGreaterThan(0);
  });

  it('finds its worker as it left it, until that went to rest', async () => {
    const hosted = bench.host('let calls = 0; export const handler = async () => (calls += 1);', {
      restsAfterMs: 120,
    });
    expect([await hosted.invoke({}), await hosted.invoke({})]).toEqual([1, 2]);
    await passed(400);
    expect(await hosted.invoke({})).toBe(1);
    const steady = bench.host('let calls = 0; export const handler = async () => (calls += 1);');
    await steady.invoke({});
    await passed(400);
    expect(await steady.invoke({})).toBe(2);
  });

  it('passes JSON both ways, as Lambda does', async () => {
    const hosted = bench.host(
      `export const handler = (event) => ({
         seen: Object.keys(event), at: new Date(0), dropped: () => 1, nothing: undefined,
       });`,
    );
    expect(await hosted.invoke({ kept: 1, gone: undefined })).toEqual({
      seen: ['kept'],
      at: '1970-01-01T00:00:00.000Z',
    });
    const silent = bench.host('export const handler = async () => {};');
    expect(await silent.invoke({})).toBeNull();
  });

  it('has exactly the environment of its function', async () => {
    const hosted = bench.host('export const handler = async () => ({ ...process.env });', {
      environment: { TABLE: 'records', EMPTY: '' },
    });
    expect(await hosted.invoke({})).toEqual({ TABLE: 'records', EMPTY: '' });
  });

  it('takes the module and export that the handler names', async () => {
    const hosted = bench.host('export const other = async () => "the other";', { handler: 'index.other' });
    expect(await hosted.invoke({})).toBe('the other');
  });

  it('logs what it prints', async () => {
    const hosted = bench.host(
      'export const handler = async () => { console.log("呼和浩特"); console.error("乌海"); };',
    );
    await hosted.invoke({});
    await hosted.close();
    expect(bench.log.join('')).toMatch(/呼和浩特/);
    expect(bench.log.join('')).toMatch(/乌海/);
  });
});

const counting = `let running = 0, most = 0, served = 0;
  export const handler = async ({ wait = 0 }) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, wait));
    running -= 1;
    return { most, served: ++served };
  };`;

describe('workers', () => {
  it('one: the others wait, and are served in order, one at a time', async () => {
    const hosted = bench.host(counting);
    const answers = await Promise.all([20, 5, 0, 0].map((wait) => hosted.invoke({ wait })));
    expect(answers).toEqual([1, 2, 3, 4].map((served) => ({ most: 1, served })));
  });

  it('two: run side by side', async () => {
    // Each waits until the other is there as well: with one worker neither would return.
    const hosted = bench.host(
      `import { BroadcastChannel } from 'node:worker_threads';
       export const handler = ({ me }) => new Promise((resolve) => {
         const channel = new BroadcastChannel('meeting');
         const beat = setInterval(() => channel.postMessage(me), 5);
         channel.onmessage = ({ data }) => {
           if (data === me) return;
           channel.postMessage(me);
           setTimeout(() => { clearInterval(beat); channel.close(); resolve([me, data]); }, 50);
         };
       });`,
      { maxWorkers: 2 },
    );
    const met = await Promise.all([hosted.invoke({ me: 'a' }), hosted.invoke({ me: 'b' })]);
    expect(met).toEqual([
      ['a', 'b'],
      ['b', 'a'],
    ]);
  });

  it('are kept for the next invocation', async () => {
    const hosted = bench.host(counting, { maxWorkers: 2 });
    await hosted.invoke({});
    await hosted.invoke({});
    expect(await hosted.invoke({})).toEqual({ most: 1, served: 3 });
  });
});

describe('a failure', () => {
  it.each<[string, string, Partial<FunctionError['details']>]>([
    [
      'rejects',
      'async () => { throw new RangeError("too far"); }',
      { errorType: 'RangeError', errorMessage: 'too far' },
    ],
    [
      'throws at once',
      '() => { throw new TypeError("no"); }',
      { errorType: 'TypeError', errorMessage: 'no' },
    ],
    [
      'throws a text',
      'async () => { throw "text"; }',
      { errorType: 'string', errorMessage: 'text', stackTrace: [] },
    ],
    [
      'throws nothing',
      'async () => { throw undefined; }',
      { errorType: 'undefined', errorMessage: 'undefined' },
    ],
    ['throws null', '() => { throw null; }', { errorType: 'object', errorMessage: 'null' }],
    ['returns what is no JSON', 'async () => 1n', { errorType: 'TypeError' }],
  ])('of a handler that %s reaches the caller, and the worker goes on', async (_, code, details) => {
    const hosted = bench.host(
      `let served = 0; const failing = ${code};
       export const handler = (event, context) => (served++ === 0 ? failing() : served);`,
    );
    expect(await refusal(hosted)).toMatchObject(details);
    expect(await hosted.invoke({})).toBe(2);
  });

  it('that times out ends the worker; the next invocation gets a new one', async () => {
    const hosted = bench.host(
      `let served = 0;
       export const handler = ({ hang }) => { served++; if (hang) for (;;); return served; };`,
      { timeoutSeconds: 0.3 },
    );
    expect(await hosted.invoke({})).toBe(1);
    const [first, second] = await Promise.allSettled([hosted.invoke({ hang: true }), hosted.invoke({})]);
    expect(first).toMatchObject({
      reason: {
        details: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 0.3 seconds' },
      },
    });
    expect(second).toMatchObject({ value: 1 });
  });

  it('that ends the process hits only the invocation that ran', async () => {
    const hosted = bench.host(
      'export const handler = async ({ end }) => { if (end) process.exit(3); return "served"; };',
    );
    const [first, second] = await Promise.allSettled([hosted.invoke({ end: true }), hosted.invoke({})]);
    expect(first).toMatchObject({ reason: { details: { errorType: 'Runtime.ExitError' } } });
    expect(second).toMatchObject({ value: 'served' });
  });

  it('thrown where nobody catches it hits only the invocation that ran', async () => {
    const hosted = bench.host(
      `export const handler = ({ stray }) => stray
         ? new Promise(() => setTimeout(() => { throw new Error("astray"); }))
         : "served";`,
    );
    const [first, second] = await Promise.allSettled([hosted.invoke({ stray: true }), hosted.invoke({})]);
    expect(first).toMatchObject({ reason: { details: { errorType: 'Error', errorMessage: 'astray' } } });
    expect(second).toMatchObject({ value: 'served' });
  });

  it('between two invocations costs the worker, not the next one', async () => {
    const hosted = bench.host(
      `let served = 0;
       export const handler = async ({ leave }) => { if (leave) setTimeout(() => process.exit(1), 10); return ++served; };`,
    );
    expect(await hosted.invoke({ leave: true })).toBe(1);
    await passed(200);
    expect(await hosted.invoke({})).toBe(1);
  });

  it.each([
    ['throws', 'throw new Error("no TABLE");', /no TABLE/],
    ['cannot be parsed', 'export const handler = ;', /./],
    ['ends the process', 'process.exit(1);', /ended/],
    ['exports no handler', 'export const handle = () => 1;', /function-0 exports no handler/],
  ])('to load a bundle that %s is told to all who wait', async (_, code, message) => {
    const hosted = bench.host(code);
    const answers = await Promise.allSettled([1, 2, 3].map((event) => hosted.invoke({ event })));
    for (const answer of answers)
      expect(answer).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringMatching(message) as string },
      });
    // And not only the first time.
    expect((await refusal(hosted)).errorMessage).toMatch(message);
  });
});

describe('a host that closes', () => {
  it('rejects what runs, what waits, and what comes', async () => {
    const hosted = bench.host(
      `export const handler = () => { console.log('running'); return new Promise(() => setInterval(() => {}, 1e6)); };`,
    );
    const answers = Promise.allSettled([hosted.invoke({}), hosted.invoke({})]);
    while (bench.log.length === 0) await passed(5);
    await hosted.close();
    for (const answer of await answers)
      expect(answer).toMatchObject({ reason: { details: { errorType: 'Runtime.ExitError' } } });
    expect((await refusal(hosted)).errorMessage).toBe('The host is closed');
  });
});

describe('Date inside a function', () => {
  const real = performance.timeOrigin + performance.now();
  const at = Date.parse('2031-05-06T07:08:09.123Z');
  const probe = `export const handler = async () => {
    class Stamp extends Date { get year() { return this.getUTCFullYear(); } }
    const copy = structuredClone(new Date(5));
    return {
      now: Date.now(), fresh: new Date().getTime(), called: typeof Date() + Date.parse(Date()),
      given: [new Date(5).getTime(), new Date('2020-01-01T00:00:00Z').getTime(), new Date(Date.UTC(2021, 1, 3)).toISOString(),
        new Date(new Date(7)).getTime(), new Date(2021, 4).getMonth()],
      invalid: Number.isNaN(new Date(undefined).getTime()),
      instances: [new Date() instanceof Date, copy instanceof Date, new Date().constructor === Date],
      again: new (new Date().constructor)().getTime(),
      stamp: [new Stamp() instanceof Stamp, new Stamp().year, Stamp.now()],
      tag: Object.prototype.toString.call(new Date()), names: [Date.name, Date.length],
      origin: performance.timeOrigin + performance.now(),
    };
  };`;

  it('follows the clock, standing and running, and is a Date in every way', async () => {
    const hosted = bench.host(probe);
    bench.clock.standAt(at);
    expect(await hosted.invoke({})).toMatchObject({
      now: at,
      fresh: at,
      called: `string${at - 123}`,
      given: [5, 1577836800000, '2021-02-03T00:00:00.000Z', 7, 4],
      invalid: true,
      instances: [true, true, true],
      again: at,
      stamp: [true, 2031, at],
      tag: '[object Date]',
      names: ['Date', 7],
    });
    bench.clock.run();
    const { now, fresh, origin } = (await hosted.invoke({})) as Record<string, number>;
    expect(now).toBeGreaterThanOrEqual(at);
    expect(now).toBeLessThan(at + 3_600_000);
    expect(fresh).toBeGreaterThanOrEqual(now ?? 0);
    // Stopwatches go on with real time.
    expect(Math.abs((origin ?? 0) - real)).toBeLessThan(3_600_000);
  });
});
