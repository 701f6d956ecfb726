import { afterAll, beforeAll, describe, it } from 'vitest';
import { ours, type Standing } from './ours.ts';
import { themes } from './themes.ts';

let standing: Standing;
beforeAll(async () => {
  standing = await ours();
});
afterAll(() => standing.stop());

for (const { title, checks } of themes) {
  describe(title, () => {
    it.each(checks)('$name', (check) => check.run(standing.target));
  });
}
