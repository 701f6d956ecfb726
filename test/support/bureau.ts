/**
 * A bureau that works with a platform over HTTP, as its portals do: reads before it acts, sends keys and revisions. Every
 * exchange is held against the OpenAPI document.
 */
import { createHash, randomUUID } from 'node:crypto';
import { startPlatform, type Platform, type PlatformOptions } from '../../infra/local/platform.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { contract } from './contract.ts';
import { sampleOfKind } from './contents.ts';

// The platform's JSON, as loosely as a portal reads it.
export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly text: string;
  readonly etag: string | undefined;
  readonly headers: Headers;
}

export interface CallOptions {
  readonly body?: unknown;
  /** The body as it goes over the wire, instead of `body` as JSON. */
  readonly raw?: string;
  readonly key?: string | null;
  readonly ifMatch?: string | null;
  readonly language?: string;
  readonly token?: string | null;
  /** `Accept` */
  readonly accept?: string;
  /** `X-Correlation-Id` */
  readonly correlationId?: string;
}

/** The query that asks for the next page, or nothing on the last. */
export function nextPage({ body }: Answer): string {
  const { cursor } = body as { cursor?: string };
  return cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
}

export class Bureau {
  readonly platform: Platform;
  readonly #tokens = new Map<string, string>();

  private constructor(platform: Platform) {
    this.platform = platform;
  }

  /** Opens a bureau on an empty platform in memory, or on a data folder. */
  static async open(at: string, options: Partial<PlatformOptions> = {}): Promise<Bureau> {
    return new Bureau(await startPlatform({ port: 0, at, ...options }));
  }

  async close(): Promise<void> {
    await this.platform.close();
  }

  async tokenOf(user: string): Promise<string> {
    const known = this.#tokens.get(user) ?? (await this.platform.token(user));
    this.#tokens.set(user, known);
    return known;
  }

  /** The clock goes on to an instant; tokens of before have run out. */
  async until(instant: string): Promise<void> {
    await this.platform.advance(new Date(instant).toISOString());
    this.#tokens.clear();
  }

