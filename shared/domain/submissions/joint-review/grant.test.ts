import { expect, test } from 'vitest';
import { statusOf } from '../../calendar/statutory-clock.ts';
import { granted } from './grant.ts';
import { decider, lead, planChecker, reviewing } from './sample-review.ts';

const number = '保租认字〔2021〕150102-0001号';
const now = '2021-10-08T02:00:00.000Z';

const decided = reviewing()
  .agree('2021-09-27', 'NATRES', 'FIRE', 'POWER')
  .take('conclude-review', lead, '2021-09-27')
  .take('pass-plan-check', planChecker, '2021-09-27')
  .take('approve', decider, '2021-09-28').head;

const step = { action: 'approve', from: 'deciding', by: decider.sub, seq: decided.seq } as const;

test('what was decided is granted with its certificate, and no clock runs on', () => {
  const done = granted({ ...decided, step }, number, now);
  expect(done?.head).toMatchObject({ state: 'granted', updatedAt: now });
  // Nothing is left that could be recalled.
  expect(done?.head.step).toBeUndefined();
  expect(done?.head.clocks.every((clock) => statusOf(clock) === 'ended')).toBe(true);
  const last = done?.head.clocks.find(({ name }) => name === 'decision')?.entries.at(-1);
  expect(last).toMatchObject({ kind: 'ended', at: now, seq: decided.seq + 1 });
  expect(done?.event).toMatchObject({
    type: 'submission.granted',
    facts: { kind: 'recognition', from: 'decided', to: 'granted', certificate: number },
  });
});

test.each(['deciding', 'granted', 'withdrawn'] as const)('what is %s waits for no number', (state) => {
  expect(granted({ ...decided, state }, number, now)).toBeUndefined();
});
