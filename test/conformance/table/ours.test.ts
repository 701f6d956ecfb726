/** Our engine does what is documented, every check, on both stores, on any machine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perform } from '../check.ts';
import { themes } from './index.ts';
import { knobs, startOurs, type Engine } from './ours.ts';

describe.each(['memory', 'sqlite'] as const)('our table engine on the %s store', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startOurs(kind);
  });
  afterAll(() => engine.close());

  describe.each(themes)('$title', ({ checks }) => {
    it.each(checks)('$name', async (check) => {
      expect(await perform(check, engine.target, knobs)).toBe('passes');
    });
  });
});
