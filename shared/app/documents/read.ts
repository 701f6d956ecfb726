/** Documents as their readers see them, and the link to download one that has passed its checks. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { documentStates, type Document } from '../../domain/documents/document.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { documentView, seen, type ReadDeps } from '../submissions/read.ts';
import { lastReadable } from '../submissions/view.ts';
import type { DownloadDesk } from './ports.ts';

export async function readDocuments(
  deps: ReadDeps,
  actor: Actor,
  id: string,
): Promise<Result<unknown, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const readable = lastReadable(actor, found.value.head);
  const documents = await deps.store.documents(id);
  return ok({ items: documents.filter((one) => one.fromVersion <= readable).map(documentView) });
}

export async function readDocument(
  deps: ReadDeps,
  actor: Actor,
  id: string,
  document: string,
): Promise<Result<Document, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const one = await deps.store.document(id, document);
  const readable = one && one.fromVersion <= lastReadable(actor, found.value.head);
  return one && readable ? ok(one) : refuse(refusal('not-found'));
}

/** Nothing unchecked downloads: only `available` gets a link. */
export async function downloadLink(
  deps: ReadDeps & { readonly downloads: DownloadDesk },
  actor: Actor,
  id: string,
  document: string,
): Promise<Result<{ url: string; expiresInSeconds: number }, Refusal>> {
  const found = await readDocument(deps, actor, id, document);
  if (!found.ok) return found;
  const { state } = found.value;
  if (state !== 'available') {
    return refuse(
      refusal('document-not-available', {
        state: documentStates[state].en,
        stateZh: documentStates[state].zh,
      }),
    );
  }
  return ok(await deps.downloads.link(found.value));
}
