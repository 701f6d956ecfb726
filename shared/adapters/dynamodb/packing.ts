/** Short spellings of what a head repeats: clocks, opinions, hashes, instants. Plain text stays plain in them. */
import { isInstant } from '../../kernel/civil-date.ts';
import type { Head } from '../../domain/submissions/submission.ts';

type Clock = Head['clocks'][number];
type Opinion = Head['opinions'][number];

const letters = { started: 's', suspended: 'p', resumed: 'r', extended: 'x', ended: 'e' } as const;
const kindsByLetter = Object.fromEntries(Object.entries(letters).map(([kind, letter]) => [letter, kind]));

/** `opinion:R_NDRC|R_NDRC|5|S-07…|s,kvgn1pd0,7,,;p,…` */
export function packClock(clock: Clock): string {
  const entries = clock.entries.map((entry) => {
    const at = Date.parse(entry.at).toString(36);
    const days = entry.kind === 'extended' ? String(entry.days) : '';
    const ground = entry.kind === 'started' ? '' : escaped(entry.ground);
    return [letters[entry.kind], at, String(entry.seq), days, ground].join(',');
  });
  const { name, office, limit, basis } = clock;
  return [escaped(name), escaped(office), String(limit), escaped(basis), entries.join(';')].join('|');
}

/** Inverse of `packClock`. What comes out is still to be parsed by its schema. */
export function unpackClock(packed: string): unknown {
  const [name = '', office = '', limit = '', basis = '', entries = ''] = packed.split('|');
  return {
    name: plain(name),
    office: plain(office),
    limit: Number(limit),
    basis: plain(basis),
    entries: entries === '' ? [] : entries.split(';').map(unpackEntry),
  };
}

function unpackEntry(packed: string): unknown {
  const [letter = '', at = '', seq = '', days = '', ground = ''] = packed.split(',');
  const kind = kindsByLetter[letter];
  const common = { kind, at: new Date(Number.parseInt(at, 36)).toISOString(), seq: Number(seq) };
  if (kind === 'started') return common;
  return { ...common, ...(kind === 'extended' ? { days: Number(days) } : {}), ground: plain(ground) };
}

/** `R_NDRC|agree|2|9|`, and the hash at the end only when it is not the one of the frozen version. */
export function packOpinion({ office, verdict, version, seq, hash }: Opinion, frozenHash?: string): string {
  const differing = hash === frozenHash ? '' : `=${shortHash(hash)}`;
  return [escaped(office), verdict, String(version), String(seq), differing].join('|');
}

/** Inverse of `packOpinion`. What comes out is still to be parsed by its schema. */
export function unpackOpinion(packed: string, frozenHash?: string): unknown {
  const [office = '', verdict, version, seq, differing = ''] = packed.split('|');
  const hash = differing === '' ? frozenHash : fullHash(differing.slice(1));
  return { office: plain(office), verdict, version: Number(version), seq: Number(seq), hash };
}

const shortLength = 43;

/** SHA-256 in 43 characters of base64url instead of 64 hexadecimal digits; any other text stays. */
export function shortHash(hash: string): string {
  return /^[0-9a-f]{64}$/.test(hash) ? Buffer.from(hash, 'hex').toString('base64url') : hash;
}

/** Inverse of `shortHash`. */
export function fullHash(short: string): string {
  return short.length === shortLength ? Buffer.from(short, 'base64url').toString('hex') : short;
}

/** The milliseconds of an instant since 1970 in base 36, eight characters instead of 24; any other text stays. */
export function shortInstant(at: string): string {
  return isInstant(at) && at >= '1970' ? Date.parse(at).toString(36) : at;
}

/** Inverse of `shortInstant`. */
export function fullInstant(short: string): string {
  return /^[0-9a-z]+$/.test(short) ? new Date(Number.parseInt(short, 36)).toISOString() : short;
}

/** The separators, and the sign that escapes them, never stand in a packed text for themselves. */
function escaped(text: string): string {
  return text.replaceAll(/[%|;,]/g, encodeURIComponent);
}

function plain(packed: string): string {
  return packed.replaceAll(/%(?:25|7C|3B|2C)/g, decodeURIComponent);
}
