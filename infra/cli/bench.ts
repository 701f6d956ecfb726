// npm run bench: every budget that applies, measured on this machine, as a table. It takes about two minutes.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', 'test/bench/run.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
