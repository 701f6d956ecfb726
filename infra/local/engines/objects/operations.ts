import {
  getCors,
  getEncryption,
  getObjectLock,
  getVersioning,
  headBucket,
  listBuckets,
} from './bucket-operations.ts';
import type { Operation } from './call.ts';
import { copyObject } from './copying.ts';
import { S3Failure } from './failures.ts';
import { listObjects, listVersions } from './listing.ts';
import { abortUpload, completeUpload, createUpload, listParts, uploadPart } from './multipart.ts';
import { getObject } from './reading.ts';
import { getLegalHold, getRetention, putLegalHold, putRetention } from './retention.ts';
import { deleteTagging, getTagging, putTagging } from './tags.ts';
import type { Fields, Target } from './target.ts';
import { putObject, removeObject, removeObjects } from './writing.ts';

/** Query parameters that name another operation than the plain one. Those without an entry below are refused. */
const subresources = [
  'abac', 'accelerate', 'acl', 'analytics', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering',
  'inventory', 'legal-hold', 'lifecycle', 'location', 'logging', 'metadataConfiguration', 'metrics', 'notification',
  'object-lock', 'ownershipControls', 'policy', 'policyStatus', 'publicAccessBlock', 'renameObject', 'replication',
  'requestPayment', 'restore', 'retention', 'select', 'session', 'tagging', 'torrent', 'uploadId', 'uploads',
  'versioning', 'versions', 'website',
] as const; // prettier-ignore

/** The whole of what the engine answers: method, what it is asked of, and the subresource. */
const operations: Readonly<Record<string, Operation>> = {
  'GET service': listBuckets,
  'HEAD bucket': headBucket,
  'GET bucket': listObjects,
  'GET bucket ?versions': listVersions,
  'GET bucket ?versioning': getVersioning,
  'GET bucket ?cors': getCors,
  'GET bucket ?encryption': getEncryption,
  'GET bucket ?object-lock': getObjectLock,
  'POST bucket ?delete': removeObjects,
  'PUT object': putObject,
  'PUT object copy': copyObject,
  'GET object': getObject,
  'HEAD object': getObject,
  'DELETE object': removeObject,
  'PUT object ?tagging': putTagging,
  'GET object ?tagging': getTagging,
  'DELETE object ?tagging': deleteTagging,
  'PUT object ?retention': putRetention,
  'GET object ?retention': getRetention,
  'PUT object ?legal-hold': putLegalHold,
  'GET object ?legal-hold': getLegalHold,
  'POST object ?uploads': createUpload,
  'PUT object ?uploadId': uploadPart,
  'GET object ?uploadId': listParts,
  'POST object ?uploadId': completeUpload,
  'DELETE object ?uploadId': abortUpload,
};

/** The operation a request asks for, by its name too. Throws S3Failure NotImplemented, naming it, when the engine has none. */
export function operationOf(
  method: string,
  target: Target,
  fields: Fields,
): { readonly name: string; readonly operation: Operation } {
  const scope = target.bucket === '' ? 'service' : target.key === '' ? 'bucket' : 'object';
  const subresource = subresources.find((name) => target.query.has(name));
  const copy = method === 'PUT' && fields.has('x-amz-copy-source') ? ' copy' : '';
  const name = `${method} ${scope}${subresource === undefined ? '' : ` ?${subresource}`}${copy}`;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation !== undefined) return { name, operation };
  throw new S3Failure(
    'NotImplemented',
    `The local object engine does not offer ${name}. Buckets are set up by the template.`,
  );
}
