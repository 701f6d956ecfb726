import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import type { PublicJwk } from '../../kernel/jwk.ts';
import { contentHash, type CertificateContent } from './content.ts';
import { compactJws, headerOf, publishedKey, signingInput, verifyJws, type KeySet } from './jws.ts';
import { claimOf, qrOfJws, qrStatement, qrText, readQr, verifyQr } from './qr.ts';
import { sampleContent } from './sample-certificate.ts';

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = publishedKey(publicKey.export({ format: 'jwk' }) as unknown as PublicJwk, 'ES256');
  const signs = (text: string): Uint8Array =>
    new Uint8Array(sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  return { key, signs };
}

const mine = newKey();
const keys: KeySet = { keys: [newKey().key, mine.key] };

function signed(content: CertificateContent, by = mine): string {
  const proof = Buffer.from(by.signs(qrStatement(claimOf(content)))).toString('base64url');
  const input = signingInput(headerOf('ES256', by.key.kid, proof), content);
  return compactJws(input, by.signs(input));
}

const content = sampleContent();
const jws = signed(content);

describe('the signature of a certificate', () => {
  it('verifies with the published keys, and with another library', async () => {
    expect(verifyJws(jws, keys)).toMatchObject({ ok: true, value: { content } });
    const verified = await compactVerify(jws, await importJWK(mine.key, 'ES256'));
    expect(JSON.parse(new TextDecoder().decode(verified.payload))).toEqual(content);
    expect(mine.key.kid).toBe(await calculateJwkThumbprint({ ...mine.key }));
  });

  it('fails with any one character changed', () => {
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    fc.assert(
      fc.property(fc.nat(jws.length - 1), fc.constantFrom(...signs), (at, sign) => {
        fc.pre(jws.charAt(at) !== sign);
        expect(verifyJws(jws.slice(0, at) + sign + jws.slice(at + 1), keys).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('says what is wrong', () => {
    expect(verifyJws('x', keys)).toEqual({ ok: false, error: 'unreadable' });
    expect(verifyJws(jws, { keys: [newKey().key] })).toEqual({ ok: false, error: 'unknown-key' });
    // A key that only calls itself by the name of ours.
    const impostor = { ...newKey().key, kid: mine.key.kid };
    expect(verifyJws(jws, { keys: [impostor] })).toEqual({ ok: false, error: 'unknown-key' });
    const [head = '', , tail = ''] = jws.split('.');
    const other = Buffer.from(JSON.stringify(content)).toString('base64url');
    expect(verifyJws([head, other, tail].join('.'), keys)).toEqual({ ok: false, error: 'not-canonical' });
    const [, body = ''] = signed({ ...content, homes: 321 }).split('.');
    expect(verifyJws([head, body, tail].join('.'), keys)).toEqual({ ok: false, error: 'bad-signature' });
  });
});

describe('the printed code', () => {
  const text = qrOfJws(jws) ?? '';

  it('opens the public page, and proves number, version, term and content without it', () => {
    expect(text).toMatch(
      /^https:\/\/anju\.example\.gov\.cn\/public\/certificates\/150102-2021-0001\?v=1#1\.1\.20311107\./,
    );
    expect(verifyQr(text, keys)).toMatchObject({ ok: true, value: { key: mine.key.kid } });
    expect(readQr(text)?.claim).toEqual({
      number: content.number,
      version: 1,
      validTo: '2031-11-07',
      content: contentHash(content),
    });
  });

  it('keeps an old number, whatever its signs', () => {
    const old = { ...content, number: '呼房租证（2020）第7/8号#' };
    const proof = Buffer.from(mine.signs(qrStatement(claimOf(old)))).toString('base64url');
    const code = qrText(old, { kid: mine.key.kid, qr: proof });
    expect(verifyQr(code, keys)).toMatchObject({ ok: true, value: { claim: { number: old.number } } });
  });

  it('fails with another number, version, term or content', () => {
    for (const changed of [
      text.replace('150102-2021-0001', '150102-2021-0002'),
      text.replace('?v=1#1.1.', '?v=2#1.2.'),
      text.replace('20311107', '20321107'),
      text.replace(/\.([\w-]{43})\./, `.${'A'.repeat(43)}.`),
    ]) {
      expect(changed).not.toBe(text);
      expect(verifyQr(changed, keys)).toEqual({ ok: false, error: 'bad-signature' });
    }
    expect(verifyQr(text.replace('?v=1', '?v=2'), keys)).toEqual({ ok: false, error: 'unreadable' });
    expect(verifyQr(text.replace('https', 'ftp'), keys)).toEqual({ ok: false, error: 'unreadable' });
    expect(verifyQr('https://anju.example.gov.cn/public/certificates/1', keys).ok).toBe(false);
    expect(verifyQr(text, { keys: [newKey().key] })).toEqual({ ok: false, error: 'unknown-key' });
  });

  it('is never taken as the signature of a certificate, nor the other way round', () => {
    const input = signingInput(headerOf('ES256', mine.key.kid, 'A'.repeat(86)), content);
    const proof = mine.signs(qrStatement(claimOf(content)));
    expect(verifyJws(compactJws(input, proof), keys)).toEqual({ ok: false, error: 'bad-signature' });
  });

  it('stays small enough for 28 millimetres', () => {
    expect(text.length).toBeLessThanOrEqual(287);
  });
});
