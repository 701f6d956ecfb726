/** `kill -9` while people file: what was acknowledged is there after the restart, once, and every chain holds. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { remotePlatform } from '../../infra/local/remote-platform.ts';
import { startProcess, verified } from '../support/platform-process.ts';

const place = mkdtempSync(path.join(tmpdir(), 'anju-killed-'));
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

interface Sent {
  readonly key: string;
  readonly period: string;
  acknowledged?: string;
}

test('between any two bytes of a write', async () => {
  const folder = path.join(place, 'writing');
  let running = await startProcess(folder, ['--at', '2021-09-23T09:00:00+08:00']);
  const platform = remotePlatform(() => running.url);
  const sent: Sent[] = [];

  async function file(one: Sent): Promise<void> {
    const token = await platform.token('hohhot-drafter');
    const response = await fetch(`${running.url}/submissions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': one.key,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ kind: 'annual-plan', period: one.period }),
    });
    const body = await response.text();
    if (response.status !== 201) throw new Error(`${response.status} ${body}`);
    one.acknowledged = body;
  }

  let period = 2000;
  for (const rest of [60, 7, 23]) {
    let writing = true;
    const writers = [1, 2, 3, 4].map(async () => {
      while (writing && period < 2099) {
        const one: Sent = { key: randomUUID(), period: String((period += 1)) };
        sent.push(one);
        await file(one).catch(() => {
          // The platform is gone in the middle of the call: nobody knows whether it was done.
        });
      }
    });
    const before = sent.length;
    while (sent.length < before + 12) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, rest));
    await running.kill('SIGKILL');
    writing = false;
    await Promise.all(writers);
    running = await startProcess(folder);
    // Under its key, whatever was under way is done exactly once, and what was answered is answered the same.
    for (const one of sent) {
      const answered = one.acknowledged;
      await file(one);
      if (answered !== undefined) expect(one.acknowledged).toBe(answered);
    }
  }

  const token = await platform.token('hohhot-drafter');
  const headers = { authorization: `Bearer ${token}` };
  const ids = sent.map(({ acknowledged }) => (JSON.parse(acknowledged ?? '{}') as { id: string }).id);
  const list = (await (await fetch(`${running.url}/submissions?limit=100`, { headers })).json()) as {
    items: { id: string }[];
  };
  expect(list.items.map(({ id }) => id).sort()).toEqual([...ids].sort());
  const desk = (await (await fetch(`${running.url}/desk?limit=100`, { headers })).json()) as {
    items: { record: string }[];
  };
  expect(desk.items.map(({ record }) => record).sort()).toEqual(ids.map((id) => `submission:${id}`).sort());
  expect(verified(folder)).toMatch(/全部相符/);
  await running.kill('SIGTERM');
  expect(verified(folder)).toMatch(/全部相符/);
});

test('in the middle of the morning’s reminders: each is recorded once, and nobody hears of a duty twice in a notice', async () => {
  const folder = path.join(place, 'reminding');
  let running = await startProcess(folder, ['--at', '2021-10-28T07:00:00+08:00']);
  const platform = remotePlatform(() => running.url);
  const cities = ['150100', '150200', '150300', '150400', '150500', '150600', '150700', '150800'];
  const asSupervisor = async () => ({
    authorization: `Bearer ${await platform.token('housing-supervisor')}`,
  });
  const laid = await fetch(`${running.url}/obligations`, {
    method: 'POST',
    headers: {
      ...(await asSupervisor()),
      'idempotency-key': 'lay',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      notice: '演通〔2021〕1号',
      clause: 'S-06',
      cities,
      items: [{ kind: 'annual-plan', period: '2021' }],
      dueBefore: '2021-10-31T16:00:00.000Z',
      satisfiedBy: 'published',
    }),
  });
  expect(laid.status).toBe(201);
  const duties = ((await laid.json()) as { items: { id: string }[] }).items;
  // Each morning has a point. The run is cut off after so many milliseconds, and goes on with the next start.
  for (const [morning, rest] of [
    ['2021-10-28T08:31:00+08:00', 15],
    ['2021-10-29T08:31:00+08:00', 45],
    ['2021-11-01T08:31:00+08:00', 90],
    ['2021-11-05T08:31:00+08:00', 160],
  ] as const) {
    const to = new Date(morning).toISOString();
    const advancing = platform.advance(to).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, rest));
    await running.kill('SIGKILL');
    await advancing;
    running = await startProcess(folder);
  }
  // The day after the last catches up with whatever the killed runs left.
  await platform.advance(new Date('2021-11-08T09:00:00+08:00').toISOString());
  await platform.drain();
  for (const { id } of duties) {
    const answer = await fetch(`${running.url}/obligations/${id}/reminders`, {
      headers: await asSupervisor(),
    });
    const { items } = (await answer.json()) as {
      items: { point: string; office: string; outcome: string }[];
    };
    const told = items.filter(({ outcome }) => outcome === 'noticed').map(({ point }) => point);
    expect(told.sort()).toEqual(['+1', '+5', '+5', '-1', '0']);
  }
  const headers = { authorization: `Bearer ${await platform.token('baotou-drafter')}` };
  const inbox = (await (await fetch(`${running.url}/inbox?limit=100`, { headers })).json()) as {
    items: { day: string; lines: { obligation: string }[] }[];
  };
  expect(new Set(inbox.items.map(({ day }) => day)).size).toBe(inbox.items.length);
  for (const { lines } of inbox.items) expect(lines).toHaveLength(1);
  expect(verified(folder)).toMatch(/全部相符/);
  await running.kill('SIGTERM');
});
