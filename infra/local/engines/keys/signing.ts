import { createHash } from 'node:crypto';
import { ecdsaSign, ecdsaVerify } from './ecdsa.ts';
import { KeyFailure } from './failures.ts';
import type { Key } from './key-ring.ts';
import type { KeySpec } from './material.ts';
import { pkcs1Sign, pkcs1Verify, pssSign, pssVerify } from './rsa.ts';

interface Scheme {
  readonly spec: KeySpec;
  sign(material: Buffer, digest: Buffer): Buffer;
  verify(material: Buffer, digest: Buffer, signature: Buffer): boolean;
}

/** All work on the SHA-256, since a client may send that in place of the message, and `node:crypto` takes messages only. */
const schemes: Readonly<Record<string, Scheme>> = {
  RSASSA_PKCS1_V1_5_SHA_256: { spec: 'RSA_2048', sign: pkcs1Sign, verify: pkcs1Verify },
  RSASSA_PSS_SHA_256: { spec: 'RSA_2048', sign: pssSign, verify: pssVerify },
  ECDSA_SHA_256: { spec: 'ECC_NIST_P256', sign: ecdsaSign, verify: ecdsaVerify },
};

const LONGEST_MESSAGE = 4096;

/** The algorithms a key can sign with, as GetPublicKey and DescribeKey list them. */
export function signingAlgorithms(spec: KeySpec): string[] {
  return Object.keys(schemes).filter((name) => schemes[name]?.spec === spec);
}

/** @throws KeyFailure InvalidKeyUsageException, ValidationException */
export function signWith(key: Key, algorithm: string, message: Buffer, messageType: string): Buffer {
  return schemeFor(key, algorithm).sign(key.material, digestOf(message, messageType));
}

/** @throws KeyFailure InvalidKeyUsageException, ValidationException, KMSInvalidSignatureException */
export function verifyWith(
  key: Key,
  algorithm: string,
  message: Buffer,
  messageType: string,
  signature: Buffer,
): void {
  if (schemeFor(key, algorithm).verify(key.material, digestOf(message, messageType), signature)) return;
  throw new KeyFailure(
    'KMSInvalidSignatureException',
    'The signature does not match the message and the key.',
  );
}

function schemeFor(key: Key, algorithm: string): Scheme {
  const scheme = Object.hasOwn(schemes, algorithm) ? schemes[algorithm] : undefined;
  if (scheme?.spec === key.spec) return scheme;
  throw new KeyFailure(
    'InvalidKeyUsageException',
    `${algorithm} is not an algorithm of key ${key.arn} (${key.spec}).`,
  );
}

function digestOf(message: Buffer, messageType: string): Buffer {
  if (messageType === 'RAW') {
    if (message.length === 0 || message.length > LONGEST_MESSAGE) {
      throw new KeyFailure(
        'ValidationException',
        'A RAW message has between 1 and 4096 bytes; send the DIGEST of a longer one.',
      );
    }
    return createHash('sha256').update(message).digest();
  }
  if (messageType === 'DIGEST' && message.length === 32) return message;
  throw new KeyFailure(
    'ValidationException',
    'MessageType must be RAW, or DIGEST with the 32 bytes of a SHA-256.',
  );
}
