/** The records of a joint review that its prints are made from, and what they are about. */
import type { WorkingCalendar } from '../../domain/calendar/working-days.ts';
import type { Project, ProjectContent } from '../../domain/projects/project.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import type { ReviewFile } from '../../domain/submissions/joint-review/review-file.ts';
import type { ActionInput } from '../../domain/submissions/inputs.ts';
import type { Action } from '../../domain/submissions/lifecycle.ts';
import type { Head, Paper, PaperType, Version } from '../../domain/submissions/submission.ts';

export interface ReviewRecords {
  readonly head: Head;
  readonly kind: Kind;
  /** The version that the print speaks of. */
  readonly version: Version;
  readonly papers: readonly Paper[];
  readonly review?: ReviewFile | undefined;
  /** As the register has it; a project under way has no certificate yet. */
  readonly project?: Project | undefined;
  /** What the filing is about, as that version has it; undefined when the version does not fit its form. */
  readonly subject?: ProjectContent | undefined;
  readonly calendar: WorkingCalendar;
}

/** The project as the version asks for it: a change's as it is to become, a cancellation's as it stands. */
export function subjectOf(
  { county = '' }: Head,
  { content: form, period, project: made }: Kind,
  version: Version,
  standing: ProjectContent | undefined,
): ProjectContent | undefined {
  if (!made || (period === 'project' && !standing)) return standing;
  const parsed = form().safeParse(version.content);
  return parsed.success ? made(parsed.data, { county, standing }) : standing;
}

export function lastPaper(
  papers: readonly Paper[],
  type: PaperType,
  fits: (paper: Paper) => boolean = () => true,
): Paper | undefined {
  return papers.findLast((paper) => paper.type === type && fits(paper));
}

/** What a step was given, as the paper that it left keeps it. */
export function bodyOf<A extends Action>({ body }: Paper): ActionInput<A> {
  return body as ActionInput<A>;
}
