/** Any list as a file: asks the list's own handler for page after page, so that nobody takes away more than he sees. */
import { refusal } from '../../shared/kernel/refusal.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import { civilDateOf } from '../../shared/kernel/civil-date.ts';
import type { Now } from '../../shared/app/ports.ts';
import { listAsCsv, listAsXlsx, type ListExport } from '../../shared/adapters/reports/list.ts';
import { attachment } from '../../shared/kernel/attachment.ts';
import {
  lists,
  tableRows,
  type ListName,
  type ListTable,
  type Row,
} from '../../shared/domain/disclosure/lists.ts';
import { officeOf } from '../../shared/domain/identity/offices.ts';
import type { HttpHandler } from '../http-function.ts';

/** More than anyone reads; a file that a spreadsheet opens at once. */
const mostRows = 10_000;
const pageSize = 100;

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function exportHandlers(
  queries: Readonly<Record<string, HttpHandler>>,
  now: Now,
  most = mostRows,
): Record<string, HttpHandler> {
  return {
    'GET /exports/{list}': async (request) => {
      const name = request.path['list'] ?? '';
      const list: ListTable | undefined = Object.hasOwn(lists, name) ? lists[name as ListName] : undefined;
      const handler = list && queries[list.route];
      if (!list || !handler) return refuse(refusal('not-found'));
      const { format, obligation, ...asked } = request.query as Readonly<Record<string, string | undefined>>;
      const filters = Object.fromEntries(
        Object.entries(asked).flatMap(([key, value]) =>
          value !== undefined && list.filters.includes(key) ? [[key, value]] : [],
        ),
      );
      const items: Row[] = [];
      let cursor: string | undefined;
      do {
        const page = await handler({
          ...request,
          path: { id: obligation ?? '' },
          query: { ...filters, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
        });
        if (!page.ok) return page;
        const body = JSON.parse(page.value.body) as { items: Row[]; cursor?: string };
        items.push(...body.items);
        ({ cursor } = body);
      } while (cursor !== undefined && items.length <= most);
      const all = tableRows(list, items);
      const language = request.locale === 'en' ? 'en' : 'zh';
      const at = now();
      const given: ListExport = {
        list,
        rows: all.slice(0, most),
        language,
        at,
        office: officeOf(request.actor.office)?.[language] ?? request.actor.office,
        filters: { ...filters, ...(obligation === undefined ? {} : { obligation }) },
        truncated: all.length > most || cursor !== undefined,
      };
      const day = civilDateOf(at).replaceAll('-', '');
      const isCsv = format === 'csv';
      const bytes = isCsv ? new TextEncoder().encode(listAsCsv(given)) : await listAsXlsx(given);
      const ending = isCsv ? 'csv' : 'xlsx';
      return ok({
        statusCode: 200,
        headers: {
          'content-type': isCsv ? 'text/csv; charset=utf-8' : xlsxType,
          'content-disposition': attachment(
            `安居-${list.name.zh}-${day}.${ending}`,
            `anju-${name}-${day}.${ending}`,
          ),
          'cache-control': 'no-store',
          ...(given.truncated ? { 'x-anju-truncated': String(most) } : {}),
        },
        body: Buffer.from(bytes).toString('base64'),
        isBase64Encoded: true,
      });
    },
  };
}
