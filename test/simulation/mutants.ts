/**
 * Faults of ours that the simulation must find: each breaks one rule of how a command commits, on the way to the table, so
 * that the code under test stays as it is.
 */
export interface Write {
  readonly Put?: Item;
  readonly Update?: Item;
  readonly Delete?: Item;
  readonly ConditionCheck?: Item;
}

interface Item {
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly Key?: Readonly<Record<string, unknown>>;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: unknown;
  readonly ExpressionAttributeNames?: unknown;
}

/** What a transaction becomes: parts that are written one after the other. */
type Mutant = (writes: readonly Write[]) => readonly (readonly Write[])[];

function keyOf(write: Write): { readonly pk: string; readonly sk: string } {
  const one = write.Put ?? write.Update ?? write.Delete ?? write.ConditionCheck ?? {};
  const key = (one.Item ?? one.Key ?? {}) as { PK?: { S?: string }; SK?: { S?: string } };
  return { pk: key.PK?.S ?? '', sk: key.SK?.S ?? '' };
}

const isReceipt = (write: Write): boolean => keyOf(write).pk.startsWith('RCPT#');
const isEntry = (write: Write): boolean => keyOf(write).sk.startsWith('AUD#');
const isDesk = (write: Write): boolean => keyOf(write).pk.startsWith('DESK#');
const isCommand = (writes: readonly Write[]): boolean => writes.some(isReceipt);

function unconditional(write: Write): Write {
  if (!write.Put) return write;
  const {
    ConditionExpression: _condition,
    ExpressionAttributeValues: _values,
    ExpressionAttributeNames: _names,
    ...rest
  } = write.Put;
  return { Put: rest };
}

export const mutants = {
  /** Records and places are written whatever stands there; the entry is still put on condition. */
  'no-lock': (writes) => [
    writes.map((write) => (isEntry(write) || isReceipt(write) ? write : unconditional(write))),
  ],
  /** The command leaves no receipt. */
  'no-receipt': (writes) => [writes.filter((write) => !isReceipt(write))],
  /** The record first, its entry and the rest after it. */
  'dual-write': (writes) => {
    const later = writes.filter((write) => isEntry(write) || isReceipt(write) || isDesk(write));
    return [writes.filter((write) => !later.includes(write)), later];
  },
  /**
   * The entry is put whether or not one stands there. Alone nothing shows it, for the record's lock holds the entry too: each
   * of the two is the other's second door. So both stand open here.
   */
  'no-condition-on-the-entry': (writes) => [
    writes.map((write) => (isReceipt(write) ? write : unconditional(write))),
  ],
  /** The lines of the desks come after the commit. */
  'desk-after': (writes) => [writes.filter((write) => !isDesk(write)), writes.filter(isDesk)],
} as const satisfies Record<string, Mutant>;

export type MutantName = keyof typeof mutants;
export const mutantNames = Object.keys(mutants) as MutantName[];

/** The parts in which a transaction is written. Only commands are broken: what follows from the stream has no receipt. */
export function partsOf(writes: readonly Write[], mutant: MutantName | undefined): (readonly Write[])[] {
  if (!mutant || !isCommand(writes)) return [writes];
  return mutants[mutant](writes).filter((part) => part.length > 0);
}
