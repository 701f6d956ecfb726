/** One esbuild call for all functions: the same bundles are deployed, run locally and measured. */
import { build, type BuildOptions } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { putFonts } from './fonts.ts';

/** Some libraries are CommonJS inside and ask for `require` at run time, which an ES module does not have. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** A function's credentials lie in its environment: the SDK's search for others, a tenth of a bundle, stays out. */
const credentials = fileURLToPath(
  new URL('../shared/adapters/system/environment-credentials.ts', import.meta.url),
);

/** How every function is bundled; the benchmark bundles what it compares with in the same way, with all that the SDK brings. */
export const bundling = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'] as string[],
  minify: true,
  // A Chinese character as such takes three bytes, escaped it takes six.
  charset: 'utf8',
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  banner: { js: requireBanner },
  logLevel: 'warning',
} as const satisfies BuildOptions;

const printing = new Set(['reports', 'certificates', 'prints']);

export interface BundleFolders {
  /** Holds `<name>/index.ts` and `<name>/env.ts` of each function. */
  readonly functions: string;
  /** Gets `functions/<name>/index.mjs` and `metafile.json`. */
  readonly build: string;
}

/** The names of the functions, sorted: a folder with an entry that says what it is told. What functions share has no env.ts. */
function functionNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => ['index.ts', 'env.ts'].every((file) => existsSync(path.join(folder, name, file))))
    .sort();
}

/**
 * Bundles every function. Libraries are bundled too, the SDK among them: what was tested is what runs.
 * @returns the folder that holds one folder for each function
 */
export async function bundleFunctions({ functions, build: folder }: BundleFolders): Promise<string> {
  const names = functionNames(functions);
  const outdir = path.join(folder, 'functions');
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const { metafile } = await build({
    ...bundling,
    entryPoints: names.map((name) => ({ in: path.join(functions, name, 'index.ts'), out: `${name}/index` })),
    outdir,
    alias: { '@aws-sdk/credential-provider-node': credentials },
    outExtension: { '.js': '.mjs' },
    metafile: true,
  });
  // What is printed is printed with fonts that lie beside the function's bundle.
  for (const name of names.filter((one) => printing.has(one))) await putFonts(path.join(outdir, name));
  await writeFile(path.join(folder, 'metafile.json'), JSON.stringify(metafile));
  return outdir;
}
