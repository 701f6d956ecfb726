/**
 * `kill -9` at random moments of the whole story, which then goes on: whoever asked asks again under his key. ANJU_KILLS says
 * how often at least (the tests: 10; `ANJU_KILLS=200` takes ten minutes), ANJU_SEED repeats the moments.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Sample } from '../../events/samples/sample.ts';
import { remotePlatform } from '../../infra/local/remote-platform.ts';
import { samplePdf } from '../../infra/local/sample-pdf.ts';
import { StoryPlayer } from '../../infra/local/story-player.ts';
import { Random } from '../simulation/random.ts';
import { startProcess, verified } from '../support/platform-process.ts';
import { SteadfastFront } from '../support/steadfast-front.ts';

const wanted = Number(process.env['ANJU_KILLS'] ?? 10);
const seed = Number(process.env['ANJU_SEED'] ?? Date.now() % 1_000_000);
const folder = mkdtempSync(path.join(tmpdir(), 'anju-kills-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test(`the story comes to its end, killed at ${wanted} random moments`, async () => {
  const random = new Random(seed);
  let running = await startProcess(folder, ['--at', '2021-09-23T09:00:00+08:00']);
  // Tokens name the address that gave them: it stays.
  const PORT = new URL(running.url).port;
  const front = await SteadfastFront.before(() => running.url);
  let [kills, over] = [0, false];
  /** About the story's length on a quiet machine, in milliseconds, shared out among the kills. */
  const longest = (2 * 25_000) / wanted;
  const killer = (async () => {
    while (kills < wanted) {
      await new Promise((resolve) => setTimeout(resolve, 30 + random.next() * longest));
      if (over) return;
      await running.kill('SIGKILL');
      running = await startProcess(folder, [], { PORT });
      kills += 1;
    }
  })();

  const platform = remotePlatform(() => front.url);
  const advance = async (to: string): Promise<unknown> =>
    // Asked again after a kill, it may have come there already.
    platform.advance(to).catch((error: unknown) => {
      if (!String(error).includes('only moves forward')) throw error;
    });
  const player = new StoryPlayer({ ...platform, url: front.url, advance }, samplePdf, () => undefined);
  const samples = readdirSync('events/samples').filter((name) => name.endsWith('.json'));
  for (const name of samples.sort()) {
    const sample = Sample.parse(JSON.parse(readFileSync(path.join('events/samples', name), 'utf8')));
    await player.play(sample);
  }
  over = true;
  await killer;
  console.log(`种子 / seed ${seed}: ${kills} 次 / kills, ${front.repeated} 次重发 / requests sent again`);
  expect(kills).toBeGreaterThanOrEqual(Math.min(wanted, 5));
  expect(front.repeated).toBeGreaterThan(0);
  expect(verified(folder)).toMatch(/全部相符/);
  const { stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'infra/cli/counters-check.ts'],
    { env: { ...process.env, ANJU_DATA: folder }, encoding: 'utf8' },
  );
  expect(stdout).toMatch(/相符|hold/);
  await front.close();
  await running.kill('SIGTERM');
}, 1_200_000);
