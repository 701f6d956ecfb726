/** Invitations beside their filings, and the way to them from a link. */
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { InvitationReads } from '../../app/invitations/ports.ts';
import { Invitation } from '../../domain/invitations/invitation.ts';
import type { Item } from './codec.ts';
import { keys, lastNumber, type Key } from './keys.ts';
import { readRange } from './range.ts';

export function invitationReads(
  client: DynamoDBDocumentClient,
  table: string,
): Omit<InvitationReads, 'openInvitations'> {
  async function get(key: Key): Promise<Item | undefined> {
    const { Item: item } = await client.send(
      new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }),
    );
    return item;
  }

  return {
    async invitation(submission, number) {
      if (!Number.isInteger(number) || number < 1 || number > lastNumber) return undefined;
      const item = await get(keys.invitation(submission, number));
      return item && Invitation().parse(item['data']);
    },

    async invitations(submission) {
      const { PK } = keys.invitation(submission, 0);
      const items = await readRange(client, table, { PK, prefix: 'INV#' });
      return items.map((item) => Invitation().parse(item['data']));
    },

    async invitationOfLink(tokenHash) {
      const item = await get(keys.invitationLink(tokenHash));
      return item && { submission: String(item['submission']), number: Number(item['number']) };
    },
  };
}
