/** A running platform of this machine, over its address: what the story and the verifier need of it. */
import type { StoryPlatform } from './story-player.ts';

/**
 * @param url where it answers now; asked anew for each call, because a restarted platform may stand elsewhere
 * @throws Error with the platform's own words when it refuses
 */
export function remotePlatform(url: () => string): StoryPlatform {
  async function ask<Answer>(path: string, body: unknown): Promise<Answer> {
    const response = await fetch(`${url()}${path}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = (await response.json()) as Answer & { message?: string };
    if (!response.ok) throw new Error(answer.message ?? `${path}: ${response.status}`);
    return answer;
  }
  return {
    get url() {
      return url();
    },
    token: async (user) => (await ask<{ access_token: string }>('/dev/token', { user })).access_token,
    advance: (to) => ask('/dev/clock', { to }),
    drain: () => ask('/dev/drain', {}),
  };
}
