/** Who signs for an office under a written authorisation: what he signs shows it, and after its last day he signs nothing. */
import { describe, expect, test } from 'vitest';
import type { Desk } from './joint-review/sample-review.ts';
import { decider, lead, planChecker, reviewing } from './joint-review/sample-review.ts';
import { decide } from './decide.ts';

const day = '2021-09-28';
const delegation = {
  sub: decider.sub,
  document: '新政授〔2021〕3号',
  limits: '五百套以下的项目',
  from: '2021-01-01',
  to: '2021-12-31',
};

function approved(given: typeof delegation | 'over' | undefined) {
  const desk: Desk = reviewing().agree('2021-09-27', 'NATRES', 'FIRE', 'POWER');
  desk.take('conclude-review', lead, '2021-09-27').take('pass-plan-check', planChecker, '2021-09-27');
  const context = { ...desk.context(decider, day), ...(given ? { delegation: given } : {}) };
  return decide('approve', desk.head, { documentNumber: '新政认〔2021〕9号' }, context);
}

describe('a decision', () => {
  test('of a delegate shows his authorisation on the paper, and its number in the event', () => {
    const decided = approved(delegation);
    const { document, limits, to } = delegation;
    expect(decided).toMatchObject({ ok: true, value: { event: { facts: { delegation: document } } } });
    expect(decided.ok && decided.value.paper?.body).toMatchObject({
      documentNumber: '新政认〔2021〕9号',
      delegation: { document, limits, to },
    });
    // Who it is, the entry says; from when, the record of the office.
    expect(Object.keys((decided.ok && decided.value.paper?.body['delegation']) || {})).toHaveLength(3);
  });

  test('of who needs none shows none', () => {
    const decided = approved(undefined);
    expect(decided.ok && decided.value.paper?.body).not.toHaveProperty('delegation');
    expect(decided.ok && decided.value.event.facts).not.toHaveProperty('delegation');
  });

  test('of a delegate whose days are over is refused', () => {
    expect(approved('over')).toMatchObject({ ok: false, error: { code: 'delegation-over' } });
  });
});
