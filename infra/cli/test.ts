// npm test: every check, one after the other, the quick ones first; stops at the first that fails.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const only = process.argv.slice(2);
const bin = (name: string): string => path.join('node_modules', '.bin', name);
const checks: readonly { readonly says: string; readonly run: readonly string[] }[] = [
  // Before the compiler, which holds its use to the document.
  {
    says: '由接口文档生成客户端 / a client made from the API document',
    run: [process.execPath, '--disable-warning=ExperimentalWarning', 'test/contract/generate.ts'],
  },
  { says: '类型 / types', run: [bin('tsc'), '--noEmit'] },
  {
    says: '规范 / lint and the arrows of the house',
    run: [bin('eslint'), '--cache', '--cache-location', 'node_modules/.cache/eslint', '.'],
  },
  { says: '测试 / tests', run: [bin('vitest'), 'run', ...only] },
];

for (const { says, run } of checks) {
  const began = Date.now();
  console.log(`\n── ${says}`);
  const [command = '', ...args] = run;
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(
    `── ${says}: ${status === 0 ? '通过 / passed' : '未通过 / failed'} (${((Date.now() - began) / 1000).toFixed(1)} s)`,
  );
  if (status !== 0) process.exit(status ?? 1);
}
