/**
 * EventBridge on one machine: rules with patterns, schedules by the platform's clock, Lambda targets with their retries
 * and failure destination. Bucket events come from the object engine's outbox and are acknowledged only when every
 * target has taken them, so that a killed process loses none.
 */
import { readKept, writeKept } from './kept-file.ts';
import { randomUUID } from 'node:crypto';
import type { PlatformClock } from './clock.ts';
import { nextFiring } from './cron.ts';
import type { ObjectEngine } from './engines/objects/index.ts';
import type { FunctionError, Invocable } from './function-host.ts';
import { malwareVerdict } from './malware.ts';
import { checkPattern, matches } from './pattern.ts';
import type { Assembly, Resource } from './template.ts';

export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
  /** ISO 8601, when it happened; absent: now. */
  readonly time?: string;
}

/** Puts what could not be delivered where the template says: a bucket, by its ARN. */
export type KeepFailure = (destinationArn: string, record: unknown) => Promise<void>;

interface Rule {
  readonly id: string;
  readonly pattern?: unknown;
  readonly schedule?: string;
  readonly targets: readonly { readonly hosted: Invocable; readonly input?: string }[];
}

interface RuleTarget {
  readonly Arn: string;
  readonly Input?: string;
  readonly InputPath?: unknown;
  readonly InputTransformer?: unknown;
}

const retryPauseMs = 200;

