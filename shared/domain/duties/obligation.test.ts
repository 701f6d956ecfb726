import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOpen,
  learnOfDuty,
  type DutyFact,
  type ItemState,
  type Obligation,
  type ObligationItem,
  type SatisfyingEvent,
} from './obligation.ts';

const due = '2021-10-31T16:00:00.000Z';
const lastInstant = '2021-10-31T15:59:59.999Z';
const early = '2021-10-08T02:00:00.000Z';
const late = '2021-11-02T02:00:00.000Z';
const place = { kind: 'five-year-target', period: '2021-2025' };

function duty(items: readonly ObligationItem[], satisfiedBy: SatisfyingEvent = 'submitted'): Obligation {
  return {
    id: 'o-1',
    city: '150600',
    notice: '内政办发〔2021〕53号',
    clause: 'S-07',
    dueBefore: due,
    satisfiedBy,
    items: [...items],
    createdAt: '2021-09-23T01:00:00.000Z',
    seq: 1,
    hash: 'h',
  };
}

const open: ObligationItem = { ...place, state: 'open' };
const openDuty = (satisfiedBy?: SatisfyingEvent): Obligation => duty([open], satisfiedBy);

function filed(type: 'submitted' | 'published', source: number, at = early, submission = 'a'): DutyFact {
  return { type, ...place, submission, source, at };
}

function undone(source: number, submission = 'a'): DutyFact {
  return { type: 'undone', ...place, submission, source };
}

function after(start: Obligation, ...facts: readonly DutyFact[]): Obligation {
  return facts.reduce(learnOfDuty, start);
}

/** The only item after the facts. */
function itemAfter(start: Obligation, ...facts: readonly DutyFact[]): ObligationItem | undefined {
  return after(start, ...facts).items[0];
}

/** An item in each state, as filing `a` with its event 5 left it. */
const itemIn: Readonly<Record<ItemState, ObligationItem>> = {
  open,
  fulfilled: { ...open, state: 'fulfilled', submission: 'a', at: early, source: 5 },
  'fulfilled-late': { ...open, state: 'fulfilled-late', submission: 'a', at: late, source: 5 },
  closed: { ...open, state: 'closed', closedBecause: 'not-developing' },
};

describe('what a fact makes of an item', () => {
  const facts = {
    'in time': filed('submitted', 9),
    late: filed('submitted', 9, late),
    'of another filing': filed('submitted', 9, early, 'b'),
    'of the other kind of event': filed('published', 9),
    undone: undone(9),
    'undone, another filing': undone(9, 'b'),
    'not-developing': { type: 'not-developing' },
    developing: { type: 'developing' },
  } as const satisfies Record<string, DutyFact>;

  const table: Record<keyof typeof facts, Record<ItemState, ItemState>> = {
    'in time': {
      open: 'fulfilled',
      fulfilled: 'fulfilled',
      'fulfilled-late': 'fulfilled',
      closed: 'closed',
    },
    // The same filing signed anew after a correction that took too long: the later receipt is the one that counts.
    late: {
      open: 'fulfilled-late',
      fulfilled: 'fulfilled-late',
      'fulfilled-late': 'fulfilled-late',
      closed: 'closed',
    },
    'of another filing': {
      open: 'fulfilled',
      fulfilled: 'fulfilled',
      'fulfilled-late': 'fulfilled-late',
      closed: 'closed',
    },
    'of the other kind of event': {
      open: 'open',
      fulfilled: 'fulfilled',
      'fulfilled-late': 'fulfilled-late',
      closed: 'closed',
    },
    undone: { open: 'open', fulfilled: 'open', 'fulfilled-late': 'open', closed: 'closed' },
    'undone, another filing': {
      open: 'open',
      fulfilled: 'fulfilled',
      'fulfilled-late': 'fulfilled-late',
      closed: 'closed',
    },
    'not-developing': {
      open: 'closed',
      fulfilled: 'fulfilled',
      'fulfilled-late': 'fulfilled-late',
      closed: 'closed',
    },
    developing: {
      open: 'open',
      fulfilled: 'fulfilled',
      'fulfilled-late': 'fulfilled-late',
      closed: 'open',
    },
  };

  const cases = Object.entries(table).flatMap(([name, row]) =>
    Object.entries(row).map(([from, to]) => [name, from, to] as const),
  ) as [keyof typeof facts, ItemState, ItemState][];

  it.each(cases)('%s: %s → %s', (name, from, to) => {
    const before = duty([itemIn[from]]);
    const result = learnOfDuty(before, facts[name]);
    expect(result.items[0]?.state).toBe(to);
    // Learnt once more, the very same object comes back.
    expect(learnOfDuty(result, facts[name])).toBe(result);
  });

  it('keeps to the kind and the period', () => {
    const others: ObligationItem[] = [
      { kind: 'annual-plan', period: '2021-2025', state: 'open' },
      { kind: 'five-year-target', period: '2026-2030', state: 'open' },
    ];
    const both = duty([...others, open]);
    const result = learnOfDuty(both, filed('submitted', 3));
    expect(result.items.map(({ state }) => state)).toEqual(['open', 'open', 'fulfilled']);
    expect(isOpen(result)).toBe(true);
    const none = duty(others);
    expect(learnOfDuty(none, filed('submitted', 3))).toBe(none);
  });

  it('leaves nothing open when every item is fulfilled or closed', () => {
    const { fulfilled, closed, 'fulfilled-late': overdue } = itemIn;
    expect(isOpen(duty([fulfilled, overdue, closed]))).toBe(false);
    expect(isOpen(duty([fulfilled, open]))).toBe(true);
  });
});

