/** What everyone may read, as JSON or CSV, with cache headers. */
import { ok } from '../../shared/kernel/result.ts';
import { cityAtFirst } from '../../shared/domain/cities/city.ts';
import { officeOf, reportingCities } from '../../shared/domain/identity/offices.ts';
import type { PublicReader } from '../../shared/adapters/dynamodb/public-records.ts';
import { csv } from '../../shared/kernel/csv.ts';
import { json, type HttpResult } from '../../shared/http/problem.ts';
import type { HttpHandler } from '../http-function.ts';

const cached = { 'cache-control': 'public, max-age=60' };

export function publicHandlers(reader: PublicReader): Record<string, HttpHandler> {
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
      return ok(asCsv('cities.csv', ['code', 'name_zh', 'name_en', 'tier', 'development', 'since'], rows));
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
      const columns = [
        'city',
        'city_name',
        'kind',
        'kind_name',
        'period',
        'document_number',
        'issue_date',
        'published_at',
        'edition',
        'content',
      ];
      return ok(asCsv('plans.csv', columns, rows, page.cursor));
    },
  };
}

/** A city about which nothing was decided yet stands in the list as the notice names it. */
function unchanged(code: string) {
  const { tier, development } = cityAtFirst(code);
  const office = officeOf(code);
  return { code, name: { zh: office?.zh ?? code, en: office?.en ?? code }, tier, development, since: '' };
}

function asCsv(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  cursor?: string,
): HttpResult {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      ...(cursor ? { 'x-next-cursor': cursor } : {}),
      ...cached,
    },
    body: csv(columns, rows),
  };
}
