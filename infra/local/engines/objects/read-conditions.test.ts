import { describe, expect, it } from 'vitest';
import type { Version } from './catalog.ts';
import { isUnchanged } from './read-conditions.ts';

/** Written half a second after noon: times travel in whole seconds. */
const version = { etag: '"e"', modified: Date.parse('2021-10-20T12:00:00.500Z') } as Version;
const [before, noon, after] = ['11:59:59', '12:00:00', '12:00:01'].map(
  (time) => `Wed, 20 Oct 2021 ${time} GMT`,
) as [string, string, string];

const weigh = (conditions: Record<string, string>, prefix = '') =>
  isUnchanged(
    new Map(Object.entries(conditions).map(([name, value]) => [`${prefix}${name}`, value])),
    version,
    prefix,
  );

describe('conditions of a read', () => {
  it.each([
    [{}, false],
    [{ 'if-match': '"e"' }, false],
    [{ 'if-match': '*' }, false],
    [{ 'if-match': '"o", "e"' }, false],
    [{ 'if-none-match': '"o"' }, false],
    [{ 'if-none-match': '"e"' }, true],
    [{ 'if-none-match': 'W/"e"' }, true],
    [{ 'if-modified-since': before }, false],
    [{ 'if-modified-since': noon }, true],
    [{ 'if-unmodified-since': noon }, false],
    [{ 'if-match': '"e"', 'if-unmodified-since': before }, false],
    [{ 'if-none-match': '"e"', 'if-modified-since': before }, true],
    [{ 'if-none-match': '"o"', 'if-modified-since': after }, false],
  ])('%j: unchanged is %s', (conditions, unchanged) => {
    expect(weigh(conditions)).toBe(unchanged);
    expect(weigh(conditions, 'x-amz-copy-source-')).toBe(unchanged);
  });

  it.each([
    { 'if-match': '"o"' },
    { 'if-unmodified-since': before },
    { 'if-match': '"o"', 'if-unmodified-since': after },
  ])('%j is refused', (conditions) => {
    expect(() => weigh(conditions)).toThrow('pre-conditions');
  });
});
