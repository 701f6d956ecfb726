/**
 * Filing at 32 connections against `npm start` as it ships: sqlite, stream and consumers on, client on the same cores. With
 * faults the table throttles, conflicts and loses answers meanwhile, and who hears no success sends again. Afterwards every
 * filing that was acknowledged is asked for, and every chain is verified.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { startProcess } from '../support/platform-process.ts';
import { samples } from '../support/contents.ts';

export interface LoadResult {
  readonly seconds: number;
  /** Filings begun, saved, checked and signed: five commands each, and a sixth that withdraws it again. */
  readonly filings: number;
  readonly commands: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  /** Commands a second in the first and in the last third. */
  readonly firstThird: number;
  readonly lastThird: number;
  /** Resident memory of the platform's process in MB: in the middle and at the end. */
  readonly memoryHalfway: number;
  readonly memoryAtEnd: number;
  /** Of the second half, by least squares over a sample each second: MB a minute. */
  readonly memorySlope: number;
  readonly secondStartSeconds: number;
  /** Requests that were sent once more. */
  readonly sentAgain: number;
  /** Filings that are not as they were acknowledged, and faults of the chains. */
  readonly lost: number;
}

/** Chances by operation of the table. */
const tableFaults = { throttle: 0.1, conflict: 0.1, lostAnswer: 0.05 };

/** So often at most a request is sent. */
const patience = 8;

interface Answered {
  readonly status: number;
  readonly etag: string;
  readonly body: string;
}

const connections = 32;
const cities = ['hohhot', 'baotou', 'wuhai', 'chifeng', 'tongliao', 'ordos', 'hulunbuir', 'bayannur'];

