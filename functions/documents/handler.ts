/** HTTP in, document commands and queries out. */
import { refusal } from '../../shared/kernel/refusal.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import type { Deps } from '../../shared/app/command.ts';
import type { DownloadDesk, UploadDesk } from '../../shared/app/documents/ports.ts';
import { downloadLink, readDocument, readDocuments } from '../../shared/app/documents/read.ts';
import { removeDocument } from '../../shared/app/documents/remove.ts';
import { requestUpload, type UploadInput } from '../../shared/app/documents/request-upload.ts';
import type { EvaluationFiles, ReportDesk } from '../../shared/app/evaluation/ports.ts';
import { printOf } from '../../shared/app/certificates/read.ts';
import { formOfRun, readFigure, readRunResult } from '../../shared/app/evaluation/read-runs.ts';
import { isForm } from '../../shared/domain/evaluation/run.ts';
import { documentView } from '../../shared/app/submissions/read.ts';
import { etagOf } from '../../shared/app/submissions/view.ts';
import { json } from '../../shared/http/problem.ts';
import { answered, commandOf } from '../command-request.ts';
import type { HttpHandler } from '../http-function.ts';

export type DocumentDeps = Deps & {
  readonly uploads: UploadDesk;
  readonly downloads: DownloadDesk;
  readonly files: Pick<EvaluationFiles, 'get'>;
  readonly reports: ReportDesk;
};

export function documentHandlers(deps: DocumentDeps): Record<string, HttpHandler> {
  return {
    'GET /submissions/{id}/documents': async ({ actor, path }) => {
      const found = await readDocuments(deps, actor, path['id'] ?? '');
      return found.ok ? ok(json(200, found.value)) : found;
    },
    'POST /submissions/{id}/documents': async (request) =>
      answered(
        await requestUpload(deps, commandOf(request), request.path['id'] ?? '', request.body as UploadInput),
      ),
    'GET /submissions/{id}/documents/{document}': async ({ actor, path }) => {
      const found = await readDocument(deps, actor, path['id'] ?? '', path['document'] ?? '');
      return found.ok ? ok(json(200, documentView(found.value), { etag: etagOf(found.value.seq) })) : found;
    },
    'DELETE /submissions/{id}/documents/{document}': async (request) =>
      answered(
        await removeDocument(
          deps,
          commandOf(request),
          request.path['id'] ?? '',
          request.path['document'] ?? '',
        ),
      ),
    'GET /submissions/{id}/documents/{document}/download': async ({ actor, path }) => {
      const link = await downloadLink(deps, actor, path['id'] ?? '', path['document'] ?? '');
      return link.ok ? ok(json(200, link.value)) : link;
    },
    'GET /certificates/{id}/pdf': async ({ actor, path, query }) => {
      const { version: asked } = query as { version?: number };
      const id = path['id'] ?? '';
      const found = await printOf(deps, actor, id, asked);
      if (!found.ok) return found;
      const { version, print } = found.value;
      const link = await deps.reports.link(print, `项目认定书-${id}-${version}.pdf`);
      return ok(json(200, { version, sha256: print.sha256, bytes: print.bytes, ...link }));
    },
    'GET /evaluations/{id}/result': async ({ actor, path }) => {
      const result = await readRunResult(deps, actor, path['id'] ?? '');
      return result.ok ? ok(json(200, result.value)) : result;
    },
    'GET /evaluations/{id}/figures/{city}/{indicator}': async ({ actor, path }) => {
      const figure = await readFigure(
        deps,
        actor,
        path['id'] ?? '',
        path['city'] ?? '',
        path['indicator'] ?? '',
      );
      return figure.ok ? ok(json(200, figure.value)) : figure;
    },
    'GET /evaluations/{id}/report/{form}': async ({ actor, path }) => {
      const [id = '', form = ''] = [path['id'], path['form']];
      if (!isForm(form)) return refuse(refusal('not-found'));
      const stored = await formOfRun(deps, actor, id, form);
      if (!stored.ok) return stored;
      const { sha256, bytes } = stored.value;
      const link = await deps.reports.link(stored.value, `保障性租赁住房监测评价-${id}.${form}`);
      return ok(json(200, { form, sha256, bytes, ...link }));
    },
  };
}
