/**
 * The verifier: walks the journal for all chains, reads each chain in the table, and holds it against itself, against
 * its record, against the journal and against the last daily root. The same code serves a platform on AWS.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { addDays } from '../../shared/kernel/civil-date.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { recordOf } from '../../shared/adapters/dynamodb/codec.ts';
import { recordKey } from '../../shared/adapters/dynamodb/keys.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { ledgerOf } from '../../shared/adapters/s3/ledger.ts';
import { wholeChain } from '../../shared/app/audit/whole-chain.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import {
  verifyAgainstTip,
  verifyChain,
  type ChainFault,
  type ChainTip,
} from '../../shared/domain/audit/verify.ts';

export interface LedgerFinding {
  readonly chains: number;
  readonly entries: number;
  readonly roots: number;
  readonly faults: readonly (ChainFault | { readonly fault: 'broken-root'; readonly day: string })[];
}

type Kind = Parameters<typeof recordOf>[0];

export async function verifyLedger(
  table: DynamoDBDocumentClient,
  tableName: string,
  objects: S3Client,
  bucket: string,
): Promise<LedgerFinding> {
  const ledger = ledgerOf(objects, bucket);
  const store = dynamoStore(table, tableName, () => new Date().toISOString());
  const journalled = new Map<string, Map<number, string>>();
  const first = await ledger.firstDay();
  const last = await ledger.lastDay();
  for (let day = first; day !== undefined && last !== undefined && day <= last; day = addDays(day, 1)) {
    for await (const batch of ledger.journalOf(day)) {
      for (const entry of batch) {
        const chain = journalled.get(entry.record) ?? new Map<number, string>();
        journalled.set(entry.record, chain.set(entry.seq, markOf(entry)));
      }
    }
  }
  const { roots, tips, broken } = await readRoots(ledger);
  const faults: LedgerFinding['faults'][number][] = [...broken];
  let entries = 0;
  for (const record of new Set([...journalled.keys(), ...tips.keys()])) {
    const chain = await wholeChain(store, record);
    entries += chain.length;
    const { Item: item } = await table.send(
      new GetCommand({ TableName: tableName, Key: { ...recordKey(record) }, ConsistentRead: true }),
    );
    const kind = record.slice(0, record.indexOf(':')) as Kind;
    const tip = tips.get(record);
    const fault =
      verifyChain(record, chain, item && recordOf(kind, item)) ??
      (tip && verifyAgainstTip(tip, chain)) ??
      againstJournal(record, chain, journalled.get(record) ?? new Map());
    if (fault) faults.push(fault);
  }
  return { chains: new Set([...journalled.keys(), ...tips.keys()]).size, entries, roots, faults };
}

/** The names of all chains that the journal knows, some more than once. */
export async function* namesIn(ledger: ReturnType<typeof ledgerOf>): AsyncIterable<string> {
  const [first, last] = [await ledger.firstDay(), await ledger.lastDay()];
  for (let day = first; day !== undefined && last !== undefined && day <= last; day = addDays(day, 1)) {
    for await (const batch of ledger.journalOf(day)) for (const { record } of batch) yield record;
  }
}

/** What must be the same in both: the hash, and the correlation id that the hash leaves out. */
function markOf({ hash, correlationId = '' }: AuditEntry): string {
  return `${hash} ${correlationId}`;
}

/** Every journalled entry must still stand in the table, with its hash. */
function againstJournal(
  record: string,
  chain: readonly AuditEntry[],
  journalled: ReadonlyMap<number, string>,
): ChainFault | undefined {
  const highest = Math.max(0, ...journalled.keys());
  if (chain.length === 0 && highest > 0) return { fault: 'missing-chain', record, expected: highest };
  if (chain.length < highest) return { fault: 'cut-tail', record, seq: chain.length, expected: highest };
  const differing = chain.find((entry) => (journalled.get(entry.seq) ?? markOf(entry)) !== markOf(entry));
  return differing && { fault: 'differs-from-journal', record, seq: differing.seq };
}

/** Roots are a chain of their own: each names the one before, and the hash of its tips. */
async function readRoots(ledger: ReturnType<typeof ledgerOf>): Promise<{
  roots: number;
  tips: Map<string, ChainTip>;
  broken: { fault: 'broken-root'; day: string }[];
}> {
  const broken: { fault: 'broken-root'; day: string }[] = [];
  let tips: readonly ChainTip[] = [];
  let previous = '';
  let roots = 0;
  for await (const root of ledger.roots()) {
    const { hash, ...unsigned } = root;
    tips = await ledger.tipsOf(root);
    if (hashOf(unsigned) !== hash || root.previous !== previous || hashOf(tips) !== root.tipsHash) {
      broken.push({ fault: 'broken-root', day: root.day });
    }
    previous = hash;
    roots += 1;
  }
  return { roots, tips: new Map(tips.map((tip) => [tip.record, tip])), broken };
}
