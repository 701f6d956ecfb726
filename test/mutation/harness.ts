/**
 * What the pure tests ask of vitest, in one process: `describe` and `it` write down the tests once, and each mutant runs those
 * of them that it could break. A worker and a module graph for every mutant would take thirty times as long.
 */
import { format } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import { tooSlow } from './contexts.ts';

// The same cards in every run, so that two scores can be compared; fewer of them, and no search for the smallest failure, for
// there are thousands of runs.
fc.configureGlobal({ seed: 20_210_923, numRuns: 40, endOnFailure: true });

type Body = (...args: never[]) => unknown;

export interface WrittenTest {
  readonly id: string;
  readonly file: string;
  run(): Promise<void>;
}

interface Suite {
  readonly name: string;
  readonly before: readonly Body[];
}

const written: WrittenTest[] = [];
const ids = new Set<string>();
/** Samples are made once, by what is not changed here. */
const prepared = new Set<Body>();
let file = '';
let suites: readonly (Suite & { before: Body[] })[] = [];

/** Before the tests are written down again, because their code is loaded again. */
export function forgetWritten(): void {
  written.length = 0;
  ids.clear();
}

/** Writes down the tests of one file after the other; `load` imports it. */
export async function writtenIn(name: string, load: () => Promise<unknown>): Promise<readonly WrittenTest[]> {
  const first = written.length;
  file = name;
  suites = [{ name, before: [] }];
  await load();
  return written.slice(first);
}

function add(name: string, body: () => unknown): void {
  const [here, around] = [file, suites];
  const full = [...around.slice(1).map((suite) => suite.name), name].join(' > ');
  if (tooSlow.some((slow) => slow.test(full))) return;
  let id = `${here}#${full}`;
  for (let again = 2; ids.has(id); again += 1) id = `${here}#${full} (${again})`;
  ids.add(id);
  written.push({
    id,
    file: here,
    async run() {
      for (const prepare of around.flatMap(({ before }) => before)) {
        if (prepared.has(prepare)) continue;
        prepared.add(prepare);
        await prepare();
      }
      await body();
    },
  });
}

function suite(name: string, body: () => unknown): void {
  const outer = suites;
  suites = [...outer, { name, before: [] }];
  body();
  suites = outer;
}

type Each = (
  rows: readonly unknown[],
) => (name: string, body: (...args: never[]) => unknown, options?: unknown) => void;

/** A row that is a list gives its entries, any other itself. */
function eachOf(one: (name: string, body: () => unknown) => void): Each {
  return (rows) => (name, body) => {
    for (const [index, row] of rows.entries()) {
      const given: readonly unknown[] = Array.isArray(row) ? row : [row];
      const holes = name.replaceAll('%#', String(index)).match(/%[a-zA-Z]/g)?.length ?? 0;
      const told = format(name.replaceAll('%#', String(index)), ...given.slice(0, holes));
      one(told, () => (body as (...args: unknown[]) => unknown)(...given));
    }
  };
}

export const test = Object.assign((name: string, body: () => unknown) => add(name, body), {
  each: eachOf(add),
});
export const it = test;
export const describe = Object.assign(suite, { each: eachOf(suite) });
export const beforeAll = (body: Body): void => void suites.at(-1)?.before.push(body);
export { expect };
