/** The store over the one table: reads that cost what they show, and the one commit. */
import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { DeskEntry, Listed, Page, Slot, Store } from '../../app/ports.ts';
import { AuditEntry } from '../../domain/audit/entry.ts';
import { City, cityAtFirst } from '../../domain/cities/city.ts';
import { Document } from '../../domain/documents/document.ts';
import { Obligation } from '../../domain/duties/obligation.ts';
import { EvaluationRun } from '../../domain/evaluation/run.ts';
import { SchemeRecord } from '../../domain/evaluation/scheme.ts';
import { regionalDefault, RuleSet } from '../../domain/policies/rule-set.ts';
import { Notice } from '../../domain/reminders/notice.ts';
import { Reminder } from '../../domain/reminders/reminder.ts';
import { addDays } from '../../kernel/civil-date.ts';
import { invitationsPartition, openDutiesPartition } from './codec.ts';
import type { Role } from '../../domain/identity/roles.ts';
import { ReviewFile } from '../../domain/submissions/joint-review/review-file.ts';
import { Paper, Version } from '../../domain/submissions/submission.ts';
import { CalendarItem } from './calendar-item.ts';
import { calendarSource } from './calendar-source.ts';
import { certificateReads } from './certificates.ts';
import type { Item } from './codec.ts';
import { commitTo, receiptOf } from './commit.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { headOf, reviewsPartition } from './head-item.ts';
import { invitationReads } from './invitations.ts';
import { chainOf, deskPartition, entryKey, keys, lastNumber, type Key } from './keys.ts';
import { peopleReads } from './people.ts';
import { registerReads } from './registers.ts';
import { readRange, type Range } from './range.ts';
import { tableSchema } from './table.ts';

