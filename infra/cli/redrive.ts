// npm run redrive: gives what functions failed on to them once more; -- --bucket <name> does it on AWS.
import { parseArgs } from 'node:util';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { keptPlatform } from '../local/kept-platform.ts';
import { redrive, type RedriveDeps } from '../redrive.ts';

interface Place extends RedriveDeps {
  close(): Promise<void>;
}

/** On AWS: the credentials and the region of the environment. */
function onAws(bucket: string): Place {
  const [objects, functions] = [new S3Client({}), new LambdaClient({})];
  return { objects, functions, bucket, close: async () => undefined };
}

async function onThisMachine(): Promise<Place | undefined> {
  const kept = await keptPlatform();
  if (!kept) return undefined;
  const { objects, functions, failures } = kept;
  return { objects, functions, bucket: failures, close: () => kept.close() };
}

function optionsOf(): { readonly bucket?: string | undefined } {
  try {
    return parseArgs({ options: { bucket: { type: 'string' } } }).values;
  } catch {
    console.error('用法 / usage: npm run redrive [-- --bucket <FailuresBucket>]');
    process.exit(2);
  }
}

const { bucket } = optionsOf();
const place = bucket === undefined ? await onThisMachine() : onAws(bucket);
if (!place) process.exit(1);
const outcomes = { taken: 0, failed: 0, unreadable: 0 };
try {
  for await (const { key, function: name, outcome, error } of redrive(place)) {
    outcomes[outcome] += 1;
    const mark = outcome === 'taken' ? '✓' : '✗';
    console.log(
      `${mark} ${key}  ${name}  ${outcome}${error === undefined ? '' : `  ${error.slice(0, 300)}`}`,
    );
  }
  const left = outcomes.failed + outcomes.unreadable;
  console.log(
    left + outcomes.taken === 0
      ? '失败桶为空，无需重放 / the bucket of failures is empty: nothing to replay'
      : `已重放${outcomes.taken}件，仍失败${outcomes.failed}件，无法识别${outcomes.unreadable}件 / ${outcomes.taken} taken, ${outcomes.failed} failed again, ${outcomes.unreadable} unreadable`,
  );
  process.exitCode = left === 0 ? 0 : 1;
} catch (error) {
  console.error(`安居: 无法重放 / cannot replay: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await place.close();
}
