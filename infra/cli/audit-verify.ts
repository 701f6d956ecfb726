// npm run audit:verify: holds every audit chain against itself, its record, the journal and the daily roots.
import { existsSync } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { runningIn } from '../local/data-folder.ts';
import { startPlatform } from '../local/platform.ts';
import { verifyLedger } from '../local/verify-ledger.ts';

const folder = process.env['ANJU_DATA'] ?? '.anju';
/** A platform in memory has no folder, but answers on its port. */
const inMemory = `http://127.0.0.1:${process.env['PORT'] ?? 4000}`;
const running =
  runningIn(folder)?.url ??
  ((await fetch(`${inMemory}/dev/runtime`).catch(() => undefined))?.ok ? inMemory : undefined);
if (!running && !existsSync(folder)) {
  console.error(`安居: 没有数据目录 ${folder} / there is no data folder ${folder}; npm start makes one`);
  process.exit(1);
}

interface Runtime {
  readonly engines: { readonly table: string; readonly objects: string };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly table: string;
  readonly ledger: string;
}

// A stopped platform is started for the look: its stream may still have entries to bring into the journal.
const platform = running ? undefined : await startPlatform({ port: 0, dataDir: folder });
const url = platform?.url ?? running ?? '';
try {
  await fetch(`${url}/dev/drain`, { method: 'POST' });
  const runtime = (await (await fetch(`${url}/dev/runtime`)).json()) as Runtime;
  const { now } = (await (await fetch(`${url}/dev/clock`)).json()) as { now: string };
  const common = {
    region: runtime.region,
    credentials: runtime.credentials,
    systemClockOffset: Date.parse(now) - Date.now(),
  };
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...common, endpoint: runtime.engines.table }),
  );
  const objects = new S3Client({ ...common, endpoint: runtime.engines.objects, forcePathStyle: true });
  const found = await verifyLedger(table, runtime.table, objects, runtime.ledger);
  console.log(
    `链 / chains: ${found.chains}   记录 / entries: ${found.entries}   日根 / daily roots: ${found.roots}`,
  );
  for (const fault of found.faults) console.log(`✗ ${JSON.stringify(fault)}`);
  console.log(
    found.faults.length === 0
      ? '全部相符 / every link holds'
      : `发现${found.faults.length}处不符 / ${found.faults.length} fault(s)`,
  );
  process.exitCode = found.faults.length === 0 ? 0 : 1;
} finally {
  await platform?.close();
}
