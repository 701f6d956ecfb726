import { expect, test } from 'vitest';
import { reasonsOf } from '../../kernel/zod-reasons.ts';
import { Delegates, DelegatesInput, delegationOf, type Delegate } from './delegates.ts';

const one: Delegate = {
  sub: 'd-1',
  document: '新政办授〔2021〕3号',
  limits: '总投资五千万元以下项目的认定',
  from: '2021-10-01',
  to: '2021-12-31',
};

test('holds from its first day to its last, both included', () => {
  const on = (today: string) => delegationOf({ delegates: [one] }, 'd-1', today);
  expect([on('2021-09-30'), on('2021-10-01'), on('2021-12-31'), on('2022-01-01')]).toEqual([
    'over',
    one,
    one,
    'over',
  ]);
});

test('is asked of nobody who has none, and a later one goes on where the first ends', () => {
  expect(delegationOf(undefined, 'd-1', '2021-10-01')).toBeUndefined();
  expect(delegationOf({ delegates: [one] }, 'd-2', '2021-10-01')).toBeUndefined();
  const next = { ...one, document: '新政办授〔2022〕1号', from: '2022-01-01', to: '2022-12-31' };
  expect(delegationOf({ delegates: [one, next] }, 'd-1', '2022-02-01')).toBe(next);
});

test('says who, by which document, what and how long; nothing less', () => {
  expect(DelegatesInput().safeParse({ delegates: [one] }).success).toBe(true);
  for (const field of Object.keys(one)) {
    const { [field as keyof Delegate]: _left, ...rest } = one;
    expect(DelegatesInput().safeParse({ delegates: [rest] }).success, field).toBe(false);
  }
  const record = { office: '150102', delegates: [one], seq: 1, hash: 'h' };
  expect(Delegates().parse(record)).toEqual(record);
  for (const field of Object.keys(record))
    expect(Delegates().safeParse({ ...record, [field]: undefined }).success, field).toBe(false);
});

test('is refused for a day that is none, and says where', () => {
  const parsed = DelegatesInput().safeParse({ delegates: [one, { ...one, to: '2021-02-30' }] });
  const reasons = parsed.success ? [] : reasonsOf(parsed.error);
  expect(reasons).toMatchObject([{ code: 'civil-date', pointer: '/delegates/1/to' }]);
});

test.each([
  ['sub', 100],
  ['document', 100],
  ['limits', 1000],
] as const)('%s has up to %d signs, without the spaces around, and is not blank', (field, most) => {
  const saved = (value: string) => {
    const parsed = DelegatesInput().safeParse({ delegates: [{ ...one, [field]: value }] });
    return parsed.success ? parsed.data.delegates[0]?.[field] : 'refused';
  };
  expect(saved(` ${'委'.repeat(most)} `)).toBe('委'.repeat(most));
  expect([saved('委'.repeat(most + 1)), saved(' '), saved('')]).toEqual(['refused', 'refused', 'refused']);
});

test('thirty delegates are the most', () => {
  const many = (count: number) => DelegatesInput().safeParse({ delegates: Array(count).fill(one) }).success;
  expect([many(0), many(30), many(31)]).toEqual([true, true, false]);
});
