/** The file of a joint review as its readers see it: what is open, with the contradictions pointed out. */
import { departmentOf } from '../../domain/identity/departments.ts';
import {
  conditionStates,
  conditionSubjects,
  conditionTimes,
  contradictionsIn,
  type ReviewFile,
} from '../../domain/submissions/joint-review/review-file.ts';
import type { Head } from '../../domain/submissions/submission.ts';

/** Absent parts are left out: a filing on another path, or one that nobody has signed, has neither. */
export function reviewView({ terms, open }: Head, file: ReviewFile | undefined): Record<string, unknown> {
  return {
    ...(terms
      ? {
          terms: {
            ...terms,
            panel: terms.panel.map((code) => ({
              code,
              zh: departmentOf(code)?.zh ?? code,
              en: departmentOf(code)?.en ?? code,
            })),
          },
        }
      : {}),
    ...(open ? { open } : {}),
    ...(file
      ? {
          review: {
            conditions: file.conditions.map((condition) => ({
              ...condition,
              stateText: conditionStates[condition.state],
              subjectText: conditionSubjects[condition.subject],
              beforeText: conditionTimes[condition.before],
            })),
            contradictions: contradictionsIn(file),
            settled: file.settled,
            objections: file.objections,
            promised: file.promised,
            visits: file.visits,
            minutes: file.minutes,
          },
        }
      : {}),
  };
}
