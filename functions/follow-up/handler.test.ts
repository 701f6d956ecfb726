import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { chain, systemActor, type AuditEntry } from '../../shared/domain/audit/entry.ts';
import { followUpHandler, type FollowUpDeps } from './handler.ts';

function noticed(day: string): AuditEntry {
  const facts = { office: '150200', role: 'drafter', day, duties: [] };
  const event = { type: 'notice.made', facts };
  const at = '2021-10-22T00:30:00.000Z';
  return chain(`notice:150200/drafter/${day}`, undefined, { seq: 0, hash: '' }, event, systemActor, at).entry;
}

function batch(...entries: AuditEntry[]): DynamoDBStreamEvent {
  return {
    Records: entries.map((entry, index) => ({
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: String(index + 1), NewImage: marshall({ PK: 'x', SK: 'AUD#1', entry }) },
    })),
  } as unknown as DynamoDBStreamEvent;
}

test('an order that cannot be put is answered as the batch’s failure, from its entry on; the rest waits', async () => {
  const put: string[] = [];
  const deps = {
    orders: {
      put: async (name: string) => {
        if (name.includes('2021-10-23')) throw new Error('no bucket');
        put.push(name);
      },
    },
  } as unknown as FollowUpDeps;
  const handle = followUpHandler(deps);
  const answer = await handle(batch(noticed('2021-10-22'), noticed('2021-10-23'), noticed('2021-10-24')));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  expect(put).toEqual(['delivery/notice_150200_drafter_2021-10-22/000001.json']);
});
