/** What waits for whom, state by state and path by path, and by when. */
import { describe, expect, test } from 'vitest';
import { builtInCalendar } from '../calendar/working-days.ts';
import { waitingIn } from './desks.ts';
import {
  agree,
  disagree,
  draft,
  finance,
  housing,
  inReview,
  kindNamed,
  lead,
  ndrc,
  step,
  submitted,
  walk,
} from './sample-filing.ts';
import type { Head } from './submission.ts';

const calendar = builtInCalendar();
const lines = (head: Head): string[] =>
  waitingIn(head, kindNamed(head.kind), calendar).map(({ office, role, task, due }) =>
    [office, role, task, ...(due === undefined ? [] : [due])].join(' '),
  );
const own = { kind: 'policy-measures', path: 'own-decision' } as const;
const survey = { kind: 'demand-survey', path: 'acknowledgement', period: '2021' } as const;

describe('a desk', () => {
  test.each<[string, Partial<Head>, string[]]>([
    ['a draft', {}, ['150600 drafter finish-draft']],
    ['what is being checked', { state: 'checking' }, ['150600 checker check']],
    ['what awaits its signature', { state: 'signing' }, ['150600 signatory sign']],
    ['a filing that the region reviews', { state: 'submitted' }, ['R_HOUSING lead accept']],
    [
      'a filing that the region takes note of',
      { ...survey, state: 'submitted' },
      ['R_HOUSING lead acknowledge'],
    ],
    [
      'a city’s own decision',
      { ...own, state: 'approved' },
      ['150600 publisher publish', 'R_HOUSING lead receive'],
    ],
    [
      'a city’s own decision, received',
      { ...own, state: 'approved', received: true },
      ['150600 publisher publish'],
    ],
    ['a decision of the region', { state: 'approved' }, ['R_HOUSING publisher publish']],
    [
      'an own decision that is public and not received',
      { ...own, state: 'published' },
      ['R_HOUSING lead receive'],
    ],
    ['an own decision that is public and received', { ...own, state: 'published', received: true }, []],
    ['what the region published', { state: 'published' }, []],
    ['a refusal', { state: 'rejected' }, ['150600 drafter take-note']],
    ['a refusal that was noted', { state: 'rejected', noted: true }, []],
    ['what was acknowledged', { ...survey, state: 'acknowledged' }, []],
    ['what was withdrawn', { state: 'withdrawn' }, []],
    ['what was superseded', { ...own, state: 'superseded' }, []],
  ])('has for %s the right task', (_, changes, expected) => {
    expect(lines(draft(changes))).toEqual(expected);
  });

  test('says by when, as long as a clock runs', () => {
    const filed = walk(draft(), ...submitted);
    // Filed on Monday, October 11: five working days.
    expect(lines(filed)).toEqual(['R_HOUSING lead accept 2021-10-18']);
    const reviewing = walk(draft(), ...inReview);
    expect(lines(reviewing)).toEqual([
      'R_HOUSING reviewer opine 2021-10-18',
      'R_NDRC reviewer opine 2021-10-18',
      'R_FINANCE reviewer opine 2021-10-18',
    ]);
    const returned = walk(
      filed,
      step('return', lead, { defects: [{ pointer: '/content/basis', text: '依据不足' }] }),
    );
    expect(lines(returned)).toEqual(['150600 drafter correct 2021-10-25']);
  });

  test('names no day while the clock stands, and shows the supplement once, however many asked', () => {
    const asked = walk(
      draft(),
      ...inReview,
      step('ask-supplement', ndrc, { questions: ['一'] }),
      step('ask-supplement', finance, { questions: ['二'] }),
    );
    expect(lines(asked)).toEqual([
      'R_HOUSING reviewer opine 2021-10-18',
      'R_NDRC reviewer opine',
      'R_FINANCE reviewer opine',
      '150600 drafter supply',
    ]);
  });

  test('names no day of a clock that has ended, nor one that no calendar knows', () => {
    const filed = walk(draft(), ...submitted);
    const ended = walk(filed, step('accept', lead));
    expect(lines({ ...ended, state: 'submitted' })).toEqual(['R_HOUSING lead accept']);
    const far = filed.clocks.map((clock) => ({ ...clock, limit: 9000 }));
    expect(lines({ ...filed, clocks: far })).toEqual(['R_HOUSING lead accept']);
  });

  test('has one line for the requests for more time of one grantor', () => {
    const more = (clock: string) => ({ clock, days: 1, reason: '会商' });
    const asked = walk(
      draft(),
      ...inReview,
      step('request-extension', ndrc, more('opinion:R_NDRC')),
      step('request-extension', finance, more('opinion:R_FINANCE')),
      step('request-extension', housing, more('opinion:R_HOUSING')),
    );
    expect(lines(asked).slice(3)).toEqual([
      'R_HOUSING lead answer-extension',
      'REGION_GOV consenter answer-extension',
    ]);
  });

  test('says since when it waits', () => {
    const filed = walk(draft(), ...submitted);
    expect(waitingIn(filed, kindNamed(filed.kind), calendar)[0]?.since).toBe(filed.updatedAt);
  });

  test('has the lead settle a disagreement only when every opinion is in', () => {
    const part = walk(draft(), ...inReview, step('opine', ndrc, disagree), step('opine', finance, agree));
    expect(lines(part)).toEqual(['R_HOUSING reviewer opine 2021-10-18']);
    expect(lines(walk(part, step('opine', housing, agree)))).toEqual(['R_HOUSING lead settle']);
  });
});
