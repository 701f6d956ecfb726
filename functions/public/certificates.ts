/** Certificates for anyone: their standing as JSON or as a page, and the keys that sign them. */
import type { PublicCertificateReader } from '../../shared/app/certificates/ports.ts';
import { standingOf } from '../../shared/app/certificates/public-view.ts';
import type { Now } from '../../shared/app/ports.ts';
import { fullNumber } from '../../shared/domain/certificates/number.ts';
import { json } from '../../shared/http/problem.ts';
import { civilDateOf } from '../../shared/kernel/civil-date.ts';
import { refusal } from '../../shared/kernel/refusal.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import type { HttpHandler } from '../http-function.ts';
import { wantsPage } from '../wants-page.ts';
import { certificatePage, noCertificatePage } from './certificate-page.ts';

const cached = { 'cache-control': 'public, max-age=60' };

export function certificateHandlers(
  reader: PublicCertificateReader,
  now: Now,
): Readonly<Record<string, HttpHandler>> {
  return {
    'GET /public/certificates/{number}': async ({ path, query, headers }) => {
      const { v, format } = query as { v?: number; format?: 'json' | 'html' };
      const html = format === 'html' || (format === undefined && wantsPage(headers['accept']));
      const number = path['number'] ?? '';
      const found = await reader.certificate(fullNumber(number));
      const standing = found && standingOf(found, v, civilDateOf(now()));
      if (!standing) return html ? ok(noCertificatePage()) : refuse(refusal('not-found'));
      return ok(html ? certificatePage(standing) : json(200, standing, { ...cached, vary: 'Accept' }));
    },
    'GET /.well-known/jwks.json': async () => ok(json(200, await reader.keys(), cached)),
  };
}
