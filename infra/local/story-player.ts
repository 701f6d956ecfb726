/**
 * Plays the numbered samples of `events/samples` against a platform, as its users would: over HTTP, with tokens, uploads
 * and the platform's clock. Stops at the first expectation that is not met.
 */
import { createHash, randomUUID } from 'node:crypto';
import { verifyPrint } from './verify-print.ts';
import type { Sample, StoryCall, StoryFiling, StoryStep } from '../../events/samples/sample.ts';

export interface StoryPlatform {
  readonly url: string;
  token(user: string): Promise<string>;
  advance(to: string): Promise<unknown>;
  drain(): Promise<unknown>;
}

export interface FileMaker {
  pdf(title: string): Promise<Uint8Array>;
  infectedPdf(title: string): Promise<Uint8Array>;
}

/** Keeps a file that the story brought forth, and says where. */
export type Keep = (name: string, bytes: Uint8Array) => string | undefined;

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | undefined;
}

/** What is remembered under a name: a filing's id, a document's id, an answer's id. */
export class StoryPlayer {
  readonly #platform: StoryPlatform;
  readonly #files: FileMaker;
  readonly #say: (line: string) => void;
  readonly #keep: Keep;
  readonly #names = new Map<string, string>();

  constructor(
    platform: StoryPlatform,
    files: FileMaker,
    say: (line: string) => void,
    keep: Keep = () => undefined,
  ) {
    this.#platform = platform;
    this.#files = files;
    this.#say = say;
    this.#keep = keep;
  }

  async play(sample: Sample): Promise<void> {
    for (const step of sample.steps) await this.#take(step);
  }

