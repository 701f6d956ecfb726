import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing.ts';
import { closeTo, demoUser, demoUsers, type DemoUser } from './demo-users.ts';
import { devIssuer } from './issuer.ts';

const url = 'http://127.0.0.1:8080';
const expected = { issuer: url, audience: ['anju'] };
const clerk: DemoUser = {
  id: 'clerk',
  name: '演示',
  office: '150300',
  roles: ['drafter'],
  scopes: ['read', 'file'],
};

let now: number;
let file: string;
let remove: () => void;

beforeEach(() => {
  const place = temporaryFolder();
  file = path.join(place.folder, 'identity.json');
  remove = place.remove;
  now = Date.parse('2021-09-23T01:00:00Z');
});

afterEach(() => {
  remove();
});

function issuerOf(keyFile?: string) {
  return devIssuer(
    () => url,
    () => now,
    keyFile,
  );
}

describe('the development issuer', () => {
  it('says who it is, in claims that its own check takes', async () => {
    const issuer = await issuerOf();
    const { access_token: token, ...rest } = await issuer.token(clerk);
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 43_200 });
    expect(await issuer.verify(token, expected)).toEqual({
      iss: url,
      aud: 'anju',
      sub: 'clerk',
      name: '演示',
      office: '150300',
      roles: 'drafter',
      scope: 'read file',
      iat: now / 1000,
      exp: now / 1000 + 43_200,
    });
  });

  it('goes by the platform clock', async () => {
    const issuer = await issuerOf();
    const { access_token: token } = await issuer.token(clerk);
    now += 43_199_000;
    await expect(issuer.verify(token, expected)).resolves.toHaveProperty('sub', 'clerk');
    now += 1000;
    await expect(issuer.verify(token, expected)).rejects.toThrow('exp');
  });

  it('refuses another issuer, another audience, another key, and a token that was changed', async () => {
    const issuer = await issuerOf();
    const { access_token: token } = await issuer.token(clerk);
    await expect(issuer.verify(token, { ...expected, issuer: 'http://other' })).rejects.toThrow('iss');
    await expect(issuer.verify(token, { ...expected, audience: ['other'] })).rejects.toThrow('aud');
    await expect((await issuerOf()).verify(token, expected)).rejects.toThrow('signature');
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'audit' })).toString('base64url');
    await expect(issuer.verify([header, changed, signature].join('.'), expected)).rejects.toThrow(
      'signature',
    );
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    await expect(issuer.verify([unsigned, payload, ''].join('.'), expected)).rejects.toThrow();
  });

  it('keeps its key, for itself alone, and shows only the public half', async () => {
    const before = await issuerOf(file);
    const { access_token: token } = await before.token(clerk);
    const after = await issuerOf(file);
    await expect(after.verify(token, expected)).resolves.toHaveProperty('sub', 'clerk');
    expect(after.jwks).toEqual(before.jwks);
    expect(Object.keys(after.jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(decodeProtectedHeader(token).kid).toBe(after.jwks.keys[0]?.kid);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('"d"');
  });

  it('says in a sentence that its key is damaged', async () => {
    for (const text of ['{"kty":"RSA","n', '{}', JSON.stringify((await issuerOf()).jwks.keys[0])]) {
      writeFileSync(file, text);
      await expect(issuerOf(file)).rejects.toThrow(`the file ${file} is damaged`);
    }
  });
});

describe('the demo users', () => {
  it('have an id each, are marked as invented, and hold a scope', () => {
    const ids = demoUsers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(demoUsers.filter(({ name }) => !name.startsWith('演示·'))).toEqual([]);
    expect(demoUsers.filter(({ scopes }) => scopes.length === 0)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  it('are found by id, or by what looks like it', () => {
    expect(demoUser('housing-lead')).toMatchObject({ office: 'R_HOUSING', roles: ['lead'] });
    expect(demoUser('housing-leed')).toBeUndefined();
    expect(closeTo('housing-leed')).toContain('housing-lead');
    expect(closeTo('Wuhai-drafter')).toContain('wuhai-drafter');
    expect(closeTo('zzz')).toEqual([]);
    expect(closeTo('').length).toBeLessThanOrEqual(6);
  });
});
