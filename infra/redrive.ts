/**
 * Replays (重放) what functions failed on for good. Each failure lies whole in the bucket of failures, as Lambda put it there;
 * it is given to its function once more, and goes when the function took it. What fails again stays. Every function of
 * ours may be given an event twice, so a replay that is cut off is begun anew.
 */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod';

export interface RedriveDeps {
  readonly objects: S3Client;
  readonly functions: LambdaClient;
  readonly bucket: string;
}

export interface Replayed {
  readonly key: string;
  /** Empty when the object is no failure that we can read. */
  readonly function: string;
  readonly outcome: 'taken' | 'failed' | 'unreadable';
  /** Why not. */
  readonly error?: string;
}

/** Lambda's own prefix. */
const prefix = 'aws/lambda/';

/** An invocation keeps its event as `requestPayload`; a stream's batch lies in `payload`, as JSON or as its text. */
const Failure = z.object({
  requestContext: z.object({ functionArn: z.string().regex(/:function:[^:]+/) }),
  requestPayload: z.unknown().optional(),
  payload: z.unknown().optional(),
});

/**
 * Replays all that lies there, the oldest first, and tells of each.
 * @throws when the bucket cannot be read, or Lambda cannot be reached: nothing is taken away then
 */
export async function* redrive(deps: RedriveDeps): AsyncGenerator<Replayed> {
  for (const key of await failuresIn(deps)) {
    const failure = await failureAt(deps, key);
    if (!failure) {
      yield { key, function: '', outcome: 'unreadable' };
      continue;
    }
    const error = await refusalOf(deps, failure);
    if (error === undefined) {
      await deps.objects.send(new DeleteObjectCommand({ Bucket: deps.bucket, Key: key }));
      yield { key, function: failure.name, outcome: 'taken' };
    } else {
      yield { key, function: failure.name, outcome: 'failed', error };
    }
  }
}

/** Keys, the oldest first. What is put there meanwhile waits for the next time. */
async function failuresIn({ objects, bucket }: RedriveDeps): Promise<readonly string[]> {
  const found: { readonly key: string; readonly at: number }[] = [];
  for await (const { Contents: contents } of paginateListObjectsV2(
    { client: objects },
    { Bucket: bucket, Prefix: prefix },
  ))
    for (const { Key: key = '', LastModified: at } of contents ?? [])
      found.push({ key, at: at?.getTime() ?? 0 });
  return found.toSorted((a, b) => a.at - b.at).map(({ key }) => key);
}

interface Failed {
  readonly name: string;
  readonly event: unknown;
}

async function failureAt({ objects, bucket }: RedriveDeps, key: string): Promise<Failed | undefined> {
  const { Body: body } = await objects.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const read = Failure.safeParse(jsonOf((await body?.transformToString()) ?? ''));
  if (!read.success) return undefined;
  const { requestContext, requestPayload, payload } = read.data;
  const name = /:function:([^:]+)/.exec(requestContext.functionArn)?.[1] ?? '';
  const event = requestPayload ?? (typeof payload === 'string' ? jsonOf(payload) : payload);
  return event === undefined ? undefined : { name, event };
}

/** Why the function did not take the event; undefined when it did, of a batch every record. */
async function refusalOf({ functions }: RedriveDeps, { name, event }: Failed): Promise<string | undefined> {
  const { FunctionError: failed, Payload: payload } = await functions.send(
    new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)) }),
  );
  const said = Buffer.from(payload ?? []).toString('utf8');
  if (failed !== undefined) return said;
  const left = Batch.safeParse(jsonOf(said)).data?.batchItemFailures ?? [];
  return left.length > 0 ? `batchItemFailures: ${left.length}` : undefined;
}

const Batch = z.object({ batchItemFailures: z.array(z.unknown()) });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
