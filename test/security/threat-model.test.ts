/** The pages on security name tests and files that there are, and every kind of threat. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.join('infra', 'security');
const model = readFileSync(path.join(folder, 'threat-model.md'), 'utf8');
const threats = [...model.matchAll(/^\| ([STRIDE]) +\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm)];

test('each kind of threat is walked, and each threat has tests that there are', () => {
  expect(new Set(threats.map(([, kind]) => kind))).toEqual(new Set('STRIDE'));
  for (const [, , threat = '', , tests = ''] of threats) {
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    expect(files.length, threat).toBeGreaterThan(0);
    for (const file of files) expect(/\.test\.ts$/.test(file) && existsSync(file), file).toBe(true);
  }
});

test.each(['threat-model.md', 'personal-data.md'])('%s links to what there is', (page) => {
  const text = readFileSync(path.join(folder, page), 'utf8');
  const links = [...text.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(([, file = '']) => file);
  expect(links.length).toBeGreaterThan(0);
  for (const file of links) expect(existsSync(path.join(folder, file)), file).toBe(true);
});
