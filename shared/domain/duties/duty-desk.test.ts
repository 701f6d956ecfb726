import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDateOf } from '../../kernel/civil-date.ts';
import { dutyDesk, lastDayOf } from './duty-desk.ts';
import type { ItemState, Obligation } from './obligation.ts';

function dutyDue(dueBefore: string, ...states: ItemState[]): Obligation {
  return {
    id: 'o-1',
    city: '150600',
    notice: '内政办发〔2021〕53号',
    clause: 'S-07',
    dueBefore,
    satisfiedBy: 'submitted',
    items: states.map((state) => ({ kind: 'five-year-target', period: '2021-2025', state })),
    createdAt: '2021-09-23T01:00:00.000Z',
    seq: 1,
    hash: '',
  };
}

const instantOf = (text: string): string => new Date(text).toISOString();

describe('the last day of a duty', () => {
  it.each([
    ['2021-11-01T00:00+08:00', '2021-10-31'],
    ['2021-11-01T00:00:00.001+08:00', '2021-11-01'],
    ['2021-11-01T12:00+08:00', '2021-11-01'],
    ['2021-11-01T23:59:59.999+08:00', '2021-11-01'],
    ['2022-01-01T00:00+08:00', '2021-12-31'],
    // Midnight in London is eight in the morning here.
    ['2021-11-01T00:00Z', '2021-11-01'],
  ])('due before %s is %s', (due, day) => {
    expect(lastDayOf(dutyDue(instantOf(due)))).toBe(day);
  });

  it('is always the day of the last instant that is in time', () => {
    const instants = fc.date({
      min: new Date('1992-01-02T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.boolean(), (date, midnight) => {
        const due = midnight
          ? instantOf(`${civilDateOf(date.toISOString())}T00:00+08:00`)
          : date.toISOString();
        const lastInTime = new Date(Date.parse(due) - 1).toISOString();
        expect(lastDayOf(dutyDue(due))).toBe(civilDateOf(lastInTime));
      }),
    );
  });
});

describe('the desk on which a duty lies', () => {
  it('is the drafter of the city, with the last day, while any item is open', () => {
    expect(dutyDesk(dutyDue(instantOf('2021-11-01T00:00+08:00'), 'fulfilled', 'open'))).toEqual([
      {
        office: '150600',
        role: 'drafter',
        task: 'fulfil',
        due: '2021-10-31',
        since: '2021-09-23T01:00:00.000Z',
      },
    ]);
  });

  it('is the supervisor’s too while the city waits to hear whether it gets more time', () => {
    const due = instantOf('2021-11-01T00:00+08:00');
    const asked = { dueBefore: instantOf('2021-12-01T00:00+08:00'), reason: '理由', at: due };
    const [, second, ...more] = dutyDesk({ ...dutyDue(due, 'open'), extension: asked });
    expect(second).toEqual({
      office: 'R_HOUSING',
      role: 'supervisor',
      task: 'answer-extension',
      due: '2021-10-31',
      since: due,
    });
    expect(more).toEqual([]);
    expect(dutyDesk({ ...dutyDue(due, 'closed'), extension: asked })).toEqual([]);
  });

  it('is nobody’s when nothing of it is open', () => {
    const done = dutyDue(instantOf('2021-11-01T00:00+08:00'), 'fulfilled', 'fulfilled-late', 'closed');
    expect(dutyDesk(done)).toEqual([]);
  });
});
