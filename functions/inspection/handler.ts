/** Bucket notifications and malware verdicts in, facts about documents out. */
import * as z from 'zod';
import { uploadSeen, verdictSeen, type InspectionDeps } from '../../shared/app/documents/inspect-upload.ts';
import { run, type RunContext } from '../run.ts';

const ObjectCreated = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ object: z.object({ key: z.string(), 'version-id': z.string() }) }),
});

const ScanResult = z.object({
  'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
  detail: z.object({
    scanStatus: z.string(),
    s3ObjectDetails: z.object({ objectKey: z.string(), versionId: z.string() }),
    scanResultDetails: z.object({ scanResultStatus: z.string() }),
  }),
});

export function inspectionHandler(deps: InspectionDeps) {
  return (event: unknown, context?: RunContext): Promise<void> =>
    run('inspect', context, () => inspected(deps, event));
}

async function inspected(deps: InspectionDeps, event: unknown): Promise<void> {
  const created = ObjectCreated.safeParse(event);
  if (created.success) {
    const { key, 'version-id': version } = created.data.detail.object;
    return uploadSeen(deps, key, version);
  }
  const { detail } = ScanResult.parse(event);
  const { objectKey, versionId } = detail.s3ObjectDetails;
  const status = detail.scanResultDetails.scanResultStatus;
  // What could not be scanned is no verdict: the document stays where it is, and the failure is seen.
  if (status !== 'NO_THREATS_FOUND' && status !== 'THREATS_FOUND') {
    throw new Error(`The scan of ${objectKey} ended as ${detail.scanStatus}/${status}`);
  }
  return verdictSeen(deps, objectKey, versionId, status === 'THREATS_FOUND' ? 'infected' : 'clean');
}
