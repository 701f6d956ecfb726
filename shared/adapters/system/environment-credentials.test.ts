import { afterEach, expect, test, vi } from 'vitest';
import { defaultProvider } from './environment-credentials.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('are those of the environment, with the session that Lambda gives', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', '');
  expect(await defaultProvider()()).toEqual({ accessKeyId: 'key', secretAccessKey: 'secret' });
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  expect(await defaultProvider()()).toEqual({
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    sessionToken: 'session',
  });
});

test('are read once: the SDK asks for every request', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const provider = defaultProvider();
  const first = await provider();
  expect(await provider()).toBe(first);
});

test('are missed aloud', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  await expect(defaultProvider()()).rejects.toThrow('no credentials');
});
