/** The filing as a reviewer sees it, with links to its papers, under the watermark of the one official to whom it is shown. */
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { documentsOf } from '../../domain/documents/document.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import { sealContext, type Invitation } from '../../domain/invitations/invitation.ts';
import { watermarkText } from '../../domain/invitations/messages.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { DownloadDesk } from '../documents/ports.ts';
import type { PersonalData } from '../ports.ts';
import { readChecks, readSubmission } from '../submissions/read.ts';
import { invitedActor } from './change.ts';
import type { FindDeps } from './find.ts';

export interface Watermark {
  readonly text: string;
  readonly official: string;
  readonly department: string;
  readonly at: string;
  readonly invitation: number;
}

export type ViewDeps = FindDeps & {
  readonly personalData: PersonalData;
  readonly downloads: DownloadDesk;
};

/** His name stands open in it: it is he who is to be seen on a photograph of the page. */
export async function watermarkOf(
  { personalData, now }: Pick<ViewDeps, 'personalData' | 'now'>,
  invitation: Invitation,
): Promise<Watermark> {
  const { official, office, number } = invitation;
  const { name = official.name } = official.sealed
    ? await personalData.open(official.sealed, sealContext.official(invitation))
    : {};
  const at = now();
  return {
    text: watermarkText({ office, number }, name, at),
    official: name,
    department: officeOf(office)?.zh ?? office,
    at,
    invitation: number,
  };
}

export interface Opened {
  readonly watermark: Watermark;
  readonly filing: Readonly<Record<string, unknown>>;
  readonly findings: readonly unknown[];
  readonly downloads: readonly { readonly document: string; readonly url: string }[];
}

export async function openedView(
  deps: ViewDeps,
  invitation: Invitation,
  head: Head,
): Promise<Result<Opened, Refusal>> {
  const actor = invitedActor(invitation);
  const { submission, version } = invitation;
  const [read, checks, documents, watermark] = await Promise.all([
    readSubmission(deps, actor, submission),
    readChecks(deps, actor, submission),
    deps.store.documents(submission),
    watermarkOf(deps, invitation),
  ]);
  if (!read.ok) return read;
  if (!checks.ok) return checks;
  const clean = documentsOf(version, documents).filter(({ state }) => state === 'available');
  const downloads = await Promise.all(
    clean.map(async (document) => ({ document: document.id, ...(await deps.downloads.link(document)) })),
  );
  const { soft } = checks.value as { soft: readonly unknown[] };
  // One step is his; the others of his department need an account.
  const filing = { ...(read.value.body as object), revision: head.seq, actions: ['opine'] };
  return ok({ watermark, filing, findings: soft, downloads });
}
