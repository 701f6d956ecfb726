/** Filing at 32 connections against `npm start` as it ships: sqlite, stream and consumers on, client on the same cores. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
  readonly secondStartSeconds: number;
}

interface Answered {
  readonly status: number;
  readonly etag: string;
  readonly body: string;
}

const connections = 32;
const cities = ['hohhot', 'baotou', 'wuhai', 'chifeng', 'tongliao', 'ordos', 'hulunbuir', 'bayannur'];

export async function measureLoad(seconds: number): Promise<LoadResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'anju-load-'));
  const started = await startProcess(folder, ['--at', '2021-10-12T09:00:00+08:00']);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const tokens = new Map<string, string>();
  const took: { at: number; ms: number }[] = [];
  let failed = 0;
  let filings = 0;

  function send(
    method: string,
    target: string,
    user: string,
    body: unknown,
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
            'idempotency-key': randomUUID(),
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
  let halfway = 0;

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
        if (step === 'sign' && last.status < 300) filings += 1;
      }
      if (last.status >= 300) failed += 1;
    }
  }

  const halfwayTimer = setTimeout(() => (halfway = residentOf(started.pid)), (seconds * 1000) / 2);
  await Promise.all(Array.from({ length: connections }, (_, worker) => work(worker)));
  clearTimeout(halfwayTimer);
  const memoryAtEnd = residentOf(started.pid);
  const elapsed = (performance.now() - begun) / 1000;
  agent.destroy();
  await started.kill('SIGTERM');
  const again = performance.now();
  const second = await startProcess(folder);
  const secondStartSeconds = (performance.now() - again) / 1000;
  await second.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });

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
    memoryHalfway: halfway,
    memoryAtEnd,
    secondStartSeconds,
  };
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
