import { describe, expect, it, test } from 'vitest';
import { fill, inLocale, refusal, statusOf, textOf, type RefusalCode } from './refusal.ts';
import { refusalTexts } from './refusal-texts.ts';

const codes = Object.keys(refusalTexts) as RefusalCode[];

/** The holes of a text; `stateZh` is the Chinese word for what `state` says in English. */
function holes(text: string): string[] {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name.replace(/Zh$/, ''));
  return [...new Set(names)].sort();
}

describe.each(codes)('the refusal %s', (code) => {
  const { zh, en, status, retryable } = refusalTexts[code];

  it('speaks both languages, with the same holes', () => {
    expect(zh).toMatch(/\p{Script=Han}.*[。}]$/u);
    expect(en).toMatch(/^[^\p{Script=Han}]+[.}]$/u);
    expect(holes(zh)).toEqual(holes(en));
    // An English sentence never takes the Chinese word.
    expect(en).not.toMatch(/Zh\}/);
  });

  it('has the status of an error, and says that trying again helps only where it may', () => {
    expect(statusOf(code)).toBe(status);
    expect(status >= 400 && status <= 503).toBe(true);
    if (status >= 500) expect(retryable).toBe(true);
  });
});

test('a refusal without particulars has no holes to fill and no reasons', () => {
  expect(refusal('not-found')).toEqual({ code: 'not-found', params: {}, errors: [] });
});

describe('a text', () => {
  it('is filled in both languages', () => {
    expect(textOf(refusal('incomplete', { count: 3 }))).toEqual({
      zh: '尚有3处需要补正，全部列出如下。',
      en: '3 thing(s) still need attention; all are listed.',
    });
  });

  it('keeps a hole without a value, fills one as often as it stands, and takes zero and the empty text', () => {
    const text = { zh: '{a}{b}{a}', en: '{none}' };
    expect(fill(text, { a: 0, b: '' })).toEqual({ zh: '00', en: '{none}' });
  });

  it('does not fill what a value brings', () => {
    expect(fill({ zh: '{a}', en: '{a}' }, { a: '{b}', b: 'x' }).zh).toBe('{b}');
  });

  it('is Chinese unless English is asked for', () => {
    const text = { zh: '是', en: 'yes' };
    expect([inLocale(text, 'zh-CN'), inLocale(text, 'en')]).toEqual(['是', 'yes']);
  });
});
