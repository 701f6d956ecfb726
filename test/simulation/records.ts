/** All that lies in the table at the end of a history, read past the code under test. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { TableEngine } from '../../infra/local/engines/table/index.ts';
import { recordOf } from '../../shared/adapters/dynamodb/codec.ts';
import { recordKey } from '../../shared/adapters/dynamodb/keys.ts';
import type { DeskEntry, Receipt, RecordChange, Slot } from '../../shared/app/ports.ts';
import type { AuditEntry, Chained } from '../../shared/domain/audit/entry.ts';
import { tableName } from './functions.ts';

export type Item = Readonly<Record<string, unknown>>;

export interface Records {
  readonly items: readonly Item[];
  /** By the name of the chain, in order. */
  readonly chains: ReadonlyMap<string, readonly AuditEntry[]>;
  /** What a chain is about, if it lies there. */
  record(name: string): Chained | undefined;
  /** All records of a kind. */
  all<T extends Chained>(kind: RecordChange['kind']): readonly T[];
  readonly desks: readonly DeskEntry[];
  readonly slots: readonly Slot[];
  readonly receipts: readonly (Receipt & { readonly sub: string })[];
}

export function recordsIn(engine: TableEngine): Records {
  const items = scan(engine);
  const at = new Map(items.map((item) => [`${String(item['PK'])} ${String(item['SK'])}`, item]));
  const under = (prefix: string): Item[] => items.filter((item) => String(item['PK']).startsWith(prefix));
  const entries = items
    .filter(({ SK }) => String(SK).startsWith('AUD#'))
    .map(({ entry }) => entry as AuditEntry);
  const chains = new Map(
    [...Map.groupBy(entries, ({ record }) => record)].map(([name, ofOne]) => [
      name,
      ofOne.toSorted((a, b) => a.seq - b.seq),
    ]),
  );
  const record = (name: string): Chained | undefined => {
    const { PK, SK } = recordKey(name);
    const item = at.get(`${PK} ${SK}`);
    const kind = name.slice(0, name.indexOf(':')) as RecordChange['kind'];
    return item && recordOf(kind, item);
  };
  return {
    items,
    chains,
    record,
    all: <T extends Chained>(kind: RecordChange['kind']) =>
      [...chains.keys()]
        .filter((name) => name.startsWith(`${kind}:`))
        .flatMap((name) => (record(name) as T | undefined) ?? []),
    desks: under('DESK#').map(({ data }) => data as DeskEntry),
    slots: under('SLOT#').map((item) => item as unknown as Slot),
    receipts: under('RCPT#').map((item) => ({
      sub: String(item['PK']).slice('RCPT#'.length),
      key: String(item['SK']),
      request: String(item['request']),
      answer: item['answer'] as Receipt['answer'],
    })),
  };
}

function scan(engine: TableEngine): Item[] {
  const found: Item[] = [];
  let from: unknown;
  do {
    const page = engine.execute('Scan', {
      TableName: tableName,
      ConsistentRead: true,
      ...(from ? { ExclusiveStartKey: from } : {}),
    }) as { Items: Parameters<typeof unmarshall>[0][]; LastEvaluatedKey?: unknown };
    found.push(...page.Items.map((item) => unmarshall(structuredClone(item))));
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}
