/** What is kept of a secret so that it can be recognised, and never read back. */
import { createHash, scryptSync, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a secret of 32 random bytes: nobody guesses what it is of, so it needs no salt. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** Six digits can be guessed from a fast hash within a second: this one is slow, and another for each salt. */
export function codeHash(code: string, salt: string): string {
  return scryptSync(code, salt, 32, { N: 2 ** 14, r: 8, p: 1 }).toString('hex');
}

/** Whether two hashes are the same, in a time that does not say how far they are. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}
