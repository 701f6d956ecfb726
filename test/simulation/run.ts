// npm run simulate -- [--minutes 5] [--seed n] [--processes 2]: plays histories that nobody has seen yet, and says what they found.
import { parseArgs } from 'node:util';
import { availableParallelism } from 'node:os';
import { together } from './campaign.ts';
import { campaignIn } from './processes.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    processes: { type: 'string', default: String(Math.min(4, availableParallelism())) },
  },
});
const milliseconds = Number(values.minutes) * 60_000;
const processes = Number(values.processes);
if (!(milliseconds > 0) || !Number.isInteger(processes) || processes < 1) {
  console.error('用法 / usage: npm run simulate -- --minutes 5 [--seed 1] [--processes 2]');
  process.exit(2);
}
/** A seed alone is played once, to look at it; otherwise far apart, so that two processes never play the same history. */
const most = values.seed === undefined ? 1e9 : 1;
const first = values.seed === undefined ? Date.now() % 1e9 : Number(values.seed);
const count = values.seed === undefined ? processes : 1;
console.log(
  values.seed === undefined
    ? `模拟 ${values.minutes} 分钟，${count} 个进程，种子自 ${first} 起 / ${values.minutes} min in ${count} processes, seeds from ${first}`
    : `种子 / seed ${first}`,
);
const began = Date.now();
const all = together(
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      campaignIn({ from: first + index * 1_000_000, most, milliseconds, faults: true }),
    ),
  ),
);
const seconds = (Date.now() - began) / 1000;
console.log(
  `历史 / histories ${all.histories} (${(all.histories / seconds).toFixed(1)}/s)，步 / turns ${all.turns}，已受理命令 / acknowledged ${all.acknowledged}，无回音 / unanswered ${all.unanswered}`,
);
console.log(
  `故障 / faults: ${Object.entries(all.fired)
    .map(([kind, times]) => `${kind} ${times}`)
    .join(', ')}`,
);
console.log(
  `申报结局 / filings ended: ${Object.entries(all.ended)
    .map(([state, times]) => `${state} ${times}`)
    .join(', ')}`,
);
for (const { seed, violations } of all.failed)
  console.log(`种子 / seed ${seed}:\n${violations.map((one) => `  ${one}`).join('\n')}`);
console.log(
  all.failed.length === 0
    ? '不变式全部成立 / every invariant holds'
    : `${all.failed.length} 段历史违反不变式，请把种子记入 test/simulation/seeds.json / histories that break one: keep their seeds`,
);
process.exitCode = all.failed.length === 0 ? 0 : 1;
