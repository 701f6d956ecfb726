import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { seal, sealedBy, unseal, type EncryptionContext } from './envelope.ts';
import { KeyFailure } from './failures.ts';
import { inputs, parseInput } from './input.ts';
import type { Key, KeyRing } from './key-ring.ts';
import { publicKeyBytes, type KeyUsage } from './material.ts';
import { signWith, signingAlgorithms, verifyWith } from './signing.ts';

/** An operation takes the parsed JSON of the request, and gives the members of the answer. */
export type KeyOperation = (keys: KeyRing, body: unknown) => Record<string, unknown>;

const LARGEST_PLAINTEXT = 4096;

/** The whole of what the engine answers, by the name behind `TrentService.` */
export const operations: Readonly<Record<string, KeyOperation>> = {
  DescribeKey: describeKey,
  GetPublicKey: getPublicKey,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  Encrypt: encrypt,
  Decrypt: decrypt,
  GenerateMac: generateMac,
  VerifyMac: verifyMac,
  Sign: signMessage,
  Verify: verifyMessage,
};

function describeKey(keys: KeyRing, body: unknown): Record<string, unknown> {
  const key = keys.find(parseInput(inputs.DescribeKey, body).KeyId);
  const algorithms = {
    ENCRYPT_DECRYPT: { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] },
    GENERATE_VERIFY_MAC: { MacAlgorithms: ['HMAC_SHA_256'] },
    SIGN_VERIFY: { SigningAlgorithms: signingAlgorithms(key.spec) },
  }[key.usage];
  const metadata = {
    AWSAccountId: key.arn.split(':')[4],
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.created / 1000,
    Enabled: true,
    KeyState: 'Enabled',
    KeyUsage: key.usage,
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
    MultiRegion: false,
  };
  return { KeyMetadata: { ...metadata, ...algorithms } };
}

function getPublicKey(keys: KeyRing, body: unknown): Record<string, unknown> {
  const key = keyFor(keys, parseInput(inputs.GetPublicKey, body).KeyId, 'SIGN_VERIFY');
  return {
    KeyId: key.arn,
    PublicKey: publicKeyBytes(key.material).toString('base64'),
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    KeyUsage: key.usage,
    SigningAlgorithms: signingAlgorithms(key.spec),
  };
}

function generateDataKey(keys: KeyRing, body: unknown): Record<string, unknown> {
  const input = parseInput(inputs.GenerateDataKey, body);
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    throw new KeyFailure('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const key = keyFor(keys, input.KeyId, 'ENCRYPT_DECRYPT');
  const plaintext = randomBytes(input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32));
  const sealed = sealed64(key, plaintext, input.EncryptionContext);
  return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), CiphertextBlob: sealed };
}

function generateDataKeyWithoutPlaintext(keys: KeyRing, body: unknown): Record<string, unknown> {
  const { Plaintext: _, ...rest } = generateDataKey(keys, body);
  return rest;
}

function encrypt(keys: KeyRing, body: unknown): Record<string, unknown> {
  const input = parseInput(inputs.Encrypt, body);
  if (input.Plaintext.length === 0 || input.Plaintext.length > LARGEST_PLAINTEXT) {
    throw new KeyFailure('ValidationException', 'Plaintext has between 1 and 4096 bytes.');
  }
  const key = keyFor(keys, input.KeyId, 'ENCRYPT_DECRYPT');
  const sealed = sealed64(key, input.Plaintext, input.EncryptionContext);
  return { KeyId: key.arn, CiphertextBlob: sealed, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
}

function sealed64(key: Key, plaintext: Buffer, context: EncryptionContext): string {
  return seal(key, plaintext, context).toString('base64');
}

function decrypt(keys: KeyRing, body: unknown): Record<string, unknown> {
  const input = parseInput(inputs.Decrypt, body);
  const key = keyOfCiphertext(keys, input.CiphertextBlob);
  if (input.KeyId !== undefined && keyFor(keys, input.KeyId, 'ENCRYPT_DECRYPT').id !== key.id) {
    const message = 'The key ID in the request does not identify a CMK that can perform this operation.';
    throw new KeyFailure('IncorrectKeyException', message);
  }
  const plaintext = unseal(key, input.CiphertextBlob, input.EncryptionContext);
  return {
    KeyId: key.arn,
    Plaintext: plaintext.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

/** A key that is not there any more, or never was, makes the ciphertext unreadable: KMS does not tell which. */
function keyOfCiphertext(keys: KeyRing, ciphertext: Buffer): Key {
  try {
    return keyFor(keys, sealedBy(ciphertext), 'ENCRYPT_DECRYPT');
  } catch (error) {
    if (!(error instanceof KeyFailure)) throw error;
    throw new KeyFailure('InvalidCiphertextException', 'The ciphertext is invalid.');
  }
}

function generateMac(keys: KeyRing, body: unknown): Record<string, unknown> {
  const { KeyId, Message, MacAlgorithm } = parseInput(inputs.GenerateMac, body);
  const key = keyFor(keys, KeyId, 'GENERATE_VERIFY_MAC');
  return { KeyId: key.arn, Mac: macOf(key, MacAlgorithm, Message).toString('base64'), MacAlgorithm };
}

function verifyMac(keys: KeyRing, body: unknown): Record<string, unknown> {
  const { KeyId, Message, MacAlgorithm, Mac } = parseInput(inputs.VerifyMac, body);
  const key = keyFor(keys, KeyId, 'GENERATE_VERIFY_MAC');
  const expected = macOf(key, MacAlgorithm, Message);
  if (expected.length === Mac.length && timingSafeEqual(expected, Mac)) {
    return { KeyId: key.arn, MacValid: true, MacAlgorithm };
  }
  throw new KeyFailure('KMSInvalidMacException', 'The MAC does not match the message and the key.');
}

function macOf(key: Key, algorithm: string, message: Buffer): Buffer {
  if (message.length === 0 || message.length > LARGEST_PLAINTEXT) {
    throw new KeyFailure('ValidationException', 'Message has between 1 and 4096 bytes.');
  }
  if (algorithm === 'HMAC_SHA_256') return createHmac('sha256', key.material).update(message).digest();
  throw new KeyFailure(
    'InvalidKeyUsageException',
    `${algorithm} is not an algorithm of key ${key.arn} (${key.spec}).`,
  );
}

function signMessage(keys: KeyRing, body: unknown): Record<string, unknown> {
  const { KeyId, Message, MessageType, SigningAlgorithm } = parseInput(inputs.Sign, body);
  const key = keyFor(keys, KeyId, 'SIGN_VERIFY');
  const signature = signWith(key, SigningAlgorithm, Message, MessageType);
  return { KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm };
}

function verifyMessage(keys: KeyRing, body: unknown): Record<string, unknown> {
  const { KeyId, Message, MessageType, SigningAlgorithm, Signature } = parseInput(inputs.Verify, body);
  const key = keyFor(keys, KeyId, 'SIGN_VERIFY');
  verifyWith(key, SigningAlgorithm, Message, MessageType, Signature);
  return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm };
}

function keyFor(keys: KeyRing, name: string, usage: KeyUsage): Key {
  const key = keys.find(name);
  if (key.usage === usage) return key;
  throw new KeyFailure(
    'InvalidKeyUsageException',
    `${key.arn} key usage is ${key.usage}, which is not ${usage}.`,
  );
}
