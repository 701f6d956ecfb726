/** Prints the versions of a certificate that have no print yet: rendered, put under its hash, then recorded. Twice is once. */
import { systemActor } from '../../domain/audit/entry.ts';
import type { Certificate } from '../../domain/certificates/certificate.ts';
import type { Now, Store } from '../ports.ts';
import { stepCommit } from './decided.ts';
import type { PrintFiles, RenderPrint } from './ports.ts';

export interface PrintDeps {
  readonly store: Pick<Store, 'commit' | 'certificate' | 'certificateVersion'>;
  readonly files: PrintFiles;
  readonly render: RenderPrint;
  readonly now: Now;
}

const attempts = 12;

/** @returns the certificate with all its prints, or undefined when there is none of this name */
export async function printCertificate(deps: PrintDeps, id: string): Promise<Certificate | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await deps.store.certificate(id);
    const next = before?.versions.find(({ kid, print }) => kid !== undefined && !print);
    if (!before || !next) return before;
    const stored = await deps.store.certificateVersion(id, next.version);
    if (!stored?.jws) throw new Error(`Version ${next.version} of the certificate ${id} has no signature`);
    const print = await deps.files.put(id, next.version, await deps.render(stored.jws));
    const stepped = stepCommit(
      { action: 'print', version: next.version, print },
      before,
      systemActor,
      deps.now(),
    );
    if (!stepped.ok) throw new Error(`The certificate ${id} cannot be printed: ${stepped.error.code}`);
    // Done by a twin, or changed meanwhile: the next look tells.
    await deps.store.commit(stepped.value.commit);
  }
  throw new Error(`The certificate ${id} is too busy: its print is left to the next run`);
}
