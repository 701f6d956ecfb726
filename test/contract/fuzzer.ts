/** Drives the API by its own document: valid requests, requests at the bounds, and requests with one thing broken. */
import fc from 'fast-check';
import { describeApi } from '../../functions/openapi.ts';
import { demoUsers } from '../../infra/local/identity/demo-users.ts';
import type { Role } from '../../shared/domain/identity/roles.ts';
import { Random } from '../simulation/random.ts';
import { sampleOfKind } from '../support/contents.ts';
import type { Bureau } from '../support/bureau.ts';
import { contract } from '../support/contract.ts';
import {
  bodyBreakNames,
  bodyBreaks,
  headerBreaks,
  oddParameters,
  placesIn,
  rawBodies,
  type Json,
} from './breaks.ts';
import { send, type RawAnswer, type RawRequest } from './client.ts';
import { validOf, type Schema } from './shapes.ts';
import type { Town } from './town.ts';

interface Operation {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly roles: readonly Role[] | 'any' | 'anyone';
  readonly body?: Schema;
  readonly query: readonly { readonly name: string; readonly schema: Schema }[];
  readonly isCommand: boolean;
}

export interface Case extends RawRequest {
  readonly operation: string;
  readonly fault: string;
  readonly user: string | undefined;
  readonly json: unknown;
}

export interface Fault {
  readonly why: string;
  readonly case: Case;
  readonly status: number;
  readonly answer: string;
}

/** What is broken, besides the fields of a body. */
const otherFaults = [
  'valid',
  'raw body',
  'wrong role',
  'wrong scope',
  'odd path',
  'odd query',
  'boundary',
] as const;
export const faultKinds: readonly string[] = [
  ...otherFaults,
  ...bodyBreakNames,
  ...Object.keys(headerBreaks),
];

export class Fuzzer {
  readonly operations: readonly Operation[];
  readonly faults: Fault[] = [];
  /** `POST /submissions 201`, and how often. */
  readonly answered = new Map<string, number>();
  readonly tried = new Map<string, number>();
  /** Records that were acknowledged, with the revision that they had then. */
  readonly acknowledged = new Map<string, number>();
  /** Those of them that stand in the register of resources. */
  readonly registered = new Set<string>();
  readonly #bureau: Bureau;
  readonly #town: Town;
  readonly #random: Random;
  #seed: number;

  constructor(bureau: Bureau, town: Town, seed: number) {
    this.#bureau = bureau;
    this.#town = town;
    this.#random = new Random(seed);
    this.#seed = seed;
    this.operations = operationsIn(describeApi(false));
  }

