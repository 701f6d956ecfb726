/** More time: asked for once by who holds the clock, answered by the lead, or by the government when the lead asks. */
import { describe, expect, test } from 'vitest';
import { dueOf } from '../calendar/statutory-clock.ts';
import { builtInCalendar } from '../calendar/working-days.ts';
import { possibleActions } from './decide.ts';
import { waitingIn } from './desks.ts';
import {
  agree,
  answerTo,
  draft,
  drafter,
  finance,
  government,
  housing,
  inReview,
  kindNamed,
  lead,
  ndrc,
  person,
  step,
  submitted,
  take,
  walk,
  type Taken,
} from './sample-filing.ts';
import { clockNamed } from './stage-clocks.ts';
import type { Head } from './submission.ts';

const calendar = builtInCalendar();
const reviewing = walk(draft(), ...inReview);
const returned = walk(reviewing, step('return', lead, { defects: [{ pointer: '', text: '不清' }] }));

const request = (by: Taken['by'], clock: string) =>
  step('request-extension', by, { clock, days: 3, reason: '情况复杂' });
const answer = (by: Taken['by'], clock: string, grant = true) =>
  step('answer-extension', by, { clock, grant, reason: '情况属实' });

function due(head: Head, name: string): string | null | undefined {
  const clock = clockNamed(head, name);
  const found = clock && dueOf(clock, calendar);
  return found?.ok ? found.value.due : undefined;
}
const desks = (head: Head) =>
  waitingIn(head, kindNamed(head.kind), calendar)
    .filter(({ task }) => task === 'answer-extension')
    .map(({ office, role }) => `${office} ${role}`);

test.each([
  ['a department', reviewing, ndrc, 'opinion:R_NDRC', lead, '2021-10-18', '2021-10-21'],
  ['the filer', returned, drafter, 'correction', lead, '2021-10-25', '2021-10-28'],
  ['the lead', walk(draft(), ...submitted), lead, 'acceptance', government, '2021-10-18', '2021-10-21'],
  ['the lead as a reviewer', reviewing, housing, 'opinion:R_HOUSING', government, '2021-10-18', '2021-10-21'],
])('%s is granted the days that it asked for', (_who, head, by, clock, grantor, before, after) => {
  expect(due(head, clock)).toBe(before);
  const asked = take(head, request(by, clock));
  expect(asked.head.extensions).toMatchObject([{ clock, office: by.office, days: 3 }]);
  expect(asked.paper?.type).toBe('extension-request');
  expect(desks(asked.head)).toEqual([`${grantor.office} ${grantor.roles.join()}`]);
  expect(due(asked.head, clock), 'asking alone gives no day').toBe(before);

  const other = grantor === lead ? government : lead;
  expect(answerTo(asked.head, answer(other, clock))).toBe('extension-not-open');

  const granted = take(asked.head, answer(grantor, clock));
  expect(due(granted.head, clock)).toBe(after);
  expect([granted.head.extensions, desks(granted.head)]).toEqual([[], []]);
  expect(granted.paper).toMatchObject({ type: 'extension-answer', body: { clock, grant: true, days: 3 } });
  expect(granted.event.facts).toMatchObject({ clock, granted: true });

  const refused = take(asked.head, answer(grantor, clock, false));
  expect(due(refused.head, clock)).toBe(before);
  expect(refused.head.extensions).toEqual([]);
  expect(refused.event.facts).toMatchObject({ granted: false });
});

describe('a request', () => {
  test('is made once at a time', () => {
    const asked = walk(reviewing, request(ndrc, 'opinion:R_NDRC'));
    expect(answerTo(asked, request(ndrc, 'opinion:R_NDRC'))).toBe('clock-not-running');
    expect(answerTo(asked, request(finance, 'opinion:R_FINANCE'))).toBe('taken');
    const answered = walk(asked, answer(lead, 'opinion:R_NDRC', false));
    expect(answerTo(answered, request(ndrc, 'opinion:R_NDRC'))).toBe('taken');
  });

  test('is for one’s own clock, while it has not ended', () => {
    expect(answerTo(reviewing, request(ndrc, 'opinion:R_FINANCE'))).toBe('clock-not-running');
    expect(answerTo(reviewing, request(drafter, 'opinion:R_NDRC'))).toBe('clock-not-running');
    expect(answerTo(reviewing, request(ndrc, 'no such clock'))).toBe('clock-not-running');
    expect(answerTo(reviewing, request(lead, 'acceptance'))).toBe('clock-not-running');
    const given = walk(reviewing, step('opine', ndrc, agree));
    expect(answerTo(given, request(ndrc, 'opinion:R_NDRC'))).toBe('clock-not-running');
  });

  test('may be made while the clock stands still', () => {
    const asked = walk(reviewing, step('ask-supplement', ndrc, { questions: ['?'] }));
    expect(answerTo(asked, request(ndrc, 'opinion:R_NDRC'))).toBe('taken');
  });
});

describe('an answer', () => {
  test('needs a question, and is given once', () => {
    expect(answerTo(reviewing, answer(lead, 'opinion:R_NDRC'))).toBe('extension-not-open');
    const answered = walk(reviewing, request(ndrc, 'opinion:R_NDRC'), answer(lead, 'opinion:R_NDRC'));
    expect(answerTo(answered, answer(lead, 'opinion:R_NDRC'))).toBe('extension-not-open');
  });

  test('to one leaves the other waiting', () => {
    const both = walk(reviewing, request(ndrc, 'opinion:R_NDRC'), request(housing, 'opinion:R_HOUSING'));
    expect(desks(both)).toEqual(['R_HOUSING lead', 'REGION_GOV consenter']);
    expect(desks(walk(both, answer(lead, 'opinion:R_NDRC')))).toEqual(['REGION_GOV consenter']);
  });

  test('is no longer wanted when the clock has ended, and wanted again when that is recalled', () => {
    const given = walk(reviewing, request(ndrc, 'opinion:R_NDRC'), step('opine', ndrc, agree));
    expect(desks(given)).toEqual([]);
    expect(answerTo(given, answer(lead, 'opinion:R_NDRC'))).toBe('extension-not-open');
    const recalled = walk(given, step('recall', ndrc));
    expect(desks(recalled)).toEqual(['R_HOUSING lead']);
    expect(answerTo(recalled, answer(lead, 'opinion:R_NDRC'))).toBe('taken');
  });

  test('lies on no desk where nobody could give it', () => {
    const sent = walk(returned, request(drafter, 'correction'), step('send-to-check', drafter));
    expect(possibleActions(sent, kindNamed(sent.kind), person('R_HOUSING', 'lead'))).not.toContain(
      'answer-extension',
    );
    expect(desks(sent)).toEqual([]);
    expect(desks(walk(sent, step('recall', drafter)))).toEqual(['R_HOUSING lead']);
  });
});
