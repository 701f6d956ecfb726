import { describe, expect, test } from 'vitest';
import { builtInCalendar } from '../calendar/working-days.ts';
import {
  changeRun,
  maySeeResult,
  runActions,
  runActionNames,
  type RunActionName,
  type RunInput,
} from './actions.ts';
import { runStateNames, runStates, type EvaluationRun } from './run.ts';
import { runDesk } from './run-desk.ts';

const calendar = builtInCalendar();

function run(given: Partial<EvaluationRun> = {}): EvaluationRun {
  return {
    id: '2021.1',
    cycle: 'yearly',
    year: 2021,
    number: 1,
    from: '2021-01-01',
    to: '2021-12-31',
    state: 'ready',
    requestedBy: 'system',
    requestedAt: '2022-01-05T01:00:00.000Z',
    forms: {},
    objections: [],
    terms: { reportBy: '2022-01-31', objectionDays: 5, indicators: ['A1'] },
    updatedAt: '2022-01-05T01:00:00.000Z',
    seq: 8,
    hash: '',
    ...given,
  };
}

function act(action: RunActionName, before: EvaluationRun, input: RunInput = {}, day = '2022-01-10') {
  const context = { actor: { office: '150200' }, now: `${day}T01:00:00.000Z`, calendar };
  const changed = changeRun(action, before, input, context);
  return changed.ok ? changed.value : changed.error.code;
}

describe('the life of a run', () => {
  test('each action is possible in its states and refused in every other', () => {
    for (const action of runActionNames) {
      for (const state of runStateNames) {
        const allowed = (runActions[action].from as readonly string[]).includes(state);
        const refused = act(action, run({ state, objectUntil: '2022-01-12' })) === 'run-not-in-state';
        expect(refused, `${action} in ${state}`).toBe(!allowed);
      }
    }
  });

  test('nothing that is final can be acted on', () => {
    const final = runStateNames.filter((state) => runStates[state].final);
    for (const action of runActionNames)
      expect(
        (runActions[action].from as readonly string[]).filter((state) => final.includes(state as never)),
      ).toEqual([]);
  });

  test('the window for objections is of working days, over a new year’s holiday too', () => {
    // From Friday 28 January 2022: 29 and 30 are worked, then come the holidays.
    expect(act('circulate', run(), {}, '2022-01-28')).toMatchObject({ objectUntil: '2022-02-09' });
    expect(act('circulate', run(), {}, '2026-12-30')).toBe('calendar-year-missing');
    expect(act('circulate', run({ cycle: 'monthly' }))).toBe('run-is-monthly');
  });

  test('a city objects until the last day of the window, three times at most before it is answered', () => {
    const open = run({ state: 'circulated', objectUntil: '2022-01-12' });
    expect(act('object', open, { text: '异议' }, '2022-01-12')).toMatchObject({
      objections: [{ number: 1, city: '150200' }],
    });
    expect(act('object', open, { text: '异议' }, '2022-01-13')).toBe('objection-too-late');
    let crowded = open;
    for (let number = 1; number <= 3; number += 1) {
      const next = act('object', crowded, { text: '异议' });
      if (typeof next !== 'string') crowded = next;
    }
    expect(act('object', crowded, { text: '异议' })).toBe('too-many-objections');
  });

  test('is approved only after the window, with every objection answered and none upheld', () => {
    const objection = { number: 1, city: '150200', text: '异议', at: '2022-01-06T01:00:00.000Z' };
    const answer = { text: '答复', at: '2022-01-10T01:00:00.000Z' };
    const at = (given: Partial<EvaluationRun>, day = '2022-01-13') =>
      act(
        'approve',
        run({ state: 'circulated', objectUntil: '2022-01-12', ...given }),
        { documentNumber: '1', date: '2022-01-13' },
        day,
      );
    expect(at({}, '2022-01-12')).toBe('objections-still-possible');
    expect(at({ objections: [objection] })).toBe('objections-open');
    expect(at({ objections: [{ ...objection, answer: { ...answer, upheld: true } }] })).toBe(
      'objection-upheld',
    );
    expect(at({ objections: [{ ...objection, answer: { ...answer, upheld: false } }] })).toMatchObject({
      state: 'approved',
    });
  });
});

test('a run lies on a desk in every state in which something is to be done, and on none otherwise', () => {
  const desks = Object.fromEntries(
    runStateNames.map((state) => [state, runDesk(run({ state })).map(({ task }) => task)]),
  );
  expect(new Set(desks['circulated'])).toEqual(new Set(['look-at-evaluation', 'approve-evaluation']));
  expect([desks['ready'], desks['approved'], desks['published']]).toEqual([
    ['circulate-evaluation'],
    ['publish-evaluation'],
    [],
  ]);
  expect(desks['circulated']?.filter((task) => task === 'look-at-evaluation')).toHaveLength(12);
  expect(runDesk(run({ cycle: 'monthly' }))).toEqual([]);
});

test('a city sees a result from the day it was sent to it', () => {
  const seen = runStateNames.filter((state) => maySeeResult('city', { state }));
  expect(seen).toEqual(['circulated', 'approved', 'published']);
  expect(runStateNames.every((state) => maySeeResult('region', { state }))).toBe(true);
});
