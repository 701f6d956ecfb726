import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Result } from '../../kernel/result.ts';
import { invitationStateNames, invitationStates, type Invitation } from './invitation.ts';
import {
  codeAsked,
  codeRefused,
  codeTold,
  codeToTry,
  invitationActionNames,
  invitationActions,
  invitationEvent,
  linkTold,
  moveInvitation,
  opened,
  triesLeft,
  validUntil,
} from './lifecycle.ts';
import { later, nine, sampleInvitation } from './sample-invitation.ts';

function done<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const why = <T>(result: Result<T, Refusal>): string => (result.ok ? 'done' : result.error.code);
const fresh = { salt: 'salt', hash: 'hash', sealed: 'code' };
const moves = invitationActionNames.filter((name) => name !== 'invite');

describe('the table', () => {
  test.each(moves)('%s is possible in its states and in no other', (action) => {
    for (const state of invitationStateNames) {
      const moved = moveInvitation(action, sampleInvitation({ state }), {}, nine);
      const from: readonly string[] = invitationActions[action].from;
      expect(why(moved), state).toBe(from.includes(state) ? 'done' : 'invitation-ended');
      const { to } = invitationActions[action];
      if (moved.ok) expect(moved.value.state).toBe(to === 'same' ? state : to);
    }
  });

  test.each(['answered', 'revoked', 'expired'] as const)('says that it is %s already', (state) => {
    const { zh: stateZh, en } = invitationStates[state];
    expect(moveInvitation('revoke', sampleInvitation({ state }), {}, nine)).toMatchObject({
      error: { params: { stateZh, state: en } },
    });
  });

  test('nothing leads out of an end, and every end takes the secrets with it', () => {
    for (const { from } of Object.values(invitationActions))
      for (const state of from) expect(invitationStates[state].final).toBe(false);
    const full = sampleInvitation({
      state: 'opened',
      code: { ...fresh, until: later(10), tries: 0 },
      session: { hash: 'session', until: later(30) },
    });
    for (const action of ['answer', 'revoke', 'expire'] as const) {
      const ended = done(moveInvitation(action, full, {}, later(5)));
      expect(ended.endedAt).toBe(later(5));
      expect(ended.official).toEqual({ name: '苏**', phone: '139****0001' });
      expect(ended.link).toEqual({ state: 'waiting' });
      expect(ended).not.toHaveProperty('code');
      expect(ended).not.toHaveProperty('session');
    }
    const on = done(moveInvitation('open', full, {}, later(5)));
    expect(on).toEqual(full);
    expect(on).not.toHaveProperty('endedAt');
  });

  test('names its events one by one, and in them nothing of the person', () => {
    const types = Object.values(invitationActions).map(({ event }) => event);
    expect(new Set(types).size).toBe(types.length);
    for (const type of types) expect(type).toMatch(/^invitation\.[a-z-]+$/);
    expect(invitationEvent('open', sampleInvitation({ state: 'opened' }), { until: nine })).toEqual({
      type: 'invitation.opened',
      facts: { submission: 'filing', office: '150102-FIRE', state: 'opened', until: nine },
    });
  });
});

describe('how long', () => {
  test('five days, or to the end of the department’s limit, which may be over already or stand still', () => {
    expect(validUntil(nine, null)).toBe('2021-10-17T01:00:00.000Z');
    expect(validUntil(nine, '2021-10-15T16:00:00.000Z')).toBe('2021-10-15T16:00:00.000Z');
    expect(validUntil(nine, '2021-10-20T16:00:00.000Z')).toBe('2021-10-17T01:00:00.000Z');
    expect(validUntil(nine, '2021-10-11T16:00:00.000Z')).toBe('2021-10-17T01:00:00.000Z');
    expect(validUntil(nine, nine)).toBe('2021-10-17T01:00:00.000Z');
  });
});

describe('a code', () => {
  const asked = (invitation: Invitation, now: string): Invitation => done(codeAsked(invitation, fresh, now));

  test('lives ten minutes, or as long as the link', () => {
    expect(asked(sampleInvitation(), nine)).toMatchObject({
      state: 'sent',
      codes: [nine],
      code: { ...fresh, until: later(10), tries: 0 },
    });
    const ending = sampleInvitation({ validUntil: later(4) });
    expect(asked(ending, nine).code?.until).toBe(later(4));
    const one = asked(sampleInvitation(), nine);
    expect(why(codeToTry(one, later(9)))).toBe('done');
    expect(why(codeToTry(one, later(10)))).toBe('code-ended');
    expect(why(codeToTry(sampleInvitation(), nine))).toBe('code-ended');
  });

  test('takes the place of the one before, whose tries are forgotten', () => {
    const tried = done(codeRefused(asked(sampleInvitation(), nine), nine));
    expect(asked(tried, later(1)).code).toMatchObject({ tries: 0, until: later(11) });
  });

  test('comes three times an hour', () => {
    let one = sampleInvitation();
    for (const minute of [0, 10, 20]) one = asked(one, later(minute));
    expect(why(codeAsked(one, fresh, later(59)))).toBe('too-many-codes');
    // The first is an hour old.
    expect(asked(one, later(60)).codes).toHaveLength(4);
    expect(why(codeAsked(asked(one, later(60)), fresh, later(61)))).toBe('too-many-codes');
  });

  test('comes twelve times in all', () => {
    let one = sampleInvitation();
    for (let hour = 0; hour < 12; hour += 1) one = asked(one, later(hour * 60));
    expect(one.codes).toHaveLength(12);
    const refused = codeAsked(one, fresh, later(12 * 60));
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'too-many-codes', params: { hour: 3, all: 12 } },
    });
  });

  test('is spent by five wrong guesses', () => {
    let one = asked(sampleInvitation(), nine);
    expect(triesLeft(one)).toBe(5);
    for (let guess = 1; guess <= 5; guess += 1) {
      expect(why(codeToTry(one, nine))).toBe('done');
      one = done(codeRefused(one, nine));
      expect(triesLeft(one)).toBe(5 - guess);
    }
    expect(why(codeToTry(one, nine))).toBe('code-ended');
    expect(triesLeft(done(codeRefused(one, nine)))).toBe(0);
    expect(triesLeft(sampleInvitation())).toBe(5);
    expect(why(codeRefused(sampleInvitation(), nine))).toBe('code-ended');
  });

  test('opens one session and is used up', () => {
    const one = done(opened(asked(sampleInvitation(), nine), 'session', later(2)));
    expect(one).toMatchObject({ state: 'opened', session: { hash: 'session', until: later(32) } });
    expect(one).not.toHaveProperty('code');
    const ending = sampleInvitation({ validUntil: later(20) });
    expect(done(opened(ending, 'session', nine)).session?.until).toBe(later(20));
    expect(why(opened(sampleInvitation({ state: 'revoked' }), 'session', nine))).toBe('invitation-ended');
  });
});

describe('what was told', () => {
  test('lies sealed no longer', () => {
    expect(done(linkTold(sampleInvitation(), 'sent', nine)).link).toEqual({ state: 'sent' });
    expect(why(linkTold(sampleInvitation({ state: 'expired' }), 'sent', nine))).toBe('invitation-ended');
    const one = done(codeAsked(sampleInvitation(), fresh, nine));
    expect(done(codeTold(one, nine)).code).toEqual({
      salt: 'salt',
      hash: 'hash',
      until: later(10),
      tries: 0,
    });
    expect(why(codeTold(sampleInvitation(), nine))).toBe('code-ended');
  });
});
