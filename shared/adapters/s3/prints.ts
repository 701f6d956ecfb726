/** Prints of certificates in the ledger bucket: `certificates/<certificate>/<version>-<hash>.pdf`, written once, locked. */
import { createHash } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PrintFiles } from '../../app/certificates/ports.ts';

export function printFiles(client: S3Client, bucket: string): PrintFiles {
  return {
    async put(certificate, version, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const key = `certificates/${certificate}/${version}-${sha256}.pdf`;
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: bytes,
            ContentType: 'application/pdf',
            ChecksumAlgorithm: 'SHA256',
            IfNoneMatch: '*',
          }),
        );
      } catch (error) {
        // The key carries the hash: what lies there is the same.
        if ((error as Error).name !== 'PreconditionFailed') throw error;
      }
      return { key, sha256, bytes: bytes.length };
    },
  };
}