export async function measureLoad(seconds: number, faults = false): Promise<LoadResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'anju-load-'));
  const started = await startProcess(folder, ['--at', '2021-10-12T09:00:00+08:00']);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const tokens = new Map<string, string>();
  const took: { at: number; ms: number }[] = [];
  let failed = 0;
  let filings = 0;
  let sentAgain = 0;
  /** What was acknowledged last of each filing. */
  const acknowledged = new Map<string, { readonly user: string; readonly etag: string }>();

  /** Under one key, until it is done or refused. */
  async function send(
    method: string,
    target: string,
    user: string,
    body: unknown,
    etag?: string,
  ): Promise<Answered> {
    const key = randomUUID();
    for (let time = 1; ; time += 1) {
      const answer = await once(method, target, user, body, key, etag);
      if (answer.status < 500 || time === patience) return answer;
      sentAgain += 1;
    }
  }

  function once(
    method: string,
    target: string,
    user: string,
    body: unknown,
    key: string,
    etag?: string,
  ): Promise<Answered> {
    const text = JSON.stringify(body);
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const call = request(
        `${started.url}${target}`,
        {
          method,
          agent,
          headers: {
            authorization: `Bearer ${tokens.get(user) ?? ''}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            'idempotency-key': key,
            ...(etag ? { 'if-match': etag } : {}),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const at = performance.now();
            took.push({ at, ms: at - begun });
            resolve({
              status: response.statusCode ?? 0,
              etag: String(response.headers.etag ?? ''),
              body: Buffer.concat(chunks).toString(),
            });
          });
        },
      );
      call.on('error', reject);
      call.end(text);
    });
  }

  for (const city of cities) {
    for (const role of ['drafter', 'checker', 'signatory']) {
      const user = `${city}-${role}`;
      const answer = await fetch(`${started.url}/dev/token`, {
        method: 'POST',
        body: JSON.stringify({ user }),
      });
      tokens.set(user, ((await answer.json()) as { access_token: string }).access_token);
    }
  }

  const draft = {
    content: samples['demand-survey']?.content,
    filing: {
      documentNumber: '演发〔2021〕1号',
      issueDate: '2021-09-20',
      contact: { name: '王演示', phone: '13800001234' },
    },
  };
  const until = performance.now() + seconds * 1000;
  const begun = performance.now();

  /** One person files again and again, each time for a year that nobody else uses. */
  async function work(worker: number): Promise<void> {
    const city = cities[worker % cities.length] ?? '';
    const years = Array.from({ length: 24 }, (_, n) => 2000 + Math.floor(worker / cities.length) * 24 + n);
    for (let round = 0; performance.now() < until; round += 1) {
      const made = await send('POST', '/submissions', `${city}-drafter`, {
        kind: 'demand-survey',
        period: String(years[round % years.length]),
      });
      const { id } = JSON.parse(made.body) as { id?: string };
      let last = made;
      for (const [role, step, body] of [
        ['drafter', 'save', draft],
        ['drafter', 'send-to-check', {}],
        ['checker', 'pass-check', {}],
        ['signatory', 'sign', {}],
        ['signatory', 'withdraw', { reason: '压力测试' }],
      ] as const) {
        if (last.status >= 300) break;
        last = await send('POST', `/submissions/${id ?? ''}/${step}`, `${city}-${role}`, body, last.etag);
        if (last.status < 300 && id) acknowledged.set(id, { user: `${city}-drafter`, etag: last.etag });
        if (step === 'sign' && last.status < 300) filings += 1;
      }
      if (last.status >= 300) failed += 1;
    }
  }

  if (faults) await disturb(started.url, tableFaults);
  const memory: { readonly at: number; readonly mb: number }[] = [];
  const watching = setInterval(() => {
    memory.push({ at: performance.now(), mb: residentOf(started.pid) });
  }, 1000);
  await Promise.all(Array.from({ length: connections }, (_, worker) => work(worker)));
  clearInterval(watching);
  const memoryAtEnd = residentOf(started.pid);
  const elapsed = (performance.now() - begun) / 1000;
  if (faults) await disturb(started.url, {});
  const isAsAcknowledged = async (id: string): Promise<boolean> => {
    const { user, etag } = acknowledged.get(id) ?? { user: '', etag: '' };
    const headers = { authorization: `Bearer ${tokens.get(user) ?? ''}` };
    const answer = await fetch(`${started.url}/submissions/${id}`, { headers });
    return answer.status === 200 && answer.headers.get('etag') === etag;
  };
  let lost = 0;
  for (const id of acknowledged.keys()) if (!(await isAsAcknowledged(id))) lost += 1;
  await fetch(`${started.url}/dev/drain`, { method: 'POST' });
  agent.destroy();
  await started.kill('SIGTERM');
  if (!chainsHold(folder)) lost += 1;
  const again = performance.now();
  const second = await startProcess(folder);
  const secondStartSeconds = (performance.now() - again) / 1000;
  await second.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
  const laterHalf = memory.filter(({ at }) => at > begun + (elapsed * 1000) / 2);

  const sorted = took.map(({ ms }) => ms).sort((a, b) => a - b);
  const third = (from: number): number => {
    const [low, high] = [begun + (from * elapsed * 1000) / 3, begun + ((from + 1) * elapsed * 1000) / 3];
    return took.filter(({ at }) => at >= low && at < high).length / (elapsed / 3);
  };
  return {
    seconds: elapsed,
    filings,
    commands: took.length,
    failed,
    p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    firstThird: third(0),
    lastThird: third(2),
    memoryHalfway: laterHalf[0]?.mb ?? 0,
    memoryAtEnd,
    memorySlope: slopeOf(laterHalf),
    secondStartSeconds,
    sentAgain,
    lost,
  };
}

async function disturb(url: string, table: object): Promise<void> {
  const answer = await fetch(`${url}/dev/faults`, { method: 'POST', body: JSON.stringify({ table }) });
  if (answer.status !== 200) throw new Error(await answer.text());
}

/** Whether `npm run audit:verify` finds every link of a stopped platform's chains. */
function chainsHold(folder: string): boolean {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'infra/cli/audit-verify.ts'],
    { env: { ...process.env, ANJU_DATA: folder, PORT: '0' }, encoding: 'utf8' },
  );
  console.log(stdout.trim());
  return status === 0;
}

/** MB a minute. */
function slopeOf(samples: readonly { readonly at: number; readonly mb: number }[]): number {
  const mean = (of: (one: (typeof samples)[number]) => number): number =>
    samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const [at, mb] = [mean((one) => one.at), mean((one) => one.mb)];
  const along = mean((one) => (one.at - at) * (one.mb - mb));
  return (along / mean((one) => (one.at - at) ** 2)) * 60_000;
}

/** Resident memory of a process in MB, as Linux tells it; elsewhere 0. */
function residentOf(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return 0;
  }
}
