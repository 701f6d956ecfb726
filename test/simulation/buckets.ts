/** The buckets in memory, as the functions see them: what is put once stays, and any call may fail before or after it worked. */
import { createHash } from 'node:crypto';
import type { DailyRoot, Ledger } from '../../shared/app/audit/ledger.ts';
import type { PrintFiles } from '../../shared/app/certificates/ports.ts';
import type { Quarantine } from '../../shared/app/documents/ports.ts';
import type { EvaluationFiles } from '../../shared/app/evaluation/ports.ts';
import type { WorkOrders } from '../../shared/app/work-orders.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import type { ChainTip } from '../../shared/domain/audit/verify.ts';
import { objectKeyOf } from '../../shared/domain/documents/keys.ts';
import type { Faults } from './faults.ts';
import { currentInvocation, never } from './invocation.ts';
import type { Turns } from './turns.ts';

export class Buckets {
  readonly journal = new Map<string, string>();
  readonly rootsKept = new Map<string, DailyRoot>();
  readonly tips = new Map<string, readonly ChainTip[]>();
  readonly files = new Map<string, Uint8Array>();
  readonly work = new Map<string, string>();
  /** By key and version. */
  readonly lying = new Map<string, Uint8Array>();
  readonly clean = new Map<string, Uint8Array>();
  /** Called when an order has arrived. */
  announce: (order: string) => void = () => undefined;
  readonly #turns: Turns;
  readonly #faults: Faults;

  constructor(turns: Turns, faults: Faults) {
    this.#turns = turns;
    this.#faults = faults;
  }

  readonly ledger: Ledger & { lastDay(): Promise<string | undefined>; roots(): AsyncIterable<DailyRoot> } = {
    putJournal: (name, entries) =>
      this.#call('journal', () => {
        if (!this.journal.has(name)) this.journal.set(name, JSON.stringify(entries));
      }),
    firstDay: () => this.#call('list', () => [...this.journal.keys()].sort()[0]?.split('/')[0]),
    lastDay: () => this.#call('list', () => [...this.journal.keys()].sort().at(-1)?.split('/')[0]),
    journalOf: (day) => this.#journalOf(day),
    putRoot: (root, tips) =>
      this.#call('root', () => {
        // Tips are named by their hash: what a run that broke off left behind is not taken for those of the next.
        this.tips.set(`${root.day}.${root.tipsHash}`, tips);
        if (!this.rootsKept.has(root.day)) this.rootsKept.set(root.day, root);
      }),
    latestRoot: (upTo) =>
      this.#call('root', () => {
        const day = [...this.rootsKept.keys()].sort().findLast((one) => one <= upTo);
        return day === undefined ? undefined : this.rootsKept.get(day);
      }),
    tipsOf: (root) => this.#call('tips', () => this.tips.get(`${root.day}.${root.tipsHash}`) ?? []),
    roots: () => this.#roots(),
  };

  readonly evaluations: EvaluationFiles = {
    put: (name, bytes) =>
      this.#call('file', () => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const key = `evaluations/${name}-${sha256}`;
        if (!this.files.has(key)) this.files.set(key, bytes);
        return { key, sha256, bytes: bytes.length };
      }),
    get: ({ key }) =>
      this.#call('file', () => {
        const found = this.files.get(key);
        if (!found) throw new Error(`Nothing lies under ${key}`);
        return found;
      }),
  };

  readonly prints: PrintFiles = {
    put: (certificate, version, bytes) =>
      this.#call('print', () => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const key = `certificates/${certificate}/${version}-${sha256}.pdf`;
        this.files.set(key, bytes);
        return { key, sha256, bytes: bytes.length };
      }),
  };

  readonly orders: WorkOrders = {
    put: (name, entry) =>
      this.#call('order', () => {
        this.work.set(name, JSON.stringify(entry));
        this.announce(name);
      }),
    read: (name) =>
      this.#call('order', () => {
        const found = this.work.get(name);
        if (found === undefined) throw new Error(`There is no order ${name}`);
        return JSON.parse(found) as AuditEntry;
      }),
  };

  readonly quarantine: Quarantine = {
    read: (key, version) =>
      this.#call('quarantine', () => {
        const bytes = this.lying.get(`${key}@${version}`);
        if (!bytes) throw new Error('NoSuchVersion');
        return bytes;
      }),
    release: (document, bytes) =>
      this.#call('clean', () => {
        this.clean.set(objectKeyOf(document), bytes);
      }),
    discard: (key, version) =>
      this.#call('quarantine', () => {
        this.lying.delete(`${key}@${version}`);
      }),
  };

  /** One call to a bucket: its turn, what may go wrong, what it does, its turn again. */
  async #call<T>(name: string, act: () => T): Promise<T> {
    const invocation = currentInvocation();
    await this.#turns.turn(`bucket ${name}`);
    if (invocation?.isDead) return never();
    if (invocation && this.#faults.strikes('bucket-away')) {
      invocation.hindered = true;
      throw new Error(`The bucket is away: ${name}`);
    }
    const done = act();
    await this.#turns.turn(`bucket ${name}`);
    if (invocation?.isDead) return never();
    if (invocation && this.#faults.strikes('bucket-answer-lost')) {
      invocation.hindered = true;
      throw new Error(`The bucket's answer was lost: ${name}`);
    }
    return done;
  }

  async *#journalOf(day: string): AsyncIterable<readonly AuditEntry[]> {
    const names = await this.#call('list', () =>
      [...this.journal.keys()].filter((name) => name.startsWith(`${day}/`)),
    );
    for (const name of names) yield JSON.parse(this.journal.get(name) ?? '[]') as AuditEntry[];
  }

  async *#roots(): AsyncIterable<DailyRoot> {
    for (const day of [...this.rootsKept.keys()].sort()) {
      const root = await this.#call('root', () => this.rootsKept.get(day));
      if (root) yield root;
    }
  }
}
