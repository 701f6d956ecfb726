/** HTTP in, document commands and queries out. */
import { ok } from '../../shared/kernel/result.ts';
import type { Deps } from '../../shared/app/command.ts';
import type { DownloadDesk, UploadDesk } from '../../shared/app/documents/ports.ts';
import { downloadLink, readDocument, readDocuments } from '../../shared/app/documents/read.ts';
import { removeDocument } from '../../shared/app/documents/remove.ts';
import { requestUpload, type UploadInput } from '../../shared/app/documents/request-upload.ts';
import { documentView } from '../../shared/app/submissions/read.ts';
import { etagOf } from '../../shared/app/submissions/view.ts';
import { json } from '../../shared/http/problem.ts';
import { answered, commandOf } from '../commands/handler.ts';
import type { HttpHandler } from '../http-function.ts';

export type DocumentDeps = Deps & { readonly uploads: UploadDesk; readonly downloads: DownloadDesk };

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
  };
}
