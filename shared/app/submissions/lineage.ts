/** What came before a filing as it is now: the filings it amends, and when it was published. */
import type { AuditEntry } from '../../domain/audit/entry.ts';
import { eventTypes } from '../../domain/submissions/event-types.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import type { Store } from '../ports.ts';

/** The filing with all that it amends, one after another, the first filing first. */
export async function lineageOf(store: Store, head: Head): Promise<readonly Head[]> {
  const lineage = [head];
  for (let amended = head.amends; amended !== undefined;) {
    const before = await store.head(amended);
    if (before) lineage.unshift(before);
    amended = before?.amends;
  }
  return lineage;
}

/** The event by which a filing was published; the head itself only knows when it last changed. */
export async function publicationOf(store: Store, submission: string): Promise<AuditEntry | undefined> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const page: readonly AuditEntry[] = await store.entries(`submission:${submission}`, after, 100);
    const found = page.find((entry) => entry.type === eventTypes.publish);
    if (found) return found;
    after = page.at(-1)?.seq;
  }
  return undefined;
}
