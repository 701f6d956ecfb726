import { describe, expect, test } from 'vitest';
import {
  LeaveInput,
  Mailbox,
  MailboxInput,
  nameOf,
  Person,
  PreferencesInput,
  ReadMark,
  Snooze,
} from './person.ts';

const said = { locale: 'zh-CN', delivery: 'daily', mail: 'wuhai@example.cn', phone: '13800001234' };

describe('what a person says of himself', () => {
  const takes = (change: object): boolean => PreferencesInput().safeParse({ ...said, ...change }).success;

  test('is language, at once or gathered, and where to; address and number may be left out or emptied', () => {
    expect(takes({})).toBe(true);
    expect(takes({ mail: undefined, phone: undefined })).toBe(true);
    expect(takes({ mail: '', phone: '' })).toBe(true);
    for (const change of [
      { locale: 'mn' },
      { delivery: 'weekly' },
      { locale: undefined },
      { roles: ['lead'] },
    ])
      expect(takes(change)).toBe(false);
  });

  test.each([
    ['13800001234', true],
    ['19900001234', true],
    ['+97611223344', true],
    ['+1234567', true],
    // A fixed line takes no text messages.
    ['0471-6944444', false],
    ['12800001234', false],
    ['1380000123', false],
    ['138000012345', false],
    ['+123456', false],
    ['+1234567890123456', false],
    ['tel:13800001234', false],
  ])('the number %s can be told by text message: %s', (phone, can) => {
    expect(takes({ phone })).toBe(can);
    expect(MailboxInput().safeParse({ phone }).success).toBe(can);
  });

  test.each([
    ['wuhai@example.cn', true],
    ['wuhai', false],
    [`${'a'.repeat(250)}@b.cn`, false],
  ])('the address %s can be written to: %s', (mail, can) => {
    expect(takes({ mail })).toBe(can);
    expect(MailboxInput().safeParse({ mail }).success).toBe(can);
  });
});

test('the mailbox of an office is set by an address, a number, or both, and not by nothing', () => {
  expect(MailboxInput().safeParse({ mail: '' }).success).toBe(true);
  expect(MailboxInput().safeParse({ mail: 'a@b.cn', phone: '' }).success).toBe(true);
  expect(MailboxInput().safeParse({ mail: 'a@b.cn', office: '150300' }).success).toBe(false);
  const { error } = MailboxInput().safeParse({});
  expect(error?.issues.map(({ message }) => message)).toEqual(['nothing-given']);
});

test('a leave has two days that exist and names who covers', () => {
  const leave = { from: '2021-10-11', to: '2021-10-20', cover: 'p-2' };
  expect(LeaveInput().safeParse(leave).success).toBe(true);
  for (const change of [
    { from: '2021-02-30' },
    { to: '10-20' },
    { cover: '' },
    { cover: 'p'.repeat(256) },
    { x: 1 },
  ])
    expect(LeaveInput().safeParse({ ...leave, ...change }).success).toBe(false);
  const { error } = LeaveInput().safeParse({ ...leave, to: '2021-02-30' });
  expect(error?.issues.map(({ message }) => message)).toEqual(['civil-date']);
});

describe('the records', () => {
  const chained = { seq: 1, hash: 'h' };
  const contact = { mail: 'w***@example.cn', phone: '138****1234', sealed: 'cipher' };
  const person = {
    sub: 'p-1',
    office: '150300',
    roles: ['drafter'],
    locale: 'en',
    delivery: 'at-once',
    contact,
    leave: { from: '2021-10-11', to: '2021-10-20', cover: 'p-2' },
    ...chained,
  };
  const snooze = { office: '150300', sub: 'p-1', obligation: 'o-1', until: '2021-10-20', ...chained };
  const mark = {
    office: '150300',
    role: 'drafter',
    day: '2021-10-11',
    sub: 'p-1',
    readings: [{ notice: 1, at: '2021-10-11T01:00:00.000Z' }],
    ...chained,
  };
  const mailbox = { office: '150300', contact, ...chained };

  test('of a person, a mailbox, what is put off and what is read come back as they were written', () => {
    expect(Person().parse(person)).toEqual(person);
    expect(Mailbox().parse(mailbox)).toEqual(mailbox);
    expect(Snooze().parse(snooze)).toEqual(snooze);
    expect(ReadMark().parse(mark)).toEqual(mark);
  });

  test('never hold an address that is not sealed, nor a leave without a cover, nor a mark without a reading', () => {
    expect(Person().safeParse({ ...person, contact: { mail: 'wuhai@example.cn' } }).success).toBe(false);
    expect(Person().safeParse({ ...person, leave: { from: '2021-10-11', to: '2021-10-20' } }).success).toBe(
      false,
    );
    expect(Mailbox().safeParse({ ...mailbox, contact: {} }).success).toBe(false);
    expect(Mailbox().safeParse({ contact }).success).toBe(false);
    expect(Snooze().safeParse({ ...snooze, until: undefined }).success).toBe(false);
    expect(ReadMark().safeParse({ ...mark, readings: [] }).success).toBe(false);
    expect(ReadMark().safeParse({ ...mark, readings: [{ notice: 1 }] }).success).toBe(false);
    expect(ReadMark().safeParse({ ...mark, sub: undefined }).success).toBe(false);
  });

  test('have chains whose names no subject can forge with a separator of its own', () => {
    const sub = 'a/b:c';
    expect(nameOf.person('150300', sub)).toBe('person:150300/a%2Fb%3Ac');
    expect(nameOf.mailbox('150300')).toBe('mailbox:150300');
    expect(nameOf.snooze({ office: '150300', sub, obligation: 'o-1' })).toBe('snooze:150300/a%2Fb%3Ac/o-1');
    expect(nameOf.read({ office: '150300', role: 'drafter', day: '2021-10-11', sub })).toBe(
      'read:150300/drafter/2021-10-11/a%2Fb%3Ac',
    );
  });
});
