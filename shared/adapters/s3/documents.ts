/** The two buckets of documents: tickets into quarantine, release into the clean bucket, links out of it. */
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { DownloadDesk, Quarantine, UploadDesk } from '../../app/documents/ports.ts';
import { fileTypes } from '../../domain/documents/inspection/file-types.ts';
import { attachment } from '../../kernel/attachment.ts';
import { objectKeyOf, ticketMinutes } from '../../domain/documents/keys.ts';

const linkSeconds = 300;

export function uploadDesk(client: S3Client, quarantine: string): UploadDesk {
  return {
    async ticket(document, now) {
      const type = fileTypes[document.type].mediaType;
      const fixed = {
        'Content-Type': type,
        'x-amz-checksum-sha256': document.sha256,
        'x-amz-checksum-algorithm': 'SHA256',
      };
      const { url, fields } = await createPresignedPost(client, {
        Bucket: quarantine,
        Key: objectKeyOf(document),
        Expires: ticketMinutes * 60,
        Fields: fixed,
        Conditions: [
          ['content-length-range', document.length, document.length],
          ...Object.entries(fixed).map(([name, value]): ['eq', string, string] => ['eq', `$${name}`, value]),
        ],
      });
      return { url, fields, expiresAt: new Date(Date.parse(now) + ticketMinutes * 60_000).toISOString() };
    },
  };
}

export function downloadDesk(client: S3Client, clean: string): DownloadDesk {
  return {
    async link(document) {
      const command = new GetObjectCommand({
        Bucket: clean,
        Key: objectKeyOf(document),
        ResponseContentDisposition: attachment(document.fileName),
        ResponseContentType: fileTypes[document.type].mediaType,
      });
      return {
        url: await getSignedUrl(client, command, { expiresIn: linkSeconds }),
        expiresInSeconds: linkSeconds,
      };
    },
  };
}

export function quarantineOf(client: S3Client, quarantine: string, clean: string): Quarantine {
  return {
    async read(key, version) {
      const { Body: body } = await client.send(
        new GetObjectCommand({ Bucket: quarantine, Key: key, VersionId: version }),
      );
      if (!body) throw new Error(`Nothing lies under ${key}`);
      return body.transformToByteArray();
    },
    async release(document, bytes) {
      await client.send(
        new PutObjectCommand({
          Bucket: clean,
          Key: objectKeyOf(document),
          Body: bytes,
          ContentType: fileTypes[document.type].mediaType,
          ChecksumSHA256: document.sha256,
        }),
      );
    },
    async discard(key, version) {
      await client.send(new DeleteObjectCommand({ Bucket: quarantine, Key: key, VersionId: version }));
    },
  };
}
