/**
 * Compound files (MS-CFB), the container of the old office formats. The only question asked is which of two things
 * such a file is: a protected modern document (MS-OFFCRYPTO keeps it in a stream named EncryptedPackage), or an old one.
 */
import { indexOf } from './bytes.ts';
import { Rejected } from './rejection.ts';

export const compoundSignature = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** Stream names are UTF-16 and stand whole in the directory, so the name is found without reading its chain. */
const encryptedPackage = 'EncryptedPackage'.replaceAll(/./g, '$&\0');

export function refuseCompoundFile(bytes: Uint8Array): never {
  if (indexOf(bytes, encryptedPackage) >= 0)
    throw new Rejected('encrypted', 'OOXML: password-protected package');
  throw new Rejected('type-not-allowed', 'a compound file (old office format)');
}
