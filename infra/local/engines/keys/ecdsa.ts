import { createECDH } from 'node:crypto';
import { privateKeyOf } from './material.ts';

/** The order of P-256 (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** ECDSA on P-256 over a SHA-256 digest; the signature in DER, as KMS gives it. */
export function ecdsaSign(material: Buffer, digest: Buffer): Buffer {
  for (;;) {
    const nonce = createECDH('prime256v1');
    nonce.generateKeys();
    const k = numberOf(nonce.getPrivateKey());
    const r = abscissa(k);
    const s = mod(inverse(k) * (numberOf(digest) + r * secretOf(material)));
    if (r !== 0n && s !== 0n) return derOf([r, s]);
  }
}

/** With the secret at hand the check needs no sum of points: u·G + v·Q is (u + v·d)·G. */
export function ecdsaVerify(material: Buffer, digest: Buffer, signature: Buffer): boolean {
  const pair = pairOf(signature);
  if (pair === undefined || pair.some((value) => value <= 0n || value >= ORDER)) return false;
  const [r, s] = pair;
  const scalar = mod(inverse(s) * (numberOf(digest) + r * secretOf(material)));
  return scalar !== 0n && abscissa(scalar) === r;
}

/** The x of scalar·G, modulo the order. */
function abscissa(scalar: bigint): bigint {
  const point = createECDH('prime256v1');
  point.setPrivateKey(bytesOf(scalar));
  return mod(numberOf(point.getPublicKey().subarray(1, 33)));
}

function secretOf(material: Buffer): bigint {
  return numberOf(Buffer.from(privateKeyOf(material).export({ format: 'jwk' }).d ?? '', 'base64url'));
}

function mod(value: bigint): bigint {
  return ((value % ORDER) + ORDER) % ORDER;
}

/** Euclid's extended algorithm. */
function inverse(value: bigint): bigint {
  let [a, b, x, y] = [mod(value), ORDER, 1n, 0n];
  while (a !== 0n) {
    const q = b / a;
    [a, b, x, y] = [b - q * a, a, y - q * x, x];
  }
  return mod(y);
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}

function derOf(values: readonly bigint[]): Buffer {
  const integers = values.map((value) => {
    const hex = value.toString(16);
    const even = hex.length % 2 === 0 ? hex : `0${hex}`;
    const bytes = Buffer.from(parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, 'hex');
    return Buffer.concat([Buffer.from([0x02, bytes.length]), bytes]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** Reads strictly: what would not be written this way is no signature. */
function pairOf(der: Buffer): [bigint, bigint] | undefined {
  const first = der[3] ?? 0;
  const second = der[5 + first] ?? 0;
  if (first === 0 || second === 0 || der.length !== 6 + first + second) return undefined;
  const pair: [bigint, bigint] = [numberOf(der.subarray(4, 4 + first)), numberOf(der.subarray(6 + first))];
  return derOf(pair).equals(der) ? pair : undefined;
}
