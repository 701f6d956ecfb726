/** All that a history has: its chance, its clock, its table and buckets, and the functions of the platform over them. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { Buckets } from './buckets.ts';
import { Faults } from './faults.ts';
import { FunctionsOf, type FunctionName } from './functions.ts';
import { runInvocation, type Invocation } from './invocation.ts';
import { Mailbox } from './mailbox.ts';
import type { MutantName } from './mutants.ts';
import { Random } from './random.ts';
import { simulatedTable, type SimulatedTable } from './table.ts';
import { Turns } from './turns.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly faults: boolean;
  readonly mutant?: MutantName;
  readonly definition: CreateTableCommandInput;
  /** Where the clock begins. */
  readonly at: string;
}

/** Two seconds either way. */
const mostSkew = 2000;

export class World {
  readonly random: Random;
  readonly turns: Turns;
  readonly faults: Faults;
  readonly table: SimulatedTable;
  readonly buckets: Buckets;
  readonly mailbox: Mailbox;
  readonly mutant: MutantName | undefined;
  /** What went wrong that no fault explains. */
  readonly surprises: string[] = [];
  /** Events and jobs that are not done yet. */
  underWay = 0;
  readonly #functions: FunctionsOf;

  constructor({ seed, faults, mutant, definition, at }: WorldOptions) {
    this.random = new Random(seed);
    this.turns = new Turns(this.random, Date.parse(at));
    this.faults = new Faults(this.random, faults);
    this.mutant = mutant;
    this.table = simulatedTable(
      { turns: this.turns, random: this.random, faults: this.faults, ...(mutant ? { mutant } : {}) },
      definition,
    );
    this.buckets = new Buckets(this.turns, this.faults);
    this.mailbox = new Mailbox(this.turns, this.faults);
    this.#functions = new FunctionsOf(this);
  }

  /** The history's clock. */
  get now(): number {
    return this.turns.now;
  }

  /** Runs a function once, as Lambda does; it may be killed on its way. */
  async invoke(
    name: FunctionName,
    event: unknown,
  ): Promise<{ readonly answer: unknown; readonly invocation: Invocation }> {
    const skew = this.faults.strikes('clock-skew') ? this.random.below(2 * mostSkew) - mostSkew : 0;
    return runInvocation(name, skew, async (invocation) => ({
      answer: await this.#functions.run(name, event),
      invocation,
    }));
  }

  surprise(what: string): void {
    this.surprises.push(what);
  }

  close(): void {
    this.table.close();
  }
}
