import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyEngine } from '../../../infra/local/engines/keys/index.ts';
import { kmsPersonalData } from './personal-data.ts';

const engine = new KeyEngine();
engine.createKey({ id: 'personal', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' });
const server = createServer(engine.handler());
let kms: KMSClient;
/** The operations that reached the service. */
let asked: string[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kms = new KMSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'K', secretAccessKey: 's' },
    maxAttempts: 1,
  });
  kms.middlewareStack.add(
    (next, context) => async (args) => {
      asked.push(context.commandName ?? '');
      return next(args);
    },
    { step: 'initialize', name: 'asked' },
  );
});
afterAll(async () => {
  kms.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  engine.close();
});
beforeEach(() => {
  asked = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const contact = { name: '王小明', phone: '13800001234' };
const here = 'submission:s-1';

describe('sealed personal data', () => {
  it('open again, in the instance that sealed them and in another', async () => {
    const one = kmsPersonalData('personal', kms);
    const sealed = await one.seal(contact, here);
    expect(await one.open(sealed, here)).toEqual(contact);
    expect(await kmsPersonalData('personal', kms).open(sealed, here)).toEqual(contact);
  });

  it('show nothing of the plain text, and never look the same twice', async () => {
    const data = kmsPersonalData('personal', kms);
    const [first, second] = [await data.seal(contact, here), await data.seal(contact, here)];
    expect(first).not.toBe(second);
    const decoded = first.split('.').map((part) => Buffer.from(part, 'base64'));
    for (const shown of [first, ...decoded.map((bytes) => bytes.toString('utf8'))])
      for (const plain of ['王小明', '13800001234', 'name', 'phone'])
        expect(shown.includes(plain)).toBe(false);
  });

  it('have a nonce of twelve bytes each, which no other has', async () => {
    const data = kmsPersonalData('personal', kms);
    const nonces = new Set<string>();
    for (let seal = 0; seal < 350; seal += 1) {
      const [, , packed = ''] = (await data.seal(contact, here)).split('.');
      nonces.add(Buffer.from(packed, 'base64').subarray(0, 12).toString('hex'));
    }
    expect(nonces.size).toBe(350);
  });

  it('do not open at another record', async () => {
    const data = kmsPersonalData('personal', kms);
    const sealed = await data.seal(contact, here);
    for (const elsewhere of ['submission:s-2', 'submission:s-', '', `${here} `])
      await expect(data.open(sealed, elsewhere)).rejects.toThrow();
  });

  it('do not open with one bit changed', async () => {
    const data = kmsPersonalData('personal', kms);
    const [scheme = '', wrapped = '', packed = ''] = (await data.seal(contact, here)).split('.');
    const flipped = (text: string, at: number): string => {
      const bytes = Buffer.from(text, 'base64');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    const length = Buffer.from(packed, 'base64').length;
    for (let at = 0; at < length; at++)
      await expect(data.open([scheme, wrapped, flipped(packed, at)].join('.'), here)).rejects.toThrow();
    await expect(data.open([scheme, flipped(wrapped, 40), packed].join('.'), here)).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  it('do not open with a shortened tag, or in another scheme', async () => {
    const data = kmsPersonalData('personal', kms);
    const sealed = await data.seal({}, here);
    const [, wrapped = '', packed = ''] = sealed.split('.');
    const short = Buffer.from(packed, 'base64').subarray(0, 16).toString('base64');
    await expect(data.open(['1', wrapped, short].join('.'), here)).rejects.toThrow();
    await expect(data.open(sealed.replace('1.', '2.'), here)).rejects.toThrow('Unknown sealing scheme 2');
    await expect(data.open('', here)).rejects.toThrow('Unknown sealing scheme');
  });
});

describe('a data key', () => {
  it('serves for five minutes, then another does', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const data = kmsPersonalData('personal', kms);
    const keyOf = async (): Promise<string | undefined> => (await data.seal(contact, here)).split('.')[1];
    const first = await keyOf();
    vi.advanceTimersByTime(5 * 60_000 - 1);
    expect(await keyOf()).toBe(first);
    expect(asked).toEqual(['GenerateDataKeyCommand']);
    vi.advanceTimersByTime(1);
    expect(await keyOf()).not.toBe(first);
    expect(asked).toEqual(['GenerateDataKeyCommand', 'GenerateDataKeyCommand']);
  });

  it('is unwrapped once for all that it sealed', async () => {
    const sealing = kmsPersonalData('personal', kms);
    const sealed = await Promise.all([1, 2, 3].map((n) => sealing.seal(contact, `submission:${n}`)));
    const opening = kmsPersonalData('personal', kms);
    await opening.open(sealed[0] ?? '', 'submission:1');
    asked = [];
    const again = await sealing.seal(contact, here);
    await sealing.open(again, here);
    const unwrapped = asked.filter((name) => name === 'DecryptCommand').length;
    await sealing.open(again, here);
    expect(asked.filter((name) => name === 'DecryptCommand')).toHaveLength(unwrapped);
  });
});
