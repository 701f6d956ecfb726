import { expect, test } from 'vitest';
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
  expect(DelegatesInput().safeParse({ delegates: [{ ...one, to: '2021-02-30' }] }).success).toBe(false);
  expect(Delegates().safeParse({ office: '150102', delegates: [one], seq: 1, hash: 'h' }).success).toBe(true);
});
