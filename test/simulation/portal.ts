/** A portal that people sit at: it repeats a request under its key until it hears an answer, and remembers what it heard. */
import type { Role } from '../../shared/domain/identity/roles.ts';
import type { FunctionName } from './functions.ts';
import { Crashed } from './invocation.ts';
import type { World } from './world.ts';

export interface Official {
  readonly sub: string;
  readonly office: string;
  readonly roles: readonly Role[];
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly etag?: string;
}

export interface Asked {
  readonly function: FunctionName;
  /** `POST /submissions/{id}/sign` */
  readonly route: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
}

/** A command that was answered with success. */
export interface Acknowledged extends Asked {
  readonly by: Official;
  readonly key: string;
  readonly answer: Answer;
}

/** So often a portal tries; then the person is told that it could not be done. */
const attempts = 12;

export class Portal {
  readonly acknowledged: Acknowledged[] = [];
  /** Commands that never got an answer: they happened once or not at all. */
  unanswered = 0;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async read(by: Official, asked: Asked): Promise<Answer> {
    return (await this.#insist(by, asked, undefined)) ?? { status: 503, body: {} };
  }

  async command(by: Official, asked: Asked): Promise<Answer> {
    const { random, faults, turns } = this.#world;
    const key = random.id(this.#world.now);
    if (!faults.strikes('twin')) return this.#settle(by, asked, key, await this.#insist(by, asked, key));
    const twin = this.#insist(by, asked, key);
    await turns.sleep(random.below(30));
    const [first, second] = await Promise.all([this.#insist(by, asked, key), twin]);
    const [one, other] = [first?.status ?? 503, second?.status ?? 503];
    // What was incomplete for the one may be complete for the other a moment later; what was done once is done for both.
    if (Math.min(one, other) < 300 && (Math.max(one, other) === 409 || Math.max(one, other) === 412))
      this.#world.surprise(`${asked.route}: one twin heard ${one}, the other ${other}`);
    if (one < 300 && other < 300 && JSON.stringify(first?.body) !== JSON.stringify(second?.body))
      this.#world.surprise(`${asked.route}: the twins heard different answers`);
    return this.#settle(by, asked, key, first && isDone(first) ? first : (second ?? first));
  }

  #settle(by: Official, asked: Asked, key: string, answer: Answer | undefined): Answer {
    if (!answer) {
      this.unanswered += 1;
      return { status: 503, body: {} };
    }
    if (isDone(answer)) this.acknowledged.push({ ...asked, by, key, answer });
    return answer;
  }

  /** The same request again and again, under one key, until there is an answer that says something. */
  async #insist(by: Official, asked: Asked, key: string | undefined): Promise<Answer | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const answer = await this.#once(by, asked, key);
      if (answer && answer.status < 500) return answer;
      await this.#world.turns.sleep(50 * attempt + this.#world.random.below(500));
    }
    return undefined;
  }

  async #once(by: Official, asked: Asked, key: string | undefined): Promise<Answer | undefined> {
    const { faults } = this.#world;
    try {
      const { answer, invocation } = await this.#world.invoke(asked.function, eventOf(by, asked, key));
      const { statusCode, body, headers } = answer as {
        statusCode: number;
        body: string;
        headers?: Record<string, string>;
      };
      if (statusCode >= 500 && !invocation.hindered)
        this.#world.surprise(`${asked.route} answered ${statusCode} ${body}`);
      if (faults.strikes('answer-lost')) return undefined;
      const etag = headers?.['etag'];
      return {
        status: statusCode,
        body: JSON.parse(body || '{}') as Record<string, unknown>,
        ...(etag === undefined ? {} : { etag }),
      };
    } catch (error) {
      if (!(error instanceof Crashed)) throw error;
      return undefined;
    }
  }
}

export function isDone({ status }: Answer): boolean {
  return status < 300;
}

/** As the HTTP API hands a request on, its token verified. */
function eventOf(
  { sub, office, roles }: Official,
  { route, path = {}, body, ifMatch }: Asked,
  key?: string,
): object {
  const [, template = ''] = route.split(' ');
  const rawPath = Object.entries(path).reduce(
    (so, [name, value]) => so.replace(`{${name}}`, value),
    template,
  );
  return {
    version: '2.0',
    routeKey: route,
    rawPath,
    headers: {
      'accept-language': 'zh-CN',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    pathParameters: path,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'simulated',
      authorizer: { jwt: { claims: { sub, office, roles: `[${roles.join(' ')}]` } } },
    },
  };
}
