import { documentOf, versionIdOf, xmlReply, type Call, type Reply } from './call.ts';
import { transact } from './database.ts';
import { S3Failure } from './failures.ts';
import { eventOf } from './outbox.ts';
import { bucketOf, objectOf, versionHeader } from './store.ts';
import { childText, childrenOf, type XmlElement } from './xml.ts';

export type Tags = readonly (readonly [string, string])[];

/** `x-amz-tagging: a=b&c=d`. */
export function tagsOfHeader(header: string | undefined): Tags {
  return checked([...new URLSearchParams(header ?? '')]);
}

/** PutObjectTagging: the new tags take the place of all the old ones. */
export async function putTagging(call: Call): Promise<Reply> {
  return replaceTags(call, tagsOfDocument(await documentOf(call)));
}

/**
 * The tags of a `Tagging`.
 * @throws S3Failure MalformedXML, InvalidTag, BadRequest
 */
export function tagsOfDocument(root: XmlElement): Tags {
  const set = childrenOf(root, 'TagSet')[0];
  if (root.name !== 'Tagging' || set === undefined) {
    throw new S3Failure('MalformedXML', 'The XML you provided was not a Tagging with a TagSet.');
  }
  const tags = childrenOf(set, 'Tag').map(
    (tag) => [childText(tag, 'Key') ?? '', childText(tag, 'Value') ?? ''] as const,
  );
  return checked(tags);
}

/** DeleteObjectTagging. */
export function deleteTagging(call: Call): Reply {
  return { ...replaceTags(call, []), status: 204 };
}

/** GetObjectTagging. */
export function getTagging(call: Call): Reply {
  const version = objectOf(call.store, call.target.bucket, call.target.key, versionIdOf(call));
  const tags = version.tags.map(([key, value]) => ({ Key: key, Value: value }));
  return xmlReply('Tagging', { TagSet: { Tag: tags } }, versionHeader(version));
}

function replaceTags(call: Call, tags: Tags): Reply {
  const { store, target } = call;
  const announced = bucketOf(store, target.bucket).settings.events !== false && tags.length > 0;
  const { version, event } = transact(store.db, () => {
    const version = { ...objectOf(store, target.bucket, target.key, versionIdOf(call)), tags };
    store.catalog.update(version);
    const event = eventOf('Object Tags Added', version, call.origin, store.now(), {});
    if (announced) store.outbox.add(event);
    return { version, event };
  });
  if (announced) store.announce(event);
  return { status: 200, headers: versionHeader(version) };
}

/** Letters, digits and spaces of any script, and a few signs. */
const allowed = /^[\p{L}\p{M}\p{N}\p{Z}_.:/=+@-]*$/u;

function checked(tags: Tags): Tags {
  if (tags.length > 10) throw new S3Failure('BadRequest', 'Object tags cannot be greater than 10');
  if (new Set(tags.map(([key]) => key)).size < tags.length) {
    throw new S3Failure('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  for (const [key, value] of tags) {
    if (key === '' || key.length > 128 || !allowed.test(key))
      throw new S3Failure('InvalidTag', 'The TagKey you have provided is invalid');
    if (value.length > 256 || !allowed.test(value))
      throw new S3Failure('InvalidTag', 'The TagValue you have provided is invalid');
  }
  return tags;
}
