import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { thumbprint, verifiesEs256, type PublicJwk } from './jwk.ts';

/** RFC 7515, appendix A.3. */
const key: PublicJwk = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};
const signed =
  'eyJhbGciOiJFUzI1NiJ9.' +
  'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
const signature = new Uint8Array(
  Buffer.from(
    'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
    'base64url',
  ),
);

function made(namedCurve: string): { jwk: PublicJwk; signature: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const bytes = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return {
    jwk: publicKey.export({ format: 'jwk' }) as unknown as PublicJwk,
    signature: new Uint8Array(bytes),
  };
}

describe('the thumbprint of a key', () => {
  it('is taken over its required members, in the order of their names and without spaces', () => {
    const members = `{"crv":"P-256","kty":"EC","x":"${key.x}","y":"${key.y}"}`;
    expect(thumbprint(key)).toBe(createHash('sha256').update(members).digest('base64url'));
  });

  it('stays the same whatever else is said of the key', () => {
    const named = { use: 'sig', kid: 'k-1', alg: 'ES256', ...key };
    expect(thumbprint(named)).toBe(thumbprint(key));
    expect(thumbprint({ ...key, x: key.y, y: key.x })).not.toBe(thumbprint(key));
  });
});

describe('a signature', () => {
  it('holds with the key that made it, over what was signed', () => {
    expect(verifiesEs256(key, signed, signature)).toBe(true);
    const own = made('P-256');
    expect(verifiesEs256(own.jwk, signed, own.signature)).toBe(true);
  });

  it('does not hold over another text, nor with another key', () => {
    expect(verifiesEs256(key, `${signed}A`, signature)).toBe(false);
    expect(verifiesEs256(made('P-256').jwk, signed, signature)).toBe(false);
    const other = signature.map((byte, index) => (index === 63 ? byte ^ 1 : byte));
    expect(verifiesEs256(key, signed, other)).toBe(false);
  });

  it('of another curve does not hold, though it is as long and was made rightly', () => {
    const other = made('secp256k1');
    expect(other.signature).toHaveLength(64);
    expect(verifiesEs256(other.jwk, signed, other.signature)).toBe(false);
    expect(verifiesEs256({ ...key, crv: 'P-384' }, signed, signature)).toBe(false);
  });

  it.each([0, 63, 65])('of %d bytes is none', (length) => {
    const cut = new Uint8Array(length);
    cut.set(signature.subarray(0, length));
    expect(verifiesEs256(key, signed, cut)).toBe(false);
  });

  it('does not hold with a key that is none', () => {
    // No point of the curve.
    expect(verifiesEs256({ ...key, y: key.x }, signed, signature)).toBe(false);
    expect(verifiesEs256({ ...key, x: '' }, signed, signature)).toBe(false);
  });
});
