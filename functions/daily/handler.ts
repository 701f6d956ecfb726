/** Scheduled work. Each job may run twice or late: it does what is still to be done. */
import * as z from 'zod';
import { addDays } from '../../shared/kernel/civil-date.ts';
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
  readonly lapsed: (day: string, now: string) => Promise<readonly { submission: string; document: string }[]>;
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
    const now = deps.now();
    const today = now.slice(0, 10);
    // Yesterday too: an hourly run that was missed around midnight is made up for.
    for (const day of [addDays(today, -1), today]) {
      for (const { submission, document } of await deps.lapsed(day, now))
        await lapse(deps, submission, document);
    }
  },
};
