import { describe, expect, it } from 'vitest';
import { on, target } from '../../../test/support/duty-bench.ts';
import { chain, systemActor } from '../../domain/audit/entry.ts';
import { eventTypes, otherEventTypes } from '../../domain/submissions/event-types.ts';
import { factOf } from './follow-duties.ts';

type EventType =
  (typeof eventTypes)[keyof typeof eventTypes] | (typeof otherEventTypes)[keyof typeof otherEventTypes];

describe('what an event means for duties', () => {
  const entryOf = (type: string, facts: Readonly<Record<string, unknown>> = {}, record = 'submission:s-1') =>
    chain(
      record,
      { seq: 6, hash: '' },
      { seq: 0, hash: '' },
      {
        type,
        facts: { owner: '150600', ...target, receivedAt: on('2021-10-08'), ...facts },
      },
      systemActor,
      on('2021-10-09'),
    ).entry;

  const filing = { ...target, submission: 's-1', source: 7 };
  const undone = { type: 'undone', ...filing };
  /** Of every event of a filing: a new one is not forgotten, for the compiler asks for it. */
  const meanings: Record<EventType, unknown> = {
    'submission.created': undefined,
    'submission.saved': undefined,
    'submission.sent-to-check': undefined,
    'submission.sent-back': undefined,
    'submission.signature-refused': undefined,
    'submission.checked': undefined,
    'submission.signed': { type: 'submitted', ...filing, at: on('2021-10-08') },
    'submission.withdrawn': undone,
    'submission.accepted': undefined,
    'submission.acknowledged': undefined,
    'submission.returned': undone,
    'submission.received': undefined,
    'submission.opinion-given': undefined,
    'submission.supplement-asked': undefined,
    'submission.supplied': undefined,
    'submission.rejected': undone,
    'submission.consented': undefined,
    'submission.consent-recorded': undefined,
    'submission.consent-refused': undone,
    'submission.published': { type: 'published', ...filing, at: on('2021-10-09') },
    'submission.result-noted': undefined,
    'submission.extension-requested': undefined,
    'submission.extension-answered': undefined,
    'submission.step-recalled': undefined,
    'submission.contact-viewed': undefined,
    'submission.site-visited': undefined,
    'submission.minutes-recorded': undefined,
    'submission.contradiction-settled': undefined,
    'submission.review-concluded': undefined,
    'submission.condition-proved': undefined,
    'submission.condition-closed': undefined,
    'submission.paper-delivered': undefined,
    'submission.plan-checked': undefined,
    'submission.plan-check-failed': undefined,
    'submission.objection-recorded': undefined,
    'submission.objection-answered': undefined,
    'submission.notice-closed': undefined,
    'submission.approved': undefined,
    'submission.refused': undefined,
    'submission.superseded': undefined,
  };
  const types = [...Object.values(eventTypes), ...Object.values(otherEventTypes)];

  it.each(types)('%s', (type) => {
    const fact = meanings[type];
    expect(factOf(entryOf(type))).toEqual(fact === undefined ? undefined : { city: '150600', fact });
  });

  it('a step recalled counts only when it was the signature', () => {
    const recalled = (action: string) => factOf(entryOf(eventTypes.recall, { recalled: action }));
    expect(recalled('sign')).toEqual({ city: '150600', fact: undone });
    expect([recalled('accept'), recalled('opine'), recalled('send-to-check')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('a change of the city counts when its development changes', () => {
    const changed = (development: string, developmentBefore: string) =>
      factOf(entryOf('city.changed', { city: '150600', development, developmentBefore }, 'city:150600'));
    expect(changed('not-developing', 'undeclared')).toEqual({
      city: '150600',
      fact: { type: 'not-developing' },
    });
    expect(changed('developing', 'not-developing')).toEqual({ city: '150600', fact: { type: 'developing' } });
    expect(changed('developing', 'developing')).toBeUndefined();
    expect(changed('undeclared', 'developing')).toBeUndefined();
  });

  it('events of other records count for nothing', () => {
    for (const type of ['document.released', 'obligation.updated', 'calendar.loaded'])
      expect(factOf(entryOf(type, {}, `${type.split('.')[0]}:x`))).toBeUndefined();
  });
});
