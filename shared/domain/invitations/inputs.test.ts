import { expect, test } from 'vitest';
import { AnswerInput, InviteInput, NothingMore, OpenInput } from './inputs.ts';

const invite = { department: 'FIRE', name: ' 苏日娜 ', phone: '13900000001' };
const session = 'A'.repeat(43);

test('an official is named, with a number that takes text messages', () => {
  expect(InviteInput().parse(invite)).toEqual({ ...invite, name: '苏日娜' });
  expect(InviteInput().parse({ ...invite, phone: ' 13900000001 ' }).phone).toBe('13900000001');
  for (const change of [
    { department: 'POLICE' },
    { name: ' ' },
    { name: '苏'.repeat(61) },
    { phone: '0471-4600000' },
    { phone: '12900000001' },
    { phone: '139000000011' },
    { phone: '8613900000001' },
    { more: 1 },
  ])
    expect(InviteInput().safeParse({ ...invite, ...change }).success, JSON.stringify(change)).toBe(false);
  expect(NothingMore().safeParse({}).success).toBe(true);
  expect(NothingMore().safeParse({ reason: '' }).success).toBe(false);
});

test('it is opened by a code or by a session, never by both', () => {
  expect(OpenInput().parse({ code: '012345' })).toEqual({ code: '012345' });
  expect(OpenInput().parse({ session })).toEqual({ session });
  for (const body of [
    {},
    { code: '12345' },
    { code: '1234567' },
    { code: 'abcdef' },
    { session: 'A' },
    { code: '012345', session },
  ])
    expect(OpenInput().safeParse(body).success, JSON.stringify(body)).toBe(false);
});

test('an answer is an opinion like any other, in its session', () => {
  const opinion = { verdict: 'agree' };
  expect(AnswerInput().parse({ session, opinion })).toEqual({ session, opinion });
  for (const body of [
    { opinion },
    { session },
    { session, opinion: { verdict: 'disagree' } },
    { session: `${session}A`, opinion },
  ])
    expect(AnswerInput().safeParse(body).success, JSON.stringify(body)).toBe(false);
});
