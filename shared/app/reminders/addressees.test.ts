/** Who is told of a notice, on the real table, with what is sealed of them. */
import { maskMail, maskPhone } from '../../kernel/masking.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chain } from '../../domain/audit/entry.ts';
import type { Notice } from '../../domain/reminders/notice.ts';
import { nameOf, type Mailbox, type Person, type Reach, type Snooze } from '../../domain/reminders/person.ts';
import { testTable, type TestTable } from '../../../test/support/test-table.ts';
import type { PersonalData, RecordChange } from '../ports.ts';
import { addresseesOf } from './addressees.ts';
import { contactContext } from './contact.ts';

const now = '2021-10-15T00:30:00.000Z';
let table: TestTable;
let office = '';
let offices = 0;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());
beforeEach(() => {
  offices += 1;
  office = `office-${offices}`;
});

/** Nothing is opened here: a person whose address cannot be read hinders nobody. */
const personalData: Pick<PersonalData, 'seal'> = {
  seal: (plain, context) => Promise.resolve(JSON.stringify({ plain, context })),
};
const deps = () => ({ store: table.store });

async function commit(name: string, change: RecordChange): Promise<void> {
  const by = { sub: 'p', office };
  const { record, entry } = chain(name, undefined, change.after, { type: 'x.y', facts: {} }, by, now);
  await table.store.commit({
    changes: [{ ...change, after: record, entry } as typeof change & { entry: typeof entry }],
  });
}

async function put(sub: string, reach: Reach = {}, more: Partial<Person> = {}): Promise<void> {
  const sealed = await personalData.seal({ ...reach }, contactContext.person(office, sub));
  const masks = {
    ...(reach.mail ? { mail: maskMail(reach.mail) } : {}),
    ...(reach.phone ? { phone: maskPhone(reach.phone) } : {}),
  };
  const after: Person = {
    sub,
    office,
    roles: ['drafter'],
    locale: 'zh-CN',
    delivery: 'daily',
    ...(Object.keys(reach).length > 0 ? { contact: { ...masks, sealed } } : {}),
    seq: 0,
    hash: '',
    ...more,
  };
  await commit(nameOf.person(office, sub), { kind: 'person', after });
}

function notice(point: '-10' | '-1'): Notice {
  const line = {
    obligation: 'o',
    point,
    city: office,
    notice: '',
    clause: '',
    open: [],
    lastDay: '',
    workingDays: 1,
  };
  return { office, role: 'drafter', day: '2021-10-15', lines: [line], at: now, seq: 1, hash: '' };
}

describe('the addressees of a notice', () => {
  test('are nobody where nobody said how to be told', async () => {
    expect(await addresseesOf(deps(), notice('-10'), now)).toEqual([]);
  });

  test('are the office’s own mailbox where it has one, at once', async () => {
    const sealed = await personalData.seal({ mail: 'box@example.cn' }, contactContext.mailbox(office));
    const after: Mailbox = { office, contact: { mail: 'b***@example.cn', sealed }, seq: 0, hash: '' };
    await commit(nameOf.mailbox(office), { kind: 'mailbox', after });
    expect(await addresseesOf(deps(), notice('-10'), now)).toEqual([
      { sub: `office:${office}`, locale: 'zh-CN', masks: { mail: 'b***@example.cn' }, when: 'at-once' },
    ]);
  });

  test('are those of the role, as each prefers, and who covers for them', async () => {
    await put(
      'a#1',
      { mail: 'a@example.cn', phone: '13800001234' },
      { leave: { from: '2021-10-15', to: '2021-10-15', cover: 'c/2' } },
    );
    await put('b', {}, { locale: 'en', delivery: 'at-once' });
    await put('c/2', { phone: '13900004321' }, { roles: ['checker'] });
    await put('d', { mail: 'd@example.cn' }, { roles: ['leader'] });
    const found = await addresseesOf(deps(), notice('-10'), now);
    expect(found).toEqual([
      {
        sub: 'a#1',
        locale: 'zh-CN',
        masks: { mail: 'a***@example.cn', sms: '138****1234' },
        when: 'daily',
      },
      { sub: 'b', locale: 'en', masks: {}, when: 'at-once' },
      { sub: 'c/2', locale: 'zh-CN', masks: { sms: '139****4321' }, when: 'daily', coversFor: 'a#1' },
    ]);
    const last = await addresseesOf(deps(), notice('-1'), now);
    expect(last.map(({ when }) => when)).toEqual(['at-once', 'at-once', 'at-once']);
  });

  test('leave out who has put the duty off, as far as that is his', async () => {
    await put('a', { mail: 'a@example.cn' });
    const after: Snooze = { office, sub: 'a', obligation: 'o', until: '2021-10-20', seq: 0, hash: '' };
    await commit(nameOf.snooze(after), { kind: 'snooze', after });
    expect(await addresseesOf(deps(), notice('-10'), now)).toEqual([]);
    expect(await addresseesOf(deps(), notice('-1'), now)).toMatchObject([{ sub: 'a', when: 'at-once' }]);
    expect(await addresseesOf(deps(), notice('-10'), '2021-10-20T00:30:00.000Z')).toHaveLength(1);
    const [line] = notice('-10').lines;
    const more = { ...notice('-10'), lines: line ? [line, { ...line, obligation: 'other' }] : [] };
    expect(await addresseesOf(deps(), more, now)).toMatchObject([{ sub: 'a', putOff: ['o'] }]);
  });
});
