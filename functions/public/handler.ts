/** What everyone may read, as JSON or CSV, with cache headers. */
import { civilDateOf } from '../../shared/kernel/civil-date.ts';
import { refusal } from '../../shared/kernel/refusal.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import type { PublicEvaluation } from '../../shared/app/evaluation/publish-run.ts';
import type { Now } from '../../shared/app/ports.ts';
import { dutyLines, dutyTotals } from '../../shared/app/publication/public-duties.ts';
import { columnsOf, datasets, type DatasetName } from '../../shared/domain/disclosure/datasets.ts';
import { cityAtFirst } from '../../shared/domain/cities/city.ts';
import { officeOf, reportingCities } from '../../shared/domain/identity/offices.ts';
import { guidePapersOf, operatingGuide } from '../../shared/domain/policies/guide.ts';
import { kindOf } from '../../shared/domain/submissions/kinds/index.ts';
import type { PublicReader } from '../../shared/adapters/dynamodb/public-records.ts';
import { csv } from '../../shared/kernel/csv.ts';
import { json, type HttpResult } from '../../shared/http/problem.ts';
import type { HttpHandler } from '../http-function.ts';
import { guidePage } from './guide-page.ts';

const cached = { 'cache-control': 'public, max-age=60' };

export function publicHandlers(reader: PublicReader, now: Now): Record<string, HttpHandler> {
  return {
    'GET /health': async () => ok(json(200, { status: 'ok' })),

    'GET /public/cities': async ({ query }) => {
      const changed = new Map((await reader.cities()).map((city) => [city.code, city]));
      const items = reportingCities.map((code) => changed.get(code) ?? unchanged(code));
      if (query['format'] !== 'csv') return ok(json(200, { items }, cached));
      const rows = items.map(({ code, name, tier, development, since }) => [
        code,
        name.zh,
        name.en,
        tier,
        development,
        since,
      ]);
      return ok(asCsv('cities', rows));
    },

    'GET /public/plans': async ({ query }) => {
      const { city, cursor, limit, format } = query as {
        city?: string;
        cursor?: string;
        limit: number;
        format: string;
      };
      const page = await reader.plans(city, cursor, limit);
      if (format !== 'csv') return ok(json(200, page, cached));
      const rows = page.items.map((plan) => [
        plan.city,
        plan.cityName.zh,
        plan.kind,
        plan.kindName.zh,
        plan.period,
        plan.documentNumber,
        plan.issueDate,
        plan.publishedAt,
        String(plan.edition),
        JSON.stringify(plan.content),
      ]);
      return ok(asCsv('plans', rows, page.cursor));
    },

    'GET /public/duties': async ({ query }) => {
      const { year, city, format } = query as { year?: number; city?: string; format: string };
      const duties = await reader.duties(city);
      const lines = dutyLines(
        duties.filter((duty) => year === undefined || duty.year === year),
        now(),
      );
      if (format !== 'csv') return ok(json(200, { items: lines, totals: dutyTotals(lines) }, cached));
      const rows = lines.map((line) => [
        String(line.year),
        line.city,
        line.cityName.zh,
        line.notice,
        line.clause,
        line.kind,
        line.kindName.zh,
        line.period,
        line.lastDay,
        line.state,
        line.fulfilledOn ?? '',
      ]);
      return ok(asCsv('duties', rows));
    },

    'GET /public/evaluations/{year}': async ({ path, query }) => {
      const year = Number(path['year']);
      const found = Number.isInteger(year) ? await reader.evaluation(year) : undefined;
      if (!found) return refuse(refusal('not-found'));
      if (query['format'] !== 'csv') return ok(json(200, found, cached));
      return ok(asCsv('evaluations', evaluationRows(found)));
    },

    'GET /public/guides/{city}': async ({ path, query }) => {
      const city = path['city'] ?? '';
      if (!reportingCities.includes(city)) return refuse(refusal('not-found'));
      const [rules, changed] = await Promise.all([reader.rules(city), reader.cities()]);
      const { name, development } = changed.find(({ code }) => code === city) ?? unchanged(city);
      const guide = operatingGuide(rules, {
        city,
        cityName: name,
        development,
        on: civilDateOf(now()),
        papers: guidePapersOf(kindOf('recognition')),
      });
      return ok(query['format'] === 'html' ? guidePage(guide, cached) : json(200, guide, cached));
    },

    'GET /public/datasets': async () =>
      ok(
        json(
          200,
          {
            items: Object.entries(datasets).map(([code, { columns, ...about }]) => ({
              code,
              ...about,
              formats: ['json', 'csv'],
              columns: Object.entries(columns).map(([name, means]) => ({ name, means })),
            })),
          },
          cached,
        ),
      ),
  };
}

function evaluationRows({ run, year, scheme, cities }: PublicEvaluation): string[][] {
  const indicators = new Map(scheme.indicators.map((one) => [one.code, one]));
  const cell = (value: number | null): string => (value === null ? '' : String(value));
  return cities.flatMap(({ city, name, figures, total, rank }) =>
    figures.map((figure) => [
      run,
      String(year),
      city,
      name.zh,
      figure.indicator,
      indicators.get(figure.indicator)?.name.zh ?? '',
      figure.state,
      cell(figure.value),
      indicators.get(figure.indicator)?.unit ?? '',
      cell(figure.numerator),
      cell(figure.denominator),
      String(figure.suppressed),
      cell(total),
      cell(rank),
    ]),
  );
}

/** A city about which nothing was decided yet stands in the list as the notice names it. */
function unchanged(code: string) {
  const { tier, development } = cityAtFirst(code);
  const office = officeOf(code);
  return { code, name: { zh: office?.zh ?? code, en: office?.en ?? code }, tier, development, since: '' };
}

function asCsv(name: DatasetName, rows: readonly (readonly string[])[], cursor?: string): HttpResult {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      ...(cursor ? { 'x-next-cursor': cursor } : {}),
      ...cached,
    },
    body: csv(columnsOf(name), rows),
  };
}