export class EventBus {
  readonly #rules: readonly Rule[];
  readonly #failures = new Map<string, { retries: number; destination?: string }>();
  readonly #protected: ReadonlySet<string>;
  readonly #notifying: ReadonlySet<string>;
  readonly #objects: ObjectEngine;
  readonly #clock: PlatformClock;
  readonly #keepFailure: KeepFailure;
  readonly #next = new Map<Rule, number>();
  readonly #file: string | undefined;
  /** By rule: up to when its firings are done. A process that is killed in one fires it again. */
  readonly #done: Record<string, number>;
  #busy = 0;
  #pumping = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    assembly: Assembly,
    functions: ReadonlyMap<string, Invocable>,
    objects: ObjectEngine,
    clock: PlatformClock,
    keepFailure: KeepFailure,
    file?: string,
  ) {
    this.#file = file;
    this.#done = (file === undefined ? undefined : readKept(file, areInstants)) ?? {};
    this.#objects = objects;
    this.#clock = clock;
    this.#keepFailure = keepFailure;
    this.#rules = assembly
      .ofType('AWS::Events::Rule')
      .filter(({ properties }) => properties['State'] !== 'DISABLED')
      .map((rule) => ruleOf(rule, functions));
    for (const { properties } of assembly.ofType('AWS::Lambda::EventInvokeConfig')) {
      const destination = (
        properties['DestinationConfig'] as { OnFailure?: { Destination?: string } } | undefined
      )?.OnFailure?.Destination;
      this.#failures.set(String(properties['FunctionName']), {
        retries: Number(properties['MaximumRetryAttempts'] ?? 2),
        ...(destination ? { destination } : {}),
      });
    }
    this.#protected = new Set(
      assembly
        .ofType('AWS::GuardDuty::MalwareProtectionPlan')
        .map(
          ({ properties }) =>
            (properties['ProtectedResource'] as { S3Bucket: { BucketName: string } }).S3Bucket.BucketName,
        ),
    );
    this.#notifying = new Set(
      assembly
        .ofType('AWS::S3::Bucket')
        .filter(({ properties }) => 'NotificationConfiguration' in properties)
        .map((bucket) => assembly.nameOf(bucket)),
    );
    for (const rule of this.#rules) {
      if (!rule.schedule) continue;
      // What a killed process did not finish, or a machine that was off passed over, is due at once.
      this.#done[rule.id] ??= clock.now();
      this.#next.set(rule, nextFiring(rule.schedule, this.#done[rule.id] ?? clock.now()));
    }
    this.#keepDone();
    objects.onEvent(() => {
      this.#inBackground(this.pump());
    });
  }

  /** Fires schedules as real time passes. */
  start(): void {
    this.#inBackground(this.pump());
    this.#timer = setInterval(() => {
      this.#inBackground(this.fireDue(this.#clock.now()));
      this.#inBackground(this.pump());
    }, 500);
    this.#timer.unref();
  }

  /** What is under way is not acknowledged, and is delivered again by the next process. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** Nobody waits for it: what goes wrong is said, and tried again with the next event or tick. */
  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!this.#stopped) process.emitWarning(`An event could not be delivered: ${String(error)}`);
    });
  }

  /** The next instant at which a schedule fires. */
  nextDue(): number {
    return Math.min(...this.#next.values(), Number.POSITIVE_INFINITY);
  }

  /**
   * Fires every schedule that is due at this instant, each without waiting for the others, as EventBridge does; a schedule
   * passed over several times fires once.
   */
  async fireDue(now: number): Promise<void> {
    const due = [...this.#next].filter(([rule, at]) => at <= now && rule.schedule);
    await Promise.all(due.map(([rule]) => this.#fire(rule, now)));
  }

  async #fire(rule: Rule, now: number): Promise<void> {
    this.#next.set(rule, nextFiring(rule.schedule ?? '', now));
    await this.#deliver(
      rule,
      this.#envelope({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }),
    );
    if (this.#stopped) return;
    this.#done[rule.id] = now;
    this.#keepDone();
  }

  #keepDone(): void {
    if (!this.#file) return;
    try {
      writeKept(this.#file, this.#done);
    } catch (error) {
      // A full disk: the next process fires again, and the jobs do what is still to be done.
      process.emitWarning(`The firings could not be kept: ${(error as Error).message}`);
    }
  }

  /** Nothing is being delivered, and no bucket event waits. */
  get idle(): boolean {
    return this.#busy === 0 && !this.#pumping && this.#objects.pendingEvents(1).length === 0;
  }

  /** Delivers the bucket events that wait, in order; each is acknowledged when every target has had it. */
  async pump(): Promise<void> {
    if (this.#pumping || this.#stopped) return;
    this.#pumping = true;
    try {
      for (
        let pending = this.#objects.pendingEvents(20);
        pending.length > 0;
        pending = this.#objects.pendingEvents(20)
      ) {
        for (const event of pending) {
          const { detailType, detail, id, time } = event;
          if (this.#notifying.has(detail.bucket.name))
            await this.#publish({ source: 'aws.s3', 'detail-type': detailType, detail, time });
          if (detailType === 'Object Created' && this.#protected.has(detail.bucket.name)) {
            const verdict = await malwareVerdict(this.#objects, detail);
            if (verdict) await this.#publish(verdict);
          }
          if (this.#stopped) return;
          this.#objects.ackEvent(id);
        }
      }
    } finally {
      this.#pumping = false;
    }
  }

  async #publish(event: BusEvent): Promise<void> {
    const envelope = this.#envelope(event);
    for (const rule of this.#rules) {
      if (rule.pattern && matches(rule.pattern, envelope)) await this.#deliver(rule, envelope);
    }
  }

  #envelope(event: BusEvent): Record<string, unknown> {
    return {
      version: '0',
      id: randomUUID(),
      account: '000000000000',
      region: 'local',
      time: this.#clock.iso(),
      resources: [],
      ...event,
    };
  }

  async #deliver(rule: Rule, envelope: Record<string, unknown>): Promise<void> {
    this.#busy += 1;
    try {
      for (const { hosted, input } of rule.targets) {
        await this.#invoke(hosted, input === undefined ? envelope : (JSON.parse(input) as unknown));
      }
    } finally {
      this.#busy -= 1;
    }
  }

  /** Asynchronous invocation: tried again, then kept where failures go. A stop leaves it open. */
  async #invoke(hosted: Invocable, event: unknown): Promise<void> {
    const { retries, destination } = this.#failures.get(hosted.spec.name) ?? { retries: 2 };
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        await hosted.invoke(event);
        return;
      } catch (error) {
        // An invocation that the stop cut off says nothing about its event.
        if (this.#stopped) return;
        if (attempt < retries) {
          await new Promise((resolve) => setTimeout(resolve, retryPauseMs * 2 ** attempt));
          continue;
        }
        if (destination) {
          const { details } = error as FunctionError;
          await this.#keepFailure(destination, {
            version: '1.0',
            timestamp: this.#clock.iso(),
            requestContext: {
              functionArn: hosted.spec.arn,
              condition: 'RetriesExhausted',
              approximateInvokeCount: attempt + 1,
            },
            requestPayload: event,
            responsePayload: details,
          });
        }
        return;
      }
    }
  }
}

function ruleOf({ id, properties }: Resource, functions: ReadonlyMap<string, Invocable>): Rule {
  const { EventPattern: pattern, ScheduleExpression: schedule } = properties;
  if (pattern !== undefined) checkPattern(pattern, `The rule ${id}`);
  const targets = ((properties['Targets'] ?? []) as RuleTarget[]).flatMap((target): Rule['targets'] => {
    const hosted = functions.get(target.Arn);
    // Targets that are not functions, such as the alarm topic, live on AWS alone.
    if (!hosted) return [];
    if (target.InputTransformer !== undefined || target.InputPath !== undefined)
      throw new Error(`The rule ${id}: of a target's inputs only a constant one is supported on one machine`);
    return [{ hosted, ...(target.Input === undefined ? {} : { input: target.Input }) }];
  });
  return {
    id,
    targets,
    ...(pattern === undefined ? {} : { pattern }),
    ...(typeof schedule === 'string' ? { schedule } : {}),
  };
}

function areInstants(kept: unknown): kept is Record<string, number> {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    Object.values(kept).every((instant) => Number.isFinite(instant))
  );
}
