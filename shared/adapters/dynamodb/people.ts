/** Reads of whom to tell, and of who has read what. */
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Store } from '../../app/ports.ts';
import { Delegates } from '../../domain/identity/delegates.ts';
import { Mailbox, Person, ReadMark, Snooze } from '../../domain/reminders/person.ts';
import { keys, peopleRange, readersRange, type Key } from './keys.ts';
import { readRange } from './range.ts';

type PeopleReads = Pick<
  Store,
  'addressBook' | 'person' | 'mailbox' | 'delegates' | 'snooze' | 'readMark' | 'readMarks'
>;

export function peopleReads(client: DynamoDBDocumentClient, table: string): PeopleReads {
  async function data(key: Key): Promise<unknown> {
    const answer = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return answer.Item?.['data'];
  }

  return {
    async addressBook(office) {
      const { PK, first, last, person, snooze, mailbox } = peopleRange(office);
      const items = await readRange(client, table, { PK, first, last });
      const under = (prefix: string): unknown[] =>
        items.filter(({ SK }) => String(SK).startsWith(prefix)).map((item) => item['data']);
      const [box] = under(mailbox);
      return {
        people: under(person).map((one) => Person().parse(one)),
        snoozes: under(snooze).map((one) => Snooze().parse(one)),
        ...(box ? { mailbox: Mailbox().parse(box) } : {}),
      };
    },

    async person(office, sub) {
      const found = await data(keys.person(office, sub));
      return found === undefined ? undefined : Person().parse(found);
    },

    async delegates(office) {
      const found = await data(keys.delegates(office));
      return found === undefined ? undefined : Delegates().parse(found);
    },
    async mailbox(office) {
      const found = await data(keys.mailbox(office));
      return found === undefined ? undefined : Mailbox().parse(found);
    },

    async snooze(office, sub, obligation) {
      const found = await data(keys.snooze(office, sub, obligation));
      return found === undefined ? undefined : Snooze().parse(found);
    },

    async readMark(office, role, day, sub) {
      const found = await data(keys.read(office, role, day, sub));
      return found === undefined ? undefined : ReadMark().parse(found);
    },

    async readMarks(office, role, from, to) {
      const { PK, first, last } = readersRange(office, role, from, to);
      const items = await readRange(client, table, { PK, first, last });
      return items.map((item) => ReadMark().parse(item['data']));
    },
  };
}
