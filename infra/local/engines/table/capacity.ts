/** Capacity units as the service would count them, and how an answer tells them. */
import type { TableDefinition } from './definition.ts';
import { choice, type Input } from './input.ts';

const readUnit = 4096;
const writeUnit = 1024;

/** Units of reading so many bytes: half a unit each 4 KB, one when consistent, two in a transaction. */
export function readUnits(bytes: number, kind: 'eventual' | 'consistent' | 'transactional'): number {
  const blocks = Math.max(1, Math.ceil(bytes / readUnit));
  return blocks * { eventual: 0.5, consistent: 1, transactional: 2 }[kind];
}

/** Units of writing an item: one each KB of the larger of before and after. */
export function writeUnits(before: number, after: number): number {
  return Math.max(1, Math.ceil(Math.max(before, after) / writeUnit));
}

interface Units {
  table: number;
  readonly indexes: Map<string, number>;
}

type Mode = 'NONE' | 'TOTAL' | 'INDEXES';

/** Sums up what one request consumes, by table. */
export class Consumption {
  private readonly mode: Mode;
  private readonly tables = new Map<string, Units>();
  /** Names the units by kind as well, as transactions and batches do. */
  private readonly kind: 'ReadCapacityUnits' | 'WriteCapacityUnits' | undefined;

  constructor(input: Input, kind?: 'ReadCapacityUnits' | 'WriteCapacityUnits') {
    this.mode = choice(input, 'ReturnConsumedCapacity', ['NONE', 'TOTAL', 'INDEXES']);
    this.kind = kind;
  }

  /** @param index absent for the table itself */
  add({ name }: TableDefinition, units: number, index?: string): void {
    const found = this.tables.get(name) ?? { table: 0, indexes: new Map<string, number>() };
    this.tables.set(name, found);
    if (index === undefined) found.table += units;
    else found.indexes.set(index, (found.indexes.get(index) ?? 0) + units);
  }

  /** The member for the answer to a request over one table; empty when it was not asked for. */
  one(): { ConsumedCapacity?: object } {
    const [first] = this.told();
    return first ? { ConsumedCapacity: first } : {};
  }

  /** The member for the answer to a request over several tables; empty when it was not asked for. */
  all(): { ConsumedCapacity?: object[] } {
    return this.mode === 'NONE' ? {} : { ConsumedCapacity: this.told() };
  }

  private told(): object[] {
    if (this.mode === 'NONE') return [];
    return [...this.tables].map(([TableName, { table, indexes }]) => {
      const total = [...indexes.values()].reduce((sum, units) => sum + units, table);
      if (this.mode === 'TOTAL') return { TableName, ...this.units(total) };
      const GlobalSecondaryIndexes = Object.fromEntries(
        [...indexes].map(([name, units]) => [name, this.units(units)]),
      );
      return {
        TableName,
        ...this.units(total),
        Table: this.units(table),
        ...(indexes.size > 0 ? { GlobalSecondaryIndexes } : {}),
      };
    });
  }

  private units(units: number): object {
    return { CapacityUnits: units, ...(this.kind ? { [this.kind]: units } : {}) };
  }
}
