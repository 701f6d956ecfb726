import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KMSClient } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KeyEngine } from '../../../infra/local/engines/keys/index.ts';
import { thumbprint, verifiesEs256 } from '../../kernel/jwk.ts';
import { kmsSigner, rawOf } from './signer.ts';

const engine = new KeyEngine();
const { arn } = engine.createKey({ id: 'issuing', spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' });
const { arn: other } = engine.createKey({ id: 'data', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' });
const server = createServer(engine.handler());
let kms: KMSClient;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  kms = new KMSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(() => {
  kms.destroy();
  server.close();
});

test('what the key signs verifies with its published half, however long the text', async () => {
  const signer = kmsSigner(arn, kms);
  const jwk = await signer.jwk();
  expect(await signer.kid()).toBe(thumbprint(jwk));
  for (const text of ['x', '保租认字〔2021〕150102-0001号', 'long'.repeat(5000)]) {
    const signature = await signer.sign(text);
    expect(signature).toHaveLength(64);
    expect(verifiesEs256(jwk, text, signature)).toBe(true);
    expect(verifiesEs256(jwk, `${text}.`, signature)).toBe(false);
  }
});

test('a key of another kind is refused', async () => {
  await expect(kmsSigner(other, kms).jwk()).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
});

test('DER becomes two numbers of 32 bytes, whatever zeros stand before them', () => {
  const integerOf = (value: bigint): number[] => {
    const hex = value.toString(16);
    const bytes = [...Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')];
    return [
      0x02,
      bytes.length + ((bytes[0] ?? 0) > 127 ? 1 : 0),
      ...((bytes[0] ?? 0) > 127 ? [0] : []),
      ...bytes,
    ];
  };
  const scalar = fc.bigInt({ min: 1n, max: (1n << 256n) - 1n });
  fc.assert(
    fc.property(scalar, scalar, (r, s) => {
      const body = [...integerOf(r), ...integerOf(s)];
      const raw = Buffer.from(rawOf(Uint8Array.from([0x30, body.length, ...body])));
      expect(BigInt(`0x${raw.subarray(0, 32).toString('hex')}`)).toBe(r);
      expect(BigInt(`0x${raw.subarray(32).toString('hex')}`)).toBe(s);
    }),
  );
  for (const odd of [[], [0x30, 0], [0x30, 3, 2, 1, 1], [0x30, 6, 2, 1, 1, 2, 1, 1, 9]])
    expect(() => rawOf(Uint8Array.from(odd))).toThrow('Not a signature in DER');
});
