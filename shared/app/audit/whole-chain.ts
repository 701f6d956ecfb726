/** All entries of a record's chain, from the first: tens of them. */
import type { AuditEntry } from '../../domain/audit/entry.ts';
import type { Store } from '../ports.ts';

const pageSize = 200;

export async function wholeChain(
  store: Pick<Store, 'entries'>,
  record: string,
): Promise<readonly AuditEntry[]> {
  const all: AuditEntry[] = [];
  for (;;) {
    const page = await store.entries(record, all.at(-1)?.seq ?? 0, pageSize);
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}
