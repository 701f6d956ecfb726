/** The outside world's time and chance. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Secrets } from '../../app/invitations/ports.ts';

export function systemNow(): string {
  return new Date().toISOString();
}

/** UUID version 7 (RFC 9562): 48 bits of milliseconds, then chance; identifiers sort by the time they were made. */
export function uuidv7(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export const systemSecrets: Secrets = {
  secret: () => randomBytes(32).toString('base64url'),
  code: () => String(randomInt(1_000_000)).padStart(6, '0'),
};
