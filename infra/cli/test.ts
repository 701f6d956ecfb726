// npm test: every check; stops after the first that fails. Types and lint run side by side, and each prints when it is over.
import { spawn } from 'node:child_process';
import path from 'node:path';

const only = process.argv.slice(2);
const bin = (name: string): string => path.join('node_modules', '.bin', name);

interface Check {
  readonly says: string;
  readonly run: readonly string[];
}

const client: Check = {
  says: '由接口文档生成客户端 / a client made from the API document',
  run: [process.execPath, '--disable-warning=ExperimentalWarning', 'test/contract/generate.ts'],
};
const types: Check = { says: '类型 / types', run: [bin('tsc'), '--noEmit', '--pretty'] };
const lint: Check = {
  says: '规范 / lint and the arrows of the house',
  run: [bin('eslint'), '--color', '--cache', '--cache-location', 'node_modules/.cache/eslint', '.'],
};
const tests: Check = { says: '测试 / tests', run: [bin('vitest'), 'run', ...only] };

// The compiler holds the client's use to the document, so that comes first.
for (const together of [[client], [types, lint], [tests]]) {
  const passed = await Promise.all(together.map((check) => ran(check, together.length > 1)));
  if (passed.includes(false)) process.exit(1);
}

/** @param aside its output is kept until it is over, so that two do not mix */
async function ran({ says, run }: Check, aside: boolean): Promise<boolean> {
  const began = Date.now();
  if (!aside) console.log(`\n── ${says}`);
  const [command = '', ...args] = run;
  const child = spawn(command, args, {
    stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
  });
  const said: string[] = [];
  for (const output of [child.stdout, child.stderr])
    output?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      said.push(`${error.message}\n`);
      resolve(1);
    });
    child.once('close', (status) => {
      resolve(status ?? 1);
    });
  });
  if (aside) process.stdout.write(`\n── ${says}\n${said.join('')}`);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`── ${says}: ${code === 0 ? '通过 / passed' : '未通过 / failed'} (${seconds} s)`);
  return code === 0;
}
