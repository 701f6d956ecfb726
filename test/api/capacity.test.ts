/**
 * What each route costs the table, in capacity units, measured on the story's own filings and kept in `capacity.json`.
 * A route that costs more than it did fails here; the benchmark prints the same table.
 */
import { expect, test } from 'vitest';
import { measureCapacity } from '../bench/capacity.ts';
import kept from '../bench/capacity.json' with { type: 'json' };

test('no route costs more than it did, and the two budgets hold', async () => {
  const measured = await measureCapacity();
  const table = kept as Record<string, { read: number; write: number }>;
  expect(Object.keys(measured).sort()).toEqual(Object.keys(table).sort());
  for (const [route, { read, write }] of Object.entries(measured)) {
    expect(read, `${route} reads`).toBeLessThanOrEqual(table[route]?.read ?? 0);
    expect(write, `${route} writes`).toBeLessThanOrEqual(table[route]?.write ?? 0);
  }
  // A city's filing. A project's founds or holds a record of its own besides, and has no budget but its own line.
  const submits = Object.entries(measured).filter(([route]) => /\/sign \(S-/.test(route));
  expect(submits.length).toBeGreaterThan(1);
  for (const [route, { write }] of submits) expect(write, route).toBeLessThanOrEqual(14);
  expect(measured['GET /desk (25 lines)']?.read).toBeLessThanOrEqual(4);
});
