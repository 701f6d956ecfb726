/** The report as CSV, one line a city and indicator. With a mark of UTF-8, because Excel guesses wrong without it. */
import { csv } from '../../kernel/csv.ts';
import type { EvaluationResult } from '../../domain/evaluation/result.ts';

export const resultColumns = [
  'run',
  'year',
  'from',
  'to',
  'city',
  'city_name',
  'indicator',
  'indicator_name',
  'state',
  'numerator',
  'denominator',
  'value',
  'unit',
  'score',
  'weight',
  'reason',
  'records',
] as const;

export function resultAsCsv(result: EvaluationResult): string {
  const { run, year, from, to, scheme } = result;
  const indicators = new Map(scheme.indicators.map((one) => [one.code, one]));
  const cell = (value: number | null): string => (value === null ? '' : String(value));
  const rows = result.cities.flatMap(({ city, name, figures }) =>
    figures.map((figure) => [
      run,
      String(year),
      from,
      to,
      city,
      name.zh,
      figure.indicator,
      indicators.get(figure.indicator)?.name.zh ?? '',
      figure.state,
      cell(figure.numerator),
      cell(figure.denominator),
      cell(figure.value),
      indicators.get(figure.indicator)?.unit ?? '',
      cell(figure.score),
      cell(figure.weight),
      figure.reason?.zh ?? '',
      String(figure.evidenceCount),
    ]),
  );
  return csv(resultColumns, rows);
}
