/** A signer with a key of its own in memory, for tests. */
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Signer } from '../../shared/app/certificates/ports.ts';
import { publishedKey, type KeySet } from '../../shared/domain/certificates/jws.ts';
import { thumbprint, type PublicJwk } from '../../shared/kernel/jwk.ts';

export function testSigner(): Signer & { readonly keys: KeySet } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' }) as unknown as PublicJwk;
  return {
    algorithm: 'ES256',
    jwk: async () => jwk,
    kid: async () => thumbprint(jwk),
    sign: async (text) =>
      new Uint8Array(sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })),
    keys: { keys: [publishedKey(jwk, 'ES256')] },
  };
}
