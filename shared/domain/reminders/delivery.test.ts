import { describe, expect, test } from 'vitest';
import { afterAttempt, claimed, Delivery, messageName, nextDigest, pauses } from './delivery.ts';

const at = '2021-10-22T00:30:00.000Z';
const fresh: Delivery = {
  office: '150200',
  role: 'drafter',
  day: '2021-10-22',
  notice: 1,
  channel: 'sms',
  sub: 'p-1',
  locale: 'zh-CN',
  to: '138****0001',
  obligations: ['o-1'],
  gathered: false,
  message: 'm',
  state: 'pending',
  attempts: [],
  nextAt: at,
  createdAt: at,
};
const failed = { outcome: 'failed', reason: 'timeout' } as const;

describe('a delivery', () => {
  test('is read back as it was written, and only with how each attempt came out', () => {
    const whole = {
      ...fresh,
      coversFor: 'p-2',
      correlationId: 'c',
      attempts: [{ at, outcome: 'failed', reason: 'timeout' }],
    };
    expect(Delivery().parse(whole)).toEqual(whole);
    for (const change of [
      { channel: 'fax' },
      { state: 'lost' },
      { locale: 'mn' },
      { attempts: [{ at }] },
      { attempts: [{ at, outcome: 'lost' }] },
      { to: undefined },
    ])
      expect(Delivery().safeParse({ ...fresh, ...change }).success).toBe(false);
  });

  test('that one sender took up is left to him for a quarter of an hour', () => {
    expect(claimed(fresh, at)).toEqual({ ...fresh, nextAt: '2021-10-22T00:45:00.000Z' });
  });

  test('that is sent is done', () => {
    const sent = afterAttempt(fresh, { outcome: 'sent' }, at);
    expect(sent).toMatchObject({ state: 'sent', attempts: [{ at, outcome: 'sent' }] });
    expect(sent).not.toHaveProperty('nextAt');
  });

  test('that fails is tried again after growing pauses, and given up in the end', () => {
    let delivery = fresh;
    const tried: string[] = [];
    for (let now = at; delivery.state === 'pending'; now = delivery.nextAt ?? now) {
      delivery = afterAttempt(delivery, failed, now);
      tried.push(now.slice(11, 16));
    }
    expect(tried).toEqual(['00:30', '00:35', '01:05', '03:05', '15:05']);
    expect(delivery).toMatchObject({ state: 'failed' });
    expect(delivery.attempts).toHaveLength(1 + pauses.length);
  });

  test('that is refused is not tried again', () => {
    expect(afterAttempt(fresh, { outcome: 'refused', reason: 'smtp-550' }, at)).toMatchObject({
      state: 'failed',
      attempts: [{ at, outcome: 'refused', reason: 'smtp-550' }],
    });
    expect(afterAttempt(fresh, { outcome: 'refused', reason: 'smtp-550' }, at)).not.toHaveProperty('nextAt');
  });

  test('has one key, whatever becomes of it, and another has another', () => {
    expect(messageName(afterAttempt(fresh, failed, at))).toBe(messageName(fresh));
    expect(messageName({ ...fresh, notice: 2 })).not.toBe(messageName(fresh));
    expect(messageName({ ...fresh, channel: 'mail' })).not.toBe(messageName(fresh));
    for (const change of [{ office: '150300' }, { role: 'leader' }, { day: '2021-10-23' }, { sub: 'p-2' }])
      expect(messageName({ ...fresh, ...change })).not.toBe(messageName(fresh));
    expect(messageName(fresh)).toHaveLength(32);
    // What is gathered for one morning is one message, whatever notices it is of.
    const morning = '2021-10-23T01:00:00.000Z';
    expect(messageName({ ...fresh, day: '2021-10-21', notice: 7 }, morning)).toBe(
      messageName(fresh, morning),
    );
    expect(messageName(fresh, morning)).not.toBe(messageName(fresh, '2021-10-24T01:00:00.000Z'));
  });
});

test('the morning of what is gathered is nine o’clock in Inner Mongolia, of the same day if it is still to come', () => {
  expect(nextDigest('2021-10-22T00:30:00.000Z')).toBe('2021-10-22T01:00:00.000Z');
  expect(nextDigest('2021-10-22T01:00:00.000Z')).toBe('2021-10-23T01:00:00.000Z');
  expect(nextDigest('2021-10-22T16:30:00.000Z')).toBe('2021-10-23T01:00:00.000Z');
});
