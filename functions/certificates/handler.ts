/** Work orders in; certificates numbered, signed and printed. Each may come twice or late: what is done is not done again. */
import { issueNext, type IssueDeps } from '../../shared/app/certificates/issue-next.ts';
import { issueVersion } from '../../shared/app/certificates/issue-version.ts';
import type { PublicCertificates } from '../../shared/app/certificates/ports.ts';
import { printCertificate, type PrintDeps } from '../../shared/app/certificates/print.ts';
import type { AuditEntry } from '../../shared/domain/audit/entry.ts';
import { publishedKey } from '../../shared/domain/certificates/jws.ts';
import type { WorkOrders } from '../../shared/app/work-orders.ts';
import { correlated } from '../../shared/observability/correlation.ts';
import { logger } from '../../shared/observability/logger.ts';
import type { RunContext } from '../run.ts';
import { orderIn } from '../work-order.ts';

export type CertificatesDeps = IssueDeps &
  PrintDeps & {
    readonly orders: Pick<WorkOrders, 'read'>;
    readonly publicKeys: Pick<PublicCertificates, 'addKey'>;
  };

export function certificatesHandler(deps: CertificatesDeps) {
  let published: Promise<void> | undefined;

  /** Before anything is signed: no certificate is out whose key is not. */
  function publishKey(): Promise<void> {
    published ??= (async () => {
      const { signer, publicKeys } = deps;
      await publicKeys.addKey(publishedKey(await signer.jwk(), signer.algorithm));
    })().catch((error: unknown) => {
      published = undefined;
      throw error;
    });
    return published;
  }

  return async function handle(event: unknown, context?: RunContext): Promise<void> {
    const order = orderIn(event);
    if (order === undefined) throw new Error('No work order');
    const entry = await deps.orders.read(order);
    await correlated(entry.correlationId ?? context?.awsRequestId, async () => {
      await publishKey();
      await follow(deps, entry);
    });
  };
}

async function follow(deps: CertificatesDeps, { record, type, facts }: AuditEntry): Promise<void> {
  const id = record.slice('certificate:'.length);
  if (type === 'certificate.decided') {
    const [county, year] = [String(facts['county']), Number(facts['year'])];
    const issued = await issueNext(deps, county, year);
    logger.info('Certificates issued', { county, year, issued });
    return;
  }
  if (type === 'certificate.amended' || type === 'certificate.renewed') {
    const done = await issueVersion(deps, id);
    logger.info('Version issued', { certificate: id, version: done?.version });
    return;
  }
  const printed = await printCertificate(deps, id);
  logger.info('Certificate printed', { certificate: id, version: printed?.version });
}
