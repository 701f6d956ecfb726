/** The assembly that the platform runs, made first by a process of its own when its sources changed. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { currentAssembly } from '../build.ts';

const script = path.join(import.meta.dirname, '..', 'cli', 'build.ts');

/**
 * @param progress told when it takes time
 * @returns the folder of the cloud assembly
 * @throws Error when it cannot be made; what is wrong stands on standard error
 */
export async function assemblyNow(progress: (line: string) => void): Promise<string> {
  const current = await currentAssembly('aws');
  if (current !== undefined) return current;
  progress('打包并合成模板（首次或有改动，约五秒）/ bundling and synthesizing, about five seconds …');
  await madeApart();
  const made = await currentAssembly('aws');
  if (made === undefined)
    throw new Error('打包期间源文件又有改动，请再启动一次 / the sources changed meanwhile; start once more');
  return made;
}

async function madeApart(): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error('打包或合成失败，原因见上 / bundling or synthesizing failed, see above');
}
