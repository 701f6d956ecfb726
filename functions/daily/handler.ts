/** Scheduled work. Each job may run twice or late: it does what is still to be done. */
import * as z from 'zod';
import { closeDays, type Ledger } from '../../shared/app/audit/ledger.ts';
import { lapse } from '../../shared/app/documents/inspect-upload.ts';
import type { Now, Store } from '../../shared/app/ports.ts';
import { remindAll } from '../../shared/app/reminders/remind.ts';
import { textOf } from '../../shared/kernel/refusal.ts';
import { logger } from '../../shared/observability/logger.ts';
import { run, type RunContext } from '../run.ts';

const Job = z.object({ job: z.enum(['daily-root', 'expire-uploads', 'remind']) });

export interface DailyDeps {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly now: Now;
  readonly lapsed: (now: string) => Promise<readonly { submission: string; document: string }[]>;
}

export function dailyHandler(deps: DailyDeps) {
  return async function handle(event: unknown, context?: RunContext): Promise<void> {
    const { job } = Job.parse(event);
    await run(job, context, () => jobs[job](deps));
  };
}

const jobs: Readonly<Record<z.infer<typeof Job>['job'], (deps: DailyDeps) => Promise<void>>> = {
  async 'daily-root'(deps) {
    const roots = await closeDays(deps.ledger, deps.now());
    logger.info('Days closed', { days: roots.map((root) => root.day) });
  },

  async remind(deps) {
    const reminded = await remindAll(deps);
    // The failure is kept and raises the alarm: nobody is reminded of anything until the year is loaded.
    if (!reminded.ok) throw new Error(`Reminders: ${textOf(reminded.error).en}`);
    logger.info('Reminders recorded', { count: reminded.value });
  },

  async 'expire-uploads'(deps) {
    for (const { submission, document } of await deps.lapsed(deps.now()))
      await lapse(deps, submission, document);
  },
};
