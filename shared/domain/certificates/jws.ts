/**
 * The signature of a certificate: a JWS (RFC 7515) in its compact form over the canonical content. The algorithm is a name:
 * ES256 today; a national one (SM2 with SM3) is a line more here and an adapter for the signer.
 */
import * as z from 'zod';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { thumbprint, verifiesEs256, type PublicJwk } from '../../kernel/jwk.ts';
import { once } from '../../kernel/once.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { canonicalContent, CertificateContent } from './content.ts';

export type Algorithm = 'ES256';

type Check = (jwk: PublicJwk, signed: string, signature: Uint8Array) => boolean;
const checks: Readonly<Record<Algorithm, Check>> = { ES256: verifiesEs256 };

export const jwsType = 'anju-certificate+jws';

/** A key of `/.well-known/jwks.json`. */
export const PublishedKey = once(() =>
  z.object({
    kty: z.literal('EC').describe('密钥类型|Type of key'),
    crv: z.string().describe('曲线|Curve'),
    x: z.string(),
    y: z.string(),
    kid: z.string().describe('密钥指纹（RFC 7638）|Thumbprint of the key'),
    alg: z.enum(['ES256']).describe('签名算法|Algorithm'),
    use: z.literal('sig'),
  }),
);
export type PublishedKey = z.infer<ReturnType<typeof PublishedKey>>;

export const KeySet = once(() => z.object({ keys: z.array(PublishedKey()) }));
export type KeySet = z.infer<ReturnType<typeof KeySet>>;

export function publishedKey({ kty, crv, x, y }: PublicJwk, alg: Algorithm): PublishedKey {
  return { kty, crv, x, y, kid: thumbprint({ kty, crv, x, y }), alg, use: 'sig' };
}

/**
 * `qr` is the proof that the printed code carries: so the print follows from the JWS alone. `print` is the layout that it was
 * made in; another layout is another number, and this one is kept.
 */
const Header = once(() =>
  z.strictObject({
    alg: z.enum(['ES256']),
    kid: z.string(),
    typ: z.literal(jwsType),
    print: z.literal(1),
    qr: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  }),
);
export type JwsHeader = z.infer<ReturnType<typeof Header>>;

export function headerOf(alg: Algorithm, kid: string, qr: string): JwsHeader {
  return { alg, kid, typ: jwsType, print: 1, qr };
}

/** What is signed: both parts in base64url, with a dot between them. */
export function signingInput(header: JwsHeader, content: CertificateContent): string {
  return `${base64url(canonicalJson(header))}.${base64url(canonicalContent(content))}`;
}

/** @param signature r and s, 64 bytes */
export function compactJws(input: string, signature: Uint8Array): string {
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

export interface ReadJws {
  readonly header: JwsHeader;
  readonly content: CertificateContent;
  readonly input: string;
  readonly signature: Uint8Array;
}

export type JwsFault =
  /** Not three parts, not JSON, not a certificate. */
  | 'unreadable'
  /** The content is not spelled as its canonical JSON. */
  | 'not-canonical'
  | 'unknown-key'
  | 'bad-signature';

export function readJws(compact: string): Result<ReadJws, JwsFault> {
  const [first = '', second = '', third = '', ...more] = compact.trim().split('.');
  const [header, content] = [
    Header().safeParse(parsed(first)),
    CertificateContent().safeParse(parsed(second)),
  ];
  const signature = bytesOf(third);
  if (!header.success || !content.success || !signature || more.length > 0) return refuse('unreadable');
  const input = `${first}.${second}`;
  // One content has one spelling: what was signed is what a reader sees, to the byte.
  if (signingInput(header.data, content.data) !== input) return refuse('not-canonical');
  return ok({ header: header.data, content: content.data, input, signature });
}

/** Reads a JWS and holds it against the keys. */
export function verifyJws(compact: string, { keys }: KeySet): Result<ReadJws, JwsFault> {
  const read = readJws(compact);
  if (!read.ok) return read;
  const { header, input, signature } = read.value;
  const key = keyIn(keys, header.kid, header.alg);
  if (!key) return refuse('unknown-key');
  return checks[header.alg](key, input, signature) ? read : refuse('bad-signature');
}

/** The key with this thumbprint. Its name is not believed: the thumbprint is made anew. */
export function keyIn(keys: readonly PublishedKey[], kid: string, alg: Algorithm): PublishedKey | undefined {
  return keys.find((key) => key.alg === alg && thumbprint(key) === kid);
}

export function checkSignature(key: PublishedKey, signed: string, signature: Uint8Array): boolean {
  return checks[key.alg](key, signed, signature);
}

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** Strictly: what would be written otherwise is not taken. */
export function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === text ? bytes : undefined;
}

function parsed(part: string): unknown {
  const bytes = bytesOf(part);
  try {
    return bytes && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
