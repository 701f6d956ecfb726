import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { underLock } from './file-lock.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'anju-lock-'))));
afterEach(() => rm(folder, { recursive: true }));

it('lets one in at a time', async () => {
  let inside = 0;
  let most = 0;
  const visit = () =>
    underLock(path.join(folder, 'lock'), async () => {
      most = Math.max(most, ++inside);
      await new Promise((done) => setImmediate(done));
      inside -= 1;
      return inside;
    });
  expect(await Promise.all([visit(), visit(), visit()])).toEqual([0, 0, 0]);
  expect(most).toBe(1);
});

it('is free again after work that failed', async () => {
  const file = path.join(folder, 'lock');
  await expect(underLock(file, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  expect(await underLock(file, () => Promise.resolve('in'))).toBe('in');
});
