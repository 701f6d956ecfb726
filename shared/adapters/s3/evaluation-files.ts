/** Files of evaluation runs in the ledger bucket: `evaluations/<run>/<name>-<hash>.<ending>`, written once, locked. */
import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { EvaluationFiles, ReportDesk } from '../../app/evaluation/ports.ts';
import { attachment } from '../../kernel/attachment.ts';

const linkSeconds = 300;

export function evaluationFiles(client: S3Client, bucket: string): EvaluationFiles {
  return {
    async put(name, bytes, mediaType) {
      const sha256 = hexOf(bytes);
      const dot = name.lastIndexOf('.');
      const key = `evaluations/${name.slice(0, dot)}-${sha256}${name.slice(dot)}`;
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: bytes,
            ContentType: mediaType,
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

    async get({ key, sha256 }) {
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!body) throw new Error(`Nothing lies under ${key}`);
      const bytes = await body.transformToByteArray();
      if (hexOf(bytes) !== sha256) throw new Error(`${key} is not what was stored`);
      return bytes;
    },
  };
}

export function reportDesk(client: S3Client, bucket: string): ReportDesk {
  return {
    async link({ key }, fileName) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: attachment(fileName),
      });
      return {
        url: await getSignedUrl(client, command, { expiresIn: linkSeconds }),
        expiresInSeconds: linkSeconds,
      };
    },
  };
}

function hexOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
