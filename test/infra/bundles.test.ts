/** The real functions, as they are deployed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../functions/routes.ts';
import { bundleFunctions } from '../../infra/bundle.ts';
import { functionNames } from './assembly.ts';

const functions = path.join(import.meta.dirname, '..', '..', 'functions');
let build = '';
let bundles = '';

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}
let metafile: Metafile;

/** What a function's bundle is made of: file → bytes of it that are in. */
function partsOf(name: string): [string, number][] {
  const [, output] =
    Object.entries(metafile.outputs).find(([file]) => file.endsWith(`/${name}/index.mjs`)) ?? [];
  return Object.entries(output?.inputs ?? {}).map(([file, { bytesInOutput }]) => [file, bytesInOutput]);
}

beforeAll(async () => {
  build = await mkdtemp(path.join(tmpdir(), 'anju-bundles-'));
  bundles = await bundleFunctions({ functions, build });
  metafile = JSON.parse(await readFile(path.join(build, 'metafile.json'), 'utf8')) as Metafile;
});
afterAll(() => rm(build, { recursive: true }));

it.each(functionNames)('%s has a handler, and nothing of a malware test', async (name) => {
  const text = await readFile(path.join(bundles, name, 'index.mjs'), 'utf8');
  expect(text).toMatch(/export\s*\{[^}]*\bas handler\b|export\s*\{[^}]*\bhandler\b/);
  // In two halves, so that no scanner takes this file for the test file itself.
  expect(text).not.toContain(['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-'));
  expect(text).not.toMatch(/eicar/i);
});

describe('an API function', () => {
  /** A cold start reads all of it: our own code, in bytes (decision 0013: what it takes is held by the benchmark). */
  const budget = 249_000;
  const others: Readonly<Record<string, number>> = {
    // A list is asked of the queries' own handlers, so that nobody takes away more than he sees: theirs, and its own.
    exports: budget + 27_000,
    // It reads as the queries do, acts as the commands do, and has pages of its own.
    invitations: budget + 3_000,
    public: 125_000,
    // It tells of every route.
    description: 187_000,
  };
  const apis = [...new Set(routes.map((route) => route.function))];

  it.each(apis)('%s keeps to its budget', (name) => {
    const own = partsOf(name).filter(([file]) => !file.includes('node_modules/'));
    const bytes = own.reduce((sum, [, part]) => sum + part, 0);
    const largest = own.toSorted(([, one], [, other]) => other - one).slice(0, 10);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes, JSON.stringify(largest)).toBeLessThanOrEqual(others[name] ?? budget);
  });

  it.each(apis)('%s brings clients of those services alone that it may ask', (name) => {
    const clients = partsOf(name).flatMap(([file, bytes]) => {
      const [, client] = /node_modules\/@aws-sdk\/client-([\w-]+)\//.exec(file) ?? [];
      return client !== undefined && bytes > 0 ? [client] : [];
    });
    const asked: Readonly<Record<string, readonly string[]>> = {
      commands: ['dynamodb', 'kms'],
      documents: ['dynamodb', 's3'],
      invitations: ['dynamodb', 'kms', 's3'],
      description: [],
    };
    expect([...new Set(clients)].toSorted()).toEqual(asked[name] ?? ['dynamodb']);
  });
});
