/** Prints of a joint review for whoever may see the filing and the paper: what its JSON shows, and no more. */
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { Kind } from '../../domain/submissions/kind.ts';
import { paperTypes, type Head, type Paper } from '../../domain/submissions/submission.ts';
import { paperFor, seen, type ReadDeps } from '../submissions/read.ts';
import { countersignSheet } from './countersign-sheet.ts';
import { paperPrint, printedPapers } from './paper-prints.ts';
import type { Print } from './print.ts';
import { subjectOf, type ReviewRecords } from './records.ts';

export async function readCountersignSheet(
  deps: ReadDeps,
  actor: Actor,
  id: string,
): Promise<Result<Print, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const { head } = found.value;
  if (head.path !== 'joint-review' || head.frozen === 0)
    return notPrinted({
      zh: '未经部门联审的件没有会签表',
      en: 'only a joint review has a countersign sheet',
    });
  const papers = await deps.store.papers(id);
  return ok(
    countersignSheet(await recordsOf(deps, found.value, papersFor(actor, head, papers), head.frozen)),
  );
}

export async function readPaperPrint(
  deps: ReadDeps,
  actor: Actor,
  id: string,
  number: number,
): Promise<Result<Print, Refusal>> {
  const found = await seen(deps, actor, id);
  if (!found.ok) return found;
  const { head } = found.value;
  const papers = papersFor(actor, head, await deps.store.papers(id));
  const paper = papers.find(({ seq }) => seq === number);
  if (!paper) return refuse(refusal('not-found'));
  if (head.path !== 'joint-review' || !printedPapers.includes(paper.type)) {
    const { zh, en } = paperTypes[paper.type];
    return notPrinted({ zh: `“${zh}”没有打印件`, en: `“${en}” has no print here` });
  }
  const [records, [entry]] = await Promise.all([
    recordsOf(deps, found.value, papers, paper.version),
    deps.store.entries(`submission:${id}`, number - 1, 1),
  ]);
  const print = paperPrint(paper, records, { entryHash: entry?.hash ?? '' });
  return print ? ok(print) : refuse(refusal('not-found'));
}

function notPrinted({ zh, en }: Text): Result<never, Refusal> {
  return refuse(refusal('not-printed', { whyZh: zh, why: en }));
}

function papersFor(actor: Actor, head: Head, papers: readonly Paper[]): readonly Paper[] {
  return papers.filter((paper) => paperFor(actor, head, paper));
}

async function recordsOf(
  { store }: ReadDeps,
  { head, kind }: { readonly head: Head; readonly kind: Kind },
  papers: readonly Paper[],
  number: number,
): Promise<ReviewRecords> {
  const [version, review, project, calendar] = await Promise.all([
    store.version(head.id, number),
    store.review(head.id),
    store.project(head.period),
    store.calendar(),
  ]);
  if (!version) throw new Error(`The filing ${head.id} has no version ${number}`);
  const subject = subjectOf(head, kind, version, project?.content);
  return { head, kind, version, papers, review, project, subject, calendar };
}
