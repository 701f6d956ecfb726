/** What the public may know of a certificate, projected from its events: state, versions, project. Nothing of it is personal. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { stateSince, type Certificate } from '../../domain/certificates/certificate.ts';
import type { Store } from '../ports.ts';
import type { CertificateVersion, PublicCertificate, PublicCertificates } from './ports.ts';

export interface PublishCertificateDeps {
  readonly store: Pick<Store, 'certificate' | 'certificateVersion'>;
  readonly publicCertificates: Pick<PublicCertificates, 'putCertificate'>;
}

/** Does nothing for events of other records, and nothing before there is a number. */
export async function publishCertificate(deps: PublishCertificateDeps, entry: AuditEntry): Promise<void> {
  if (!entry.type.startsWith('certificate.')) return;
  const id = entry.record.slice('certificate:'.length);
  // As it is now: a later event has been taken in already, and its own projection changes nothing.
  const certificate = await deps.store.certificate(id);
  if (!certificate || certificate.number === null) return;
  const version = await deps.store.certificateVersion(id, certificate.version);
  const shown = version && publicCertificate(certificate, version);
  if (shown) await deps.publicCertificates.putCertificate(shown, certificate.seq);
}

export function publicCertificate(
  certificate: Certificate,
  { content }: Pick<CertificateVersion, 'content'>,
): PublicCertificate | undefined {
  const { number, state, version, versions, validFrom, validTo, history, evidence } = certificate;
  if (state === 'pending' || number === null) return undefined;
  const document = history.at(-1)?.document;
  return {
    number,
    state,
    since: civilDateOf(stateSince(certificate)),
    version,
    versions: versions.map((one) => ({
      version: one.version,
      issuedOn: civilDateOf(one.issuedAt),
      validFrom: one.validFrom,
      validTo: one.validTo,
      content: one.content,
      ...(one.kid === undefined ? {} : { kid: one.kid }),
    })),
    issuer: content.issuer.name,
    project: { name: content.project.name, place: content.project.place },
    owner: content.owner.name,
    validFrom,
    validTo,
    ...(document === undefined ? {} : { document }),
    ...(evidence ? { evidence: { grade: evidence.grade } } : {}),
  };
}
