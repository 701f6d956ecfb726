/** Signs a content: first the proof for the printed code, then the whole, which carries that proof in its header. */
import { contentHash, type CertificateContent } from '../../domain/certificates/content.ts';
import type { SignedVersion } from '../../domain/certificates/decide.ts';
import { compactJws, headerOf, signingInput } from '../../domain/certificates/jws.ts';
import { claimOf, qrStatement } from '../../domain/certificates/qr.ts';
import type { Signer } from './ports.ts';

export async function signContent(
  signer: Signer,
  content: CertificateContent,
): Promise<{ readonly jws: string; readonly kid: string }> {
  const kid = await signer.kid();
  const proof = Buffer.from(await signer.sign(qrStatement(claimOf(content)))).toString('base64url');
  const input = signingInput(headerOf(signer.algorithm, kid, proof), content);
  return { jws: compactJws(input, await signer.sign(input)), kid };
}

/** What the record keeps of a signed content. */
export function signedVersion(
  content: CertificateContent,
  kid: string,
  submission: string | undefined,
): SignedVersion {
  const { version, validFrom, validTo } = content;
  return {
    version,
    validFrom,
    validTo,
    content: contentHash(content),
    kid,
    ...(submission === undefined ? {} : { submission }),
  };
}