describe('in time', () => {
  it.each([
    [lastInstant, 'fulfilled'],
    [due, 'fulfilled-late'],
    ['2021-10-31T16:00:00.001Z', 'fulfilled-late'],
  ] as const)('received at %s is %s', (at, state) => {
    for (const event of ['submitted', 'published'] as const)
      expect(itemAfter(openDuty(event), filed(event, 3, at))).toEqual({
        ...open,
        state,
        submission: 'a',
        at,
        source: 3,
      });
  });

  it('stays in time whatever becomes of an amendment', () => {
    const amending = fc.array(
      fc.tuple(fc.constantFrom('submitted', 'published', 'undone'), fc.nat(30)).map(([type, source]) => {
        return type === 'undone' ? undone(source, 'amendment') : filed(type, source, late, 'amendment');
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom('submitted', 'published'), amending, (event, facts) => {
        const inTime = after(openDuty(event), filed(event, 3, lastInstant));
        expect(after(inTime, ...facts)).toBe(inTime);
      }),
    );
  });
});

describe('the event that satisfies', () => {
  it('is the submission for a duty of S-07, never the publication', () => {
    const duty = openDuty('submitted');
    expect(learnOfDuty(duty, filed('published', 3))).toBe(duty);
    expect(itemAfter(duty, filed('submitted', 3))?.state).toBe('fulfilled');
  });

  it('is the publication for a duty of S-06, never the submission', () => {
    const duty = openDuty('published');
    expect(learnOfDuty(duty, filed('submitted', 3))).toBe(duty);
    expect(itemAfter(duty, filed('published', 3))?.state).toBe('fulfilled');
  });
});

describe('a filing undone', () => {
  it('reopens its item without a receipt, and fulfils it anew by a later event', () => {
    const reopened = after(openDuty(), filed('submitted', 3), undone(5));
    expect(reopened.items[0]).toEqual({ ...open, submission: 'a', source: 5 });
    expect(itemAfter(reopened, filed('submitted', 8, late))).toEqual({
      ...open,
      state: 'fulfilled-late',
      submission: 'a',
      at: late,
      source: 8,
    });
  });

  it('lets another filing fulfil it', () => {
    const reopened = after(openDuty(), filed('submitted', 3), undone(5));
    expect(itemAfter(reopened, filed('submitted', 2, late, 'b'))).toMatchObject({
      state: 'fulfilled-late',
      submission: 'b',
      source: 2,
    });
  });

  it('is not brought back by an older event of it', () => {
    const reopened = after(openDuty(), filed('submitted', 3), undone(5));
    expect(learnOfDuty(reopened, filed('submitted', 3))).toBe(reopened);
    const again = learnOfDuty(reopened, filed('submitted', 8));
    for (const old of [undone(5), filed('submitted', 3, late), undone(8)])
      expect(learnOfDuty(again, old)).toBe(again);
  });
});

describe('a city that does not develop such housing', () => {
  it('is released of what is open; when it develops after all, of nothing but that', () => {
    const elsewhere: ObligationItem = { ...open, state: 'closed', closedBecause: 'notice-withdrawn' };
    const { fulfilled, 'fulfilled-late': overdue } = itemIn;
    const before = duty([fulfilled, open, overdue, elsewhere]);
    const released = learnOfDuty(before, { type: 'not-developing' });
    expect(released.items).toEqual([fulfilled, itemIn.closed, overdue, elsewhere]);
    expect(isOpen(released)).toBe(false);
    expect(learnOfDuty(released, { type: 'developing' }).items).toEqual(before.items);
  });
});

describe('events repeated and late', () => {
  /** The events of one filing in order, numbered as its chain numbers them. */
  const lives = fc
    .array(fc.tuple(fc.constantFrom('submitted', 'published', 'undone'), fc.constantFrom(early, late)), {
      minLength: 1,
      maxLength: 8,
    })
    .map((steps) =>
      steps.map(([type, at], index) => (type === 'undone' ? undone(index + 1) : filed(type, index + 1, at))),
    );

  it('end where each event once and in order ends', () => {
    const repeats = fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom('submitted', 'published'), lives, repeats, (event, life, stale) => {
        const noisy = life.flatMap((fact, index) => {
          const copies = (stale[index] ?? []).map((old) => life[old % (index + 1)] ?? fact);
          return [fact, ...copies];
        });
        expect(after(openDuty(event), ...noisy)).toEqual(after(openDuty(event), ...life));
      }),
    );
  });

  it('return the very same object when they say nothing new', () => {
    fc.assert(
      fc.property(fc.constantFrom('submitted', 'published'), lives, (event, life) => {
        const once = after(openDuty(event), ...life);
        expect(after(once, ...life)).toBe(once);
        expect(after(once, ...life.toReversed())).toBe(once);
      }),
    );
  });
});
