/**
 * npm run story: plays the numbered samples on an empty platform in memory, or with `-- --url http://127.0.0.1:4000` on an
 * empty one that runs, to look around afterwards. Fails on the first unmet expectation.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Sample } from '../../events/samples/sample.ts';
import { parseArgs } from 'node:util';
import { startPlatform } from '../local/platform.ts';
import { remotePlatform } from '../local/remote-platform.ts';
import { samplePdf } from '../local/sample-pdf.ts';
import { StoryPlayer, type StoryPlatform } from '../local/story-player.ts';

const say = (line: string): void => {
  console.log(line);
};
const begins = '2021-09-23T09:00:00+08:00';

function urlAsked(): string | undefined {
  try {
    return parseArgs({ options: { url: { type: 'string' } } }).values.url;
  } catch (error) {
    console.error(
      `安居: ${(error as Error).message}。用法 / usage: npm run story [-- --url http://127.0.0.1:4000]`,
    );
    process.exit(2);
  }
}

/** An old filing would meet the story's own, and a clock that is past its beginning cannot go back. */
async function emptyPlatformAt(url: string): Promise<StoryPlatform> {
  const platform = remotePlatform(() => url);
  const now = await fetch(`${url}/dev/clock`).then(
    async (answer) => ((await answer.json()) as { now: string }).now,
    () => undefined,
  );
  if (now === undefined) throw new Error(`${url} 没有平台在运行 / no platform is running there`);
  const headers = { authorization: `Bearer ${await platform.token('housing-supervisor')}` };
  const duties = (await (await fetch(`${url}/obligations`, { headers })).json()) as { items: unknown[] };
  if (Date.parse(now) > Date.parse(begins) + 3_600_000 || duties.items.length > 0)
    throw new Error(
      `全程演示须从空的平台开始：npm start -- --memory --at ${begins} / the story needs an empty platform at its beginning`,
    );
  return platform;
}

/** The report outlives the platform in memory, for a look at it. */
function keep(name: string, bytes: Uint8Array): string {
  const kept = path.join('.build', 'story');
  mkdirSync(kept, { recursive: true });
  writeFileSync(path.join(kept, name), bytes);
  return path.join(kept, name);
}

const url = urlAsked();
const began = Date.now();
const own = url ? undefined : await startPlatform({ port: 0, at: begins, progress: say });
console.log('演示数字均为虚构 / all figures are invented for the demonstration\n');
const folder = path.join('events', 'samples');
try {
  const player = new StoryPlayer(own ?? (await emptyPlatformAt(url ?? '')), samplePdf, say, keep);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const file of files.sort()) {
    const sample = Sample.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
    console.log(`${file.slice(0, 2)}  ${sample.title.zh} / ${sample.title.en}`);
    await player.play(sample);
  }
  console.log(`\n全部符合预期 / every expectation was met (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (url) console.log(`可继续查看 / to look around: ${url}/dev`);
} catch (error) {
  console.error(`\n未达预期 / unmet: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await own?.close();
}
