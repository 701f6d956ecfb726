/**
 * Bundles and synthesizes, but only when something changed: the local platform calls this at every start, so the way
 * through without a change loads neither esbuild nor the CDK.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { configOf, type Config, type Settings, type Target } from './config.ts';

const root = path.dirname(import.meta.dirname);
const defaultBuild = path.join(root, '.build');

/** What the templates and bundles are made of. */
const sources = [
  '{functions,shared,events}/**/*.{ts,json}',
  'infra/{stacks,constructs}/**/*.ts',
  'infra/{app,build,bundle,config,fonts,objectives}.ts',
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
  const { outdir, build } = foldersFor(target, options);
  const wanted = await sourceHash(target, options);
  if (await isCurrent(outdir, wanted)) return { outdir, fresh: false };
  return whileNobodyElseBuilds(build, async () => {
    if (await isCurrent(outdir, wanted)) return { outdir, fresh: false };
    const config = configOf(target, options);
    const bundles = await bundlesFor(options);
    await assemble({ config, bundles, outdir, wanted, checked: false });
    return { outdir, fresh: true };
  });
}

/** Where the assembly of a target lies if it is as its sources want it; undefined when it has to be made. */
export async function currentAssembly(
  target: Target,
  options: SynthOptions = {},
): Promise<string | undefined> {
  const { outdir } = foldersFor(target, options);
  return (await isCurrent(outdir, await sourceHash(target, options))) ? outdir : undefined;
}

/**
 * Bundles once and makes the assemblies anew, with the checks.
 *
 * @throws ConfigError when the settings do not suffice for a target; Error when a check finds something
 */
export async function synthChecked(
  requests: readonly { readonly target: Target; readonly options: SynthOptions }[],
): Promise<string[]> {
  const wanted = requests.map(({ target, options }) => ({
    target,
    options,
    config: configOf(target, options),
  }));
  const [first] = wanted;
  if (!first) return [];
  return whileNobodyElseBuilds(foldersFor(first.target, first.options).build, async () => {
    const bundles = await bundlesFor(first.options);
    const outdirs: string[] = [];
    for (const { target, options, config } of wanted) {
      const { outdir } = foldersFor(target, options);
      await assemble({ config, bundles, outdir, wanted: await sourceHash(target, options), checked: true });
      outdirs.push(outdir);
    }
    return outdirs;
  });
}

interface Assembly {
  readonly config: Config;
  readonly bundles: string;
  readonly outdir: string;
  /** Hash of what it is made of. */
  readonly wanted: string;
  readonly checked: boolean;
}

async function assemble({ config, bundles, outdir, wanted, checked }: Assembly): Promise<void> {
  // The stamp goes first, then the stacks of before: one that is no longer made must not be found.
  await rm(stampOf(outdir), { force: true });
  for await (const file of glob('*.json', { cwd: outdir })) await rm(path.join(outdir, file));
  const { makeApp } = await import('./app.ts');
  const app = makeApp({ config, bundles, outdir });
  if (checked) (await import('./checks.ts')).applyChecks(app);
  app.synth();
  await writeFile(stampOf(outdir), wanted);
  await dropOldAssets(outdir);
}

async function bundlesFor(options: SynthOptions): Promise<string> {
  const { bundleFunctions } = await import('./bundle.ts');
  const functions = options.functions ?? path.join(root, 'functions');
  return bundleFunctions({ functions, build: options.build ?? defaultBuild });
}

async function whileNobodyElseBuilds<T>(build: string, work: () => Promise<T>): Promise<T> {
  await mkdir(build, { recursive: true });
  const { underLock } = await import('./file-lock.ts');
  return underLock(path.join(build, 'lock'), work);
}

function foldersFor(target: Target, options: SynthOptions): { outdir: string; build: string } {
  return {
    outdir: options.outdir ?? path.join(root, 'cdk.out', target),
    build: options.build ?? defaultBuild,
  };
}

/** Bundles of earlier states stay for a day: a platform that runs may still load them. */
async function dropOldAssets(outdir: string): Promise<void> {
  const used = new Set<string>();
  for await (const file of glob('*.assets.json', { cwd: outdir })) {
    const text = await readFile(path.join(outdir, file), 'utf8');
    for (const [name] of text.matchAll(/asset\.[0-9a-f]+/g)) used.add(name);
  }
  const yesterday = Date.now() - 24 * 3600 * 1000;
  for await (const name of glob('asset.*', { cwd: outdir })) {
    const folder = path.join(outdir, name);
    if (!used.has(name) && (await stat(folder)).mtimeMs < yesterday)
      await rm(folder, { recursive: true, force: true });
  }
}

function stampOf(outdir: string): string {
  return path.join(outdir, '.hash');
}

async function isCurrent(outdir: string, wanted: string): Promise<boolean> {
  if (!existsSync(path.join(outdir, 'manifest.json')) || !existsSync(stampOf(outdir))) return false;
  return (await readFile(stampOf(outdir), 'utf8')) === wanted;
}

/** SHA-256 over the names and contents of the sources, and over the choices. */
async function sourceHash(target: Target, options: SynthOptions): Promise<string> {
  const { functions, scannerUrl, publicApi, ledgerLock } = options;
  const hash = createHash('sha256').update(
    JSON.stringify([target, functions, scannerUrl, publicApi, ledgerLock]),
  );
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
