import { PutObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlatformClock } from './clock.ts';
import { serveEngine, type Served } from './engines/objects/testing.ts';
import { EventBus, type KeepFailure } from './events.ts';
import type { Invocable } from './function-host.ts';
import { arnOf, assemblyOf, byArn, inPlace, type SmallResource } from './testing.ts';

const failures = ['arn', 'aws', 's3', '', '', 'failures'].join(':');
const at = Date.parse('2031-10-31T22:30:00Z');

let served: Served;
let clock: PlatformClock;
let kept: { destination: string; record: unknown }[];
let buses: EventBus[];

beforeEach(async () => {
  clock = new PlatformClock();
  clock.standAt(at);
  // The SDK signs with real time; only the events' own clock is set.
  served = await serveEngine();
  for (const name of ['quarantine', 'silent'])
    served.engine.createBucket(name, { versioning: true, events: true });
  kept = [];
  buses = [];
});

afterEach(async () => {
  for (const bus of buses) bus.stop();
  await served.close();
});

function busOf(
  resources: Record<string, SmallResource>,
  functions: readonly Invocable[],
  keep: KeepFailure = async (destination, record) => void kept.push({ destination, record }),
  file?: string,
): EventBus {
  const buckets = {
    Quarantine: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'quarantine',
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      },
    },
    Silent: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'silent' } },
  };
  const assembly = assemblyOf({ Jobs: { Resources: { ...buckets, ...resources } } });
  const bus = new EventBus(assembly, byArn(...functions), served.engine, clock, keep, file);
  buses.push(bus);
  return bus;
}

function rule(properties: Record<string, unknown>, ...names: string[]): SmallResource {
  const targets = names.map((name, index) => ({ Arn: arnOf(name), Id: `Target${index}` }));
  return { Type: 'AWS::Events::Rule', Properties: { State: 'ENABLED', Targets: targets, ...properties } };
}

function invokeConfig(name: string, properties: Record<string, unknown> = {}): SmallResource {
  return {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: name,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: failures } },
      ...properties,
    },
  };
}

interface Envelope {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Record<string, unknown>;
}

/** A function that notes its events and fails as told. */
function noting(name: string, failing: (event: Envelope) => unknown = () => null) {
  const events: Envelope[] = [];
  const hosted = inPlace(name, (event: Envelope) => {
    events.push(event);
    return failing(event);
  });
  return { hosted, events };
}

function put(bucket: string, key: string, body = 'content') {
  return served.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}

async function idle(bus: EventBus): Promise<void> {
  while (!bus.idle) await passed(2);
}

const created = {
  EventPattern: {
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { bucket: { name: ['quarantine'] } },
  },
};

describe('a bucket event', () => {
  it('reaches every target of every rule that asks for it, and is acknowledged', async () => {
    const [one, two, other] = ['one', 'two', 'other'].map((name) => noting(name));
    if (!one || !two || !other) throw new Error('unreachable');
    const bus = busOf(
      {
        Both: rule(created, 'one', 'two'),
        Again: rule(created, 'one'),
        Other: rule({ EventPattern: { ...created.EventPattern, source: ['aws.ec2'] } }, 'other'),
        Off: rule({ ...created, State: 'DISABLED' }, 'other'),
        Alarm: rule(created, 'topic-on-aws'),
      },
      [one.hosted, two.hosted, other.hosted],
    );
    await put('quarantine', 'uploads/a.pdf');
    await idle(bus);
    expect([one.events.length, two.events.length, other.events.length]).toEqual([2, 1, 0]);
    expect(one.events[0]).toMatchObject({
      version: '0',
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: 'quarantine' }, object: { key: 'uploads/a.pdf', size: 7 } },
    });
    expect(served.engine.pendingEvents(9)).toEqual([]);
  });

  it('carries when it happened, not when it was delivered', async () => {
    await put('quarantine', 'a');
    const [pending] = served.engine.pendingEvents(1);
    const { hosted, events } = noting('one');
    await busOf({ Created: rule(created, 'one') }, [hosted]).pump();
    expect(events).toMatchObject([{ time: pending?.time }]);
  });

  it('of a bucket without notifications goes nowhere, and does not pile up', async () => {
    const { hosted, events } = noting('one');
    const bus = busOf({ Any: rule({ EventPattern: { source: ['aws.s3'] } }, 'one') }, [hosted]);
    await put('silent', 'a');
    await idle(bus);
    expect([events, served.engine.pendingEvents(9)]).toEqual([[], []]);
  });

  it('is acknowledged only after delivery: a killed process delivers it again', async () => {
    const killed = noting('one', () => new Promise(() => undefined));
    const bus = busOf({ Created: rule(created, 'one') }, [killed.hosted]);
    await put('quarantine', 'a');
    while (killed.events.length === 0) await passed(2);
    expect(bus.idle).toBe(false);
    expect(served.engine.pendingEvents(9)).toHaveLength(1);
    const next = noting('one');
    await busOf({ Created: rule(created, 'one') }, [next.hosted]).pump();
    expect(next.events).toHaveLength(1);
    expect(served.engine.pendingEvents(9)).toEqual([]);
  });

  it('that a stop cut off is neither acknowledged nor given up', async () => {
    const stopping = noting('one', () => {
      buses.at(-1)?.stop();
      throw new Error('The worker ended');
    });
    const bus = busOf(
      { Created: rule(created, 'one'), Config: invokeConfig('one', { MaximumRetryAttempts: 0 }) },
      [stopping.hosted],
    );
    await put('quarantine', 'a');
    while (stopping.events.length === 0) await passed(2);
    await bus.pump();
    expect([kept.length, stopping.events.length, served.engine.pendingEvents(9).length]).toEqual([0, 1, 1]);
  });

  it('is kept for the next attempt when its failure cannot be kept', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const { hosted } = noting('one', () => {
      throw new Error('no');
    });
    let full = true;
    const bus = busOf(
      { Created: rule(created, 'one'), Config: invokeConfig('one', { MaximumRetryAttempts: 0 }) },
      [hosted],
      async (destination, record) => {
        if (full) throw new Error('The disk is full');
        kept.push({ destination, record });
      },
    );
    await put('quarantine', 'a');
    while (warned.mock.calls.length === 0) await passed(2);
    expect(warned.mock.calls[0]?.[0]).toContain('The disk is full');
    warned.mockRestore();
    expect(served.engine.pendingEvents(9)).toHaveLength(1);
    full = false;
    await bus.pump();
    expect([kept.length, served.engine.pendingEvents(9).length]).toEqual([1, 0]);
  });
});

