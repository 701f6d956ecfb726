/** Work orders as objects: `<desk>/<record>/<number>.json`. Their bucket tells EventBridge of each, which calls the desk. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { WorkOrders } from '../../app/work-orders.ts';
import { AuditEntry } from '../../domain/audit/entry.ts';

export function workOrders(client: S3Client, bucket: string): WorkOrders {
  return {
    async put(name, entry) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: name,
          Body: JSON.stringify(entry),
          ContentType: 'application/json',
          ChecksumAlgorithm: 'SHA256',
        }),
      );
    },
    async read(name) {
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
      if (!body) throw new Error(`There is no order ${name}`);
      return AuditEntry().parse(JSON.parse(await body.transformToString()));
    },
  };
}