  async #take(step: StoryStep): Promise<void> {
    if ('at' in step) {
      await this.#platform.advance(new Date(step.at).toISOString());
      this.#say(
        `  ── ${step.at.slice(0, 16).replace('T', ' ')}${step.zh ? `  ${step.zh}` : ''}${step.en ? ` / ${step.en}` : ''}`,
      );
    } else if ('file' in step) {
      await this.#file(step.file);
    } else if ('upload' in step) {
      const { as, submission, paper, name } = step.upload;
      this.#names.set(name, await this.#uploadClean(as, this.#filled(submission), paper, name));
    } else if ('report' in step) {
      await this.#report(step.report.as, step.report.run);
    } else if ('certificate' in step) {
      await this.#certificate(step.certificate.as, step.certificate.number);
    } else {
      await this.#call(step);
    }
  }

  async #certificate(user: string, number: string): Promise<void> {
    const link = await this.#request(user, `GET /certificates/${encodeURIComponent(number)}/pdf`);
    met(link.status === 200, `the print of ${number}`, link);
    const print = new Uint8Array(await (await fetch((link.body as { url: string }).url)).arrayBuffer());
    const keys = await this.#request(undefined, 'GET /.well-known/jwks.json');
    met(keys.status === 200, 'the published keys', keys);
    const { exit, lines } = await verifyPrint(print, JSON.stringify(keys.body));
    met(exit === 0, `${number} is verified without the platform: ${lines.join(' ')}`);
    const kept = this.#keep('certificate.pdf', print);
    this.#keep('jwks.json', new TextEncoder().encode(JSON.stringify(keys.body, undefined, 2)));
    this.#say(
      `     ${number}: 离线核验通过 / verified without the platform, ${print.length}字节 / bytes${kept ? ` → ${kept}` : ''}`,
    );
  }

  async #report(user: string, run: string): Promise<void> {
    const found = await this.#request(user, `GET /evaluations/${run}/result`);
    const { cities } = found.body as {
      cities: { city: string; figures: { indicator: string; evidenceCount: number }[] }[];
    };
    let records = 0;
    for (const { city, figures } of cities) {
      for (const { indicator } of figures.filter(({ evidenceCount }) => evidenceCount > 0)) {
        const figure = await this.#request(user, `GET /evaluations/${run}/figures/${city}/${indicator}`);
        const { links } = figure.body as { links: { href: string }[] };
        for (const { href } of links) {
          const record = await this.#request(user, `GET ${href}`);
          met(record.status === 200, `${city} ${indicator} opens to ${href}`, record);
          records += 1;
        }
      }
    }
    this.#say(
      `     ${run}: 每一指标值均可查到其记录，共${records}条 / every figure opens to its records: ${records}`,
    );
    for (const form of ['json', 'csv', 'xlsx', 'pdf']) {
      const link = await this.#request(user, `GET /evaluations/${run}/report/${form}`);
      met(link.status === 200, `the report as ${form}`, link);
      const { url, sha256 } = link.body as { url: string; sha256: string };
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      met(createHash('sha256').update(bytes).digest('hex') === sha256, `the report as ${form} has its hash`);
      const kept = this.#keep(`evaluation-${run}.${form}`, bytes);
      this.#say(`     报告 / report ${form}: ${bytes.length}字节 / bytes${kept ? ` → ${kept}` : ''}`);
    }
  }

  /** 拟稿、上传、审核、签发: the whole way to the signature, step by step. */
  async #file(filing: StoryFiling): Promise<void> {
    const drafter = `${filing.city}-drafter`;
    const created = await this.#request(drafter, 'POST /submissions', {
      kind: filing.kind,
      ...(filing.period === undefined ? {} : { period: this.#filled(filing.period) }),
      ...(filing.county === undefined ? {} : { county: filing.county }),
    });
    met(created.status === 201, `${filing.name} is begun`, created);
    const id = String((created.body as { id: string }).id);
    this.#names.set(filing.name, id);
    const contact = { name: '演示联系人', phone: '13800000000' };
    const draft = {
      content: JSON.parse(this.#filled(JSON.stringify(filing.content))) as Record<string, unknown>,
      filing: { documentNumber: filing.documentNumber, issueDate: filing.issueDate, contact },
    };
    met((await this.#step(drafter, id, 'save', draft)).status === 200, `${filing.name} is saved`);
    for (const paper of filing.papers ?? []) {
      if (filing.infectedFirst === paper) await this.#uploadInfected(drafter, id, paper);
      await this.#uploadClean(drafter, id, paper, `${filing.name}-${paper}`);
    }
    for (const [user, action] of [
      [drafter, 'send-to-check'],
      [`${filing.city}-checker`, 'pass-check'],
      [`${filing.city}-signatory`, 'sign'],
    ] as const) {
      const answer = await this.#step(user, id, action, {});
      met(answer.status === 200, `${filing.name}: ${action}`, answer);
    }
    await this.#platform.drain();
    this.#say(
      `     ${filing.name}: ${filing.kind} ${this.#filled(filing.period ?? filing.county ?? '')} 已签发 / signed`,
    );
  }

  async #uploadInfected(user: string, id: string, paper: string): Promise<void> {
    const document = await this.#upload(user, id, paper, await this.#files.infectedPdf('演示'));
    const answer = await this.#request(user, `GET /submissions/${id}/documents/${document}`);
    met((answer.body as { state: string }).state === 'infected', 'the infected file is found', answer);
    const download = await this.#request(user, `GET /submissions/${id}/documents/${document}/download`);
    met(download.status === 409, 'the infected file cannot be downloaded', download);
    this.#say(`     ${paper}: 文件含 EICAR 测试串，已拒收 / refused: it carries the EICAR test string`);
  }

  async #uploadClean(user: string, id: string, paper: string, title: string): Promise<string> {
    const document = await this.#upload(user, id, paper, await this.#files.pdf(title));
    const answer = await this.#request(user, `GET /submissions/${id}/documents/${document}`);
    met(
      (answer.body as { state: string }).state === 'available',
      `the document ${title} passes its checks`,
      answer,
    );
    return document;
  }

  async #upload(user: string, id: string, paper: string, bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    const asked = await this.#request(user, `POST /submissions/${id}/documents`, {
      paper,
      fileName: `${paper}.pdf`,
      type: 'pdf',
      length: bytes.length,
      sha256,
    });
    met(asked.status === 201, `a place to upload ${paper} is given`, asked);
    const { document, upload } = asked.body as {
      document: { id: string };
      upload: { url: string; fields: Record<string, string> };
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes)]), `${paper}.pdf`);
    const sent = await fetch(upload.url, { method: 'POST', body: form });
    met(sent.ok, `the upload of ${paper} is taken`, {
      status: sent.status,
      body: await sent.text(),
      etag: undefined,
    });
    await this.#platform.drain();
    return document.id;
  }

  async #call(step: StoryCall): Promise<void> {
    const call = this.#filled(step.call);
    const answer = await this.#request(
      step.as,
      call,
      step.body === undefined ? undefined : JSON.parse(this.#filled(JSON.stringify(step.body))),
    );
    const status = step.expect?.status ?? 200;
    met(answer.status === status, `${call} answers ${status}`, answer);
    if (step.expect?.body !== undefined) {
      const wanted: unknown = JSON.parse(this.#filled(JSON.stringify(step.expect.body)));
      const missing = unlike(answer.body, wanted, '');
      met(missing === undefined, `${call}: ${missing ?? ''}`, answer);
    }
    if (step.name) this.#names.set(step.name, String((answer.body as { id?: string }).id));
    await this.#platform.drain();
    this.#say(
      `     ${step.as ?? '公众 / public'}: ${step.call} → ${answer.status}${said(step.expect?.body)}`,
    );
  }

  async #step(user: string, id: string, action: string, body: unknown): Promise<Answer> {
    return this.#request(user, `POST /submissions/${id}/${action}`, body);
  }

  /** A command reads what it changes first, as a portal does, and sends the revision that it saw. */
  async #request(user: string | undefined, call: string, body?: unknown): Promise<Answer> {
    const [method = 'GET', path = '/'] = call.split(' ');
    const token = user ? await this.#platform.token(user) : undefined;
    const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const target = /^\/(?:submissions|evaluations|obligations|certificates)\/[^/]+(?=\/[a-z-]+$)/.exec(
      path,
    )?.[0];
    const seen =
      method === 'POST' && target ? (await this.#send('GET', target, authorization)).etag : undefined;
    return this.#send(
      method,
      path,
      {
        ...authorization,
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
        ...(seen ? { 'if-match': seen } : {}),
      },
      body,
    );
  }

  async #send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> {
    const response = await fetch(`${this.#platform.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : text,
      etag: response.headers.get('etag') ?? undefined,
    };
  }

  #filled(text: string): string {
    return text.replaceAll(/\$\{([\w-]+)\}/g, (_, name: string) => this.#names.get(name) ?? `(${name}?)`);
  }
}

/** Where the answer lacks what was expected; lists must hold every expected member. Undefined: nothing is missing. */
export function unlike(actual: unknown, wanted: unknown, at: string): string | undefined {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual)) return `${at}: a list was expected`;
    if (wanted.length === 0) return actual.length === 0 ? undefined : `${at}: nothing was expected`;
    const lost = wanted.findIndex((member) => !actual.some((one) => unlike(one, member, '') === undefined));
    return lost < 0 ? undefined : `${at}/${lost}: nothing like ${JSON.stringify(wanted[lost])}`;
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof actual !== 'object' || actual === null) return `${at}: an object was expected`;
    for (const [name, member] of Object.entries(wanted)) {
      const found = unlike((actual as Record<string, unknown>)[name], member, `${at}/${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return actual === wanted
    ? undefined
    : `${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`;
}

export class UnmetExpectation extends Error {
  override readonly name = 'UnmetExpectation';
}

function met(condition: boolean, what: string, answer?: Answer): void {
  if (!condition)
    throw new UnmetExpectation(`${what}${answer ? `\n${answer.status} ${JSON.stringify(answer.body)}` : ''}`);
}

function said(body: unknown): string {
  return body === undefined ? '' : ` ${JSON.stringify(body)}`;
}
