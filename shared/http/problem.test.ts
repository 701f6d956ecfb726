import { describe, expect, it } from 'vitest';
import { refusal, type RefusalCode } from '../kernel/refusal.ts';
import { refusalTexts } from '../kernel/refusal-texts.ts';
import { json, localeOf, problem } from './problem.ts';

const codes = Object.keys(refusalTexts) as RefusalCode[];

describe('a problem', () => {
  it.each(codes)('of %s gives its status, code and words', (code) => {
    const { statusCode, headers, body } = problem(refusal(code), 'zh-CN', '/submissions/1');
    const { status, zh } = refusalTexts[code];
    expect(statusCode).toBe(status);
    expect(JSON.parse(body)).toEqual({
      type: `urn:anju:problem:${code}`,
      title: code,
      status,
      code,
      detail: zh,
      instance: '/submissions/1',
    });
    expect(headers).toEqual({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': 'zh-CN',
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': '1' } : {}),
    });
  });

  it('lists every reason with its place, in the language of the caller', () => {
    const errors = [
      { code: 'too-big', pointer: '/a', text: { zh: '不得大于{count}', en: 'At most {count}' } },
      { code: 'custom', pointer: '', text: { zh: '不行', en: 'No' } },
    ];
    const { body, headers } = problem(refusal('invalid-request', { count: 2 }, errors), 'en', '/');
    expect(JSON.parse(body)).toMatchObject({
      detail: 'The request has 2 defect(s).',
      errors: [
        { code: 'too-big', pointer: '/a', detail: 'At most 2' },
        { code: 'custom', pointer: '', detail: 'No' },
      ],
    });
    expect(headers['content-language']).toBe('en');
  });
});

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en;q=0.8,zh;q=0.9', 'zh-CN'],
    ['zh;q=0.5, en;q=0.8', 'en'],
    ['en ; q=0.3 , zh ; q=0.2', 'en'],
    ['en;Q=0.8', 'en'],
    ['zh;q=0,en;q=0.1', 'en'],
    ['en;q=0', 'zh-CN'],
    ['mn,ru;q=0.9,en;q=0.1', 'en'],
    ['mn', 'zh-CN'],
    ['*', 'zh-CN'],
    // Of two equal wishes the first counts.
    ['en,zh', 'en'],
    ['zh,en', 'zh-CN'],
    [';;;,,,q=', 'zh-CN'],
    ['en;q=abc', 'zh-CN'],
    ['en;q=-1', 'zh-CN'],
    ['en;q=NaN,zh;q=0.1', 'zh-CN'],
    ['\u0000', 'zh-CN'],
    ['en,'.repeat(5000), 'en'],
  ])('for %j is %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});

describe('a JSON answer', () => {
  it('is not kept, unless its route says so', () => {
    expect(json(201, { a: '安' }, { location: '/a' })).toEqual({
      statusCode: 201,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        location: '/a',
      },
      body: '{"a":"安"}',
    });
    expect(json(200, {}, { 'cache-control': 'public, max-age=60' }).headers['cache-control']).toBe(
      'public, max-age=60',
    );
  });
});
