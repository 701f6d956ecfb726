/** The API's document as a linter for such documents sees it (Redocly, its recommended rules). */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { openApi } from '../../functions/openapi.ts';

/** What it says and why that is left. A line that is no longer said must go. */
const acknowledged: Readonly<Record<string, string>> = {
  'operation-4xx-response /.well-known/jwks.json': 'asks for nothing that could be refused',
  'operation-4xx-response /health': 'asks for nothing that could be refused',
  'operation-4xx-response /openapi.json': 'asks for nothing that could be refused',
  'operation-4xx-response /public/datasets': 'asks for nothing that could be refused',
};

async function saidOf(document: object): Promise<readonly string[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: 'openapi.json',
    config,
  });
  return problems.map(({ ruleId, location: [at] }) => {
    const path = /^#\/paths\/([^/]+)/.exec(at?.pointer ?? '')?.[1] ?? '';
    return `${ruleId} ${path.replaceAll('~1', '/')}`;
  });
}

test('says nothing but what is acknowledged', async () => {
  expect([...(await saidOf(openApi()))].toSorted()).toEqual(Object.keys(acknowledged).toSorted());
});

test('would say that a path’s parameter is not described', async () => {
  const broken = structuredClone(openApi()) as { paths: Record<string, { get: { parameters: unknown[] } }> };
  const operation = broken.paths['/submissions/{id}']?.get;
  if (operation) operation.parameters = [];
  expect(await saidOf(broken)).toContain('path-parameters-defined /submissions/{id}');
});
