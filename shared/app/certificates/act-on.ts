/** What the issuing government does to a certificate by a command: suspend, resume, revoke, bind the sealed print. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { BoundDocument, Certificate, SealForm } from '../../domain/certificates/certificate.ts';
import type { CertificateStep } from '../../domain/certificates/decide.ts';
import { issuerRole, type IssuerActionName } from '../../domain/certificates/lifecycle.ts';
import { followCertificate } from '../projects/follow-certificate.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, Commit, Store } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';
import { stepCommit } from './decided.ts';
import { actsForIssuer, certificateView, seenCertificate } from './read.ts';

export interface IssuerInput {
  readonly reason?: string;
  readonly document?: string;
  readonly version?: number;
  readonly form?: SealForm;
  readonly submission?: string;
}

export async function actOnCertificate(
  deps: Deps,
  command: CommandRequest,
  id: string,
  action: IssuerActionName,
  input: IssuerInput,
): Promise<Result<Answer, Refusal>> {
  // The revision that the caller has seen is the certificate's.
  const { ifMatch, ...rest } = command;
  const { actor } = command;
  return runCommand(deps, rest, {}, async () => {
    const seen = await seenCertificate(deps.store, actor, id);
    if (!seen.ok) return seen;
    const before = seen.value;
    if (ifMatch !== undefined && before.seq !== ifMatch) return refuse(refusal('stale-version'));
    if (!actsForIssuer(actor, before)) return refuse(refusal('not-allowed'));
    const step = await stepOf(deps.store, action, before, input);
    if (!step.ok) return step;
    const by = { sub: actor.sub, office: actor.office, role: issuerRole };
    const stepped = stepCommit(step.value.step, before, by, deps.now());
    if (!stepped.ok) return stepped;
    const { certificate, commit } = stepped.value;
    const following = await followCertificate(deps.store, certificate, { by, now: deps.now() });
    if (!following.ok) return following;
    return ok({
      commit: {
        ...commit,
        ...following.value,
        ...step.value.rests,
        changes: [...commit.changes, ...following.value.changes],
      },
      answer: { status: 200, body: certificateView(certificate, actor), etag: etagOf(certificate.seq) },
    });
  });
}

interface Prepared {
  readonly step: CertificateStep;
  /** On what it rests without changing it. */
  readonly rests: Pick<Commit, 'unchanged'>;
}

async function stepOf(
  store: Store,
  action: IssuerActionName,
  before: Certificate,
  input: IssuerInput,
): Promise<Result<Prepared, Refusal>> {
  const { reason = '', document = '' } = input;
  if (action !== 'seal') return ok({ step: { action, reason, document }, rests: {} });
  const { version = 0, form = 'scan', submission = '' } = input;
  const own = [before.submission, ...before.versions.map((one) => one.submission)];
  if (!own.includes(submission))
    return refuse(unfit('/submission', '不是该认定书的申报件', 'It is no filing of this certificate'));
  const found = await boundDocument(store, submission, document, sealTypes[form], '/document');
  if (!found.ok) return found;
  const { paper, seq } = found.value;
  return ok({
    step: { action, version, form, paper },
    rests: { unchanged: [{ record: `document:${submission}/${document}`, seq }] },
  });
}

const sealTypes: Readonly<Record<SealForm, readonly string[]>> = {
  scan: ['pdf', 'jpeg', 'png'],
  ofd: ['ofd'],
};

/** A document that passed its checks, with the hash of its bytes; it must stay as it was read. */
export async function boundDocument(
  store: Pick<Store, 'document'>,
  submission: string,
  id: string,
  types: readonly string[],
  pointer: string,
): Promise<Result<{ readonly paper: BoundDocument; readonly seq: number }, Refusal>> {
  const document = await store.document(submission, id);
  if (document?.state !== 'available' || document.removedIn !== undefined)
    return refuse(unfit(pointer, '没有这份已通过检查的材料', 'There is no such checked document'));
  if (!types.includes(document.type))
    return refuse(unfit(pointer, `须为${types.join('、')}文件`, `It must be a file of ${types.join(', ')}`));
  return ok({ paper: { submission, document: id, sha256: document.sha256 }, seq: document.seq });
}

export function unfit(pointer: string, zh: string, en: string): Refusal {
  return refusal('invalid-request', { count: 1 }, [{ code: 'unfit', pointer, text: { zh, en } }]);
}
