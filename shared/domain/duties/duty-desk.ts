/** On whose desk a duty lies: the city's drafter's, until nothing of it is left open; a request for more time, the region's. */
import { addDays, civilDateOf } from '../../kernel/civil-date.ts';
import type { Waiting } from '../submissions/desks.ts';
import { leadOffice } from '../identity/offices.ts';
import { isOpen, type Obligation } from './obligation.ts';

export function dutyDesk(obligation: Obligation): readonly Waiting[] {
  if (!isOpen(obligation)) return [];
  return [
    {
      office: obligation.city,
      role: 'drafter',
      task: 'fulfil',
      due: lastDayOf(obligation),
      since: obligation.createdAt,
    },
    ...(obligation.extension
      ? [
          {
            office: leadOffice,
            role: 'supervisor' as const,
            task: 'answer-extension' as const,
            due: lastDayOf(obligation),
            since: obligation.extension.at,
          },
        ]
      : []),
  ];
}

/** The last civil day on which a receipt is in time: the instant itself is exclusive. */
export function lastDayOf(obligation: Obligation): string {
  const day = civilDateOf(obligation.dueBefore);
  return civilDateOf(new Date(Date.parse(obligation.dueBefore) - 1).toISOString()) === day
    ? day
    : addDays(day, -1);
}
