/** What came of the mutants of a context, and how it compares with what was reached before (scores.json). */

/** The part of Stryker's report that counts. */
export interface MutationReport {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string; readonly mutatorName: string }[] }>
  >;
}

export interface Score {
  /** A test failed, or the mutant never came to an end. */
  readonly killed: number;
  readonly survived: number;
  /** No test of the context runs what was changed. */
  readonly noCoverage: number;
  /** Runs only while its module is loaded: tables and schemas. Not tried, and not in the score. */
  readonly loading: number;
  /** Killed of all that were tried or would have been, in percent with two places. */
  readonly score: number;
}

export type Scores = Readonly<Record<string, Score>>;

/** Over everything together, in percent. */
export const threshold = 85;

/** Repeated runs differ a little: a property test is not dealt the same cards twice. */
const tolerance = 0.5;

export function scoreOf({ files }: MutationReport): Score {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const having = (...statuses: readonly string[]): number =>
    mutants.filter(({ status }) => statuses.includes(status)).length;
  return withScore({
    killed: having('Killed', 'Timeout'),
    survived: having('Survived'),
    noCoverage: having('NoCoverage'),
    loading: mutants.filter(
      ({ status, mutatorName }) => status === 'Ignored' && mutatorName !== 'StringLiteral',
    ).length,
  });
}

export function overall(scores: Scores): Score {
  const sum = (count: keyof Score): number =>
    Object.values(scores).reduce((total, score) => total + score[count], 0);
  return withScore({
    killed: sum('killed'),
    survived: sum('survived'),
    noCoverage: sum('noCoverage'),
    loading: sum('loading'),
  });
}

function withScore(counts: Omit<Score, 'score'>): Score {
  const tried = counts.killed + counts.survived + counts.noCoverage;
  return { ...counts, score: tried === 0 ? 100 : Math.round((counts.killed / tried) * 10_000) / 100 };
}

/** @returns the contexts whose score fell, with what it was */
export function fallen(before: Scores, now: Scores): readonly { context: string; was: number; is: number }[] {
  return Object.entries(now).flatMap(([context, { score }]) => {
    const was = before[context]?.score;
    return was !== undefined && score < was - tolerance ? [{ context, was, is: score }] : [];
  });
}
