/** Uploads in parts, for the checks that need one. */
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompleteMultipartUploadCommandInput,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import type { Target } from './target.ts';

/** The smallest part but the last, with something to tell parts apart. */
export function largePart(letter: string): Buffer {
  return Buffer.alloc(5 * 1024 ** 2, letter);
}

export interface Under {
  readonly create?: Partial<CreateMultipartUploadCommandInput>;
  readonly complete?: Partial<CompleteMultipartUploadCommandInput>;
}

export async function begin(
  { s3 }: Target,
  Bucket: string,
  Key: string,
  more: Partial<CreateMultipartUploadCommandInput> = {},
): Promise<string> {
  const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  return UploadId;
}

export async function part(
  { s3 }: Target,
  [Bucket, Key, UploadId]: readonly [string, string, string],
  PartNumber: number,
  Body: Buffer | string,
  more: object = {},
): Promise<CompletedPart> {
  const command = { Bucket, Key, UploadId, PartNumber, Body, ...more };
  const { ETag, ChecksumCRC32, ChecksumSHA256 } = await s3.send(new UploadPartCommand(command));
  return {
    PartNumber,
    ...(ETag === undefined ? {} : { ETag }),
    ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }),
    ...(ChecksumSHA256 === undefined ? {} : { ChecksumSHA256 }),
  };
}

export async function complete(
  { s3 }: Target,
  [Bucket, Key, UploadId]: readonly [string, string, string],
  Parts: CompletedPart[],
  more: Partial<CompleteMultipartUploadCommandInput> = {},
) {
  const command = { Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more };
  return s3.send(new CompleteMultipartUploadCommand(command));
}

/** A whole upload of these parts. */
export async function oneUpload(
  target: Target,
  bucket: string,
  key: string,
  bodies: readonly (Buffer | string)[],
  under: Under = {},
) {
  const id = await begin(target, bucket, key, under.create);
  const algorithm = under.create?.ChecksumAlgorithm;
  const parts: CompletedPart[] = [];
  for (const [index, body] of bodies.entries()) {
    const more = algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm };
    parts.push(await part(target, [bucket, key, id], index + 1, body, more));
  }
  return complete(target, [bucket, key, id], parts, under.complete);
}
