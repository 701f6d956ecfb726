/** Changes of the registers, ready for a commit: a step of a filing puts them beside its own into its transaction. */
import { chain, recordHash } from '../../domain/audit/entry.ts';
import { resourceActions, resourceFacts, type ResourceActionName } from '../../domain/resources/actions.ts';
import type { Resource } from '../../domain/resources/resource.ts';
import type { Commit } from '../ports.ts';

export type Change = Commit['changes'][number];

/** Who does it, as an audit entry names him. */
export interface By {
  readonly sub: string;
  readonly office: string;
  readonly role?: string | undefined;
}

/**
 * What an action on a resource writes; nothing when it left the resource as it was (`hold` by who holds it already).
 * @param after as the domain's function returned it
 */
export function resourceChange(
  action: ResourceActionName,
  before: Resource | undefined,
  after: Resource,
  by: By,
  now: string,
): readonly (Change & { readonly kind: 'resource' })[] {
  if (before && recordHash(before) === recordHash(after)) return [];
  const { record, entry } = chain(
    `resource:${after.id}`,
    before,
    { ...after, updatedAt: now },
    { type: resourceActions[action].event, facts: resourceFacts(after) },
    by,
    now,
  );
  return [{ kind: 'resource', ...(before ? { before } : {}), after: record, entry }];
}
