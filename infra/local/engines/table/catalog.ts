/** The tables there are. */
import type { TableDefinition } from './definition.ts';
import { streamName } from './definition.ts';
import { constraintError, tableNotFound } from './errors.ts';
import { text, type Input } from './input.ts';
import type { Store } from './store.ts';

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export class Catalog {
  private readonly store: Store;
  private readonly tables = new Map<string, TableDefinition>();
  private readonly place: Place;

  constructor(store: Store, place: Place) {
    this.store = store;
    this.place = place;
    for (const [name, json] of store.definitions())
      this.tables.set(name, JSON.parse(json) as TableDefinition);
  }

  /** The table a request names, by its name or its ARN. @throws TableError when there is none */
  of(input: Input): TableDefinition {
    const found = this.find(tableName(input));
    if (!found) throw tableNotFound();
    return found;
  }

  find(name: string): TableDefinition | undefined {
    return this.tables.get(name);
  }

  all(): TableDefinition[] {
    return [...this.tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  save(table: TableDefinition): void {
    this.store.saveDefinition(table.name, JSON.stringify(table));
    this.tables.set(table.name, table);
  }

  /** Removes the table with all its rows. */
  remove(table: TableDefinition): void {
    this.store.transact(() => {
      this.store.removeDefinition(table.name);
      for (const { space } of [table, ...table.indexes]) this.store.clear(space);
    });
    this.tables.delete(table.name);
  }

  /** A space no table or index lies in. */
  freeSpace(): number {
    const taken = this.all().flatMap((table) => [table.space, ...table.indexes.map(({ space }) => space)]);
    return Math.max(0, ...taken) + 1;
  }

  arn({ name }: TableDefinition): string {
    const { partition, region, account } = this.place;
    return `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
  }

  streamArn(table: TableDefinition): string | undefined {
    return table.stream && `${this.arn(table)}/stream/${table.stream.label}`;
  }

  /** The table whose stream this is. */
  byStreamArn(arn: string): TableDefinition | undefined {
    return this.all().find((table) => this.streamArn(table) === arn);
  }

  byStreamName(name: string): TableDefinition | undefined {
    return this.all().find((table) => streamName(table) === name);
  }
}

/** @throws TableError when it is no name a table may have */
export function tableName(input: Input): string {
  const given = text(input, 'TableName');
  const name = given.startsWith('arn:')
    ? given.slice(given.lastIndexOf(':table/') + ':table/'.length)
    : given;
  if (!/^[a-zA-Z0-9_.-]+$/.test(name)) {
    throw constraintError(
      name,
      'tableName',
      'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
    );
  }
  if (name.length < 3 || name.length > 255) {
    const bound = name.length < 3 ? 'greater than or equal to 3' : 'less than or equal to 255';
    throw constraintError(name, 'tableName', `Member must have length ${bound}`);
  }
  return name;
}
