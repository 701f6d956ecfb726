/** Who is who in a filing: offices by their part in it. */
import type { Actor } from '../identity/roles.ts';
import { reportingCityOf } from '../identity/office-place.ts';
import { governmentOffice, leadOffice } from '../identity/offices.ts';
import type { Kind } from './kind.ts';
import type { By, Party } from './lifecycle.ts';
import type { Head } from './submission.ts';

const isJoint = ({ path }: Pick<Head, 'path'>): boolean => path === 'joint-review';

/** The city whose figures and rules concern the filing: of the project's county, or the filer's own. */
export function cityOf({ county, owner }: Pick<Head, 'county' | 'owner'>): string {
  return county === undefined ? owner : (reportingCityOf(county) ?? county);
}

/** 牵头部门: of the county's joint review its housing department (S-12), else the region's. */
export function leadOf(head: Head): string {
  return isJoint(head) ? `${head.county ?? ''}-HOUSING` : leadOffice;
}

/** The offices whose opinions are asked for. */
export function reviewersOf(head: Head, kind: Kind): readonly string[] {
  if (isJoint(head))
    return (head.terms?.panel ?? []).map((department) => `${head.county ?? ''}-${department}`);
  return head.path === 'regional-review' ? kind.reviewers : [];
}

/** 市住建部门 holds the plan, and checks the project against it. */
export function planCheckerOf(head: Head): string {
  return `${cityOf(head)}-HOUSING`;
}

/** The government that decides: as the rules say, the county's or the city's. */
export function deciderOf(head: Head): string {
  return isJoint(head)
    ? head.terms?.issuer === 'city'
      ? cityOf(head)
      : (head.county ?? '')
    : governmentOffice;
}

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
      return [leadOf(head)];
    case 'reviewer':
      return reviewersOf(head, kind);
    case 'government':
      return isJoint(head) ? [] : [governmentOffice];
    case 'publisher':
      return [publishingOffice(head)];
    case 'plan-checker':
      return isJoint(head) ? [planCheckerOf(head)] : [];
    case 'decider':
      return isJoint(head) ? [deciderOf(head)] : [];
  }
}

/** Whether this actor acts for one of these parts, with the role it takes. */
export function actsAs(actor: Actor, by: readonly By[], head: Head, kind: Kind): boolean {
  return by.some(
    ({ party, role, paths }) =>
      (paths?.includes(head.path) ?? true) &&
      actor.roles.includes(role) &&
      officesOf(party, head, kind).includes(actor.office),
  );
}
