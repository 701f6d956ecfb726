import { describe, expect, test } from 'vitest';
import { changeDuty, type DutyActionName, type DutyInput } from './changes.ts';
import type { Obligation, ObligationItem } from './obligation.ts';

const now = '2021-10-20T01:00:00.000Z';
const november = '2021-11-30T16:00:00.000Z';

function duty(states: readonly ObligationItem['state'][], at?: string): Obligation {
  return {
    id: 'o',
    city: '150200',
    notice: 'n',
    clause: 'S-06',
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'published',
    items: states.map((state, index) => ({
      kind: 'annual-plan',
      period: String(2021 + index),
      state,
      ...(at ? { at } : {}),
    })),
    createdAt: '2021-09-23T01:00:00.000Z',
    seq: 1,
    hash: '',
  };
}

function after(action: DutyActionName, before: Obligation, input: Partial<DutyInput>): Obligation {
  const changed = changeDuty(action, before, { reason: '理由', ...input }, now);
  if (!changed.ok) throw new Error(changed.error.code);
  return changed.value;
}
function refused(action: DutyActionName, before: Obligation, input: Partial<DutyInput>): string {
  const changed = changeDuty(action, before, { reason: '理由', ...input }, now);
  return changed.ok ? 'taken' : (changed.error.errors[0]?.code ?? changed.error.code);
}

describe('other points', () => {
  test('are kept in order; the same are no change; and a duty that is done takes none', () => {
    expect(after('set-points', duty(['open']), { points: [5, 1, 0, -3] }).points).toEqual([-3, 0, 1, 5]);
    const usual = { points: [-20, -10, -5, -1, 0, 1, 5] };
    expect(refused('set-points', duty(['open']), usual)).toBe('no-change');
    expect(refused('set-points', duty(['fulfilled']), { points: [0, 1, 5] })).toBe('duty-not-open');
  });
});

describe('a new deadline', () => {
  test('judges anew what was received', () => {
    const late = duty(['fulfilled-late', 'open'], '2021-11-08T02:00:00.000Z');
    expect(after('amend', late, { dueBefore: november }).items.map(({ state }) => state)).toEqual([
      'fulfilled',
      'open',
    ]);
    const early = duty(['fulfilled'], '2021-10-14T02:00:00.000Z');
    expect(after('amend', early, { dueBefore: '2021-10-13T16:00:00.000Z' }).items[0]?.state).toBe(
      'fulfilled-late',
    );
  });

  test('that is the old one is no change', () => {
    expect(refused('amend', duty(['open']), { dueBefore: '2021-10-31T16:00:00.000Z' })).toBe('no-change');
  });
});

test('a waiver closes what is open, with its reason, and the request for more time with it', () => {
  const asked = after('request-extension', duty(['open', 'fulfilled']), { dueBefore: november });
  const waived = after('waive', asked, { reason: '机构改革' });
  expect(waived.items.map(({ state, closedBecause }) => [state, closedBecause])).toEqual([
    ['closed', 'waived'],
    ['fulfilled', undefined],
  ]);
  expect(waived.notes).toEqual([{ type: 'waived', reason: '机构改革', at: now }]);
  expect(waived.extension).toBeUndefined();
  expect(refused('waive', duty(['fulfilled']), {})).toBe('duty-not-open');
});

describe('more time', () => {
  test('is asked for once at a time, for a later day, while something is open', () => {
    const asked = after('request-extension', duty(['open']), { dueBefore: november });
    expect(asked.extension).toEqual({ dueBefore: november, reason: '理由', at: now });
    expect(refused('request-extension', asked, { dueBefore: november })).toBe('extension-waiting');
    expect(refused('request-extension', duty(['open']), { dueBefore: '2021-10-01T00:00:00.000Z' })).toBe(
      'not-later',
    );
    expect(refused('request-extension', duty(['closed']), { dueBefore: november })).toBe('duty-not-open');
  });

  test('granted moves the deadline; refused leaves it; both say why', () => {
    const asked = after('request-extension', duty(['open']), { dueBefore: november });
    const granted = after('answer-extension', asked, { grant: true, reason: '同意' });
    expect([granted.dueBefore, granted.extension, granted.notes?.[0]?.type]).toEqual([
      november,
      undefined,
      'granted',
    ]);
    const kept = after('answer-extension', asked, { grant: false, reason: '按期' });
    expect([kept.dueBefore, kept.extension, kept.notes?.[0]?.type]).toEqual([
      asked.dueBefore,
      undefined,
      'refused',
    ]);
    expect(refused('answer-extension', duty(['open']), { grant: true })).toBe('extension-not-open');
  });
});
