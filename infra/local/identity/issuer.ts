/** The development issuer: OpenID metadata, one RSA key that lasts, tokens for the demo users by the platform's clock. */
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWK,
  type JWTPayload,
} from 'jose';
import { readKept, writeKept } from '../kept-file.ts';
import type { DemoUser } from './demo-users.ts';

export const audience = 'anju';
const hours = 12;

export interface Issuer {
  readonly jwks: { keys: JWK[] };
  token(user: DemoUser): Promise<{ access_token: string; token_type: 'Bearer'; expires_in: number }>;
  /** @throws when signature, issuer, audience or time do not hold */
  verify(token: string, expected: { issuer: string; audience: string[] }): Promise<JWTPayload>;
}

/** @param file where the key lasts; absent: a new key each time. */
export async function devIssuer(url: () => string, now: () => number, file?: string): Promise<Issuer> {
  const kept = await keyOf(file);
  const key = await importJWK(kept, 'RS256');
  const { kty, n, e } = kept;
  const jwks = { keys: [{ kty, n, e, kid: 'dev', alg: 'RS256', use: 'sig' } as JWK] };
  const set = createLocalJWKSet(jwks);
  const verified = new Map<string, JWTPayload>();
  return {
    jwks,
    async token(user) {
      const seconds = Math.floor(now() / 1000);
      const claims = {
        name: user.name,
        office: user.office,
        roles: user.roles.join(' '),
        scope: user.scopes.join(' '),
      };
      const access_token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'dev', typ: 'at+jwt' })
        .setIssuer(url())
        .setAudience(audience)
        .setSubject(user.id)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + hours * 3600)
        .sign(key);
      return { access_token, token_type: 'Bearer', expires_in: hours * 3600 };
    },
    async verify(token, { issuer, audience: audiences }) {
      const known = verified.get(token);
      if (known && stillHolds(known, issuer, audiences, now() / 1000)) return known;
      const { payload } = await jwtVerify(token, set, {
        issuer,
        audience: audiences,
        currentDate: new Date(now()),
      });
      if (verified.size >= remembered) verified.clear();
      verified.set(token, payload);
      return payload;
    },
  };
}

/** Tokens whose signature was found right; a signature is looked at once, the times at every call. */
const remembered = 500;

function stillHolds(
  { iss, aud, exp = 0, nbf = 0 }: JWTPayload,
  issuer: string,
  audiences: readonly string[],
  seconds: number,
): boolean {
  const forUs = [aud ?? []].flat().some((one) => audiences.includes(one));
  return iss === issuer && forUs && nbf <= seconds && seconds < exp;
}

async function keyOf(file?: string): Promise<JWK> {
  const kept = file === undefined ? undefined : readKept(file, isPrivateKey);
  if (kept) return kept;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (file) writeKept(file, jwk, 0o600);
  return jwk;
}

function isPrivateKey(kept: unknown): kept is JWK {
  return typeof kept === 'object' && kept !== null && 'n' in kept && 'e' in kept && 'd' in kept;
}
