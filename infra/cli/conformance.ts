// npm run conformance [-- --write]: our engines and the second opinions against what AWS documents; see test/conformance.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', 'test/conformance/run.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
