/** Tells everyone who relies on a certificate what became of it, in the notice of the event's own day. Safe to run twice. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { chain, systemActor, type AuditEntry } from '../../domain/audit/entry.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import { noticeTelling } from '../../domain/reminders/notice.ts';
import { tidingFor, tidingKey, type Tiding, type TidingName } from '../../domain/reminders/tiding.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Now, Store } from '../ports.ts';

export interface TellDeps {
  readonly store: Pick<Store, 'commit' | 'certificate' | 'certificateVersion' | 'head' | 'notice'>;
  readonly now: Now;
}

interface Reliant {
  readonly office: string;
  readonly role: string;
}

const attempts = 8;

export async function tellOfCertificate(deps: TellDeps, entry: AuditEntry): Promise<void> {
  const what = tidingFor(entry.type);
  if (!what) return;
  const id = entry.record.slice('certificate:'.length);
  const certificate = await deps.store.certificate(id);
  if (!certificate || certificate.number === null) return;
  const [version, filing] = await Promise.all([
    deps.store.certificateVersion(id, certificate.version),
    certificate.submission === undefined ? undefined : deps.store.head(certificate.submission),
  ]);
  if (!version) return;
  const document = entry.facts['document'];
  const tiding: Tiding = {
    certificate: id,
    event: entry.seq,
    what,
    number: certificate.number,
    project: certificate.project,
    name: version.content.project.name,
    on: civilDateOf(entry.at),
    validTo: certificate.drafted?.validTo ?? certificate.validTo,
    ...(typeof document === 'string' ? { document } : {}),
  };
  for (const reliant of reliantsOn(certificate, filing, what)) await tell(deps, reliant, tiding, entry.at);
}

/**
 * Its owner; the county's and the city's housing departments; and the departments that reviewed it, since what they grant rests
 * on it. That its term ends is the owner's and the county's business.
 */
function reliantsOn(
  { owner, county, city }: Certificate,
  filing: Head | undefined,
  what: TidingName,
): readonly Reliant[] {
  const near = [
    { office: owner, role: 'drafter' },
    { office: owner, role: 'signatory' },
    { office: `${county}-HOUSING`, role: 'lead' },
  ];
  if (what === 'ending') return near;
  return [
    ...near,
    { office: `${city}-HOUSING`, role: 'plan-checker' },
    ...(filing?.terms?.panel ?? []).map((department) => ({
      office: `${county}-${department}`,
      role: 'reviewer',
    })),
  ];
}

async function tell({ store, now }: TellDeps, reliant: Reliant, tiding: Tiding, at: string): Promise<void> {
  const day = civilDateOf(at);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await store.notice(reliant.office, reliant.role, day);
    if (before?.tidings?.some((told) => tidingKey(told) === tidingKey(tiding))) return;
    const after = noticeTelling(before, reliant, tiding, day, now());
    const facts = {
      ...reliant,
      day,
      duties: [],
      tidings: [{ certificate: tiding.certificate, event: tiding.event, what: tiding.what }],
    };
    const name = `notice:${reliant.office}/${reliant.role}/${day}`;
    const { record, entry } = chain(name, before, after, { type: 'notice.made', facts }, systemActor, now());
    const change = { kind: 'notice' as const, ...(before ? { before } : {}), after: record, entry };
    const { outcome } = await store.commit({ changes: [change] });
    if (outcome === 'done') return;
  }
  throw new Error(`The notice of ${reliant.office} ${reliant.role} is too busy: the event comes again`);
}
