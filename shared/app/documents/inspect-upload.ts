/**
 * What follows from an upload and from a malware verdict. Both events may come in any order, twice, or for an object
 * that was replaced; each is one conditional commit, tried again when a twin was faster.
 */
import { systemActor } from '../../domain/audit/entry.ts';
import { learn, passed, type Document, type DocumentFact } from '../../domain/documents/document.ts';
import { inspect } from '../../domain/documents/inspection/inspect.ts';
import { documentAt, objectKeyOf } from '../../domain/documents/keys.ts';
import type { Now, Store } from '../ports.ts';
import type { Quarantine } from './ports.ts';
import { documentChange } from './request-upload.ts';
import type { MalwareScanner } from './scanner-port.ts';

export interface InspectionDeps {
  readonly store: Store;
  readonly now: Now;
  readonly quarantine: Quarantine;
  /** Present where this function itself asks for the verdict; absent where it arrives as an event. */
  readonly scanner?: MalwareScanner;
}

/**
 * An object arrived in quarantine: its length, hash and true type are checked, and where we scan ourselves, its virus.
 * What no document waits for is thrown away: it came too late, a second time, or for a document that was removed.
 */
export async function uploadSeen(deps: InspectionDeps, key: string, objectVersion: string): Promise<void> {
  const document = await documentNamed(deps, key);
  if (!document) return;
  if (!isWanted(document, objectVersion)) return deps.quarantine.discard(key, objectVersion);
  const bytes = await deps.quarantine.read(key, objectVersion);
  const finding = await inspect(bytes, document);
  const seen = await learned(deps, document, {
    kind: 'inspected',
    objectVersion,
    finding: finding.ok ? 'ok' : finding.code,
  });
  if (!seen) return;
  // While it was read, another object was faster, or the ticket lapsed.
  if (seen.objectVersion !== objectVersion) return deps.quarantine.discard(key, objectVersion);
  const verdict = deps.scanner && (await deps.scanner.scan(bytes)).verdict;
  const judged = verdict ? await learned(deps, seen, { kind: 'scanned', objectVersion, verdict }) : seen;
  if (judged) await settle(deps, judged, bytes);
}

/** Whether this object is being checked, or may be the one to check. Otherwise it may also be gone already. */
function isWanted(document: Document, objectVersion: string): boolean {
  if (document.state === 'awaiting-upload') return document.removedIn === undefined;
  return document.state === 'checking' && document.objectVersion === objectVersion;
}

/** A verdict arrived, perhaps before the upload was seen. */
export async function verdictSeen(
  deps: InspectionDeps,
  key: string,
  objectVersion: string,
  verdict: 'clean' | 'infected',
): Promise<void> {
  const document = await documentNamed(deps, key);
  if (!document) return;
  const judged = await learned(deps, document, { kind: 'scanned', objectVersion, verdict });
  if (judged) await settle(deps, judged);
}

/** Releases what has passed, discards what has not. Safe to repeat: a crash in between is finished by the next event. */
async function settle(deps: InspectionDeps, document: Document, bytes?: Uint8Array): Promise<void> {
  const { objectVersion } = document;
  if (objectVersion === undefined) return;
  const key = objectKeyOf(document);
  let settled: Document | undefined = document;
  if (passed(document) && !document.released) {
    await deps.quarantine.release(document, bytes ?? (await deps.quarantine.read(key, objectVersion)));
    settled = await learned(deps, document, { kind: 'released', objectVersion });
  }
  if (settled && settled.state !== 'checking') await deps.quarantine.discard(key, objectVersion);
}

async function documentNamed(deps: InspectionDeps, key: string): Promise<Document | undefined> {
  const named = documentAt(key);
  return named && deps.store.document(named.submission, named.id);
}

/** Upload lapses are facts like any other. */
export async function lapse(
  deps: Pick<InspectionDeps, 'store' | 'now'>,
  submission: string,
  id: string,
): Promise<boolean> {
  const document = await deps.store.document(submission, id);
  const after = document && (await learned(deps, document, { kind: 'expired', now: deps.now() }));
  return after?.state === 'expired' && document?.state !== 'expired';
}

const attempts = 5;

/** The document with the fact, committed; read again and tried again when it changed meanwhile. */
async function learned(
  deps: Pick<InspectionDeps, 'store' | 'now'>,
  document: Document,
  fact: DocumentFact,
): Promise<Document | undefined> {
  let current: Document | undefined = document;
  for (let attempt = 1; current && attempt <= attempts; attempt += 1) {
    const after = learn(current, fact);
    if (after === current) return current;
    const change = documentChange(current, after, `document.${fact.kind}`, systemActor, deps.now());
    const { outcome } = await deps.store.commit({ changes: [change] });
    if (outcome === 'done') return change.after as Document;
    current = await deps.store.document(document.submission, document.id);
  }
  // The event is delivered again; nothing was lost.
  throw new Error(`The document ${document.id} is too busy`);
}
