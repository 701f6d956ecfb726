/** Signs the next version of a certificate after its change or renewal was decided. It keeps its number. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import { versionOf, type Certificate } from '../../domain/certificates/certificate.ts';
import { contentOf } from '../../domain/certificates/content.ts';
import { stepCommit } from './decided.ts';
import type { IssueDeps } from './issue-next.ts';
import { signContent, signedVersion } from './sign-content.ts';

const attempts = 8;

/** @returns the certificate as it is then; nothing is done when no version waits */
export async function issueVersion(deps: IssueDeps, id: string): Promise<Certificate | undefined> {
  const { store, signer, checkAt } = deps;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await store.certificate(id);
    const waits = before?.drafted;
    if (!before || !waits || before.state === 'pending' || before.number === null) return before;
    const draft = await store.certificateDraft(id, waits.version);
    if (!draft)
      throw new Error(`Version ${waits.version} of the certificate ${id} was decided without its terms`);
    const at = deps.now();
    const replaced = versionOf(before);
    const content = contentOf(draft.terms, {
      number: before.number,
      version: waits.version,
      issuedOn: civilDateOf(at),
      ...(replaced ? { previous: { version: replaced.version, content: replaced.content } } : {}),
      checkAt,
    });
    const { jws, kid } = await signContent(signer, content);
    const signed = signedVersion(content, kid, before.submission);
    const stepped = stepCommit({ action: 'issue-version', signed }, before, systemActor, at);
    if (!stepped.ok) throw new Error(`Version ${waits.version} of ${id}: ${stepped.error.code}`);
    const { certificate, commit } = stepped.value;
    const more = await deps.also?.(certificate, before.number, at);
    const { outcome } = await store.commit({
      ...more,
      changes: [...commit.changes, ...(more?.changes ?? [])],
      certificates: { versions: [{ certificate: id, version: waits.version, issuedAt: at, jws, content }] },
    });
    if (outcome === 'done') return certificate;
  }
  throw new Error(`The certificate ${id} is too busy: its version is left to the next run`);
}
