import { constants, createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListKeysCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
  type MessageType,
  type SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { KeyEngine, type KeyEngineOptions } from './index.ts';

const place = { partition: 'aws-cn', region: 'cn-north-1', account: '123456789012' };
const message = Buffer.from('每日根');

async function serveKeys(options: KeyEngineOptions) {
  const engine = new KeyEngine({ ...place, ...options });
  engine.createKey({
    id: 'personal',
    alias: 'alias/personal-data',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
  });
  engine.createKey({ id: 'second', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' });
  engine.createKey({ id: 'mac', spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' });
  engine.createKey({ id: 'rsa', spec: 'RSA_2048', usage: 'SIGN_VERIFY' });
  engine.createKey({ id: 'ecc', spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' });
  const server = createServer(engine.handler());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'K', secretAccessKey: 's' };
  const kms = new KMSClient({ endpoint, region: place.region, credentials, maxAttempts: 1 });
  async function close(): Promise<void> {
    kms.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    engine.close();
  }
  return { engine, endpoint, kms, close };
}

type Served = Awaited<ReturnType<typeof serveKeys>>;
let served: Served;

beforeAll(async () => {
  served = await serveKeys({});
});
afterAll(() => served.close());

describe('encryption', () => {
  const EncryptionContext = { subject: 'p-1', class: 'identity' };

  async function sealed(): Promise<Uint8Array> {
    const input = { KeyId: 'alias/personal-data', Plaintext: Buffer.from('秘密'), EncryptionContext };
    return (await served.kms.send(new EncryptCommand(input))).CiphertextBlob ?? new Uint8Array();
  }

  it('opens what it sealed, whatever the order of the context', async () => {
    const context = { class: 'identity', subject: 'p-1' };
    const opened = await served.kms.send(
      new DecryptCommand({ CiphertextBlob: await sealed(), EncryptionContext: context }),
    );
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('秘密');
    expect(opened.KeyId).toBe('arn:aws-cn:kms:cn-north-1:123456789012:key/personal');
  });

  it('opens data keys, of the length asked for', async () => {
    const made = await served.kms.send(
      new GenerateDataKeyCommand({ KeyId: 'personal', KeySpec: 'AES_256', EncryptionContext }),
    );
    expect(made.Plaintext).toHaveLength(32);
    const opened = await served.kms.send(
      new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }),
    );
    expect(opened.Plaintext).toEqual(made.Plaintext);
    const hidden = await served.kms.send(
      new GenerateDataKeyWithoutPlaintextCommand({ KeyId: 'personal', NumberOfBytes: 24 }),
    );
    expect(hidden).not.toHaveProperty('Plaintext');
    const shown = await served.kms.send(new DecryptCommand({ CiphertextBlob: hidden.CiphertextBlob }));
    expect(shown.Plaintext).toHaveLength(24);
  });

  it('refuses any ciphertext with one bit changed', async () => {
    const ciphertext = await sealed();
    for (const [index, byte] of ciphertext.entries()) {
      const CiphertextBlob = Buffer.from(ciphertext);
      CiphertextBlob[index] = byte ^ 1;
      await expect(
        served.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })),
      ).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
    }
  });

  it.each([
    ['none', undefined],
    ['another value', { ...EncryptionContext, subject: 'p-2' }],
    ['one pair more', { ...EncryptionContext, more: '' }],
    ['names and values shifted', { subject: 'p-1,class', identity: '' }],
  ])('refuses a wrong context: %s', async (_, context) => {
    const input = { CiphertextBlob: await sealed(), ...(context && { EncryptionContext: context }) };
    await expect(served.kms.send(new DecryptCommand(input))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  it('refuses what is too short, and another key than the one that sealed', async () => {
    const short = new DecryptCommand({ CiphertextBlob: Buffer.from([1, 8, 0]) });
    await expect(served.kms.send(short)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    const other = new DecryptCommand({ KeyId: 'second', CiphertextBlob: await sealed(), EncryptionContext });
    await expect(served.kms.send(other)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
  });
});

describe('message authentication codes', () => {
  it('are the same each time, and verified', async () => {
    const input = { KeyId: 'mac', Message: message, MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await served.kms.send(new GenerateMacCommand(input));
    expect((await served.kms.send(new GenerateMacCommand(input))).Mac).toEqual(Mac);
    expect((await served.kms.send(new VerifyMacCommand({ ...input, Mac }))).MacValid).toBe(true);
    const other = new VerifyMacCommand({ ...input, Message: Buffer.from('other'), Mac });
    await expect(served.kms.send(other)).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  });
});

describe('signatures', () => {
  const cases: [string, SigningAlgorithmSpec, MessageType][] = [
    ['rsa', 'RSASSA_PKCS1_V1_5_SHA_256', 'RAW'],
    ['rsa', 'RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST'],
    ['rsa', 'RSASSA_PSS_SHA_256', 'RAW'],
    ['rsa', 'RSASSA_PSS_SHA_256', 'DIGEST'],
    ['ecc', 'ECDSA_SHA_256', 'RAW'],
    ['ecc', 'ECDSA_SHA_256', 'DIGEST'],
  ];

  it.each(cases)(
    '%s %s %s: OpenSSL agrees with the public key alone',
    async (KeyId, SigningAlgorithm, MessageType) => {
      const Message = MessageType === 'RAW' ? message : createHash('sha256').update(message).digest();
      const input = { KeyId, SigningAlgorithm, MessageType, Message };
      const { PublicKey } = await served.kms.send(new GetPublicKeyCommand({ KeyId }));
      const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
      const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
      const options = SigningAlgorithm.includes('PSS') ? { key, ...pss } : key;
      for (let round = 0; round < 10; round++) {
        const { Signature = new Uint8Array() } = await served.kms.send(new SignCommand(input));
        expect(verify('sha256', message, options, Signature)).toBe(true);
        expect((await served.kms.send(new VerifyCommand({ ...input, Signature }))).SignatureValid).toBe(true);
        const changed = Buffer.from(Signature);
        const at = changed.length - 1 - round;
        changed[at] = (changed[at] ?? 0) ^ 1;
        await expect(
          served.kms.send(new VerifyCommand({ ...input, Signature: changed })),
        ).rejects.toMatchObject({
          name: 'KMSInvalidSignatureException',
        });
      }
    },
  );

  it.each([
    [
      'an algorithm of another key',
      { KeyId: 'ecc', SigningAlgorithm: 'RSASSA_PSS_SHA_256' },
      'InvalidKeyUsageException',
    ],
    ['a digest that is none', { MessageType: 'DIGEST' }, 'ValidationException'],
    ['a message too long', { Message: Buffer.alloc(4097) }, 'ValidationException'],
    ['a key that encrypts', { KeyId: 'personal' }, 'InvalidKeyUsageException'],
  ] as const)('refuses %s', async (_, change, name) => {
    const input = { KeyId: 'ecc', SigningAlgorithm: 'ECDSA_SHA_256', Message: message, ...change } as const;
    await expect(served.kms.send(new SignCommand(input))).rejects.toMatchObject({ name });
  });
});

describe('keys', () => {
  it.each([
    'personal',
    'alias/personal-data',
    'arn:aws-cn:kms:cn-north-1:123456789012:key/personal',
    'arn:aws-cn:kms:cn-north-1:123456789012:alias/personal-data',
  ])('are found as %s', async (KeyId) => {
    const { KeyMetadata } = await served.kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata).toMatchObject({
      KeyId: 'personal',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
    });
  });

  it.each(['nobody', 'alias/nobody', 'arn:aws-cn:kms:cn-north-1:999999999999:key/personal'])(
    '%s is not found',
    async (KeyId) => {
      await expect(served.kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({
        name: 'NotFoundException',
        $metadata: { httpStatusCode: 400 },
      });
    },
  );

  it('tell what the engine does not offer, and answer no unsigned request', async () => {
    await expect(served.kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
    const headers = { 'x-amz-target': 'TrentService.DescribeKey' };
    const answer = await fetch(served.endpoint, { method: 'POST', headers, body: '{"KeyId":"personal"}' });
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { __type: 'MissingAuthenticationTokenException' },
    ]);
  });

  it('keep their spec', () => {
    expect(() => served.engine.createKey({ id: 'mac', spec: 'RSA_2048', usage: 'SIGN_VERIFY' })).toThrow(
      'Key mac is there already as HMAC_256; it cannot become RSA_2048.',
    );
    expect(() => served.engine.createKey({ id: 'new', spec: 'HMAC_256', usage: 'SIGN_VERIFY' })).toThrow(
      'A key of HMAC_256 is for GENERATE_VERIFY_MAC, not SIGN_VERIFY.',
    );
  });
});

describe('on disk', () => {
  const dir = mkdtempSync(join(tmpdir(), 'keys-'));
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('keys outlive the process', async () => {
    const file = join(dir, 'keys.db');
    const first = await serveKeys({ file });
    const { CiphertextBlob } = await first.kms.send(
      new EncryptCommand({ KeyId: 'personal', Plaintext: message }),
    );
    const macInput = { KeyId: 'mac', Message: message, MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await first.kms.send(new GenerateMacCommand(macInput));
    expect(() => new KeyEngine({ file })).toThrow(/^The key store at .* is in use by another process\.$/);
    await first.close();
    const second = await serveKeys({ file });
    const { Plaintext } = await second.kms.send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(Plaintext ?? [])).toEqual(message);
    expect((await second.kms.send(new VerifyMacCommand({ ...macInput, Mac }))).MacValid).toBe(true);
    await second.close();
    writeFileSync(file, 'no database at all, but long enough to have a head of its own '.repeat(20));
    expect(() => new KeyEngine({ file })).toThrow(/^The key store at .* is damaged\.$/);
    expect(() => new KeyEngine({ file: join(dir, 'none', 'keys.db') })).toThrow(/cannot be written\.$/);
  });
});