  /** One request to every operation for this fault, as far as it applies to it. */
  async round(fault: string): Promise<void> {
    const cases = (
      await Promise.all(this.operations.map((operation) => this.#caseOf(operation, fault)))
    ).filter((one) => one !== undefined);
    for (let start = 0; start < cases.length; start += 12)
      await Promise.all(cases.slice(start, start + 12).map((one) => this.try(one)));
  }

  async try(one: Case): Promise<RawAnswer> {
    const answer = await send(this.#bureau.platform.url, one);
    this.tried.set(one.fault, (this.tried.get(one.fault) ?? 0) + 1);
    const seen = `${one.operation} ${answer.status}`;
    this.answered.set(seen, (this.answered.get(seen) ?? 0) + 1);
    const why = this.#wrongIn(one, answer);
    if (why !== undefined)
      this.faults.push({ why, case: one, status: answer.status, answer: answer.text.slice(0, 600) });
    return answer;
  }

  #wrongIn(one: Case, { status, headers, text }: RawAnswer): string | undefined {
    if (status >= 500) return 'a fault of the server';
    const isJson = /json/.test(headers.get('content-type') ?? '');
    try {
      const answer: unknown = isJson ? JSON.parse(text) : text;
      const path = one.target.split('?')[0] ?? '';
      contract().check({ method: one.method, path, body: one.json, status, headers, answer });
      if (status < 300 && one.method !== 'GET') this.#remember(answer as Json);
      if (status < 300 && path.startsWith('/resources'))
        this.registered.add(String((answer as { id?: unknown }).id));
      // A page for people says it in its own words; that it may, the document says.
      const page = /text\/html/.test(headers.get('content-type') ?? '') && typeof answer === 'string';
      return status >= 400 && !(page && /<h1>[^<]+/.test(answer)) ? wrongProblem(answer, one) : undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  #remember(answer: Json): void {
    const { id, revision } = (answer ?? {}) as { id?: unknown; revision?: unknown };
    if (typeof id === 'string' && typeof revision === 'number')
      this.acknowledged.set(id, Math.max(revision, this.acknowledged.get(id) ?? 0));
  }

  async #caseOf(operation: Operation, fault: string): Promise<Case | undefined> {
    const random = this.#random;
    const body = operation.body && (this.#value(operation, operation.body) as Json);
    const places = placesIn(body);
    const isBodyFault = (bodyBreakNames as readonly string[]).includes(fault);
    if ((isBodyFault && places.length === 0) || (fault === 'raw body' && !operation.body)) return undefined;
    if (fault === 'odd path' && !operation.path.includes('{')) return undefined;
    if (fault === 'wrong role' && (operation.roles === 'any' || operation.roles === 'anyone'))
      return undefined;
    const broken =
      isBodyFault && body !== undefined
        ? bodyBreaks[fault as keyof typeof bodyBreaks](body, random.pick(places), random.below(1000))
        : body;
    const user = this.#userFor(operation, fault);
    const path = this.#pathOf(operation, fault);
    const headers = await this.#headersFor(operation, path, user, fault);
    const text =
      fault === 'raw body'
        ? random.pick(rawBodies)
        : broken === undefined
          ? undefined
          : JSON.stringify(broken);
    return {
      operation: operation.key,
      fault,
      user,
      method: operation.method,
      target: `${path}${this.#queryOf(operation, fault)}`,
      headers,
      ...(text === undefined ? {} : { body: text }),
      json: fault === 'raw body' ? undefined : broken,
    };
  }

  /** A valid value; for a draft, a content of its kind as often as any. */
  #value(operation: Operation, schema: Schema): unknown {
    const [value] = fc.sample(validOf(schema), { numRuns: 1, seed: (this.#seed += 1) });
    if (!operation.path.endsWith('/save') || this.#random.chance(0.5)) return value;
    const kind = this.#random.pick(['five-year-target', 'demand-survey', 'annual-plan', 'development-plan']);
    return { ...(value as object), content: sampleOfKind(kind).content };
  }

  #userFor({ roles, path }: Operation, fault: string): string | undefined {
    if (roles === 'anyone') return undefined;
    const random = this.#random;
    const fits = (user: (typeof demoUsers)[number]): boolean =>
      roles === 'any' || user.roles.some((role) => roles.includes(role));
    if (fault === 'wrong role') return random.pick(demoUsers.filter((user) => !fits(user))).id;
    const local = (id: string): boolean =>
      /^(ordos|tongliao|chifeng|hulunbuir|xilingol|housing|ndrc|finance|government|xincheng|company|hohhot-planner)/.test(
        id,
      );
    const away = fault === 'wrong scope';
    const mine = demoUsers.filter(
      (user) => fits(user) && (path.includes('{') || away ? local(user.id) !== away : true),
    );
    return random.pick(mine.length > 0 ? mine : demoUsers.filter(fits)).id;
  }

  #pathOf({ path }: Operation, fault: string): string {
    const odd = (): string => this.#random.pick(oddParameters);
    // Officials are invited to a joint review that is under way.
    const first = path.startsWith('/submissions/{id}/invitations') ? 'reviews' : (path.split('/')[1] ?? '');
    if (path.includes('/papers/') && fault !== 'odd path') {
      const { id, number } = this.#random.pick(this.#town.papers);
      return path.replace('{id}', id).replace('{number}', String(number));
    }
    return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (fault === 'odd path') return odd();
      if (name === 'document') return this.#random.pick(this.#town.documents);
      if (name === 'number') return String(1 + this.#random.below(3));
      if (name === 'form') return this.#random.pick(['json', 'csv', 'xlsx', 'pdf']);
      if (name === 'city') return '150600';
      if (name === 'indicator') return this.#random.pick(['A1', 'A2', 'B1', 'B7']);
      const known = this.#town.ids[path.startsWith('/public') ? (path.split('/')[2] ?? '') : first] ?? [];
      return known.length > 0 ? this.#random.pick(known) : odd();
    });
  }

  #queryOf({ query }: Operation, fault: string): string {
    if (fault === 'odd query') {
      const names = [...query.map(({ name }) => name), 'limit', 'cursor', 'a[]', '__proto__'];
      const name = this.#random.pick(names);
      const value = this.#random.pick([...oddParameters, '1&limit=2', 'A'.repeat(5000), '%7B%7D']);
      return `?${name}=${value}`;
    }
    if (fault !== 'valid' && fault !== 'boundary') return '';
    const chosen = query.filter(({ name }) => name !== 'cursor' && this.#random.chance(0.4));
    const pairs = chosen.map(({ name, schema }) => {
      const [value] = fc.sample(validOf(schema), { numRuns: 1, seed: (this.#seed += 1) });
      return `${name}=${encodeURIComponent(String(value).toWellFormed())}`;
    });
    return pairs.length > 0 ? `?${pairs.join('&')}` : '';
  }

  async #headersFor(
    operation: Operation,
    path: string,
    user: string | undefined,
    fault: string,
  ): Promise<string[]> {
    const usual: Record<string, string | readonly string[] | undefined> = {
      ...(user ? { authorization: `Bearer ${await this.#bureau.tokenOf(user)}` } : {}),
      ...(operation.isCommand
        ? { 'idempotency-key': `fuzz-${(this.#seed += 1)}`, 'if-match': await this.#revisionOf(path) }
        : {}),
      ...(operation.body ? { 'content-type': 'application/json' } : {}),
      ...headerBreaks[fault],
    };
    return Object.entries(usual).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().flatMap((one) => [name, one]),
    );
  }

  /** The record's own revision, as often as a guess. */
  async #revisionOf(path: string): Promise<string> {
    const record = /^\/(?:submissions|obligations|evaluations)\/[^/?]+/.exec(path)?.[0];
    if (!record || /[%.]/.test(record) || this.#random.chance(0.3)) return `"${this.#random.below(9)}"`;
    const authorization = `Bearer ${await this.#bureau.tokenOf('housing-supervisor')}`;
    const own = await send(this.#bureau.platform.url, {
      method: 'GET',
      target: record,
      headers: ['authorization', authorization],
    });
    return own.headers.get('etag') ?? `"${1 + this.#random.below(4)}"`;
  }
}

/** Every refusal says in words what is wrong; in Chinese, unless another language was asked for. */
function wrongProblem(answer: unknown, { fault }: Case): string | undefined {
  const { detail, message, code } = (answer ?? {}) as { detail?: string; message?: string; code?: string };
  if (message !== undefined && code === undefined) return undefined;
  if (!detail) return 'a refusal without words';
  return /language/.test(fault) || /\p{Script=Han}/u.test(detail)
    ? undefined
    : 'a refusal that is not in Chinese';
}

function operationsIn(document: Record<string, unknown>): Operation[] {
  return Object.entries(document['paths'] as Record<string, Record<string, Schema>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]): Operation => {
        const parameters = (operation['parameters'] ?? []) as { name: string; in: string; schema: Schema }[];
        const body = (operation['requestBody'] as { content: Record<string, { schema: Schema }> } | undefined)
          ?.content['application/json']?.schema;
        const isOpen = (operation['security'] as unknown[]).length === 0;
        return {
          key: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          roles: isOpen ? 'anyone' : (operation['x-roles'] as Operation['roles']),
          ...(body ? { body } : {}),
          query: parameters.filter((one) => one.in === 'query'),
          isCommand: parameters.some(({ name }) => name === 'Idempotency-Key'),
        };
      }),
  );
}
