import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type CivilDate } from '../../kernel/civil-date.ts';
import { at, clockOf, lead, line, longer, ndrc } from './sample-clocks.ts';
import { dueOf, explain, type Explanation, type StatutoryClock } from './statutory-clock.ts';
import { builtInCalendar } from './working-days.ts';

const calendar = builtInCalendar();

/** What fast-check draws: a start, a limit, moves with the days since the one before, and days until it is asked. */
interface Drawn {
  readonly from: CivilDate;
  readonly limit: number;
  readonly moves: readonly (readonly ['toggle ndrc' | 'toggle lead' | 'extend', number])[];
  readonly asOf: number;
}

function told(clock: StatutoryClock, asOf: CivilDate): Explanation {
  const explanation = explain(clock, calendar, at(asOf));
  if (!explanation.ok) throw new Error(explanation.error.code);
  return explanation.value;
}

describe('what holds of every clock', () => {
  const gap = fc.integer({ min: 0, max: 12 });
  const ledger: fc.Arbitrary<Drawn> = fc.record({
    from: fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2021-01-04', days)),
    limit: fc.integer({ min: 1, max: 20 }),
    moves: fc.array(fc.tuple(fc.constantFrom('toggle ndrc', 'toggle lead', 'extend'), gap), { maxLength: 8 }),
    asOf: gap,
  });

  /** Turns moves into a legal ledger: each ground is suspended, resumed, suspended … */
  function clockFrom({ from, limit, moves, asOf }: Drawn) {
    const open = new Set<string>();
    let date = from;
    const later = moves.map(([move, days]) => {
      date = addDays(date, days);
      if (move === 'extend') return longer(date, 2);
      const ground = move === 'toggle ndrc' ? ndrc : lead;
      if (open.delete(ground)) return line('resumed', date, ground);
      open.add(ground);
      return line('suspended', date, ground);
    });
    return { clock: clockOf(from, limit, ...later), today: addDays(date, asOf) };
  }

  it('is due when dueOf says so, on a day by which the whole limit is used, in rising numbers', () => {
    fc.assert(
      fc.property(ledger, (drawn) => {
        const { clock, today } = clockFrom(drawn);
        const explanation = told(clock, today);
        const { due, dueBefore, days, limit, extended } = explanation;
        expect(dueOf(clock, calendar)).toEqual({ ok: true, value: { due, dueBefore } });
        const numbers = days.flatMap((day) => (day.counted ? [day.number] : []));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
        if (due === null) expect(explanation.status).toBe('suspended');
        else expect(days.filter((day) => day.date <= due && day.counted)).toHaveLength(limit + extended);
        expect(explanation.used + explanation.remaining).toBe(limit + extended);
        expect(explanation.used).toBe(days.filter((day) => day.date <= today && day.counted).length);
      }),
      { numRuns: 300 },
    );
  });

  it('tells each day once, in order', () => {
    fc.assert(
      fc.property(ledger, (drawn) => {
        const { clock, today } = clockFrom(drawn);
        const dates = told(clock, today).days.map((day) => day.date);
        expect(dates).toEqual(dates.map((_, index) => addDays(drawn.from, index)));
      }),
    );
  });
});
