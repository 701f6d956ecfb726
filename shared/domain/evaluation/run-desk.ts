/** On whose desk a run lies, and until when: it follows from the run alone. */
import { governmentOffice, leadOffice, reportingCities } from '../identity/offices.ts';
import type { Waiting } from '../submissions/desks.ts';
import { countedFor } from './contribution.ts';
import type { EvaluationRun } from './run.ts';

export function runDesk(run: EvaluationRun): readonly Waiting[] {
  // A monthly run is for steering: nobody has to do anything about it.
  if (run.cycle === 'monthly') return [];
  const since = run.updatedAt;
  const due = run.terms ? { due: run.terms.reportBy } : {};
  switch (run.state) {
    case 'ready':
      return [{ office: leadOffice, role: 'supervisor', task: 'circulate-evaluation', ...due, since }];
    case 'circulated': {
      const open = run.objections.some(({ answer }) => !answer);
      return [
        ...reportingCities
          .filter((city) => countedFor(city) === city)
          .map((office): Waiting => ({
            office,
            role: 'leader',
            task: 'look-at-evaluation' as const,
            ...(run.objectUntil === undefined ? {} : { due: run.objectUntil }),
            since,
          })),
        { office: governmentOffice, role: 'consenter', task: 'approve-evaluation', ...due, since },
        ...(open
          ? [{ office: leadOffice, role: 'supervisor', task: 'answer-objection', ...due, since } as const]
          : []),
      ];
    }
    case 'approved':
      return [{ office: leadOffice, role: 'publisher', task: 'publish-evaluation', ...due, since }];
    case 'requested':
    case 'frozen':
    case 'computed':
    case 'published':
    case 'discarded':
    case 'superseded':
      return [];
  }
}
