// npm run counters:check: counts every record anew and holds the counters against it; -- --mend sets right what differs.
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { dynamoStore } from '../../shared/adapters/dynamodb/store.ts';
import { ledgerOf } from '../../shared/adapters/s3/ledger.ts';
import { checkCounters } from '../../shared/app/evaluation/check-counters.ts';
import { keptPlatform } from '../local/kept-platform.ts';
import { namesIn } from '../local/verify-ledger.ts';

const options = process.argv.slice(2);
const unknown = options.find((option) => option !== '--mend');
if (unknown !== undefined) {
  console.error(`安居: 没有选项 ${unknown}，可用 --mend / there is no option ${unknown}; --mend is one`);
  process.exit(2);
}
const mend = options.includes('--mend');
const platform = await keptPlatform();
if (!platform) process.exit(1);
try {
  const { table, tableName, objects, ledger } = platform;
  const deps = {
    store: dynamoStore(table, tableName, () => new Date().toISOString()),
    counters: dynamoCounters(table, tableName),
  };
  const found = await checkCounters(deps, namesIn(ledgerOf(objects, ledger)), { mend });
  console.log(
    `记录 / records: ${found.records}   计数来源 / contributions: ${found.contributions}   合计 / sums: ${found.sums}`,
  );
  for (const fault of found.faults) console.log(`✗ ${JSON.stringify(fault)}`);
  const number = found.faults.length;
  console.log(
    number === 0
      ? '计数全部相符 / every counter is what its records make it'
      : mend
        ? `已更正${number}处，请再查一次 / ${number} fault(s) mended: check once more`
        : `发现${number}处不符 / ${number} fault(s); npm run counters:check -- --mend sets them right`,
  );
  process.exitCode = number === 0 ? 0 : 1;
} finally {
  await platform.close();
}
