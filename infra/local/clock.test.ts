import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PlatformClock } from './clock.ts';

const hour = 3_600_000;
const real = Date.parse('2026-03-01T08:00:00Z');
let folder: string;
let file: string;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: real });
  folder = mkdtempSync(path.join(tmpdir(), 'clock-'));
  file = path.join(folder, 'clock.json');
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

describe('the platform clock', () => {
  it('runs with real time', () => {
    const clock = new PlatformClock();
    vi.setSystemTime(real + 5);
    expect(clock.now()).toBe(real + 5);
    expect(clock.iso()).toBe('2026-03-01T08:00:00.005Z');
  });

  it('begins at an instant, and runs on from there', () => {
    const clock = new PlatformClock(undefined, '2021-09-23T09:00:00+08:00');
    vi.setSystemTime(real + hour);
    expect(clock.iso()).toBe('2021-09-23T02:00:00.000Z');
  });

  it('refuses a beginning that is no instant', () => {
    expect(() => new PlatformClock(undefined, 'yesterday')).toThrow('not an instant: yesterday');
  });

  it('stands still until it runs on', () => {
    const clock = new PlatformClock();
    clock.standAt(real + hour);
    vi.setSystemTime(real + 10);
    expect(clock.now()).toBe(real + hour);
    clock.run();
    vi.setSystemTime(real + 15);
    expect(clock.now()).toBe(real + hour + 5);
    clock.run();
    expect(clock.now()).toBe(real + hour + 5);
  });

  it('does not go back with the machine, runs on, and follows it again when it is right', async () => {
    const clock = new PlatformClock(file);
    expect(clock.now()).toBe(real);
    vi.setSystemTime(real - hour);
    const then = clock.now();
    expect(then).toBeGreaterThanOrEqual(real);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(clock.now()).toBeGreaterThan(then);
    expect(clock.now()).toBeLessThan(real + hour);
    vi.setSystemTime(real + hour);
    expect(clock.now()).toBe(real + hour);
  });

  it('goes on from the last write when the machine was set back while it was off', () => {
    new PlatformClock(file).standAt(real + hour);
    vi.setSystemTime(real - hour);
    expect(new PlatformClock(file, undefined, real).now()).toBeGreaterThanOrEqual(real + hour);
    vi.setSystemTime(real + hour);
    expect(new PlatformClock(file, undefined, real).now()).toBe(real + 2 * hour);
  });

  it('only moves forward', () => {
    const clock = new PlatformClock();
    expect(() => {
      clock.standAt(real - 1);
    }).toThrow('only moves forward');
    expect(() => {
      clock.standAt(Number.NaN);
    }).toThrow('only moves forward');
    clock.standAt(real + hour);
    expect(() => {
      clock.standAt(real + hour - 1);
    }).toThrow('only moves forward');
    expect(clock.now()).toBe(real + hour);
  });

  it('gives every thread the same time', () => {
    const clock = new PlatformClock();
    const [offset, standing] = new Float64Array(clock.shared);
    expect([offset, standing]).toEqual([0, Number.NaN]);
    clock.standAt(real + hour);
    expect(new Float64Array(clock.shared)[1]).toBe(real + hour);
    clock.run();
    expect([...new Float64Array(clock.shared)].slice(0, 2)).toEqual([hour, Number.NaN]);
  });
});

describe('a kept clock', () => {
  it('goes on from its offset after a restart', () => {
    const clock = new PlatformClock(file, '2030-01-01T00:00:00Z');
    clock.standAt(Date.parse('2031-01-01T00:00:00Z'));
    clock.run();
    vi.setSystemTime(real + hour);
    expect(new PlatformClock(file).iso()).toBe('2031-01-01T01:00:00.000Z');
  });

  it('does not go back behind the instant at which it stood when it was killed', () => {
    new PlatformClock(file).standAt(real + 24 * hour);
    vi.setSystemTime(real + 7);
    expect(new PlatformClock(file).now()).toBe(real + 24 * hour + 7);
  });

  it('refuses to begin earlier than it was, also when it was never set', () => {
    new PlatformClock(file);
    expect(() => new PlatformClock(file, '2021-09-23T09:00:00+08:00')).toThrow(
      'the clock only moves forward; it is 2026-03-01T08:00:00.000Z',
    );
    expect(new PlatformClock(file, '2027-01-01T00:00:00Z').iso()).toBe('2027-01-01T00:00:00.000Z');
  });

  it('lives through a kill in the middle of writing its file', () => {
    new PlatformClock(file, '2030-01-01T00:00:00Z');
    // What a process leaves that dies while it writes: half a file, beside the whole one.
    writeFileSync(`${file}.new`, '{"offs');
    expect(new PlatformClock(file).iso()).toBe('2030-01-01T00:00:00.000Z');
    expect(existsSync(`${file}.new`)).toBe(false);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('offset');
  });

  it.each(['', '{"offs', '{}', 'null', '{"offset":null}', '{"offset":"1"}'])(
    'says in a sentence that its file is damaged: %j',
    (text) => {
      writeFileSync(file, text);
      expect(() => new PlatformClock(file)).toThrow(`the file ${file} is damaged`);
    },
  );
});
