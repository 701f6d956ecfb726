/**
 * The printed code (二维码): an address that opens the public page of the certificate, with a proof behind the `#`, which no
 * browser sends. With the public keys the proof can be checked anywhere, without the platform and without the paper's text:
 * which number, which version, until when, and the hash of what it says.
 */
import { isCivilDate } from '../../kernel/civil-date.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { contentHash, type CertificateContent } from './content.ts';
import { bytesOf, checkSignature, readJws, type JwsFault, type JwsHeader, type KeySet } from './jws.ts';
import { fullNumber, numberInPath } from './number.ts';
import { thumbprint } from '../../kernel/jwk.ts';

/** What the code claims. */
export interface QrClaim {
  /** In full. */
  readonly number: string;
  readonly version: number;
  /** The last civil day of its validity. */
  readonly validTo: string;
  /** SHA-256 of the canonical content, 64 hexadecimal digits. */
  readonly content: string;
}

/** The first signs of a thumbprint: enough to choose among the keys of one platform. */
const keyHint = 8;

export function claimOf(content: CertificateContent): QrClaim {
  const { number, version, validTo } = content;
  return { number, version, validTo, content: contentHash(content) };
}

/** What is signed for the code; its first word keeps it apart from every other signature. */
export function qrStatement({ number, version, validTo, content }: QrClaim): string {
  return ['anju-certificate-qr/1', number, version, validTo, content].join('\n');
}

/** The text of the printed code. */
export function qrText(content: CertificateContent, { kid, qr }: Pick<JwsHeader, 'kid' | 'qr'>): string {
  const { number, version, validTo, content: hash } = claimOf(content);
  const proof = [
    '1',
    version,
    validTo.replaceAll('-', ''),
    Buffer.from(hash, 'hex').toString('base64url'),
    kid.slice(0, keyHint),
    qr,
  ].join('.');
  return `${content.checkAt}${numberInPath(number)}?v=${version}#${proof}`;
}

export interface ReadQr {
  readonly claim: QrClaim;
  readonly kid: string;
  readonly signature: Uint8Array;
}

const address = /^https?:\/\/\S+\/([^/?#\s]+)\?v=(\d{1,4})#(\S+)$/;
const proofForm = /^1\.(\d{1,4})\.(\d{4})(\d{2})(\d{2})\.([\w-]{43})\.([\w-]{8})\.([\w-]{86})$/;

/** What a code says, unchecked; undefined when it is none of ours. */
export function readQr(text: string): ReadQr | undefined {
  const [, place = '', asked, proof = ''] = address.exec(text.trim()) ?? [];
  const [, version, year, month, day, hash, kid = '', signed = ''] = proofForm.exec(proof) ?? [];
  const validTo = [year, month, day].join('-');
  const [content, signature] = [bytesOf(hash ?? ''), bytesOf(signed)];
  const number = decoded(place);
  // The page is asked for the version that is proved, and for no other.
  if (!content || !signature || number === undefined || asked !== version || !isCivilDate(validTo))
    return undefined;
  const claim = {
    number: fullNumber(number),
    version: Number(version),
    validTo,
    content: content.toString('hex'),
  };
  return { claim, kid, signature };
}

/** Reads a code and holds its proof against the keys. */
export function verifyQr(text: string, { keys }: KeySet): Result<ReadQr & { key: string }, JwsFault> {
  const read = readQr(text);
  if (!read) return refuse('unreadable');
  const candidates = keys.filter((key) => thumbprint(key).startsWith(read.kid));
  if (candidates.length === 0) return refuse('unknown-key');
  const key = candidates.find((one) => checkSignature(one, qrStatement(read.claim), read.signature));
  return key ? ok({ ...read, key: thumbprint(key) }) : refuse('bad-signature');
}

/** The code that belongs to a JWS. */
export function qrOfJws(compact: string): string | undefined {
  const read = readJws(compact);
  return read.ok ? qrText(read.value.content, read.value.header) : undefined;
}

function decoded(place: string): string | undefined {
  try {
    return decodeURIComponent(place);
  } catch {
    return undefined;
  }
}
