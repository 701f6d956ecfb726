/** The issuing key in KMS: it signs there and never leaves. ECDSA over SHA-256 on P-256, as ES256 wants it. */
import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '../../app/certificates/ports.ts';
import { thumbprint, type PublicJwk } from '../../kernel/jwk.ts';

export function kmsSigner(keyId: string, client = new KMSClient({})): Signer {
  let known: Promise<PublicJwk> | undefined;

  async function fetched(): Promise<PublicJwk> {
    const { PublicKey: spki } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (!spki) throw new Error('KMS gave no public key');
    return jwkOf(spki);
  }

  /** Asked once in the life of the function; a failure is not remembered. */
  function jwk(): Promise<PublicJwk> {
    known ??= fetched().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  return {
    algorithm: 'ES256',
    jwk,
    kid: async () => thumbprint(await jwk()),
    async sign(text) {
      const { Signature: der } = await client.send(
        new SignCommand({
          KeyId: keyId,
          // A message itself may have 4 KB; its digest is always 32 bytes.
          Message: createHash('sha256').update(text, 'utf8').digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      if (!der) throw new Error('KMS gave no signature');
      return rawOf(der);
    },
  };
}

function jwkOf(spki: Uint8Array): PublicJwk {
  const { kty, crv, x, y } = createPublicKey({
    key: Buffer.from(spki),
    format: 'der',
    type: 'spki',
  }).export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) throw new Error('The issuing key is not of P-256');
  return { kty, crv, x, y };
}

const half = 32;

/** SEQUENCE { INTEGER r, INTEGER s } to r‖s, 32 bytes each: integers lose their sign byte and gain leading zeros. */
export function rawOf(der: Uint8Array): Uint8Array {
  const raw = new Uint8Array(2 * half);
  let at = 2;
  if (der[0] !== 0x30 || der[1] !== der.length - 2) throw new Error('Not a signature in DER');
  for (const place of [0, half]) {
    const length = der[at + 1] ?? 0;
    const integer = der.subarray(at + 2, at + 2 + length);
    const digits = integer[0] === 0 ? integer.subarray(1) : integer;
    if (der[at] !== 0x02 || length === 0 || integer.length !== length || digits.length > half)
      throw new Error('Not a signature in DER');
    raw.set(digits, place + half - digits.length);
    at += 2 + length;
  }
  if (at !== der.length) throw new Error('Not a signature in DER');
  return raw;
}
