import { describe, expect, it } from 'vitest';
import type { Instant } from '../../kernel/civil-date.ts';
import {
  end,
  extend,
  resume,
  statusOf,
  suspend,
  totalLimit,
  withoutEntriesOf,
  type StatutoryClock,
} from './clock-ledger.ts';
import { at, clockOf, lead, line, ndrc } from './sample-clocks.ts';

type Step = readonly ['suspend' | 'resume' | 'end', Instant, string?] | readonly ['extend', Instant, number];

function take(clock: StatutoryClock, step: Step, seq: number) {
  switch (step[0]) {
    case 'suspend':
      return suspend(clock, step[1], seq, step[2] ?? ndrc);
    case 'resume':
      return resume(clock, step[1], seq, step[2] ?? ndrc);
    case 'end':
      return end(clock, step[1], seq, step[2] ?? 'given');
    case 'extend':
      return extend(clock, step[1], seq, step[2], 'granted');
  }
}

describe('the ledger', () => {
  const running = clockOf('2021-10-20', 5);
  const standing = clockOf('2021-10-20', 5, line('suspended', '2021-10-22'));
  const ended = clockOf('2021-10-20', 5, line('ended', '2021-10-22', 'given'));
  const resumed = clockOf('2021-10-20', 5, line('suspended', '2021-10-22'), line('resumed', '2021-10-25'));
  const endedStanding = clockOf(
    '2021-10-20',
    5,
    line('suspended', '2021-10-22'),
    line('ended', '2021-10-23', 'withdrawn'),
  );

  it('knows whether the clock runs', () => {
    expect([running, standing, ended].map(statusOf)).toEqual(['running', 'suspended', 'ended']);
    expect(
      statusOf(clockOf('2021-10-20', 5, line('suspended', '2021-10-22'), line('ended', '2021-10-23'))),
    ).toBe('ended');
  });

  it.each<[string, StatutoryClock, Step, string]>([
    ['suspend twice on one ground', standing, ['suspend', at('2021-10-23')], 'suspended'],
    ['resume what runs', running, ['resume', at('2021-10-23')], 'resumed'],
    ['resume on another ground', standing, ['resume', at('2021-10-23'), lead], 'resumed'],
    ['suspend after the end', ended, ['suspend', at('2021-10-23')], 'suspended'],
    ['resume after the end', ended, ['resume', at('2021-10-23')], 'resumed'],
    ['resume what ended while it stood', endedStanding, ['resume', at('2021-10-25')], 'resumed'],
    ['extend after the end', ended, ['extend', at('2021-10-23'), 1], 'extended'],
    ['end twice', ended, ['end', at('2021-10-23')], 'ended'],
    ['extend by nothing', running, ['extend', at('2021-10-23'), 0], 'extended'],
    ['shorten', running, ['extend', at('2021-10-23'), -1], 'extended'],
    ['extend by half a day', running, ['extend', at('2021-10-23'), 0.5], 'extended'],
    ['go back to an earlier day', standing, ['resume', at('2021-10-21')], 'resumed'],
    ['go back before its last line', resumed, ['suspend', at('2021-10-24')], 'suspended'],
  ])('refuses to %s', (_, clock, step, action) => {
    expect(take(clock, step, 9)).toMatchObject({
      ok: false,
      error: { code: 'clock-not-running', params: { clock: 'opinion:R_NDRC', action } },
    });
  });

  it('keeps its order within a day, whatever the seconds say', () => {
    const resumed = resume(standing, at('2021-10-22', 9), 3, ndrc);
    expect(resumed.ok && statusOf(resumed.value)).toBe('running');
  });

  it('is lengthened by whole days as often as it is granted, running, standing or late', () => {
    const once = extend(running, at('2021-12-01'), 3, 2, 'granted');
    expect(once).toEqual({
      ok: true,
      value: {
        ...running,
        entries: [
          ...running.entries,
          { kind: 'extended', at: at('2021-12-01'), seq: 3, days: 2, ground: 'granted' },
        ],
      },
    });
    const twice = once.ok ? extend(once.value, at('2021-12-02'), 4, 3, 'granted') : once;
    expect(twice.ok && totalLimit(twice.value)).toBe(5 + 2 + 3);
    expect(extend(standing, at('2021-10-23'), 3, 1, 'granted').ok).toBe(true);
  });

  it('ends with its ground, running or standing', () => {
    expect(end(running, at('2021-10-22'), 2, 'given')).toEqual({ ok: true, value: ended });
    const withdrawn = end(standing, at('2021-10-23'), 2, 'withdrawn');
    expect(withdrawn).toEqual({ ok: true, value: endedStanding });
  });

  it('leaves the clock that it was given as it is', () => {
    expect(suspend(running, at('2021-10-22'), 2, ndrc)).toEqual({ ok: true, value: standing });
    expect(running.entries).toHaveLength(1);
  });

  it('forgets a step that was recalled', () => {
    expect(withoutEntriesOf(standing, 2)).toEqual(running);
    expect(withoutEntriesOf(ended, 2)).toEqual(running);
    expect(withoutEntriesOf(running, 7)).toEqual(running);
    expect(withoutEntriesOf(running, 1)).toBeUndefined();
    expect(withoutEntriesOf(standing, 1)).toBeUndefined();
  });
});
