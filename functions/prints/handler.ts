/** HTTP in, PDF out: the countersign sheet of a joint review, and its papers one by one. */
import { attachment } from '../../shared/kernel/attachment.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { RenderPdf } from '../../shared/app/prints/ports.ts';
import type { Print } from '../../shared/app/prints/print.ts';
import { readCountersignSheet, readPaperPrint } from '../../shared/app/prints/read-prints.ts';
import type { ReadDeps } from '../../shared/app/submissions/read.ts';
import type { HttpResult } from '../../shared/http/problem.ts';
import type { HttpHandler } from '../http-function.ts';

export function printHandlers(deps: ReadDeps, render: RenderPdf): Record<string, HttpHandler> {
  const file = async (found: Result<Print, Refusal>, name: string): Promise<Result<HttpResult, Refusal>> => {
    if (!found.ok) return found;
    const print = found.value;
    return ok({
      statusCode: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': attachment(`${print.title.zh}.pdf`, `${name}.pdf`),
        'cache-control': 'no-store',
      },
      body: Buffer.from(await render(print)).toString('base64'),
      isBase64Encoded: true,
    });
  };
  return {
    'GET /submissions/{id}/countersign-sheet': async ({ actor, path }) =>
      file(await readCountersignSheet(deps, actor, path['id'] ?? ''), 'countersign-sheet'),
    'GET /submissions/{id}/papers/{number}/print': async ({ actor, path }) => {
      const { id = '', number = '' } = path;
      // As it is written on the paper: no sign, no fraction, no other way to spell it.
      const asked = /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0;
      return file(await readPaperPrint(deps, actor, id, asked), `paper-${asked}`);
    },
  };
}
