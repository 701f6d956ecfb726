import { describe, expect, test } from 'vitest';
import {
  eventTypes,
  otherEventTypes,
  platformEventTypes,
} from '../../shared/domain/submissions/event-types.ts';
import { facts, PublishedEvent } from './index.ts';

describe('the published events', () => {
  test('have a contract for every step of a filing', () => {
    const types = [
      ...Object.values(eventTypes),
      ...Object.values(otherEventTypes),
      ...Object.values(platformEventTypes),
    ];
    expect(types.filter((type) => !(type in facts))).toEqual([]);
    expect(
      Object.keys(facts)
        .filter((type) => type.startsWith('submission.'))
        .sort(),
    ).toEqual(types.sort());
  });

  test('carry nothing that the contract does not name', () => {
    const event = {
      record: 'calendar:2027',
      seq: 1,
      at: '2026-11-20T01:00:00.000Z',
      type: 'calendar.loaded',
      by: { sub: 'x', office: 'R_HOUSING', role: 'administrator' },
      facts: { year: 2027, version: 1, days: 30 },
      after: 'a'.repeat(64),
      previous: '',
      hash: 'b'.repeat(64),
    };
    expect(PublishedEvent.safeParse(event).success).toBe(true);
    expect(PublishedEvent.safeParse({ ...event, correlationId: 'JKJaXmPLvHcESHA=' }).success).toBe(true);
    expect(PublishedEvent.safeParse({ ...event, correlationId: '王演示' }).success).toBe(false);
    const phone = { ...event, facts: { ...event.facts, phone: '13800001234' } };
    expect(PublishedEvent.safeParse(phone).success).toBe(false);
    expect(PublishedEvent.safeParse({ ...event, type: 'calendar.burnt' }).success).toBe(false);
  });
});
