/** A joint review in 新城区 with its papers, for tests to carry on. */
import { builtInCalendar } from '../../domain/calendar/working-days.ts';
import { emptyFile } from '../../domain/submissions/joint-review/review-file.ts';
import { company } from '../../domain/submissions/kinds/sample-recognition.ts';
import { draft, kindNamed, on, versionOf } from '../../domain/submissions/sample-filing.ts';
import { startClock } from '../../domain/submissions/stage-clocks.ts';
import type { Head, Paper, PaperType } from '../../domain/submissions/submission.ts';
import { subjectOf, type ReviewRecords } from './records.ts';

const county = '150102';

const filed = draft({
  kind: 'recognition',
  owner: company,
  period: 'filing',
  path: 'joint-review',
  county,
  state: 'in-review',
  frozen: 1,
  frozenHash: 'h1',
  receivedAt: on('2021-09-24'),
  terms: {
    rules: '150100/1',
    panel: ['NATRES', 'FIRE', 'POWER'],
    days: { acceptance: 5, review: 3, planCheck: 5, notice: 0, decision: 3, correction: 10 },
    issuer: 'county',
    silence: false,
  },
});

/** A paper of the lead, if nothing else is said, of 24 September 2021. */
export function paperOf(
  seq: number,
  type: PaperType,
  body: Record<string, unknown>,
  more: Partial<Paper> = {},
): Paper {
  const lead = { office: `${county}-HOUSING`, role: 'lead', at: on('2021-09-24'), version: 1 };
  return { seq, type, ...lead, ...more, body };
}

/** Accepted on 24 September; each department has three working days. */
export function reviewOf(
  changes: Partial<Head> = {},
  more: Partial<Pick<ReviewRecords, 'papers' | 'review' | 'project'>> & { kind?: string } = {},
): ReviewRecords {
  const { kind: code = 'recognition', ...rest } = more;
  const kind = kindNamed(code);
  const clocks = ['review', ...filed.terms!.panel.map((one) => `opinion:${county}-${one}`)].reduce(
    (running, name) => startClock(running, name, county, filed, kind, on('2021-09-24'), 5),
    filed.clocks,
  );
  const head: Head = { ...filed, kind: code, clocks, ...changes };
  const version = versionOf(code);
  const subject = subjectOf(head, kind, version, rest.project?.content);
  return {
    head,
    kind,
    version,
    papers: [],
    review: emptyFile('filing'),
    subject,
    calendar: builtInCalendar(),
    ...rest,
  };
}
