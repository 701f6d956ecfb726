// npm run restore:drill: exports the table, fills a new one from it, and holds the new one against the old one and the ledger.
// On AWS: -- --table <TableName> --restored <new table> --ledger <LedgerBucket> holds a table restored to a point in time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { keptPlatform } from '../local/kept-platform.ts';
import { verifyLedger } from '../local/verify-ledger.ts';
import { censusOf, createLike, differences, exportTable, importTable } from '../restore.ts';

interface Place {
  readonly client: DynamoDBClient;
  readonly objects: S3Client;
  readonly table: string;
  readonly ledger: string;
}

/** @returns whether the restored table is as good as the one that it stands for */
async function hold({ client, objects, table, ledger }: Place, restored: string): Promise<boolean> {
  const live = await censusOf(client, table);
  const items = Object.values(live).reduce((sum, one) => sum + one.items, 0);
  const different = differences(live, await censusOf(client, restored));
  console.log(`条目 / items: ${items}，${Object.keys(live).length}类 / kinds`);
  for (const one of different)
    console.log(`✗ ${one.name}: 原表 / live ${one.live}, 恢复 / restored ${one.restored}`);
  const found = await verifyLedger(DynamoDBDocumentClient.from(client), restored, objects, ledger);
  console.log(
    `审计链 / chains: ${found.chains}   记录 / entries: ${found.entries}   日根 / roots: ${found.roots}`,
  );
  for (const fault of found.faults) console.log(`✗ ${JSON.stringify(fault)}`);
  return different.length === 0 && found.faults.length === 0;
}

async function drill(place: Place): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'restore-'));
  const [file, restored] = [path.join(folder, 'export.json.gz'), `${place.table}-drill-${process.pid}`];
  const began = performance.now();
  try {
    const exported = await exportTable(place.client, place.table, file);
    await createLike(place.client, place.table, restored);
    const imported = await importTable(place.client, restored, file);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(
      `已导出${exported}条，写入新表${imported}条，用时${seconds}秒 / exported ${exported}, imported ${imported} in ${seconds} s`,
    );
    return await hold(place, restored);
  } finally {
    rmSync(folder, { recursive: true });
    await place.client
      .send(new DeleteTableCommand({ TableName: restored }))
      // It may not have come to be made.
      .catch(() => undefined);
  }
}

function optionsOf(): Readonly<Partial<Record<'table' | 'restored' | 'ledger', string>>> {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { table: text, restored: text, ledger: text } }).values;
  } catch {
    return { table: '' };
  }
}

const { table, restored, ledger } = optionsOf();
if (table !== undefined || restored !== undefined || ledger !== undefined) {
  if (!table || !restored || !ledger) {
    console.error(
      '用法 / usage: npm run restore:drill [-- --table <TableName> --restored <new table> --ledger <LedgerBucket>]',
    );
    process.exit(2);
  }
  const place = { client: new DynamoDBClient({}), objects: new S3Client({}), table, ledger };
  process.exitCode = said(await hold(place, restored));
} else {
  const kept = await keptPlatform();
  if (!kept) process.exit(1);
  try {
    const { tableClient: client, objects, tableName, ledger: bucket } = kept;
    process.exitCode = said(await drill({ client, objects, table: tableName, ledger: bucket }));
  } finally {
    await kept.close();
  }
}

function said(isGood: boolean): number {
  console.log(
    isGood
      ? '恢复的表与原表一致，审计链全部相符 / the restored table is the same, and every link holds'
      : '恢复的表与原表或账本不符 / the restored table differs from the live one or from the ledger',
  );
  return isGood ? 0 : 1;
}
