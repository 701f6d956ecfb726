import { describe, expect, test } from 'vitest';
import { changeDuty, dutyActionNames, dutyActions, type DutyActionName, type DutyInput } from './changes.ts';
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

/** Whether an action takes this of whoever may act. */
const takes = (action: DutyActionName, input: unknown): boolean =>
  dutyActions[action].input().safeParse(input).success;

describe('what an action takes', () => {
  const deadline = { dueBefore: november, reason: '机构改革' };

  test.each<[DutyActionName, Record<string, unknown>]>([
    ['amend', deadline],
    ['set-points', { points: [-5, 0, 1, 5], reason: '理由' }],
    ['waive', { reason: '理由' }],
    ['nudge', { reason: '理由' }],
    ['request-extension', deadline],
    ['answer-extension', { grant: false, reason: '理由' }],
  ])('%s: all of it, with a reason, and nothing else', (action, input) => {
    expect(takes(action, input)).toBe(true);
    expect(takes(action, { ...input, reason: ' ' })).toBe(false);
    expect(takes(action, { ...input, reason: '长'.repeat(2001) })).toBe(false);
    expect(takes(action, { ...input, more: 1 })).toBe(false);
    for (const field of Object.keys(input))
      expect(takes(action, { ...input, [field]: undefined })).toBe(false);
  });

  test('a deadline is an instant, not a day', () => {
    expect(takes('amend', { ...deadline, dueBefore: '2021-11-30' })).toBe(false);
    expect(takes('request-extension', { ...deadline, dueBefore: '2021-11-30' })).toBe(false);
    const { error } = dutyActions.amend.input().safeParse({ ...deadline, dueBefore: '2021-11-30' });
    expect(error?.issues.map(({ message }) => message)).toEqual(['instant']);
  });

  test('only the city asks for more time; everything else is the supervisor’s', () => {
    const ofTheCity = dutyActionNames.filter((action) => dutyActions[action].by.party === 'city');
    expect(ofTheCity).toEqual(['request-extension']);
  });
});

describe('a reminder at once', () => {
  test('leaves the duty as it is, and needs something to remind of', () => {
    const open = duty(['open', 'fulfilled']);
    expect(after('nudge', open, {})).toBe(open);
    expect(refused('nudge', duty(['fulfilled']), {})).toBe('duty-not-open');
  });
});

describe('other points', () => {
  test('are others when one is left out, added or changed', () => {
    const few = { ...duty(['open']), points: [-1, 0, 1, 5] };
    expect(after('set-points', few, { points: [0, 1, 5] }).points).toEqual([0, 1, 5]);
    expect(after('set-points', few, { points: [-2, 0, 1, 5] }).points).toEqual([-2, 0, 1, 5]);
    expect(after('set-points', few, { points: [-3, -1, 0, 1, 5] }).points).toEqual([-3, -1, 0, 1, 5]);
    const more = { ...few, points: [-1, 0, 1, 5, 10] };
    expect(after('set-points', more, { points: [-1, 0, 1, 5] }).points).toEqual([-1, 0, 1, 5]);
    expect(changeDuty('set-points', few, { points: [5, 1, 0, -1], reason: '理由' }, now)).toMatchObject({
      error: {
        code: 'invalid-request',
        params: { count: 1 },
        errors: [
          { pointer: '/points', text: { zh: '与现行催报节点相同', en: 'These are the points already' } },
        ],
      },
    });
  });

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
    const same = { dueBefore: '2021-10-31T16:00:00.000Z', reason: '理由' };
    expect(changeDuty('amend', duty(['open']), same, now)).toMatchObject({
      error: {
        params: { count: 1 },
        errors: [
          {
            code: 'no-change',
            pointer: '/dueBefore',
            text: { zh: '与现行截止时刻相同', en: 'The deadline is this already' },
          },
        ],
      },
    });
    expect(refused('amend', duty(['open']), {})).toBe('no-change');
  });

  test('is exclusive: what was received at that very instant is late', () => {
    const received = duty(['fulfilled'], november);
    expect(after('amend', received, { dueBefore: november }).items[0]?.state).toBe('fulfilled-late');
  });

  test('wakes nothing that was closed, though a filing had been received for it', () => {
    const closed = duty(['closed'], '2021-10-14T02:00:00.000Z');
    expect(after('amend', closed, { dueBefore: november })).toEqual({ ...closed, dueBefore: november });
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
    const same = { dueBefore: '2021-10-31T16:00:00.000Z', reason: '理由' };
    expect(changeDuty('request-extension', duty(['open']), same, now)).toMatchObject({
      error: {
        params: { count: 1 },
        errors: [
          {
            code: 'not-later',
            pointer: '/dueBefore',
            text: { zh: '须晚于现行截止时刻', en: 'Must be later than the present deadline' },
          },
        ],
      },
    });
    expect(refused('request-extension', duty(['open']), {})).toBe('not-later');
    expect(refused('request-extension', duty(['closed']), { dueBefore: november })).toBe('duty-not-open');
  });

  test('may be asked for again, and every answer stays on record', () => {
    const once = after('request-extension', duty(['open']), { dueBefore: november });
    const kept = after('answer-extension', once, { grant: false, reason: '按期' });
    const again = after('request-extension', kept, { dueBefore: november });
    expect(after('answer-extension', again, { grant: true, reason: '同意' }).notes).toEqual([
      { type: 'refused', reason: '按期', at: now },
      { type: 'granted', reason: '同意', at: now },
    ]);
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
