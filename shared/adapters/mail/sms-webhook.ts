/**
 * Text messages through the city's own gateway: a signed webhook. The signature covers the instant and the body, so that
 * nobody else can send, and nothing can be sent again later.
 */
import { createHmac } from 'node:crypto';
import type { TextMessages } from '../../app/reminders/deliver.ts';

const timeoutMs = 10_000;

/** @param url the gateway; `secret` is shared with it */
export function smsWebhook(url: string, secret: string): TextMessages {
  return {
    async send(to, text, key, at) {
      const body = JSON.stringify({ to, text, key, at });
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'idempotency-key': key,
            'x-anju-timestamp': at,
            'x-anju-signature': `sha256=${signatureOf(secret, at, body)}`,
          },
          body,
          signal: AbortSignal.timeout(timeoutMs),
        });
        await answer.body?.cancel();
        if (answer.ok) return { outcome: 'sent' };
        const passing = answer.status === 429 || answer.status >= 500;
        return { outcome: passing ? 'failed' : 'refused', reason: `http-${answer.status}` };
      } catch (error) {
        return {
          outcome: 'failed',
          reason: (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable',
        };
      }
    },
  };
}

export function signatureOf(secret: string, at: string, body: string): string {
  return createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
}
