/** Runs, what they found and the records behind every figure, as far as the caller may see them. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { civilDateOf } from '../../kernel/civil-date.ts';
import { maySeeResult, runActionNames, runActions } from '../../domain/evaluation/actions.ts';
import { countedFor } from '../../domain/evaluation/contribution.ts';
import type { CityResult, EvaluationResult, Figure } from '../../domain/evaluation/result.ts';
import { progressOf, type EvaluationRun, type FormName, type Stored } from '../../domain/evaluation/run.ts';
import type { Scheme } from '../../domain/evaluation/scheme.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import type { Now, Store } from '../ports.ts';
import { readResult } from './read-result.ts';
import type { EvaluationFiles } from './ports.ts';
import { schemeOf } from './scheme-of.ts';
import { runView, type RunView } from './run-view.ts';

interface Deps {
  readonly store: Store;
  readonly now: Now;
}

/** The runs of a year, newest period last; a city sees those that were sent to it. */
export async function listRuns(
  deps: Deps,
  actor: Actor,
  asked: { readonly year?: number | undefined },
): Promise<{ readonly items: readonly RunView[] }> {
  const year = asked.year ?? Number(civilDateOf(deps.now()).slice(0, 4));
  // In January the year that people mean is the one that has just ended: both are shown unless one is named.
  const years = asked.year === undefined ? [year - 1, year] : [year];
  const runs = (await Promise.all(years.map((one) => deps.store.evaluationsOf(one)))).flat();
  return { items: runs.filter((run) => visible(actor, run)).map((run) => runView(run, cityOf(actor))) };
}

export async function readRun(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<Result<RunView & { readonly can: readonly string[] }, Refusal>> {
  const run = await seenRun(deps.store, actor, id);
  if (!run.ok) return run;
  const can = runActionNames.filter((action) => {
    const { from, by } = runActions[action];
    const inPlace = by.office === 'city' ? cityOf(actor) !== undefined : by.office === actor.office;
    const late = action === 'object' && civilDateOf(deps.now()) > (run.value.objectUntil ?? '');
    return (
      inPlace &&
      !late &&
      (from as readonly string[]).includes(run.value.state) &&
      by.roles.some((role) => actor.roles.includes(role))
    );
  });
  return ok({ ...runView(run.value, cityOf(actor)), can });
}

/** The region's whole result; a city sees its own figures with their records, and of the others totals, grades and ranks. */
export async function readRunResult(
  deps: Pick<Deps, 'store'> & { readonly files: Pick<EvaluationFiles, 'get'> },
  actor: Actor,
  id: string,
): Promise<Result<EvaluationResult, Refusal>> {
  const run = await seenRun(deps.store, actor, id);
  if (!run.ok) return run;
  if (!run.value.result) return refuse(refusal('result-not-ready', { ...progressOf(run.value) }));
  const result = await readResult(deps.files, run.value);
  const city = cityOf(actor);
  if (city === undefined) return ok(result);
  const mine = countedFor(city);
  return ok({
    ...result,
    cities: result.cities.map((one) =>
      one.city === mine ? one : othersOf(one, run.value.state === 'published'),
    ),
  });
}

export interface FigureView {
  readonly run: string;
  readonly city: string;
  readonly figure: Figure;
  /** Where each record opens. */
  readonly links: readonly { readonly record: string; readonly part: string; readonly href: string }[];
}

export async function readFigure(
  deps: Pick<Deps, 'store'> & { readonly files: Pick<EvaluationFiles, 'get'> },
  actor: Actor,
  id: string,
  city: string,
  indicator: string,
): Promise<Result<FigureView, Refusal>> {
  const mine = cityOf(actor);
  if (mine !== undefined && countedFor(mine) !== city) return refuse(refusal('not-found'));
  const result = await readRunResult(deps, actor, id);
  if (!result.ok) return result;
  const figure = result.value.cities
    .find((one) => one.city === city)
    ?.figures.find((one) => one.indicator === indicator);
  if (!figure) return refuse(refusal('not-found'));
  const links = figure.evidence.map(({ record, part }) => ({ record, part, href: hrefOf(record) }));
  return ok({ run: id, city, figure, links });
}

/** The report file of a run; of a city only once the run was sent to it. */
export async function formOfRun(
  deps: Pick<Deps, 'store'>,
  actor: Actor,
  id: string,
  form: FormName,
): Promise<Result<Stored, Refusal>> {
  const run = await seenRun(deps.store, actor, id);
  if (!run.ok) return run;
  // The report holds the records of every city: a city gets it when everybody does.
  if (cityOf(actor) !== undefined && run.value.state !== 'published') return refuse(refusal('not-found'));
  const stored = run.value.forms[form];
  return stored ? ok(stored) : refuse(refusal('result-not-ready', { ...progressOf(run.value) }));
}

export async function readScheme(
  deps: Pick<Deps, 'store'>,
  year: number,
): Promise<Result<Scheme & { seq: number }, Refusal>> {
  if (!Number.isInteger(year) || year < 2021 || year > 2100) return refuse(refusal('not-found'));
  const seq = (await deps.store.schemeRecord(year))?.seq ?? 0;
  return ok({ ...(await schemeOf(deps.store, year)), seq });
}

async function seenRun(store: Store, actor: Actor, id: string): Promise<Result<EvaluationRun, Refusal>> {
  const run = await store.evaluation(id);
  return run && visible(actor, run) ? ok(run) : refuse(refusal('not-found'));
}

function visible(actor: Actor, run: EvaluationRun): boolean {
  const level = officeOf(actor.office)?.level;
  // A city that was sent a result keeps seeing that it was superseded, and its objection with the answer.
  const had = run.state === 'superseded' && run.objectUntil !== undefined;
  if (level !== 'region' && level !== 'city') return false;
  return maySeeResult(level, run) || had;
}

function cityOf(actor: Actor): string | undefined {
  return officeOf(actor.office)?.level === 'city' ? actor.office : undefined;
}

/** Of another city its total, grade and rank; its figures when they are public; its records never. */
function othersOf(city: CityResult, published: boolean): CityResult {
  const figures = published ? city.figures.map((figure) => ({ ...figure, evidence: [] })) : [];
  return { ...city, figures };
}

function hrefOf(record: string): string {
  const [kind = '', id = ''] = [record.slice(0, record.indexOf(':')), record.slice(record.indexOf(':') + 1)];
  return kind === 'obligation' ? `/obligations/${id}` : `/submissions/${id}`;
}