export function dynamoStore(client: DynamoDBDocumentClient, table: string, now: () => string): Store {
  async function get(key: Key): Promise<Item | undefined> {
    if (!isPossible(key)) return undefined;
    const { Item: item } = await client.send(
      new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return item;
  }

  const range = (wanted: Range): Promise<Item[]> => readRange(client, table, wanted);

  /** All that is open of a kind. The index may lag behind the records. */
  async function openTasks<Task>(partition: string): Promise<Task[]> {
    const index = tableSchema.indexes.fallsDue;
    const tasks: Task[] = [];
    let from: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index.name,
          KeyConditionExpression: `${index.partitionKey} = :open`,
          ExpressionAttributeValues: { ':open': partition },
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      tasks.push(...(page.Items ?? []).map((item) => item['dueTask'] as Task));
      from = page.LastEvaluatedKey;
    } while (from);
    return tasks;
  }

  const years = calendarSource(
    async () =>
      (await range({ PK: 'CALENDAR', prefix: 'YEAR#' })).map((item) => CalendarItem().parse(item['data'])),
    now,
  );

  return {
    commit: commitTo(client, table, now),

    async loadForCommand(sub, key, { submission, city, slot } = {}) {
      const wanted = [
        keys.receipt(sub, key),
        ...(submission === undefined ? [] : [keys.submission(submission)]),
        ...(city === undefined ? [] : [keys.city(city)]),
        ...(slot === undefined ? [] : [keys.slot(slot.owner, slot.kind, slot.period)]),
      ].filter(isPossible);
      const answer = await client.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: wanted.map((one) => ({ ...one })), ConsistentRead: true } },
        }),
      );
      const items = answer.Responses?.[table] ?? [];
      const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      const rest = await Promise.all(left.map((one) => get(one as Key)));
      const all = [...items, ...rest].filter((item) => item !== undefined);
      // By partition: the caller chooses the key of a receipt, and may choose the name of a head.
      const under = (partition: string): Item | undefined =>
        all.find((item) => String(item['PK']).startsWith(partition));
      const [receipt, head, place] = [
        under(keys.receipt('', '').PK),
        under(keys.submission('').PK),
        under(keys.slot('', '', '').PK),
      ];
      return {
        ...(receipt ? { receipt: receiptOf(receipt) } : {}),
        ...(head ? { head: headOf(head) } : {}),
        ...(city === undefined ? {} : { city: cityOf(under(keys.city('').PK), city) }),
        ...(place ? { slot: slotOf(place) } : {}),
      };
    },

    async head(id) {
      const item = await get(keys.submission(id));
      return item && headOf(item);
    },

    async version(submission, number) {
      // A number that is none would sort behind every version and show the newest.
      if (!Number.isInteger(number) || number < 0 || number > lastNumber) return undefined;
      const { Items: items } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'PK = :pk AND SK BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': keys.submission(submission).PK,
            ':first': keys.version(submission, 0).SK,
            ':last': keys.version(submission, number).SK,
          },
          ScanIndexForward: false,
          Limit: 1,
        }),
      );
      return items?.[0] && Version().parse(items[0]['data']);
    },

    async review(submission) {
      const item = await get(keys.review(submission));
      return item && ReviewFile().parse(item['data']);
    },

    async documents(submission) {
      const items = await range({ PK: keys.submission(submission).PK, prefix: 'DOC#' });
      return items.map((item) => Document().parse(item['data']));
    },

    async document(submission, id) {
      const item = await get(keys.document(submission, id));
      return item && Document().parse(item['data']);
    },

    async papers(submission) {
      const items = await range({ PK: keys.submission(submission).PK, prefix: 'PAP#' });
      return items.map((item) => Paper().parse(item['data']));
    },

    async city(code) {
      return cityOf(await get(keys.city(code)), code);
    },

    async slot(owner, kind, period) {
      const item = await get(keys.slot(owner, kind, period));
      return item && slotOf(item);
    },

    async entries(record, after, limit) {
      if (after >= lastNumber) return [];
      const { PK, prefix } = chainOf(record);
      const { Items: items } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'PK = :pk AND SK BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': PK,
            ':first': entryKey(record, after + 1).SK,
            ':last': `${prefix}~`,
          },
          Limit: limit,
        }),
      );
      return (items ?? []).map((item) => AuditEntry().parse(item['entry']));
    },

    async submissionsOf(owner, kind, cursor, limit) {
      const index = tableSchema.indexes.byOwner;
      const partition = `OWNER#${owner}`;
      const prefix = kind ? `${kind}#` : '';
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index.name,
          KeyConditionExpression: `${index.partitionKey} = :owner${kind ? ` AND begins_with(${index.sortKey}, :kind)` : ''}`,
          ExpressionAttributeValues: { ':owner': partition, ...(kind ? { ':kind': prefix } : {}) },
          Limit: limit,
          ...(cursor ? { ExclusiveStartKey: decodeCursor(cursor, { keys: index, partition, prefix }) } : {}),
        }),
      );
      return pageOf(
        (page.Items ?? []).map((item) => listedOf(owner, item)),
        page.LastEvaluatedKey,
      );
    },

    async desk(office: string, role: Role, after, limit) {
      const { Items: items } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: after ? 'PK = :pk AND SK > :after' : 'PK = :pk',
          ExpressionAttributeValues: {
            ':pk': deskPartition(office, role),
            ...(after ? { ':after': after } : {}),
          },
          Limit: limit,
        }),
      );
      return (items ?? []).map((item) => ({ place: String(item['SK']), entry: item['data'] as DeskEntry }));
    },

    async obligation(id) {
      const item = await get(keys.obligation(id));
      return item && Obligation().parse(item['data']);
    },

    async obligationsOf(city) {
      const pointers = await range({ PK: keys.dutyOf(city, '').PK });
      const found = await Promise.all(pointers.map((pointer) => get(keys.obligation(String(pointer['SK'])))));
      return found.flatMap((item) => (item ? [Obligation().parse(item['data'])] : []));
    },

    async openDuties() {
      const tasks = await openTasks<{ obligation: string }>(openDutiesPartition);
      return tasks.map(({ obligation }) => obligation);
    },

    async reviewsUnderWay() {
      const tasks = await openTasks<{ submission: string }>(reviewsPartition);
      return tasks.map(({ submission }) => submission);
    },

    openInvitations: () => openTasks(invitationsPartition),

    async reminders(obligation) {
      const items = await range({ PK: keys.obligation(obligation).PK, prefix: 'REM#' });
      return items.map((item) => Reminder().parse(item['data']));
    },

    async notice(office, role, day) {
      const item = await get(keys.notice(office, role, day));
      return item && Notice().parse(item['data']);
    },

    async noticesOf(office, role, before, limit) {
      const { Items: items } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'PK = :pk AND SK BETWEEN :first AND :last',
          ExpressionAttributeValues: {
            ':pk': keys.notice(office, role, '').PK,
            ':first': 'NOT#',
            ':last': before === undefined ? 'NOT#~' : `NOT#${addDays(before, -1)}`,
          },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return (items ?? []).map((item) => Notice().parse(item['data']));
    },

    async evaluation(id) {
      const item = await get(keys.evaluation(id));
      return item && EvaluationRun().parse(item['data']);
    },

    async evaluationsOf(year) {
      const items = await range({ PK: keys.evaluation(String(year)).PK, prefix: 'RUN#' });
      return items
        .map((item) => EvaluationRun().parse(item['data']))
        .sort((a, b) => a.to.localeCompare(b.to) || a.cycle.localeCompare(b.cycle) || a.number - b.number);
    },

    async schemeRecord(year) {
      const item = await get(keys.scheme(year));
      return item && SchemeRecord().parse(item['data']);
    },

    async ruleSetsOf(city) {
      const items = await range({ PK: keys.ruleSet(city, 0).PK, prefix: 'SET#' });
      return items.map((item) => RuleSet().parse(item['data']));
    },

    async ruleSet(id) {
      if (id === regionalDefault.id) return regionalDefault;
      const [, city = '', number = ''] = /^(\d{6})\/([1-9]\d{0,5})$/.exec(id) ?? [];
      const item = city === '' ? undefined : await get(keys.ruleSet(city, Number(number)));
      return item && RuleSet().parse(item['data']);
    },

    async calendarRecord(year) {
      const item = await get(keys.calendar(year));
      return item && CalendarItem().parse(item['data']);
    },

    calendar: years,

    ...peopleReads(client, table),
    ...certificateReads(client, table),
    ...registerReads(client, table),
    ...invitationReads(client, table),
  };
}

/** Whether an item can lie there at all. Identifiers come from callers, and the table refuses keys that are too long. */
function isPossible({ PK, SK }: Key): boolean {
  return SK !== '' && Buffer.byteLength(PK) <= 2048 && Buffer.byteLength(SK) <= 1024;
}

function pageOf<T>(items: readonly T[], last: Item | undefined): Page<T> {
  return { items, ...(last ? { cursor: encodeCursor(last) } : {}) };
}

function listedOf(owner: string, item: Item): Listed {
  const [kind = '', period = '', id = ''] = String(item[tableSchema.indexes.byOwner.sortKey]).split('#');
  const listed = item['listed'] as Pick<Listed, 'path' | 'state' | 'frozen' | 'updatedAt'>;
  return { id, kind, owner, period, ...listed };
}

function cityOf(item: Item | undefined, code: string): City {
  return item ? City().parse(item['data']) : cityAtFirst(code);
}

function slotOf(item: Item): Slot {
  const { PK: _pk, SK: _sk, v: _v, ...slot } = item;
  return slot as unknown as Slot;
}
