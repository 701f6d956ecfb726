import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { KeyFailure } from './failures.ts';
import type { Key } from './key-ring.ts';

/** Pairs bound to a ciphertext: it opens under the same pairs only. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** Layout: version (1), length of the key's id (1), id, salt (16), nonce (12), tag (16), ciphertext. */
const FORMAT = 1;
const [SALT, NONCE, TAG] = [16, 12, 16];

/** Encrypts under a key of its own for this message (HKDF over a random salt), so that nonces cannot run out. */
export function seal(key: Key, plaintext: Buffer, context: EncryptionContext): Buffer {
  const id = Buffer.from(key.id);
  const head = Buffer.concat([Buffer.from([FORMAT, id.length]), id]);
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const cipher = createCipheriv('aes-256-gcm', messageKey(key, salt), nonce).setAAD(boundText(head, context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, salt, nonce, cipher.getAuthTag(), body]);
}

/** The id of the key a ciphertext was made with. Throws KeyFailure InvalidCiphertextException. */
export function sealedBy(ciphertext: Buffer): string {
  const length = ciphertext[1] ?? 0;
  if (ciphertext[0] !== FORMAT || ciphertext.length < 2 + length + SALT + NONCE + TAG) throw unreadable();
  return ciphertext.subarray(2, 2 + length).toString('utf8');
}

/** Opens what `seal` made. Throws KeyFailure InvalidCiphertextException when anything of it, or the context, differs. */
export function unseal(key: Key, ciphertext: Buffer, context: EncryptionContext): Buffer {
  const at = 2 + Buffer.byteLength(key.id);
  const [salt, nonce, tag, body] = [
    ciphertext.subarray(at, at + SALT),
    ciphertext.subarray(at + SALT, at + SALT + NONCE),
    ciphertext.subarray(at + SALT + NONCE, at + SALT + NONCE + TAG),
    ciphertext.subarray(at + SALT + NONCE + TAG),
  ];
  try {
    const decipher = createDecipheriv('aes-256-gcm', messageKey(key, salt), nonce, { authTagLength: TAG });
    decipher.setAAD(boundText(ciphertext.subarray(0, at), context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw unreadable();
  }
}

function messageKey(key: Key, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key.material, salt, 'local-kms-envelope', 32));
}

/** The order of the pairs does not count. */
function boundText(head: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([head, Buffer.from(JSON.stringify(pairs))]);
}

function unreadable(): KeyFailure {
  return new KeyFailure(
    'InvalidCiphertextException',
    'The ciphertext is invalid, or the encryption context differs.',
  );
}
