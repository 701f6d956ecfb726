import { describe, expect, test } from 'vitest';
import { kindNamed } from '../sample-filing.ts';
import { clockNamed } from '../stage-clocks.ts';
import { statusOf } from '../../calendar/statutory-clock.ts';
import { calendar, condition, lead, of, reviewing, rulesOf } from './sample-review.ts';
import { afterSilence, silentIn } from './silence.ts';

const kind = kindNamed('recognition');
const late = '2021-11-30T00:00:00.000Z';
const office = '150102-POWER';

describe('silence', () => {
  test('is of no filing that is not in review, nor of one without terms', () => {
    const { head } = reviewing();
    const { terms: _terms, ...without } = head;
    expect(silentIn(head, kind, calendar, late)).toHaveLength(3);
    expect(silentIn({ ...head, state: 'plan-check' }, kind, calendar, late)).toEqual([]);
    expect(silentIn(without, kind, calendar, late)).toEqual([]);
  });

  test('is not that of a department whose clock has ended', () => {
    const desk = reviewing();
    const minutes = { date: '2021-09-28', documentNumber: '新联审〔2021〕1号', document: 'scan' };
    const opinions = [{ department: 'POWER', verdict: 'agree' }];
    const { head } = desk.take('record-minutes', lead, '2021-09-28', { ...minutes, opinions });
    // As if the opinion had been voided since: nobody waits for it.
    expect(silentIn({ ...head, opinions: [] }, kind, calendar, late)).not.toContain(office);
  });

  test('that goes up to the government says whose it is, beside what is open already', () => {
    const desk = reviewing().take('opine', of('FIRE'), '2021-09-27', condition('fire'));
    const told = afterSilence(desk.head, office, late);
    expect(told.event).toMatchObject({
      type: 'submission.opinion-escalated',
      facts: { kind: 'recognition', from: 'in-review', to: 'in-review', office },
    });
    expect(told.head.open).toMatchObject({ prove: 1, escalated: [office] });
    expect(told.head.updatedAt).toBe(late);
    const again = afterSilence(told.head, '150102-NATRES', late);
    expect(again.head.open?.escalated).toEqual([office, '150102-NATRES']);
    expect(silentIn(again.head, kind, calendar, late)).toEqual([]);
  });

  test('that counts as consent is an opinion on the version that was asked about, and ends the clock', () => {
    const { head } = reviewing(rulesOf({ silence: true }));
    const taken = afterSilence(head, office, late);
    expect(taken.head.opinions).toEqual([
      { office, verdict: 'silent', version: head.frozen, hash: head.frozenHash, seq: head.seq + 1 },
    ]);
    const clock = clockNamed(taken.head, `opinion:${office}`);
    expect(clock && statusOf(clock)).toBe('ended');
    expect(clock?.entries.at(-1)).toMatchObject({ kind: 'ended', seq: head.seq + 1 });
    expect(taken.head.open).toBeUndefined();
    expect(taken.event.facts['office']).toBe(office);
    expect(taken.event.type).not.toBe(afterSilence(reviewing().head, office, late).event.type);
  });
});
