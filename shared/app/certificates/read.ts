/** A certificate as officials and its owner see it, by id or by number. */
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import {
  certificateStates,
  versionOf,
  type Certificate,
  type CertificateState,
  type StoredPrint,
} from '../../domain/certificates/certificate.ts';
import type { CertificateContent, PaperContent } from '../../domain/certificates/content.ts';
import {
  certificateActions,
  issuerActionNames,
  issuerRole,
  type IssuerActionName,
} from '../../domain/certificates/lifecycle.ts';
import { formatNumber, parseNumber } from '../../domain/certificates/number.ts';
import { divisionOf } from '../../domain/cities/divisions.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { Store } from '../ports.ts';

type CertificateStore = Pick<Store, 'certificate' | 'certificateNumbered' | 'certificateVersion'>;

export interface CertificateView extends Omit<Certificate, 'seq' | 'hash' | 'versions'> {
  readonly stateText: Text;
  readonly versions: readonly (Omit<Certificate['versions'][number], 'print'> & {
    readonly print?: Omit<StoredPrint, 'key'>;
  })[];
  readonly revision: number;
  /** Of the version in force; absent while the number is pending. */
  readonly content?: CertificateContent | PaperContent;
  /** What this person can do now. */
  readonly actions: readonly IssuerActionName[];
}

/** The region sees all, a city and a county with their departments what lies in their place, an owner his own. */
export function mayKnow({ office }: Pick<Actor, 'office'>, certificate: Certificate): boolean {
  if (officeOf(office)?.level === 'region' || office === certificate.owner) return true;
  const place = office.slice(0, 6);
  return [certificate.issuer, certificate.county, certificate.city].includes(place);
}

/** Whether this person acts for the government that issued it. */
export function actsForIssuer(actor: Actor, { issuer }: Pick<Certificate, 'issuer'>): boolean {
  return actor.office === issuer && actor.roles.includes(issuerRole);
}

/** @param name its id, or its number in either form */
export async function seenCertificate(
  store: CertificateStore,
  actor: Actor,
  name: string,
): Promise<Result<Certificate, Refusal>> {
  const number = parseNumber(name);
  const found = number
    ? await store.certificateNumbered(formatNumber(number))
    : await store.certificate(name);
  return found && mayKnow(actor, found) ? ok(found) : refuse(refusal('not-found'));
}

export async function readCertificate(
  { store }: { readonly store: CertificateStore },
  actor: Actor,
  name: string,
): Promise<Result<CertificateView, Refusal>> {
  const seen = await seenCertificate(store, actor, name);
  if (!seen.ok) return seen;
  const { id, version } = seen.value;
  const stored = version > 0 ? await store.certificateVersion(id, version) : undefined;
  return ok(certificateView(seen.value, actor, stored?.content));
}

export function certificateView(
  certificate: Certificate,
  actor: Actor,
  content?: CertificateContent | PaperContent,
): CertificateView {
  const { seq, hash: _hash, versions, ...rest } = certificate;
  const { zh, en } = certificateStates[certificate.state];
  return {
    ...rest,
    stateText: { zh, en },
    versions: versions.map(({ print, ...one }) => ({
      ...one,
      ...(print ? { print: { sha256: print.sha256, bytes: print.bytes } } : {}),
    })),
    revision: seq,
    ...(content ? { content } : {}),
    actions: actsForIssuer(actor, certificate)
      ? issuerActionNames.filter((action) =>
          (certificateActions[action].from as readonly CertificateState[]).includes(certificate.state),
        )
      : [],
  };
}

/** The print of a version, or of the one in force. */
export async function printOf(
  { store }: { readonly store: CertificateStore },
  actor: Actor,
  name: string,
  version: number | undefined,
): Promise<Result<{ readonly version: number; readonly print: StoredPrint }, Refusal>> {
  const seen = await seenCertificate(store, actor, name);
  if (!seen.ok) return seen;
  const wanted = version ?? seen.value.version;
  const one = versionOf(seen.value, wanted);
  if (version !== undefined && !one) return refuse(refusal('not-found'));
  return one?.print
    ? ok({ version: wanted, print: one.print })
    : refuse(refusal(one && !one.kid ? 'certificate-on-paper' : 'certificate-not-printed'));
}

/** The league or city of a county. */
export function cityOfCounty(county: string): string | undefined {
  const division = divisionOf(county);
  return division?.level === 'county' ? division.parent : undefined;
}