describe('a function that fails', () => {
  it('is called again as often as the template says, then its event is kept whole', async () => {
    const { hosted, events } = noting('one', () => {
      throw new RangeError('too far');
    });
    const bus = busOf({ Created: rule(created, 'one'), Config: invokeConfig('one') }, [hosted]);
    await put('quarantine', 'a');
    await idle(bus);
    expect(events).toHaveLength(2);
    expect(kept).toEqual([
      {
        destination: failures,
        record: {
          version: '1.0',
          timestamp: '2031-10-31T22:30:00.000Z',
          requestContext: {
            functionArn: arnOf('one'),
            condition: 'RetriesExhausted',
            approximateInvokeCount: 2,
          },
          requestPayload: events[0],
          responsePayload: { errorType: 'RangeError', errorMessage: 'too far', stackTrace: [] },
        },
      },
    ]);
  });

  it('and takes the second attempt has not failed', async () => {
    let calls = 0;
    const { hosted, events } = noting('one', () => {
      if ((calls += 1) === 1) throw new Error('not yet');
    });
    const bus = busOf({ Created: rule(created, 'one'), Config: invokeConfig('one') }, [hosted]);
    await put('quarantine', 'a');
    await idle(bus);
    expect(events).toEqual([events[0], events[0]]);
    expect(kept).toEqual([]);
  });

  it('for good does not hold up the next target or event', async () => {
    const broken = noting('broken', () => {
      throw new Error('no');
    });
    const sound = noting('sound');
    const bus = busOf(
      {
        Created: rule(created, 'broken', 'sound'),
        Config: invokeConfig('broken', { MaximumRetryAttempts: 0 }),
      },
      [broken.hosted, sound.hosted],
    );
    await put('quarantine', 'a');
    await put('quarantine', 'b');
    await idle(bus);
    expect([sound.events.length, kept.length]).toEqual([2, 2]);
  });
});

