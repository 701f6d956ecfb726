/** What a table is: its keys, its indexes, and where their rows lie. Kept as JSON. */

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute;
}

export interface IndexDefinition {
  readonly name: string;
  /** Where its rows lie in the store. */
  readonly space: number;
  readonly keys: KeySchema;
  readonly projection: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  /** Attributes projected besides the keys, for INCLUDE. */
  readonly include: readonly string[];
}

export type StreamViewType = 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'KEYS_ONLY';

export interface StreamDefinition {
  readonly label: string;
  readonly view: StreamViewType;
}

export interface TableDefinition {
  readonly name: string;
  readonly id: string;
  readonly space: number;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly keys: KeySchema;
  readonly indexes: readonly IndexDefinition[];
  readonly stream?: StreamDefinition;
  /** The attribute that says when an item is over. */
  readonly timeToLive?: string;
  readonly deletionProtected: boolean;
  readonly billing: 'PAY_PER_REQUEST' | 'PROVISIONED';
}

export function keyAttributes({ partition, sort }: KeySchema): KeyAttribute[] {
  return sort ? [partition, sort] : [partition];
}

/** The attributes an index row always carries: its own keys and the table's. */
export function indexKeyNames(table: TableDefinition, index: IndexDefinition): string[] {
  return [...new Set([...keyAttributes(index.keys), ...keyAttributes(table.keys)].map(({ name }) => name))];
}

/** What the store calls the table's stream. */
export function streamName(table: TableDefinition): string | undefined {
  return table.stream && `${table.name}/${table.stream.label}`;
}
