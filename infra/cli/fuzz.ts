// npm run fuzz [-- --minutes 5 --seed n]: requests that the API's document makes, each broken in its own way, for longer than npm test.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

function valuesOf(): { readonly minutes: number; readonly seed: number } {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      },
    });
    return { minutes: Number(values.minutes), seed: Number(values.seed) };
  } catch {
    return { minutes: Number.NaN, seed: Number.NaN };
  }
}

const { minutes, seed } = valuesOf();
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error('用法 / usage: npm run fuzz -- --minutes 5 [--seed 1]');
  process.exit(2);
}
console.log(`${minutes}分钟，种子 ${seed} / ${minutes} min, seed ${seed}`);
const { status } = spawnSync(
  path.join('node_modules', '.bin', 'vitest'),
  ['run', 'test/contract/fuzz.test.ts', '--testTimeout', String((minutes + 10) * 60_000)],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ANJU_FUZZ_SECONDS: String(minutes * 60), ANJU_FUZZ_SEED: String(seed) },
  },
);
process.exit(status ?? 1);