describe('a schedule', () => {
  const hourly = { ScheduleExpression: 'cron(0 * * * ? *)' };

  it('fires when it is due, and not before', async () => {
    const { hosted, events } = noting('one');
    const bus = busOf({ Hourly: rule(hourly, 'one') }, [hosted]);
    expect(bus.nextDue()).toBe(at + 30 * 60_000);
    await bus.fireDue(at + 30 * 60_000 - 1);
    expect(events).toEqual([]);
    await bus.fireDue(at + 30 * 60_000);
    await bus.fireDue(at + 30 * 60_000);
    expect(events).toMatchObject([{ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }]);
    expect(bus.nextDue()).toBe(at + 90 * 60_000);
  });

  it('passed over several times fires once', async () => {
    const { hosted, events } = noting('one');
    const bus = busOf({ Hourly: rule(hourly, 'one') }, [hosted]);
    await bus.fireDue(at + 5 * 60 * 60_000);
    expect(events).toHaveLength(1);
    expect(bus.nextDue()).toBe(at + 5.5 * 60 * 60_000);
  });

  it('cut off by a kill fires again in the next process, and one that is done does not', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'schedules-'));
    const file = path.join(folder, 'schedules.json');
    const { hosted, events } = noting('one');
    const never: Invocable = { ...hosted, invoke: () => new Promise(() => undefined) };
    const killed = busOf({ Hourly: rule(hourly, 'one') }, [never], undefined, file);
    void killed.fireDue(at + 30 * 60_000);
    clock.standAt(at + 40 * 60_000);
    const next = busOf({ Hourly: rule(hourly, 'one') }, [hosted], undefined, file);
    await next.fireDue(clock.now());
    expect(events).toHaveLength(1);
    const last = busOf({ Hourly: rule(hourly, 'one') }, [hosted], undefined, file);
    await last.fireDue(clock.now());
    expect(events).toHaveLength(1);
    expect(last.nextDue()).toBe(at + 90 * 60_000);
    rmSync(folder, { recursive: true });
  });

  it('hands over the input of its target', async () => {
    const { hosted, events } = noting('one');
    const targets = [{ Arn: arnOf('one'), Id: 'Target0', Input: '{"job":"daily-root"}' }];
    const bus = busOf({ Hourly: rule({ ...hourly, Targets: targets }) }, [hosted]);
    await bus.fireDue(bus.nextDue());
    expect(events).toEqual([{ job: 'daily-root' }]);
  });

  it('that is over, switched off or absent is never due', () => {
    const over = rule({ ScheduleExpression: 'cron(0 0 1 1 ? 2020)' }, 'one');
    const bus = busOf({ Over: over, Off: rule({ ...hourly, State: 'DISABLED' }, 'one') }, [
      noting('one').hosted,
    ]);
    expect(bus.nextDue()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a rule that one machine would run otherwise', () => {
  it.each([
    [{ EventPattern: { detail: { size: [{ numeric: ['>', 1] }] } } }, 'The rule Odd.detail.size'],
    [{ ScheduleExpression: 'cron(0 0 L * ? *)' }, 'cron(0 0 L * ? *)'],
    [{ ...created, Targets: [{ Arn: arnOf('one'), InputPath: '$.detail' }] }, 'The rule Odd'],
    [{ ...created, Targets: [{ Arn: arnOf('one'), InputTransformer: {} }] }, 'The rule Odd'],
  ])('is refused by name: %j', (properties, sentence) => {
    expect(() => busOf({ Odd: rule(properties) }, [noting('one').hosted])).toThrow(sentence);
  });
});

describe('the malware scan', () => {
  // In two halves, so that this file is not taken for the test file itself.
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
  const plan = {
    Type: 'AWS::GuardDuty::MalwareProtectionPlan',
    Properties: { ProtectedResource: { S3Bucket: { BucketName: 'quarantine' } } },
  };
  const scanned = rule(
    {
      EventPattern: {
        source: ['aws.guardduty'],
        detail: { s3ObjectDetails: { bucketName: ['quarantine'] } },
      },
    },
    'one',
  );

  it('announces what it found in each version of an object of a protected bucket', async () => {
    const { hosted, events } = noting('one');
    const bus = busOf({ Plan: plan, Scanned: scanned }, [hosted]);
    const clean = await put('quarantine', 'a', 'only text');
    const infected = await put('quarantine', 'a', `before ${eicar} after`);
    await put('silent', 'a', eicar);
    await idle(bus);
    expect(events.map(({ detail }) => detail)).toMatchObject([
      {
        scanStatus: 'COMPLETED',
        s3ObjectDetails: { bucketName: 'quarantine', objectKey: 'a', versionId: clean.VersionId },
        scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND', threats: null },
      },
      {
        s3ObjectDetails: { versionId: infected.VersionId, eTag: infected.ETag?.replaceAll('"', '') },
        scanResultDetails: {
          scanResultStatus: 'THREATS_FOUND',
          threats: [{ name: expect.any(String) as string }],
        },
      },
    ]);
  });

  it('says nothing of an object that is gone', async () => {
    const { VersionId: version } = await put('quarantine', 'a', eicar);
    await served.s3.send(new DeleteObjectCommand({ Bucket: 'quarantine', Key: 'a', VersionId: version }));
    const { hosted, events } = noting('one');
    await busOf({ Plan: plan, Scanned: scanned }, [hosted]).pump();
    expect([events, served.engine.pendingEvents(9)]).toEqual([[], []]);
  });
});
