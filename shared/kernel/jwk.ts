/** Public keys as JSON (RFC 7517), their thumbprints (RFC 7638), and the check of a signature with ES256 (RFC 7518 §3.4). */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: string;
  /** Base64url, 32 bytes each. */
  readonly x: string;
  readonly y: string;
}

/** SHA-256 over the required members in the order of their names, base64url. */
export function thumbprint({ crv, kty, x, y }: PublicJwk): string {
  return createHash('sha256').update(canonicalJson({ crv, kty, x, y })).digest('base64url');
}

/** @param signature r and s, 32 bytes each. False as well for a key or a signature that is none. */
export function verifiesEs256(jwk: PublicJwk, signed: string, signature: Uint8Array): boolean {
  if (jwk.crv !== 'P-256' || signature.length !== 64) return false;
  try {
    const { kty, crv, x, y } = jwk;
    const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return verify('sha256', Buffer.from(signed, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}
