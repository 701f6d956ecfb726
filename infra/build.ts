/**
 * Bundles and synthesizes, but only when something changed: the local platform calls this at every start, so the way
 * through without a change loads neither esbuild nor the CDK.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { configOf, type Settings, type Target } from './config.ts';
import { underLock } from './file-lock.ts';

const root = path.dirname(import.meta.dirname);

/** What the templates and bundles are made of. */
const sources = [
  '{functions,shared,events}/**/*.{ts,json}',
  'infra/{stacks,constructs}/**/*.ts',
  'infra/{app,build,bundle,config}.ts',
  'package-lock.json',
];

export interface SynthOptions extends Settings {
  /** The folder of the functions; another one in tests. */
  readonly functions?: string;
  /** Where the assembly goes: `cdk.out/<target>` unless told. */
  readonly outdir?: string;
  /** Where the bundles go: `.build` unless told. */
  readonly build?: string;
}

export interface Synthesized {
  /** The cloud assembly: `manifest.json`, `<stack>.template.json`, `asset.<hash>/`. */
  readonly outdir: string;
  /** It was made now; false when what lay there was still right. */
  readonly fresh: boolean;
}

/**
 * The assembly of a target, made anew if its sources or settings changed since the last time. Two processes may ask at
 * once: one makes it, the other waits.
 *
 * @throws ConfigError when the settings do not suffice for the target
 */
export async function synthIfChanged(target: Target, options: SynthOptions = {}): Promise<Synthesized> {
  const outdir = options.outdir ?? path.join(root, 'cdk.out', target);
  const stamp = path.join(outdir, '.hash');
  const wanted = await sourceHash(target, options);
  if (await isCurrent(outdir, stamp, wanted)) return { outdir, fresh: false };

  const build = options.build ?? path.join(root, '.build');
  await mkdir(build, { recursive: true });
  return underLock(path.join(build, '.lock'), async () => {
    if (await isCurrent(outdir, stamp, wanted)) return { outdir, fresh: false };
    await rm(stamp, { force: true });
    const [{ bundleFunctions }, { synthesize }] = await Promise.all([import('./bundle.ts'), import('./app.ts')]);
    const config = configOf(target, options);
    const bundles = await bundleFunctions({ functions: options.functions ?? path.join(root, 'functions'), build });
    synthesize({ config, bundles, outdir });
    await writeFile(stamp, wanted);
    return { outdir, fresh: true };
  });
}

async function isCurrent(outdir: string, stamp: string, wanted: string): Promise<boolean> {
  if (!existsSync(path.join(outdir, 'manifest.json')) || !existsSync(stamp)) return false;
  return (await readFile(stamp, 'utf8')) === wanted;
}

/** SHA-256 over the names and contents of the sources, and over the choices. */
async function sourceHash(target: Target, options: SynthOptions): Promise<string> {
  const { functions, scannerUrl, publicApi, ledgerLock } = options;
  const hash = createHash('sha256').update(JSON.stringify([target, functions, scannerUrl, publicApi, ledgerLock]));
  const files = await filesOf(root, sources);
  if (functions) files.push(...(await filesOf(functions, ['**/*.ts'])));
  for (const file of files) hash.update(`\n${file}\n`).update(await readFile(file));
  return hash.digest('hex');
}

async function filesOf(folder: string, patterns: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(patterns, { cwd: folder })) {
    if (!file.endsWith('.test.ts')) found.push(path.join(folder, file));
  }
  return found.sort();
}
