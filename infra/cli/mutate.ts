// npm run mutate: see test/mutation/run.ts.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', 'test/mutation/run.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
