import { documentOf, versionIdOf, xmlReply, type Call, type Reply } from './call.ts';
import type { Version } from './catalog.ts';
import { transact } from './database.ts';
import { S3Failure } from './failures.ts';
import { bypassesGovernance, checkRetentionChange, holdOf, requireLock, retentionOf } from './locks.ts';
import { bucketOf, objectOf, versionHeader } from './store.ts';
import { childText, type XmlElement } from './xml.ts';

/** PutObjectRetention. An empty Retention lifts one that may be lifted. */
export async function putRetention(call: Call): Promise<Reply> {
  const { store } = call;
  const root = await lockDocument(call, 'Retention');
  const now = store.now();
  const lifted = root.children.length === 0;
  const after = lifted
    ? undefined
    : retentionOf(oneOf(root, 'Mode', ['GOVERNANCE', 'COMPLIANCE']), childText(root, 'RetainUntilDate'), now);
  return change(call, ({ retention: before, ...version }) => {
    checkRetentionChange(before, after, bypassesGovernance(call.fields), now);
    return after === undefined ? version : { ...version, retention: after };
  });
}

/** GetObjectRetention. */
export function getRetention(call: Call): Reply {
  const { retention } = lockedObject(call);
  if (retention === undefined) throw noConfiguration();
  return xmlReply('Retention', {
    Mode: retention.mode,
    RetainUntilDate: new Date(retention.until).toISOString(),
  });
}

/** PutObjectLegalHold. */
export async function putLegalHold(call: Call): Promise<Reply> {
  const legalHold = holdOf(oneOf(await lockDocument(call, 'LegalHold'), 'Status', ['ON', 'OFF']));
  return change(call, (version) => ({ ...version, legalHold }));
}

/** GetObjectLegalHold. */
export function getLegalHold(call: Call): Reply {
  const { legalHold } = lockedObject(call);
  if (legalHold === undefined) throw noConfiguration();
  return xmlReply('LegalHold', { Status: legalHold ? 'ON' : 'OFF' });
}

async function lockDocument(call: Call, name: string): Promise<XmlElement> {
  requireLock(bucketOf(call.store, call.target.bucket));
  const root = await documentOf(call);
  if (root.name === name) return root;
  throw new S3Failure('MalformedXML', `The XML you provided was not a ${name}.`);
}

/** In a document another word than these is a fault of its form, where in a header it is one of the argument. */
function oneOf(root: XmlElement, name: string, words: readonly string[]): string {
  const word = childText(root, name);
  if (word !== undefined && words.includes(word)) return word;
  throw new S3Failure('MalformedXML', `${root.name} needs a ${name}: ${words.join(' or ')}.`);
}

function lockedObject(call: Call): Version {
  requireLock(bucketOf(call.store, call.target.bucket));
  return objectOf(call.store, call.target.bucket, call.target.key, versionIdOf(call));
}

function change(call: Call, changed: (version: Version) => Version): Reply {
  const version = transact(call.store.db, () => {
    const version = changed(lockedObject(call));
    call.store.catalog.update(version);
    return version;
  });
  return { status: 200, headers: versionHeader(version) };
}

function noConfiguration(): S3Failure {
  const message = 'The specified object does not have a ObjectLock configuration';
  return new S3Failure('NoSuchObjectLockConfiguration', message);
}
