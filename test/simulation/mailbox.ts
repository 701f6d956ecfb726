/** A mail server that may refuse, or take a mail and not say so. */
import type { Mailer } from '../../shared/app/reminders/deliver.ts';
import type { Outcome } from '../../shared/domain/reminders/delivery.ts';
import type { Faults } from './faults.ts';
import { currentInvocation, never } from './invocation.ts';
import type { Turns } from './turns.ts';

export class Mailbox implements Mailer {
  /** How often each message was taken, by its key. */
  readonly taken = new Map<string, number>();
  readonly #turns: Turns;
  readonly #faults: Faults;

  constructor(turns: Turns, faults: Faults) {
    this.#turns = turns;
    this.#faults = faults;
  }

  async send(_to: string, _mail: unknown, key: string): Promise<Outcome> {
    const invocation = currentInvocation();
    await this.#turns.turn('mail');
    if (invocation?.isDead) return never();
    if (this.#faults.strikes('mail-away')) return { outcome: 'failed', reason: 'connection' };
    this.taken.set(key, (this.taken.get(key) ?? 0) + 1);
    await this.#turns.turn('mail');
    if (invocation?.isDead) return never();
    if (this.#faults.strikes('mail-answer-lost')) return { outcome: 'failed', reason: 'connection' };
    return { outcome: 'sent' };
  }
}
