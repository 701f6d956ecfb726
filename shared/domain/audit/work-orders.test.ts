import { expect, test } from 'vitest';
import { deskFor, orderName } from './work-orders.ts';

test('an event that means work elsewhere goes to the desk that does it; the others go nowhere', () => {
  expect(deskFor({ type: 'evaluation.requested' })).toBe('reports');
  expect(deskFor({ type: 'notice.made' })).toBe('delivery');
  expect(deskFor({ type: 'certificate.decided' })).toBe('certificates');
  expect(deskFor({ type: 'certificate.printed' })).toBeUndefined();
  expect(deskFor({ type: 'evaluation.computed' })).toBeUndefined();
});

test('one event has one name, fit for a key; two events have two', () => {
  const name = orderName('delivery', { record: 'notice:150200/leader/2021-11-05', seq: 2 });
  expect(name).toBe('delivery/notice_150200_leader_2021-11-05/000002.json');
  expect(orderName('delivery', { record: 'notice:150200/leader/2021-11-05', seq: 3 })).not.toBe(name);
});
