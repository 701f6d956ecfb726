/** What happens to one machine: it is off over a weekend, its disk is full. Nothing that was acknowledged is lost. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { remotePlatform } from '../../infra/local/remote-platform.ts';
import { startProcess, verified, type Started } from '../support/platform-process.ts';

const place = mkdtempSync(path.join(tmpdir(), 'anju-mishaps-'));
const small = path.join(place, 'small');
afterAll(() => {
  spawnSync('umount', [small]);
  rmSync(place, { recursive: true, force: true });
});

async function file(running: Started, period: string): Promise<Response> {
  const token = await remotePlatform(() => running.url).token('hohhot-drafter');
  return fetch(`${running.url}/submissions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': period,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ kind: 'annual-plan', period }),
  });
}

test('off over a weekend, right after a write: its readers go on where they were', async () => {
  const folder = path.join(place, 'weekend');
  let running = await startProcess(folder, ['--at', '2021-10-15T17:59:00+08:00']);
  expect((await file(running, '2022')).status).toBe(201);
  // At once, before the stream was read; and on again after three days, when AWS would have forgotten the record.
  await running.kill('SIGKILL');
  running = await startProcess(folder, ['--at', '2021-10-18T08:00:00+08:00']);
  await remotePlatform(() => running.url).drain();
  // The verifier walks the journal: what the stream had lost would stand in none.
  const said = verified(folder);
  expect(said).toMatch(/全部相符/);
  expect(said).toContain('chains: 1 ');
  await running.kill('SIGTERM');
});

test('a full disk refuses with a sentence, and goes on when there is room again', async () => {
  mkdirSync(small);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', small]);
  if (status !== 0) {
    console.warn(
      '本机不能挂载小盘，未试磁盘写满 / no small disk can be mounted here: a full disk was NOT tried',
    );
    return;
  }
  const running = await startProcess(path.join(small, 'data'), ['--at', '2021-10-15T09:00:00+08:00']);
  expect((await file(running, '2021')).status).toBe(201);
  const filler = path.join(small, 'filler');
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
  const refused: number[] = [];
  for (let period = 2022; period < 2062; period += 1) {
    const { status: answered } = await file(running, String(period));
    if (answered !== 201) refused.push(answered);
  }
  expect(refused.length).toBeGreaterThan(0);
  // Busy or a fault of the machine, and never a success that is none.
  expect(refused.filter((one) => one < 500)).toEqual([]);
  rmSync(filler);
  // The same requests under their keys: each is done once.
  for (let period = 2021; period < 2062; period += 1)
    expect((await file(running, String(period))).status).toBe(201);
  const token = await remotePlatform(() => running.url).token('hohhot-drafter');
  const list = (await (
    await fetch(`${running.url}/submissions?limit=100`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as { items: unknown[] };
  expect(list.items).toHaveLength(41);
  await running.kill('SIGTERM');
});
