/** What many checks do with the SDK. */
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type GetObjectCommandOutput,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
  type PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { Difference } from '../check.ts';
import type { Target } from './target.ts';

export async function put(
  { s3 }: Target,
  Bucket: string,
  Key: string,
  Body: string | Buffer,
  more: Partial<PutObjectCommandInput> = {},
): Promise<PutObjectCommandOutput> {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

/** What a GET answers, with its bytes as text. */
export async function get(
  { s3 }: Target,
  Bucket: string,
  Key: string,
  more: Partial<GetObjectCommandInput> = {},
): Promise<Omit<GetObjectCommandOutput, 'Body'> & { text: string }> {
  const { Body, ...rest } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...rest, text: (await Body?.transformToString()) ?? '' };
}

export async function text(
  target: Target,
  bucket: string,
  key: string,
  more: Partial<GetObjectCommandInput> = {},
): Promise<string> {
  return (await get(target, bucket, key, more)).text;
}

export async function head({ s3 }: Target, Bucket: string, Key: string, more: object = {}) {
  return s3.send(new HeadObjectCommand({ Bucket, Key, ...more }));
}

/** @throws Difference when the promise is not rejected with an error of this name and this HTTP status */
export async function denied(answer: Promise<unknown>, status: number, name?: string): Promise<void> {
  const wanted = name === undefined ? String(status) : `${status} ${name}`;
  let error: unknown;
  try {
    await answer;
  } catch (caught) {
    error = caught;
  }
  if (error === undefined) throw new Difference(`accepted instead of ${wanted}`);
  if (!(error instanceof Error)) throw new Difference(`something is thrown instead of ${wanted}`);
  const { $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  if ($metadata?.httpStatusCode === undefined) throw error;
  const found =
    name === undefined ? String($metadata.httpStatusCode) : `${$metadata.httpStatusCode} ${error.name}`;
  if (found !== wanted) throw new Difference(`${found} instead of ${wanted}`);
}
