/** Projects what was published for the public, from the stream. The public routes read nothing else. */
import type { tiers } from '../../domain/cities/city.ts';
import { type City, type Development } from '../../domain/cities/city.ts';
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import { eventTypes } from '../../domain/submissions/event-types.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Store } from '../ports.ts';
import { publicDuty, type PublicDuties } from './public-duties.ts';
import { publishRules, type PublicRules } from '../policies/publish-rules.ts';
import { lineageOf } from '../submissions/lineage.ts';

export interface PublicPlan {
  readonly submission: string;
  readonly city: string;
  readonly cityName: { readonly zh: string; readonly en: string };
  readonly kind: string;
  readonly kindName: { readonly zh: string; readonly en: string };
  readonly period: string;
  readonly documentNumber: string;
  readonly issueDate: string;
  readonly publishedAt: string;
  /** 1 for the first publication, one more for each amendment. */
  readonly edition: number;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface PublicCity {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly tier: (typeof tiers)[number];
  readonly development: Development;
  readonly since: string;
}

export interface PublicRecords extends PublicDuties, PublicRules {
  /** Puts the plan unless a later publication stands there already. */
  putPlan(plan: PublicPlan): Promise<void>;
  plan(city: string, kind: string, period: string): Promise<PublicPlan | undefined>;
  /** Puts the city's line unless one of a later audit number stands there. */
  putCity(city: PublicCity, source: number): Promise<void>;
}

export async function publishRecords(
  deps: { store: Store; publicRecords: PublicRecords },
  entry: AuditEntry,
): Promise<void> {
  const id = entry.record.slice(entry.record.indexOf(':') + 1);
  if (entry.type === 'city.changed') return publishCity(deps, id);
  if (entry.type === 'rule-set.made') return publishRules(deps, id);
  if (entry.type.startsWith('obligation.')) {
    const duty = await deps.store.obligation(id);
    if (duty) await deps.publicRecords.putDuty(publicDuty(duty), duty.seq);
    return;
  }
  if (entry.type !== eventTypes.publish) return;
  const head = await deps.store.head(id);
  // Superseded since: its amendment has an event of its own.
  if (head?.state === 'published') await publishPlan(deps, head, entry.at);
}

async function publishPlan(
  deps: { store: Store; publicRecords: PublicRecords },
  head: Head,
  publishedAt: string,
): Promise<void> {
  const kind = kindOf(head.kind);
  const version = await deps.store.version(head.id, head.frozen);
  if (!kind?.published || !version) return;
  const before = await deps.publicRecords.plan(head.owner, head.kind, head.period);
  if (before?.submission === head.id) return;
  const office = officeOf(head.owner);
  await deps.publicRecords.putPlan({
    submission: head.id,
    city: head.owner,
    cityName: { zh: office?.zh ?? head.owner, en: office?.en ?? head.owner },
    kind: head.kind,
    kindName: kind.name,
    period: head.period,
    documentNumber: version.filing.documentNumber,
    issueDate: version.filing.issueDate,
    publishedAt,
    // Not one more than what stands there: the event of an earlier edition may not have come yet.
    edition: (await lineageOf(deps.store, head)).length,
    content: kind.published(version.content),
  });
}

async function publishCity(
  deps: { store: Store; publicRecords: PublicRecords },
  code: string,
): Promise<void> {
  const city: City = await deps.store.city(code);
  const office = officeOf(code);
  if (!office) return;
  const entries = await deps.store.entries(`city:${code}`, city.seq - 1, 1);
  await deps.publicRecords.putCity(
    {
      code,
      name: { zh: office.zh, en: office.en },
      tier: city.tier,
      development: city.development,
      since: entries[0]?.at ?? '',
    },
    city.seq,
  );
}
