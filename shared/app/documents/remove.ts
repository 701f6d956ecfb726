/** Takes a document out of the version under way. What was submitted with an earlier version stays with it. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { documentsOf, type Document } from '../../domain/documents/document.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer } from '../ports.ts';
import { documentView } from '../submissions/read.ts';
import { etagOf } from '../submissions/view.ts';
import { documentChange } from './request-upload.ts';

export async function removeDocument(
  deps: Deps,
  command: CommandRequest,
  id: string,
  document: string,
): Promise<Result<Answer, Refusal>> {
  // The revision that the caller has seen is the document's, not the filing's.
  const { ifMatch, ...rest } = command;
  return runCommand(deps, rest, { submission: id }, async (head) => {
    if (!head || head.owner !== command.actor.office) return refuse(refusal('not-found'));
    if (head.state !== 'draft' && head.state !== 'returned') return refuse(refusal('document-in-use'));
    const found = documentsOf(head.version, await deps.store.documents(id)).find(
      (one) => one.id === document,
    );
    if (!found) return refuse(refusal('not-found'));
    if (ifMatch !== undefined && found.seq !== ifMatch) return refuse(refusal('stale-version'));
    const by = { sub: command.actor.sub, office: command.actor.office };
    const after = { ...found, removedIn: head.version };
    const change = documentChange(found, after, 'document.removed', by, deps.now());
    const unchanged = [{ record: `submission:${id}`, seq: head.seq }];
    return ok({
      commit: { changes: [change], unchanged },
      answer: { status: 200, body: documentView(change.after as Document), etag: etagOf(change.after.seq) },
    });
  });
}
