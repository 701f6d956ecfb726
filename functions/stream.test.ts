import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { chain } from '../shared/domain/audit/entry.ts';
import { entriesIn } from './stream.ts';

const by = { sub: 'p-1', office: '150100', role: 'drafter' };
const { entry } = chain(
  'submission:s-1',
  undefined,
  { seq: 0, hash: '' },
  { type: 'submission.created', facts: { period: '2022', none: null, list: [1, { a: true }] } },
  by,
  '2022-01-04T01:00:00.000Z',
);

function record(
  eventName: DynamoDBRecord['eventName'] & string,
  item: Record<string, unknown>,
): DynamoDBRecord {
  const image = marshall(item) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] & object;
  return {
    eventName,
    dynamodb: { SequenceNumber: `${eventName}-7`, [eventName === 'REMOVE' ? 'OldImage' : 'NewImage']: image },
  };
}

const key = { PK: 'SUB#s-1', SK: 'AUD#HEAD#000001' };

describe('the entries in a stream batch', () => {
  it('are what was inserted, whole, with their sequence numbers', () => {
    expect(entriesIn({ Records: [record('INSERT', { ...key, v: 1, entry })] })).toEqual([
      { sequence: 'INSERT-7', entry },
    ]);
  });

  it('are not what was changed or removed, and no other items', () => {
    const other = [
      record('MODIFY', { ...key, entry }),
      record('REMOVE', { ...key, entry }),
      record('INSERT', { PK: 'SUB#s-1', SK: 'HEAD', data: { entry } }),
      { eventName: 'INSERT' as const },
      {},
    ];
    expect(entriesIn({ Records: other })).toEqual([]);
    expect(entriesIn({ Records: [...other, record('INSERT', { ...key, entry })] })).toHaveLength(1);
  });

  it('must be entries: a damaged one is found here', () => {
    const damaged = record('INSERT', { ...key, entry: { ...entry, seq: 'one' } });
    expect(() => entriesIn({ Records: [damaged] })).toThrow(/seq/);
  });
});
