import type { IncomingMessage } from 'node:http';
import { xmlReply, type Reply } from './call.ts';
import { draftOf } from './draft.ts';
import { expectationsOf, missingSums } from './expectations.ts';
import { S3Failure } from './failures.ts';
import { readForm, type Form } from './form.ts';
import { bytesOf, incomingOf, receive } from './incoming.ts';
import type { Origin } from './outbox.ts';
import { verifyForm } from './post-policy.ts';
import { requireAllowed, type Verifier } from './signature.ts';
import { bucketOf, putVersion, type Store } from './store.ts';
import { tagsOfDocument, type Tags } from './tags.ts';
import { pathEncoded, type Fields, type Target } from './target.ts';
import { keptOf, requireChecksum, writtenHeaders } from './writing.ts';
import { readXml } from './xml.ts';

/** A browser's upload: a form to the bucket, carrying a signed policy. The form is judged before its file is read. */
export async function postObject(
  store: Store,
  request: IncomingMessage,
  target: Target,
  verifier: Verifier,
  asked: Omit<Origin, 'requester'>,
): Promise<Reply> {
  const bucket = bucketOf(store, target.bucket);
  const form = await readForm(bytesOf(request), request.headers['content-type'] ?? '');
  const fields = usedFields(form, target.bucket);
  const key = fields.get('key') ?? '';
  const { accessKeyId, size } = verifyForm(fields, verifier);
  // The form does what its signer may do, at the moment of its use.
  requireAllowed(verifier, accessKeyId, { operation: 'POST object', bucket: bucket.name, key });
  const expected = expectationsOf(fields);
  const draft = { ...draftOf(fields, bucket, store.now()), ...tagsOfForm(fields) };
  requireChecksum(draft, expected);
  const received = await receive(store.blobs, incomingOf(form.file.bytes), expected, {
    largest: size.largest,
    extra: missingSums(expected),
  });
  if (received.size < size.smallest) {
    store.blobs.remove(received.blob);
    throw new S3Failure('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const origin = { ...asked, requester: accessKeyId };
  const options = { conditions: {}, reason: 'POST Object', origin } as const;
  const version = putVersion(store, { bucket, key }, keptOf(received), draft, options);
  const location = `http://${request.headers.host ?? 'localhost'}/${bucket.name}/${pathEncoded(key)}`;
  return answer(fields, { bucket: bucket.name, key, etag: version.etag, location }, writtenHeaders(version));
}

/** A form gives its tags as a document, where a request gives them in a header. */
function tagsOfForm(fields: Fields): { tags?: Tags } {
  const document = fields.get('tagging');
  return document === undefined ? {} : { tags: tagsOfDocument(readXml(document)) };
}

/** The fields with the bucket of the address, and the key with the file's name in its place. */
function usedFields(form: Form, bucket: string): Fields {
  const { fields, file } = form;
  const key = fields.get('key');
  if (key === undefined || key === '') {
    throw new S3Failure(
      'InvalidArgument',
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
    );
  }
  if ((fields.get('bucket') ?? bucket) !== bucket) {
    throw new S3Failure('InvalidArgument', 'The field "bucket" is not the bucket of the address.');
  }
  const used = key.replaceAll('${filename}', () => file.name);
  if (Buffer.byteLength(used) > 1024) throw new S3Failure('KeyTooLongError', 'Your key is too long');
  return new Map([...fields, ['bucket', bucket], ['key', used]]);
}

function answer(
  fields: Fields,
  posted: { bucket: string; key: string; etag: string; location: string },
  headers: Record<string, string>,
): Reply {
  const redirect = fields.get('success_action_redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    for (const name of ['bucket', 'key', 'etag'] as const) url.searchParams.set(name, posted[name]);
    return { status: 303, headers: { ...headers, location: url.href } };
  }
  const status = fields.get('success_action_status');
  const located = { ...headers, location: posted.location };
  if (status === '200') return { status: 200, headers: located };
  if (status !== '201') return { status: 204, headers: located };
  const result = { Location: posted.location, Bucket: posted.bucket, Key: posted.key, ETag: posted.etag };
  return xmlReply('PostResponse', result, located, 201);
}
