import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthIfChanged, type SynthOptions } from '../../infra/build.ts';
import { functionNames } from './assembly.ts';

let folder = '';
let options: SynthOptions & { readonly functions: string; readonly build: string; readonly outdir: string };

async function writeFunction(name: string, answer: string): Promise<void> {
  await mkdir(path.join(options.functions, name), { recursive: true });
  const text = `import { createHash } from 'node:crypto';
export function handler(event: { readonly word: string }): string {
  return '${answer} ' + createHash('sha256').update(event.word).digest('hex');
}`;
  await writeFile(path.join(options.functions, name, 'index.ts'), text);
  await writeFile(path.join(options.functions, name, 'env.ts'), 'export {};');
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'anju-build-'));
  options = {
    functions: path.join(folder, 'functions'),
    build: path.join(folder, 'build'),
    outdir: path.join(folder, 'out'),
  };
  for (const name of functionNames) await writeFunction(name, name);
  // What functions share, as functions/answers: a folder with an index and no function.
  await mkdir(path.join(options.functions, 'shared'));
  await writeFile(path.join(options.functions, 'shared', 'index.ts'), 'export const shared = 1;');
});
afterAll(() => rm(folder, { recursive: true }));

describe('synthIfChanged', () => {
  it('lets one of two make the assembly, and both have it', async () => {
    const [one, other] = await Promise.all([synthIfChanged('aws', options), synthIfChanged('aws', options)]);
    expect([one.fresh, other.fresh].sort()).toEqual([false, true]);
    expect([one.outdir, other.outdir]).toEqual([options.outdir, options.outdir]);
    expect(existsSync(path.join(options.outdir, 'AnjuData.template.json'))).toBe(true);
  });

  it('makes nothing when nothing changed', async () => {
    expect(await synthIfChanged('aws', options)).toEqual({ outdir: options.outdir, fresh: false });
  });

  it('starts over for a changed function, a changed setting, and an assembly that is gone', async () => {
    await writeFunction('queries', 'changed');
    expect(await synthIfChanged('aws', options)).toMatchObject({ fresh: true });
    expect(await synthIfChanged('aws', { ...options, ledgerLock: 'governance' })).toMatchObject({
      fresh: true,
    });
    expect(await synthIfChanged('aws', { ...options, publicApi: false })).toMatchObject({ fresh: true });
    expect(existsSync(path.join(options.outdir, 'AnjuPublic.template.json'))).toBe(false);
    await rm(path.join(options.outdir, 'manifest.json'));
    expect(await synthIfChanged('aws', { ...options, ledgerLock: 'governance' })).toMatchObject({
      fresh: true,
    });
  });

  it('says which function is missing', async () => {
    const functions = path.join(folder, 'some');
    await mkdir(path.join(functions, 'queries'), { recursive: true });
    await writeFile(path.join(functions, 'queries', 'index.ts'), 'export const handler = () => 1;');
    await writeFile(path.join(functions, 'queries', 'env.ts'), 'export {};');
    const incomplete = { functions, build: path.join(folder, 'build2'), outdir: path.join(folder, 'out2') };
    await expect(synthIfChanged('aws', incomplete)).rejects.toThrow(
      'The function registers has no bundle: functions/registers needs an index.ts and an env.ts.',
    );
  });

  it('does not begin without the settings that the target needs', async () => {
    const china = { ...options, build: path.join(folder, 'build3'), outdir: path.join(folder, 'out3') };
    await expect(synthIfChanged('aws-cn', china)).rejects.toThrow(/give the address of a scanner/);
    expect(existsSync(path.join(china.build, 'functions'))).toBe(false);
  });
});

describe('bundles', () => {
  const bundle = (name: string, file = 'index.mjs') => path.join(options.build, 'functions', name, file);

  it('are modules that run', async () => {
    const { handler } = (await import(bundle('commands'))) as {
      handler: (event: { word: string }) => string;
    };
    expect(handler({ word: '' })).toBe(
      'commands e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('name their source maps, which carry no sources', async () => {
    // Without this line Node finds no map, and a stack trace shows one endless line.
    expect(await readFile(bundle('commands'), 'utf8')).toContain('//# sourceMappingURL=index.mjs.map');
    const map = JSON.parse(await readFile(bundle('commands', 'index.mjs.map'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(map['sources']).toHaveLength(1);
    expect(map).not.toHaveProperty('sourcesContent');
  });

  it('are accounted for in one metafile, one a function', async () => {
    const text = await readFile(path.join(options.build, 'metafile.json'), 'utf8');
    const { outputs } = JSON.parse(text) as { outputs: Record<string, unknown> };
    const names = Object.keys(outputs)
      .filter((file) => file.endsWith('.mjs'))
      .map((file) => path.basename(path.dirname(file)));
    expect(names.sort()).toEqual([...functionNames]);
  });

  it('go into the assembly as they are', async () => {
    const assets = await readFile(path.join(options.outdir, 'AnjuApi.assets.json'), 'utf8');
    const texts = await Promise.all(
      [...assets.matchAll(/"path": "(asset\.[0-9a-f]+)"/g)].map(([, name = '']) =>
        readFile(path.join(options.outdir, name, 'index.mjs'), 'utf8'),
      ),
    );
    expect(texts).toHaveLength(9);
    expect(texts).toContain(await readFile(bundle('commands'), 'utf8'));
  });
});
