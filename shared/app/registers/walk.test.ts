import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page } from '../ports.ts';
import { walk } from './walk.ts';

/** Places with their lines; a cursor is the number of lines before it. */
function reader(places: Readonly<Record<string, readonly number[]>>) {
  let reads = 0;
  return {
    reads: () => reads,
    read: (place: string, cursor: string | undefined, limit: number): Promise<Page<number>> => {
      reads += 1;
      const all = places[place] ?? [];
      const from = Number(cursor ?? 0);
      const items = all.slice(from, from + limit);
      const end = from + items.length;
      return Promise.resolve({ items, ...(end < all.length ? { cursor: String(end) } : {}) });
    },
  };
}

async function all(
  places: Readonly<Record<string, readonly number[]>>,
  limit: number,
  keep: (line: number) => boolean,
): Promise<number[]> {
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await walk(Object.keys(places), { cursor, limit }, reader(places).read, keep);
    if (!page.ok) throw new Error(page.error.code);
    expect(page.value.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.value.items);
    ({ cursor } = page.value);
  } while (cursor !== undefined);
  return seen;
}

describe('a walk over several places', () => {
  it('neither loses nor repeats a line, whatever the pages and the filter', async () => {
    const lines = fc.array(fc.nat(50), { maxLength: 12 });
    const property = fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), lines, { maxKeys: 5 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 4 }),
      async (places, limit, step) => {
        const keep = (line: number): boolean => line % step === 0;
        expect(await all(places, limit, keep)).toEqual(Object.values(places).flat().filter(keep));
      },
    );
    await fc.assert(property);
  });

  it('looks at no more than so many lines a request, and goes on where it stopped', async () => {
    const places = { a: Array.from({ length: 2000 }, (_, index) => index) };
    const { read, reads } = reader(places);
    const page = await walk(['a'], { limit: 100 }, read, (line) => line === 1999);
    expect(page).toMatchObject({ ok: true, value: { items: [], cursor: 'a~500' } });
    expect(reads()).toBe(5);
    expect(await all(places, 100, (line) => line === 1999)).toEqual([1999]);
  });

  it.each(['', 'x', 'b~', '~1'])('takes no cursor of another list: %j', async (cursor) => {
    const page = await walk(['a'], { cursor, limit: 1 }, reader({ a: [1, 2] }).read, () => true);
    expect(page).toMatchObject({ ok: false, error: { code: 'invalid-cursor' } });
  });

  it('has nothing to show where there is no place', async () => {
    expect(await walk([], { limit: 9 }, reader({}).read, () => true)).toEqual({
      ok: true,
      value: { items: [] },
    });
  });
});
