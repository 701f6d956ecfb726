/**
 * Seals personal data with AES-256-GCM under data keys from KMS. A data key serves one function instance for five
 * minutes; its wrapped form travels with each cipher, so that any instance can open it. The record's name is bound in,
 * so that a cipher moved elsewhere does not open.
 */
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { PersonalData } from '../../app/ports.ts';

const keptMs = 5 * 60_000;
const remembered = 200;
const tagBytes = 16;
const nonceBytes = 12;
const encryptionContext = { purpose: 'personal-data' };

interface DataKey {
  readonly plain: KeyObject;
  readonly wrapped: string;
}

export function kmsPersonalData(keyId: string, client = new KMSClient({})): PersonalData {
  let current: (DataKey & { readonly until: number }) | undefined;
  const opened = new Map<string, KeyObject>();

  async function dataKey(): Promise<DataKey> {
    if (current && Date.now() < current.until) return current;
    const made = await client.send(
      new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: encryptionContext }),
    );
    if (!made.Plaintext || !made.CiphertextBlob) throw new Error('KMS gave no data key');
    const wrapped = Buffer.from(made.CiphertextBlob).toString('base64');
    current = { plain: createSecretKey(made.Plaintext), wrapped, until: Date.now() + keptMs };
    return current;
  }

  async function unwrapped(wrapped: string): Promise<KeyObject> {
    const known = opened.get(wrapped);
    if (known) return known;
    const answer = await client.send(
      new DecryptCommand({
        CiphertextBlob: Buffer.from(wrapped, 'base64'),
        EncryptionContext: encryptionContext,
      }),
    );
    if (!answer.Plaintext) throw new Error('KMS opened nothing');
    if (opened.size >= remembered) opened.clear();
    const key = createSecretKey(answer.Plaintext);
    opened.set(wrapped, key);
    return key;
  }

  return {
    async seal(plain, context) {
      const key = await dataKey();
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key.plain, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final()]);
      return ['1', key.wrapped, Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')].join(
        '.',
      );
    },

    async open(sealed, context) {
      const [scheme, wrapped = '', packed = ''] = sealed.split('.');
      if (scheme !== '1') throw new Error(`Unknown sealing scheme ${scheme}`);
      const bytes = Buffer.from(packed, 'base64');
      const nonce = bytes.subarray(0, nonceBytes);
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
      const body = bytes.subarray(nonceBytes + tagBytes);
      const decipher = createDecipheriv('aes-256-gcm', await unwrapped(wrapped), nonce, {
        // Without it a shortened tag would do.
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(tag);
      const text = Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      return JSON.parse(text) as Record<string, string>;
    },
  };
}
