/**
 * The ledger bucket: `journal/<day>/<batch>.jsonl`, `roots/<day>.root.json` with its tips beside it. Written once, locked.
 * Tips are named by their hash: what a run that broke off left behind is not taken for the tips of the next one.
 */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DailyRoot, Ledger } from '../../app/audit/ledger.ts';
import { AuditEntry } from '../../domain/audit/entry.ts';
import type { ChainTip } from '../../domain/audit/verify.ts';

function tipsKey({ day, tipsHash }: DailyRoot): string {
  return `roots/${day}.${tipsHash}.tips.jsonl`;
}

/** The ledger, with the walks that only the verifier takes. */
export function ledgerOf(
  client: S3Client,
  bucket: string,
): Ledger & { lastDay(): Promise<string | undefined>; roots(): AsyncIterable<DailyRoot> } {
  /** A first put wins; the same name again is the same content delivered again. */
  async function putOnce(key: string, body: string): Promise<void> {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: 'application/json',
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
    }
  }

  async function text(key: string): Promise<string> {
    const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return body ? body.transformToString() : '';
  }

  async function* names(prefix: string): AsyncIterable<string> {
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(token ? { ContinuationToken: token } : {}),
        }),
      );
      for (const object of page.Contents ?? []) if (object.Key) yield object.Key;
      token = page.NextContinuationToken;
    } while (token);
  }

  return {
    putJournal: (name, entries) =>
      putOnce(`journal/${name}.jsonl`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')),

    async firstDay() {
      for await (const key of names('journal/')) return key.split('/')[1];
      return undefined;
    },

    async lastDay() {
      let last: string | undefined;
      for await (const key of names('journal/')) last = key.split('/')[1];
      return last;
    },

    async *roots() {
      for await (const key of names('roots/')) {
        if (key.endsWith('.root.json')) yield JSON.parse(await text(key)) as DailyRoot;
      }
    },

    async *journalOf(day) {
      for await (const key of names(`journal/${day}/`)) {
        const lines = (await text(key)).split('\n').filter((line) => line !== '');
        yield lines.map((line) => AuditEntry().parse(JSON.parse(line)));
      }
    },

    async putRoot(root: DailyRoot, tips: readonly ChainTip[]) {
      // Tips first: a root never stands without them. The second run of a day finds both and changes nothing.
      await putOnce(tipsKey(root), tips.map((tip) => `${JSON.stringify(tip)}\n`).join(''));
      await putOnce(`roots/${root.day}.root.json`, JSON.stringify(root));
    },

    async latestRoot(upTo) {
      let latest: string | undefined;
      for await (const key of names('roots/')) {
        const day = key.slice('roots/'.length, 'roots/'.length + 10);
        if (key.endsWith('.root.json') && day <= upTo) latest = key;
      }
      return latest ? (JSON.parse(await text(latest)) as DailyRoot) : undefined;
    },

    async tipsOf(root) {
      const lines = (await text(tipsKey(root))).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as ChainTip);
    },
  };
}
