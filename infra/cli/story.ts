// npm run story: plays the numbered samples on an empty platform in memory, and fails on the first unmet expectation.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startPlatform } from '../local/platform.ts';
import { samplePdf } from '../local/sample-pdf.ts';
import { StoryPlayer, type Sample } from '../local/story-player.ts';

const folder = path.join('events', 'samples');
const began = Date.now();
const platform = await startPlatform({
  port: 0,
  at: '2021-09-23T09:00:00+08:00',
  progress: (line) => {
    console.log(line);
  },
});
const player = new StoryPlayer(platform, samplePdf, (line) => {
  console.log(line);
});
console.log('演示数字均为虚构 / all figures are invented for the demonstration\n');
try {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const sample = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Sample;
    console.log(`${file.slice(0, 2)}  ${sample.title.zh} / ${sample.title.en}`);
    await player.play(sample);
  }
  console.log(`\n全部符合预期 / every expectation was met (${((Date.now() - began) / 1000).toFixed(1)} s)`);
} catch (error) {
  console.error(`\n未达预期 / unmet: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await platform.close();
}
