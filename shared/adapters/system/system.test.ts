import { describe, expect, it } from 'vitest';
import { isInstant } from '../../kernel/civil-date.ts';
import { systemNow, uuidv7 } from './system.ts';

describe('the system', () => {
  it('tells the time as an instant', () => {
    const before = Date.now();
    const now = systemNow();
    expect(isInstant(now)).toBe(true);
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(now)).toBeLessThanOrEqual(Date.now());
  });

  it('makes identifiers of version 7 that carry the time and never repeat', () => {
    const before = Date.now();
    const made = Array.from({ length: 2000 }, uuidv7);
    const after = Date.now();
    expect(new Set(made).size).toBe(made.length);
    const times = made.map((id) => {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      return Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    });
    expect(Math.min(...times)).toBeGreaterThanOrEqual(before);
    expect(Math.max(...times)).toBeLessThanOrEqual(after);
    // They sort by the time they were made.
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
