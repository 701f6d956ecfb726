/** The real functions, as they are deployed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleFunctions } from '../../infra/bundle.ts';
import { functionNames } from './assembly.ts';

const functions = path.join(import.meta.dirname, '..', '..', 'functions');
let build = '';
let bundles = '';

beforeAll(async () => {
  build = await mkdtemp(path.join(tmpdir(), 'anju-bundles-'));
  bundles = await bundleFunctions({ functions, build });
});
afterAll(() => rm(build, { recursive: true }));

it.each(functionNames)('%s has a handler, and nothing of a malware test', async (name) => {
  const text = await readFile(path.join(bundles, name, 'index.mjs'), 'utf8');
  expect(text).toMatch(/export\s*\{[^}]*\bas handler\b|export\s*\{[^}]*\bhandler\b/);
  // In two halves, so that no scanner takes this file for the test file itself.
  expect(text).not.toContain(['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-'));
  expect(text).not.toMatch(/eicar/i);
});
