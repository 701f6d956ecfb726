// npm run audit:verify: holds every audit chain against itself, its record, the journal and the daily roots.
import { keptPlatform } from '../local/kept-platform.ts';
import { verifyLedger } from '../local/verify-ledger.ts';

const platform = await keptPlatform();
if (!platform) process.exit(1);
try {
  const { table, tableName, objects, ledger } = platform;
  const found = await verifyLedger(table, tableName, objects, ledger);
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
  await platform.close();
}
