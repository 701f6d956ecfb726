/** Audit entries out of a DynamoDB stream batch; each with the record's sequence number, for partial batch answers. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { AuditEntry } from '../shared/domain/audit/entry.ts';

export interface StreamedEntry {
  readonly sequence: string;
  readonly entry: AuditEntry;
}

export function entriesIn(event: DynamoDBStreamEvent): StreamedEntry[] {
  return event.Records.flatMap((record) => {
    const image = record.dynamodb?.NewImage;
    if (record.eventName !== 'INSERT' || !image?.['entry']) return [];
    const item = unmarshall(image as Record<string, AttributeValue>);
    return [{ sequence: record.dynamodb?.SequenceNumber ?? '', entry: AuditEntry().parse(item['entry']) }];
  });
}
