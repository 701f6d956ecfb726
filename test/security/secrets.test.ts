/** No secret stands in a file of the project, nor in a template that it makes. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { targets } from '../../infra/config.ts';
import { assemblyOf } from '../infra/assembly.ts';

const patterns: Readonly<Record<string, RegExp>> = {
  'access key': /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  'private key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{40}/,
  'token of a service': /\b(?:gh[pousr]_\w{36}|npm_\w{36}|xox[abp]-[\w-]{20,}|sk-[\w-]{32,})\b/,
  'JSON web token': /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}\b/,
  'address with a secret': /\b[a-z]+:\/\/[^\s/:@'"`$]+:(?!secret@|\$)[^\s/:@'"`$]{8,}@/,
  'secret of high entropy':
    /(?:secret|password|passwd|api_?key|private_?key|token)['"]?\s*[:=]\s*['"](?=[^'"]*\d)(?=[^'"]*[A-Z])(?=[^'"]*[a-z])[A-Za-z0-9+/_=-]{32,}['"]/i,
};

/** What looks like secrets in a text: kind and line, never the secret. */
function secretsIn(name: string, text: string): string[] {
  return Object.entries(patterns).flatMap(([kind, pattern]) => {
    const found = pattern.exec(text);
    return found ? [`${name}:${text.slice(0, found.index).split('\n').length} ${kind}`] : [];
  });
}

/** In parts, so that this file holds none. */
const planted: Readonly<Record<string, string>> = {
  'access key': `const id = '${'AKIA'}${'ABCDEFGHIJKLMNOP'}';`,
  'private key': `${'-----BEGIN'} PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ'}`,
  'token of a service': `${'ghp_'}${'a1B2'.repeat(9)}`,
  'JSON web token': ['eyJ' + 'a'.repeat(24), 'eyJ' + 'b'.repeat(24), 'c'.repeat(24)].join('.'),
  'address with a secret': `smtps://notice:${'Yx7'}${'q0pLm2'}@mail.example.cn`,
  'secret of high entropy': `smsSecret: '${'q8Zr2LmNw5'.repeat(4)}'`,
};

test.each(Object.entries(planted))('a planted %s is found, by its line', (kind, text) => {
  expect(secretsIn('x', `\n${text}`)).toEqual([`x:2 ${kind}`]);
});

test('no file of the project holds one', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => secretsIn(file, readFileSync(file, 'latin1')))).toEqual([]);
});

test.each(targets)(
  'no template holds one, and what is secret is asked for without being shown (%s)',
  (target) => {
    const { stacks, text } = assemblyOf(target);
    expect(secretsIn(target, text)).toEqual([]);
    const parameters = Object.values(stacks).flatMap(({ Parameters: of }) => Object.entries(of ?? {}));
    const secret = parameters.filter(([name]) => /secret|smtpurl|password|key$/i.test(name));
    expect(secret.map(([name]) => name).toSorted()).toEqual(['SmsSecret', 'SmtpUrl']);
    for (const [name, { NoEcho, Default: given }] of secret)
      expect([name, NoEcho, given]).toEqual([name, true, '']);
  },
);
