/** Requests that a careless or a hostile client sends: every one is answered, as documented, and none is a 500. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../functions/routes.ts';
import { Bureau } from '../support/bureau.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
});
afterAll(() => bureau.close());

const userOf = (path: string): string =>
  path.startsWith('/obligations')
    ? 'housing-supervisor'
    : path.startsWith('/calendar')
      ? 'housing-administrator'
      : path.startsWith('/offices')
        ? 'ordos-leader'
        : path.startsWith('/certificates')
          ? 'xincheng-decider'
          : 'ordos-drafter';

const oddNames = ['x'.repeat(3000), '%00', '%E4%B8%AD', '..%2F..', 'HEAD', '%F0%9F%8F%A0', "'; DROP TABLE"];
const oddBodies = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '1e999',
  '{"__proto__":{"admin":true}}',
  `{"${'k'.repeat(300)}":1}`,
  `{"deep":${'['.repeat(3000)}${']'.repeat(3000)}}`,
  '{"kind":1e400,"period":"\\ud800"}',
  `{"text":"${'长'.repeat(120_000)}"}`,
];

describe.each(routes.map(({ method, path }) => `${method} ${path}`))('%s', (key) => {
  const [method = '', path = ''] = key.split(' ');

  test('answers odd names, bodies, headers and queries without a 500', async () => {
    const user = userOf(path);
    const calls: Promise<number>[] = [];
    const call = (target: string, options: Parameters<Bureau['call']>[2]): void => {
      calls.push(bureau.call(user, `${method} ${target}`, options).then(({ status }) => status));
    };
    if (path.includes('{'))
      for (const name of oddNames) call(path.replaceAll(/\{\w+\}/g, name), { ifMatch: '"1"' });
    const plain = path.replaceAll(/\{\w+\}/g, 'none');
    if (method !== 'GET') for (const raw of oddBodies) call(plain, { raw, ifMatch: '"1"' });
    for (const ifMatch of ['*', 'W/"1"', '"99999999999"', 'nonsense']) call(plain, { ifMatch });
    call(plain, { key: 'k'.repeat(5000) });
    call(plain, { key: '' });
    call(plain, { key: 'HEAD', ifMatch: '"1"' });
    call(plain, { language: 'tlh;q=9, *;q=x, zh-Hant;q=0' });
    for (const query of [
      'limit=-1',
      'limit=1e9',
      'cursor=%00',
      `cursor=${'A'.repeat(5000)}`,
      'limit=1&limit=2',
      'a[]=1',
      '__proto__=1',
    ])
      call(`${plain}?${query}`, { ifMatch: '"1"' });
    const statuses = await Promise.all(calls);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });
});
