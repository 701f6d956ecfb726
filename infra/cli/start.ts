// npm start: the whole platform on this machine.
import { parseArgs } from 'node:util';
import { FolderProblem } from '../local/data-folder.ts';
import { startPlatform } from '../local/platform.ts';

const usage =
  '用法 / usage: [PORT=4000] [ANJU_DATA=.anju] npm start [-- --memory] [-- --at 2021-09-23T09:00:00+08:00]';

function stop(sentence: string): never {
  console.error(`安居: ${sentence}`);
  process.exit(1);
}

function asked() {
  try {
    return parseArgs({
      options: { memory: { type: 'boolean', default: false }, at: { type: 'string' } },
    }).values;
  } catch (error) {
    return stop(`${(error as Error).message}\n${usage}`);
  }
}

const values = asked();
const port = Number(process.env['PORT'] ?? 4000);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  stop(`PORT 须为 0–65535 的端口号 / PORT must be a port number\n${usage}`);
const dataDir = process.env['ANJU_DATA'] ?? '.anju';
/** So that the printed commands reach this platform wherever it stands. */
const where = values.memory
  ? port === 4000
    ? ''
    : `PORT=${port} `
  : dataDir === '.anju'
    ? ''
    : `ANJU_DATA=${dataDir} `;
const began = Date.now();

try {
  const platform = await startPlatform({
    port,
    ...(values.memory ? {} : { dataDir }),
    ...(values.at === undefined ? {} : { at: values.at }),
    progress: (line) => {
      console.log(`安居: ${line}`);
    },
  });
  const { url } = platform;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(
    `ready ${url} (${seconds} s, ${values.memory ? '不保存数据 / keeps nothing' : dataDir}, ${platform.clock.iso()})`,
  );
  console.log(`
演示用户 / demo users (虚构 / invented; 全部 / all: ${url}/dev)
  hohhot-drafter  hohhot-checker  hohhot-signatory  hohhot-publisher  hohhot-leader  （baotou、chifeng、ordos 等同此）
  housing-lead  housing-reviewer  housing-publisher  housing-supervisor  housing-administrator
  ndrc-reviewer  finance-reviewer  government-consenter  auditor

试一试 / three things to try
  1. curl ${url}/public/cities
  2. curl -H "Authorization: Bearer $(${where}npm run -s token -- hohhot-drafter)" ${url}/kinds/five-year-target
  3. curl -H "Authorization: Bearer $(${where}npm run -s token -- housing-lead)" ${url}/desk
全程演示 / the whole story: npm run story`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void platform.close().then(() => process.exit(0));
    });
  }
} catch (error) {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    stop(`端口 ${port} 已被占用，请用 PORT 指定其他端口 / port ${port} is in use; choose another with PORT`);
  if (error instanceof FolderProblem || error instanceof Error) stop(error.message);
  throw error;
}
