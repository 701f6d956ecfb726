// The one door: plain Node 20, nothing installed. Installs what is missing, then runs the asked command on the
// Node 24 that the install put into node_modules, so that everyone runs the same Node as the functions do.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeFlags } from './node-flags.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamp = path.join(root, 'node_modules', '.cache', 'anju-installed');
const windows = process.platform === 'win32';
const node = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

const [command, ...args] = process.argv.slice(2);
const script = path.join(root, 'infra', 'cli', `${command}.ts`);
if (!command || !existsSync(script)) {
  console.error(`Unknown command: ${command ?? '(none)'}`);
  process.exit(2);
}

const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');
const installed = existsSync(node) && (!existsSync(stamp) || readFileSync(stamp, 'utf8') === lock);
if (!installed) {
  console.log(
    '安居: 正在安装依赖(首次约一分钟) / installing what is missing (about a minute the first time) …',
  );
  const npm = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
  });
  if (npm.status !== 0 || !existsSync(node)) {
    console.error('安居: 依赖安装失败 / installing failed. Is the npm registry reachable?');
    process.exit(npm.status || 1);
  }
}
mkdirSync(path.dirname(stamp), { recursive: true });
writeFileSync(stamp, lock);

const bin = path.join(root, 'node_modules', '.bin');
// Many workers would each keep an arena of memory that they no longer use (glibc; others pass it over).
const env = {
  MALLOC_ARENA_MAX: '2',
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${bin}${path.delimiter}${process.env.PATH}`,
};
const child = spawn(node, [...nodeFlags(command), script, ...args], { cwd: root, stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
