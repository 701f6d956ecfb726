/** Plays campaigns in processes of their own, side by side. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Campaign, CampaignOptions } from './campaign.ts';

const child = fileURLToPath(new URL('child.ts', import.meta.url));

/** @throws Error with what the process said, when it fails */
export async function campaignIn(options: CampaignOptions): Promise<Campaign> {
  const running = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', child, JSON.stringify(options)],
    { env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [answer, said] = ['', ''];
  running.stdout.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => running.on('close', resolve));
  if (status !== 0) throw new Error(`The campaign ended with ${status ?? 'a signal'}: ${said}`);
  return JSON.parse(answer) as Campaign;
}
