/** Scheduled work. Each job may run twice or late: it does what is still to be done. */
import * as z from 'zod';
import { closeDays, type Ledger } from '../../shared/app/audit/ledger.ts';
import { lapse } from '../../shared/app/documents/inspect-upload.ts';
import type { Now, Store } from '../../shared/app/ports.ts';
import { expireCertificates } from '../../shared/app/certificates/expire.ts';
import { remindOfEnding } from '../../shared/app/certificates/remind-ending.ts';
import { expireInvitations } from '../../shared/app/invitations/expire.ts';
import { remindAll, remindersMissed } from '../../shared/app/reminders/remind.ts';
import { watchReviews } from '../../shared/app/submissions/watch-reviews.ts';
import { remindOfCalendar } from '../../shared/app/calendar/calendar-desk.ts';
import { remindDaysAhead } from '../../shared/domain/calendar/reach.ts';
import { measured } from '../../shared/observability/metrics.ts';
import { textOf } from '../../shared/kernel/refusal.ts';
import { logger } from '../../shared/observability/logger.ts';
import { run, type RunContext } from '../run.ts';

const Job = z.object({
  job: z.enum(['daily-root', 'expire-uploads', 'expire-certificates', 'remind', 'watch', 'watch-reviews']),
});

export interface DailyDeps {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly now: Now;
  /** When the upload was asked for that has waited longest for its verdict; undefined when none waits. */
  readonly oldestChecking: () => Promise<string | undefined>;
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
    const ending = await remindOfEnding(deps);
    const reminded = await remindAll(deps);
    // The failure is kept and raises the alarm: nobody is reminded of anything until the year is loaded.
    if (!reminded.ok) throw new Error(`Reminders: ${textOf(reminded.error).en}`);
    logger.info('Reminders recorded', { count: reminded.value, ending });
  },

  /** S-12: a department that lets its limit pass is told of to the government; an invitation whose time is over ends. */
  async 'watch-reviews'(deps) {
    const expired = await expireInvitations(deps);
    logger.info('Silent departments', { count: await watchReviews(deps), expired });
  },

  async 'expire-certificates'(deps) {
    logger.info('Certificates expired', { count: await expireCertificates(deps) });
  },

  async 'expire-uploads'(deps) {
    const [lapsed, oldest] = await Promise.all([deps.lapsed(deps.now()), deps.oldestChecking()]);
    for (const { submission, document } of lapsed) await lapse(deps, submission, document);
    const minutes =
      oldest === undefined ? 0 : Math.floor((Date.parse(deps.now()) - Date.parse(oldest)) / 60_000);
    logger.info('Quarantine', measured({ QuarantineMinutes: minutes }));
  },

  /** Looks whether what the others promise holds; the alarms hear of it by its figures. */
  async watch(deps) {
    const days = await remindOfCalendar(deps);
    if (days < remindDaysAhead) logger.warn('The calendar of the next year is not loaded', { days });
    const missed = await remindersMissed(deps);
    logger.info('Watch', measured({ CalendarDaysAhead: days, RemindersUnrecorded: missed }));
  },
};
