import { expect, test } from 'vitest';
import { operatingGuide } from '../../shared/domain/policies/guide.ts';
import { madeOf, rules } from '../../shared/domain/policies/sample-rules.ts';
import { guidePage } from './guide-page.ts';

const about = {
  city: '150600',
  cityName: { zh: '鄂尔多斯市人民政府', en: 'Ordos' },
  development: 'developing',
  on: '2021-11-01',
  papers: [],
} as const;

function bodyOf(all: Parameters<typeof operatingGuide>[0]): string {
  return guidePage(operatingGuide(all, about), {}).body;
}

test('is a page that says what it is, where its parts are, and which numbers wait to be confirmed', () => {
  const page = bodyOf([madeOf(rules)]);
  expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="zh-CN">/);
  expect(page.match(/<title>(.*)<\/title>/)?.[1]).toBe(page.match(/<h1>(.*)<\/h1>/)?.[1]);
  const anchors = [...page.matchAll(/<a href="#(\w+)">/g)].map(([, to]) => to);
  expect(anchors).toEqual(['applicants', 'modes', 'papers', 'stages', 'issuer', 'notes']);
  for (const anchor of anchors) expect(page).toContain(`<h2 id="${anchor}">`);
  expect(page).toContain('<td class="source unverified">待核实</td>');
  expect(page).toContain('<td class="source">演政发〔2021〕7号</td>');
  // Every table has a caption, and every row says what it is about.
  const count = (pattern: RegExp): number => page.match(pattern)?.length ?? 0;
  expect(count(/<caption>/g)).toBe(count(/<table>/g));
  expect(count(/<tr>/g)).toBe(count(/<th scope="row">/g) + count(/<thead>/g));
});

test('carries no script, loads nothing, and shows a city’s words as words', () => {
  const made = madeOf(rules, { documentNumber: '<script>alert("1")</script>' });
  const page = bodyOf([made]);
  expect(page).not.toMatch(/<script|<img|<link|<iframe| src=| on\w+=/i);
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  const { headers } = guidePage(operatingGuide([made], about), { 'cache-control': 'public' });
  expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public' });
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});
