/** `npm start` on a machine that is not as it should be: one sentence, exit 1, nothing harmed. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusedStart, startProcess } from '../support/platform-process.ts';

const place = mkdtempSync(path.join(tmpdir(), 'anju-start-'));
const folder = path.join(place, 'data');

beforeAll(async () => {
  const started = await startProcess(folder, ['--at', '2021-09-23T09:00:00+08:00']);
  const body = JSON.stringify({ user: 'hohhot-drafter' });
  const { access_token: token } = (await (
    await fetch(`${started.url}/dev/token`, { method: 'POST', body })
  ).json()) as { access_token: string };
  const made = await fetch(`${started.url}/submissions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': 'x',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ kind: 'demand-survey', period: '2021' }),
  });
  expect(made.status).toBe(201);
  expect(started.output()).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+ \(/m);
  expect(started.output()).toContain('hohhot-drafter');
  expect(started.output()).toContain(`ANJU_DATA=${folder} npm run -s token`);
  await started.kill('SIGTERM');
});
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

/** One sentence in both languages, and no stack. */
function sentence(said: string, words: RegExp): void {
  const last =
    said
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('安居:'))
      .at(-1) ?? '';
  expect(last).toMatch(words);
  expect(last).toMatch(/\p{Script=Han}.* \/ .*[a-z]/u);
  expect(said).not.toMatch(/^\s+at .*\(/m);
}

describe('is refused with a sentence', () => {
  test('when the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const PORT = String((other.address() as AddressInfo).port);
    const { code, said } = await refusedStart(path.join(place, 'fresh'), [], { PORT });
    other.close();
    expect(code).toBe(1);
    sentence(said, /已被占用.*is in use/);
  });

  test.each([
    ['PORT is no port', { PORT: 'abc' }, [], /PORT/],
    ['an option is misspelt', {}, ['--mem'], /--mem/],
  ] as const)('when %s', async (_what, env, args, words) => {
    const { code, said } = await refusedStart(path.join(place, 'fresh'), args, env);
    expect(code).toBe(1);
    expect(said).toMatch(words);
    expect(said).toContain('用法 / usage');
  });

  test('when the clock is asked to be nothing, or to go back', async () => {
    const odd = await refusedStart(path.join(place, 'fresh'), ['--at', 'yesterday']);
    expect(odd.code).toBe(1);
    sentence(odd.said, /yesterday/);
    const back = await refusedStart(folder, ['--at', '2021-09-01T09:00:00+08:00']);
    expect(back.code).toBe(1);
    sentence(back.said, /只能向前.*only moves forward/);
  });

  test('when the data folder cannot be written', async () => {
    const file = path.join(place, 'a-file');
    writeFileSync(file, '');
    const { code, said } = await refusedStart(path.join(file, 'data'));
    expect(code).toBe(1);
    sentence(said, /不可写.*cannot be written/);
  });

  test('when another platform runs on the folder, which goes on undisturbed', async () => {
    const first = await startProcess(folder);
    const { code, said } = await refusedStart(folder);
    expect(code).toBe(1);
    sentence(said, /正被另一个平台.*is in use/);
    expect((await fetch(`${first.url}/health`)).status).toBe(200);
    await first.kill('SIGTERM');
  });

  test.each([
    'table.db',
    'keys.db',
    'objects/objects.db',
    'clock.json',
    'identity.json',
    'stream-places.json',
  ])('when %s is damaged; the file is left for whoever can mend it', async (name) => {
    const copy = path.join(place, `damaged-${name.replaceAll('/', '-')}`);
    cpSync(folder, copy, { recursive: true });
    const file = path.join(copy, name);
    for (const beside of ['-wal', '-shm']) rmSync(file + beside, { force: true });
    writeFileSync(file, 'neither JSON nor a database');
    const { code, said } = await refusedStart(copy);
    expect(code).toBe(1);
    sentence(said, new RegExp(`${path.basename(name)}.*损坏`));
    expect(readFileSync(file, 'utf8')).toBe('neither JSON nor a database');
  });
});
