import { describe, expect, test } from 'vitest';
import { Invitation, invitationName, minuteOf, sealContext, standingOf, standings } from './invitation.ts';
import { codeMessage, linkMessage, watermarkText } from './messages.ts';
import { later, nine, sampleInvitation, sampleReview } from './sample-invitation.ts';

describe('an invitation', () => {
  test('is read back as it was written, and only with states that there are', () => {
    const whole = sampleInvitation({
      code: { salt: 's', hash: 'h', until: later(10), tries: 2, sealed: 'c' },
      session: { hash: 'h', until: later(30) },
      codes: [nine],
      endedAt: later(9),
      opinion: 7,
    });
    expect(Invitation().parse(whole)).toEqual(whole);
    for (const change of [
      { state: 'lost' },
      { link: { state: 'lost' } },
      { official: { name: '苏**' } },
      { code: { salt: 's', hash: 'h', until: nine } },
      { codes: 3 },
    ])
      expect(Invitation().safeParse({ ...whole, ...change }).success).toBe(false);
  });

  test('seals each thing under a name of its own', () => {
    const one = sampleInvitation();
    expect(invitationName(one)).toBe('invitation:filing/1');
    const contexts = Object.values(sealContext).map((context) => context(one));
    expect(new Set(contexts).size).toBe(contexts.length);
    for (const context of contexts) expect(context).toMatch(/^invitation:filing\/1:\w+$/);
  });

  test.each([
    [{}, {}, later(1), 'open'],
    [{ state: 'opened' }, {}, later(1), 'open'],
    [{ state: 'revoked' }, {}, later(1), 'gone'],
    [{ state: 'expired' }, {}, later(1), 'gone'],
    [{}, {}, later(5 * 24 * 60 - 1), 'open'],
    // Due instants are exclusive.
    [{}, {}, later(5 * 24 * 60), 'gone'],
    [{ state: 'answered' }, {}, later(1), 'answered'],
    [{ state: 'answered' }, {}, later(5 * 24 * 60), 'gone'],
    [{}, { state: 'returned' }, later(1), 'outdated'],
    [{}, { state: 'plan-check' }, later(1), 'outdated'],
    [{}, { frozen: 3 }, later(1), 'outdated'],
    [{}, { frozenHash: 'other papers' }, later(1), 'outdated'],
  ] as const)('%j of a filing %j at %s is %s', (one, head, now, standing) => {
    expect(standingOf(sampleInvitation(one), sampleReview(head), now)).toBe(standing);
    expect(standings[standing].zh).not.toBe('');
  });

  test('is overtaken by an opinion of its own department, not by others', () => {
    const given = (office: string) => ({ office, verdict: 'agree' as const, version: 2, hash: '', seq: 5 });
    const standing = (office: string) =>
      standingOf(sampleInvitation(), sampleReview({ opinions: [given(office)] }), nine);
    expect(standing('150102-FIRE')).toBe('overtaken');
    expect(standing('150102-TAX')).toBe('open');
  });
});

describe('what it says', () => {
  const one = { office: '150102-FIRE', number: 3, validUntil: '2021-10-16T17:05:00.000Z' };

  test('minutes are those of Inner Mongolia', () => {
    expect(minuteOf('2021-10-16T17:05:59.000Z')).toBe('2021-10-17 01:05');
  });

  test('the link names offices and its end; the code comes alone', () => {
    expect(linkMessage(one, '150102-HOUSING', 'https://anju.example.cn', 'TOKEN')).toBe(
      '【安居】新城区住房和城乡建设部门邀请您代表新城区消防救援部门出具联审意见，2021-10-17 01:05前有效，请勿转发：https://anju.example.cn/invitations/TOKEN',
    );
    expect(linkMessage({ ...one, office: 'X' }, 'Y', '', 'T')).toContain('Y邀请您代表X出具');
    expect(codeMessage(one, '012345')).toBe(
      '【安居】验证码012345，10分钟内有效，仅用于第3号联审邀请，请勿告知他人。',
    );
  });

  test('the watermark says who, for whom, when, by which invitation', () => {
    expect(watermarkText(one, '苏日娜', nine)).toBe(
      '苏日娜　新城区消防救援部门　2021-10-12 09:00　第3号邀请',
    );
    expect(watermarkText({ ...one, office: 'X' }, '苏', nine)).toContain('X');
  });
});
