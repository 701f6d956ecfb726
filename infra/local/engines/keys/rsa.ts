import {
  constants,
  createHash,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
} from 'node:crypto';
import { privateKeyOf } from './material.ts';

/** DigestInfo of SHA-256 (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const MODULUS = 256;
const [HASH, SALT] = [32, 32];

/** RSASSA-PKCS1-v1_5 over a SHA-256 digest. */
export function pkcs1Sign(material: Buffer, digest: Buffer): Buffer {
  const padded = { key: privateKeyOf(material), padding: constants.RSA_PKCS1_PADDING };
  return privateEncrypt(padded, Buffer.concat([DIGEST_INFO, digest]));
}

export function pkcs1Verify(material: Buffer, digest: Buffer, signature: Buffer): boolean {
  const opened = open(material, signature, constants.RSA_PKCS1_PADDING);
  return opened?.equals(Buffer.concat([DIGEST_INFO, digest])) === true;
}

/** RSASSA-PSS over a SHA-256 digest, MGF1 with SHA-256, 32 bytes of salt (RFC 8017, 9.1.1). */
export function pssSign(material: Buffer, digest: Buffer): Buffer {
  const salt = randomBytes(SALT);
  const hash = saltedHash(digest, salt);
  const block = Buffer.concat([Buffer.alloc(MODULUS - HASH - SALT - 2), Buffer.from([1]), salt]);
  const masked = xor(block, mask(hash, block.length));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  const encoded = Buffer.concat([masked, hash, Buffer.from([0xbc])]);
  return privateEncrypt({ key: privateKeyOf(material), padding: constants.RSA_NO_PADDING }, encoded);
}

export function pssVerify(material: Buffer, digest: Buffer, signature: Buffer): boolean {
  const encoded = open(material, signature, constants.RSA_NO_PADDING);
  if (encoded?.length !== MODULUS || encoded[MODULUS - 1] !== 0xbc) return false;
  const masked = encoded.subarray(0, MODULUS - HASH - 1);
  const hash = encoded.subarray(MODULUS - HASH - 1, MODULUS - 1);
  if ((masked[0] ?? 0) & 0x80) return false;
  const block = xor(masked, mask(hash, masked.length));
  block[0] = (block[0] ?? 0) & 0x7f;
  const padding = Buffer.concat([Buffer.alloc(block.length - SALT - 1), Buffer.from([1])]);
  const salt = block.subarray(block.length - SALT);
  return block.subarray(0, padding.length).equals(padding) && saltedHash(digest, salt).equals(hash);
}

function open(material: Buffer, signature: Buffer, padding: number): Buffer | undefined {
  try {
    return publicDecrypt({ key: createPublicKey(privateKeyOf(material)), padding }, signature);
  } catch {
    return undefined;
  }
}

function saltedHash(digest: Buffer, salt: Buffer): Buffer {
  return createHash('sha256').update(Buffer.alloc(8)).update(digest).update(salt).digest();
}

/** MGF1 (RFC 8017, B.2.1). */
function mask(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / HASH) }, (_, counter) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(counter);
    return createHash('sha256').update(seed).update(bytes).digest();
  });
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}