  /** @param call `GET /desk`; `user` is a demo user, or undefined for the public */
  async call(user: string | undefined, call: string, options: CallOptions = {}): Promise<Answer> {
    const [method = '', target = ''] = call.split(' ');
    const token = options.token === undefined ? user && (await this.tokenOf(user)) : options.token;
    const key = options.key === undefined ? randomUUID() : options.key;
    const text = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(`${this.platform.url}${target}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(method !== 'GET' && key !== null ? { 'idempotency-key': key } : {}),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.ifMatch ? { 'if-match': options.ifMatch } : {}),
        ...(options.correlationId ? { 'x-correlation-id': options.correlationId } : {}),
        ...(options.accept ? { accept: options.accept } : {}),
        ...(options.language ? { 'accept-language': options.language } : {}),
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answered = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answer = isJson ? (JSON.parse(answered) as Json) : {};
    contract().check({
      method,
      path: target.split('?')[0] ?? '',
      body: options.body,
      status: response.status,
      headers: response.headers,
      answer: isJson ? answer : answered,
    });
    return {
      status: response.status,
      body: answer,
      text: answered,
      etag: response.headers.get('etag') ?? undefined,
      headers: response.headers,
    };
  }

  async read(user: string, id: string): Promise<Answer> {
    return this.call(user, `GET /submissions/${id}`);
  }

  /** Removes a document, with its own revision. */
  async remove(user: string, id: string, document: string): Promise<Answer> {
    const at = `/submissions/${id}/documents/${document}`;
    const { etag } = await this.call(user, `GET ${at}`);
    return this.call(user, `DELETE ${at}`, { ifMatch: etag ?? '"0"' });
  }

  /** One step, with the revision that the user sees. */
  async step(user: string, id: string, action: string, body: unknown = {}): Promise<Answer> {
    const { etag } = await this.read(user, id);
    return this.call(user, `POST /submissions/${id}/${action}`, { body, ifMatch: etag ?? '"0"' });
  }

  /** A step that must succeed. */
  async take(user: string, id: string, action: string, body: unknown = {}): Promise<Json> {
    const answer = await this.step(user, id, action, body);
    if (answer.status !== 200) throw new Error(`${user}: ${action} answered ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async begin(city: string, kind: string, period: string, amends?: string): Promise<string> {
    const place = kind === 'recognition' ? { county: '150102' } : { period };
    const body = { kind, ...place, ...(amends ? { amends } : {}) };
    const answer = await this.call(`${city}-drafter`, 'POST /submissions', { body });
    if (answer.status !== 201) throw new Error(`A ${kind} of ${city} could not be begun: ${answer.text}`);
    return String(answer.body['id']);
  }

  async save(city: string, id: string, content: unknown, more: Json = {}): Promise<Json> {
    const filing = {
      documentNumber: '演发〔2021〕1号',
      issueDate: '2021-09-20',
      contact: { name: '王演示', phone: '13800001234' },
    };
    return this.take(`${city}-drafter`, id, 'save', { content, filing, ...more });
  }

  /** Asks for a place to upload, posts the file, and lets the checks run. */
  async upload(
    user: string,
    id: string,
    paper: string,
    bytes?: Uint8Array,
    announced: Json = {},
  ): Promise<string> {
    const file = bytes ?? (await samplePdf.pdf(paper));
    const asked = await this.ask(user, id, paper, file, announced);
    if (asked.status !== 201) throw new Error(`No place to upload ${paper}: ${asked.text}`);
    const sent = await this.post(asked.body, file);
    if (!sent.ok) throw new Error(`The upload of ${paper} was refused: ${await sent.text()}`);
    await this.platform.drain();
    return String((asked.body['document'] as Json)['id']);
  }

  async ask(
    user: string,
    id: string,
    paper: string,
    bytes: Uint8Array,
    announced: Json = {},
  ): Promise<Answer> {
    const body = {
      paper,
      fileName: `${paper}.pdf`,
      type: 'pdf',
      length: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('base64'),
      ...announced,
    };
    return this.call(user, `POST /submissions/${id}/documents`, { body });
  }

  async post(ticket: Json, bytes: Uint8Array): Promise<Response> {
    const { url, fields } = ticket['upload'] as { url: string; fields: Record<string, string> };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes)]), 'file');
    return fetch(url, { method: 'POST', body: form });
  }

  /** Drafted with a valid content and its papers, up to a state of the filer's own office. */
  async prepare(
    city: string,
    kind: string,
    upTo: 'draft' | 'checking' | 'signing' | 'signed',
    period = sampleOfKind(kind).period,
  ): Promise<string> {
    const { content, papers } = sampleOfKind(kind);
    const id = await this.begin(city, kind, period);
    await this.save(city, id, content);
    for (const paper of papers) await this.upload(`${city}-drafter`, id, paper);
    return this.send(city, id, upTo);
  }

  /** 送审、审核、签发, as far as asked. */
  async send(city: string, id: string, upTo: 'draft' | 'checking' | 'signing' | 'signed'): Promise<string> {
    const steps = [
      [`${city}-drafter`, 'send-to-check'],
      [`${city}-checker`, 'pass-check'],
      [`${city}-signatory`, 'sign'],
    ] as const;
    const wanted = { draft: 0, checking: 1, signing: 2, signed: 3 }[upTo];
    for (const [user, action] of steps.slice(0, wanted)) await this.take(user, id, action);
    return id;
  }

  /** An annual plan of Hohhot for so many homes in 新城区, published. */
  async annualPlan(homes: number, year = '2021'): Promise<void> {
    const { content, papers } = sampleOfKind('annual-plan');
    const id = await this.begin('hohhot', 'annual-plan', year);
    const byMode = { newBuild: 0, conversion: homes, renovation: 0, other: 0 };
    const byCounty = [{ county: '150102', homes }];
    await this.save('hohhot', id, { ...content, totalHomes: homes, starts: homes, byMode, byCounty });
    for (const paper of papers) await this.upload('hohhot-drafter', id, paper);
    await this.send('hohhot', id, 'signed');
    await this.take('hohhot-publisher', id, 'publish');
  }

  /** A city's policy measures with these rules, published: its rule-set from now on. */
  async measures(city: string, rules: Json): Promise<void> {
    const { period, content, papers } = sampleOfKind('policy-measures');
    const id = await this.begin(city, 'policy-measures', period);
    const { newBuild } = content['matrix'] as Json;
    const matrix = { ...(content['matrix'] as Json), conversion: newBuild };
    await this.save(city, id, { ...content, matrix, effectiveFrom: '2021-09-24', rules });
    for (const paper of papers) await this.upload(`${city}-drafter`, id, paper);
    await this.send(city, id, 'signed');
    await this.take(`${city}-publisher`, id, 'publish');
  }

  /**
   * A project's application (项目认定), as far as asked: accepted, with every opinion, concluded, found in the plan.
   * The default rules ask eight departments and have no public notice.
   */
  async recognition(
    upTo: 'submitted' | 'in-review' | 'opined' | 'plan-check' | 'deciding' | 'decided',
    first: Json = { verdict: 'agree' },
  ): Promise<string> {
    const id = await this.prepare('company', 'recognition', 'signed');
    const steps: readonly (readonly [string, string, Json?])[] = [
      ['xincheng-lead', 'accept'],
      ['xincheng-natres', 'opine', first],
      ...['ndrc', 'finance', 'fire', 'ecology', 'market', 'tax', 'power'].map(
        (department) => [`xincheng-${department}`, 'opine', { verdict: 'agree' }] as const,
      ),
      ['xincheng-lead', 'conclude-review'],
      ['hohhot-planner', 'pass-plan-check'],
      ['xincheng-decider', 'approve'],
    ];
    const wanted = { submitted: 0, 'in-review': 1, opined: 9, 'plan-check': 10, deciding: 11, decided: 12 }[
      upTo
    ];
    for (const [user, action, body] of steps.slice(0, wanted)) await this.take(user, id, action, body ?? {});
    return id;
  }

  /** Everything the three departments need to say for the consent to be asked. */
  async agree(id: string): Promise<void> {
    for (const user of ['housing-reviewer', 'ndrc-reviewer', 'finance-reviewer'])
      await this.take(user, id, 'opine', { verdict: 'agree' });
  }
}
