/** What is read as a signed certificate or a printed code, to the sign; and the keys as published. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { thumbprint, type PublicJwk } from '../../kernel/jwk.ts';
import {
  bytesOf,
  compactJws,
  headerOf,
  KeySet,
  publishedKey,
  readJws,
  signingInput,
  verifyJws,
} from './jws.ts';
import { claimOf, qrOfJws, qrStatement, readQr, verifyQr } from './qr.ts';
import { sampleContent } from './sample-certificate.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = publicKey.export({ format: 'jwk' }) as unknown as PublicJwk;
const kid = thumbprint(jwk);
const keys = { keys: [publishedKey(jwk, 'ES256')] };
const signs = (text: string): Uint8Array =>
  new Uint8Array(sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }));

const content = sampleContent();
const proof = Buffer.from(signs(qrStatement(claimOf(content)))).toString('base64url');

function signed(qr = proof): string {
  const input = signingInput(headerOf('ES256', kid, qr), content);
  return compactJws(input, signs(input));
}
/** The last sign spells bits that belong to no byte: another spelling of the same bytes. */
const misspelt = (text: string): string => {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + digits.charAt(digits.indexOf(text.slice(-1)) + 1);
};

describe('a published key', () => {
  it('bears the thumbprint, the algorithm and the use, and nothing else that came with it', () => {
    const { kty, crv, x, y } = jwk;
    const exported = { ...jwk, ext: true };
    const key = publishedKey(exported, 'ES256');
    expect(key).toStrictEqual({ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' });
    expect(KeySet().parse({ keys: [key] })).toStrictEqual({ keys: [key] });
  });

  it.each([
    ['another algorithm', { alg: 'ES384' }],
    ['another use', { use: 'enc' }],
    ['another type', { kty: 'RSA' }],
  ])('of %s is none', (_what, changed) => {
    expect(KeySet().safeParse({ keys: [{ ...keys.keys[0], ...changed }] }).success).toBe(false);
  });
});

describe('a signed certificate is read', () => {
  it('with the line end that a file has', () => {
    expect(verifyJws(`${signed()}\n`, keys)).toMatchObject({ ok: true, value: { content } });
  });

  it.each([
    ['of four parts', () => `${signed()}.AA`],
    ['without its signature', () => signed().replace(/[^.]*$/, '')],
    ['with a signature in another spelling', () => misspelt(signed())],
    ['with a proof that is too long', () => signed(`${proof}A`)],
    ['with a proof that is too short', () => signed(proof.slice(1))],
    ['with a content that is no JSON', () => signed().replace(/\.[^.]*\./, '.QQ.')],
    ['with a content whose text is no UTF-8', () => withoutUtf8(signed())],
  ])('not %s', (_what, text) => {
    expect(readJws(text())).toEqual({ ok: false, error: 'unreadable' });
    expect(qrOfJws(text())).toBeUndefined();
  });

  function withoutUtf8(jws: string): string {
    const [head = '', body = '', tail = ''] = jws.split('.');
    const bytes = Buffer.from(body, 'base64url');
    const at = bytes.indexOf('演示');
    const broken = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]);
    return [head, broken.toString('base64url'), tail].join('.');
  }
});

describe('bytes in base64url', () => {
  it('are read from the one spelling that they have', () => {
    expect(bytesOf('QQ')?.toString()).toBe('A');
  });

  it.each(['', 'A', 'QQ==', 'QR', 'Q Q', '+/8'])('are not read from %j', (text) => {
    expect(bytesOf(text)).toBeUndefined();
  });
});

describe('a printed code is read', () => {
  const code = (): string => qrOfJws(signed()) ?? '';

  it('with spaces around it', () => {
    expect(verifyQr(` ${code()}\n`, keys).ok).toBe(true);
  });

  it.each([
    ['with a signature in another spelling', () => misspelt(code())],
    [
      'with a hash in another spelling',
      () => code().replace(/\.[\w-]{43}\./, (hash) => `${misspelt(hash.slice(0, -1))}.`),
    ],
    ['with a number that no address spells', () => code().replace('150102-2021-0001', '%E0%A4%A')],
    ['with a last day that does not exist', () => code().replace('20311107', '20311131')],
  ])('not %s', (_what, text) => {
    expect(text()).not.toBe(code());
    expect(readQr(text())).toBeUndefined();
  });
});
