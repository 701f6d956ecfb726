/**
 * EventBridge on one machine: rules with patterns, schedules by the platform's clock, Lambda targets with their retries
 * and failure destination. Bucket events come from the object engine's outbox and are acknowledged only when every
 * target has taken them, so that a killed process loses none.
 */
import { randomUUID } from 'node:crypto';
import type { PlatformClock } from './clock.ts';
import { nextFiring } from './cron.ts';
import type { ObjectEngine } from './engines/objects/index.ts';
import type { FunctionError, Invocable } from './function-host.ts';
import { malwareVerdict } from './malware.ts';
import { matches } from './pattern.ts';
import type { Assembly } from './template.ts';

export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
}

/** Puts what could not be delivered where the template says: a bucket, by its ARN. */
export type KeepFailure = (destinationArn: string, record: unknown) => Promise<void>;

interface Rule {
  readonly pattern?: unknown;
  readonly schedule?: string;
  readonly targets: readonly { readonly hosted: Invocable; readonly input?: string }[];
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
  #busy = 0;
  #pumping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    assembly: Assembly,
    functions: ReadonlyMap<string, Invocable>,
    objects: ObjectEngine,
    clock: PlatformClock,
    keepFailure: KeepFailure,
  ) {
    this.#objects = objects;
    this.#clock = clock;
    this.#keepFailure = keepFailure;
    this.#rules = assembly.ofType('AWS::Events::Rule').map(({ properties }) => {
      const targets = (properties['Targets'] as { Arn: string; Input?: string }[]).flatMap(
        ({ Arn: arn, Input: input }) => {
          const hosted = functions.get(arn);
          // Targets that are not functions, such as the alarm topic, live on AWS alone.
          return hosted ? [{ hosted, ...(input === undefined ? {} : { input }) }] : [];
        },
      );
      const schedule = properties['ScheduleExpression'];
      return {
        pattern: properties['EventPattern'],
        targets,
        ...(typeof schedule === 'string' ? { schedule } : {}),
      };
    });
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
      if (rule.schedule) this.#next.set(rule, nextFiring(rule.schedule, clock.now()));
    }
    objects.onEvent(() => {
      void this.pump();
    });
  }

  /** Fires schedules as real time passes. */
  start(): void {
    void this.pump();
    this.#timer = setInterval(() => {
      void this.fireDue(this.#clock.now());
    }, 500);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The next instant at which a schedule fires. */
  nextDue(): number {
    return Math.min(...this.#next.values(), Number.POSITIVE_INFINITY);
  }

  /** Fires every schedule that is due at this instant; a schedule passed over several times fires once. */
  async fireDue(now: number): Promise<void> {
    for (const [rule, due] of this.#next) {
      if (due > now || !rule.schedule) continue;
      this.#next.set(rule, nextFiring(rule.schedule, now));
      await this.#deliver(
        rule,
        this.#envelope({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }),
      );
    }
  }

  /** Sets schedules going anew from a time that was jumped to. */
  get idle(): boolean {
    return this.#busy === 0 && !this.#pumping && this.#objects.pendingEvents(1).length === 0;
  }

  async pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (
        let pending = this.#objects.pendingEvents(20);
        pending.length > 0;
        pending = this.#objects.pendingEvents(20)
      ) {
        for (const event of pending) {
          const { detailType, detail, id } = event;
          if (this.#notifying.has(detail.bucket.name))
            await this.#publish({ source: 'aws.s3', 'detail-type': detailType, detail });
          if (detailType === 'Object Created' && this.#protected.has(detail.bucket.name)) {
            const verdict = await malwareVerdict(this.#objects, detail);
            if (verdict) await this.#publish(verdict);
          }
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

  /** Asynchronous invocation: tried again, then kept where failures go. */
  async #invoke(hosted: Invocable, event: unknown): Promise<void> {
    const { retries, destination } = this.#failures.get(hosted.spec.name) ?? { retries: 2 };
    for (let attempt = 0; ; attempt += 1) {
      try {
        await hosted.invoke(event);
        return;
      } catch (error) {
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
