/** Who is who in a filing: offices by their part in it. */
import type { Actor, Role } from '../identity/roles.ts';
import type { Kind } from './kind.ts';
import type { Party } from './lifecycle.ts';
import type { Head } from './submission.ts';

/** 自治区住建厅 leads the review, receives filings and evaluates (S-07, S-21). */
export const leadOffice = 'R_HOUSING';
export const governmentOffice = 'REGION_GOV';

/** The office that publishes: the city its own decision (S-06), the region what the region decided (S-07). */
export function publishingOffice(head: Head): string {
  return head.path === 'own-decision' ? head.owner : leadOffice;
}

/** The offices that hold this part in this filing. */
export function officesOf(party: Party, head: Head, kind: Kind): readonly string[] {
  switch (party) {
    case 'owner':
      return [head.owner];
    case 'lead':
      return [leadOffice];
    case 'reviewer':
      return head.path === 'regional-review' ? kind.reviewers : [];
    case 'government':
      return [governmentOffice];
    case 'publisher':
      return [publishingOffice(head)];
  }
}

/** Whether this actor acts for one of these parts, with the role it takes. */
export function actsAs(
  actor: Actor,
  by: readonly { readonly party: Party; readonly role: Role }[],
  head: Head,
  kind: Kind,
): boolean {
  return by.some(
    ({ party, role }) => actor.roles.includes(role) && officesOf(party, head, kind).includes(actor.office),
  );
}
