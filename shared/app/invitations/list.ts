/** The invitations of a filing, for the lead of its review: a read of its own, so that nobody else's read of a filing pays for it. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { maySee } from '../submissions/view.ts';
import type { FindDeps } from './find.ts';
import { leads } from './leads.ts';
import { invitationView } from './view.ts';

export async function listInvitations(
  { store, now }: FindDeps,
  actor: Actor,
  id: string,
): Promise<Result<{ readonly items: readonly unknown[] }, Refusal>> {
  const head = await store.head(id);
  if (!head || !maySee(actor, head)) return refuse(refusal('not-found'));
  if (!leads(actor, head)) return refuse(refusal('not-allowed'));
  const at = now();
  const items = await store.invitations(id);
  return ok({ items: items.map((one) => invitationView(one, head, at)) });
}
