import { createHash } from 'node:crypto';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveEngine, type Served } from '../../../infra/local/engines/objects/testing.ts';
import type { Document } from '../../domain/documents/document.ts';
import { downloadDesk, quarantineOf, uploadDesk } from './documents.ts';

let served: Served;
beforeAll(async () => {
  served = await serveEngine();
  served.engine.createBucket('quarantine', { versioning: true });
  served.engine.createBucket('clean', { versioning: true });
});
afterAll(() => served.close());

const bytes = Buffer.from('%PDF-1.7 发展规划');
let made = 0;

function documentOf(content = bytes): Document {
  made += 1;
  return {
    id: `d-${made}`,
    submission: 's-1',
    owner: '150600',
    paper: 'plan',
    fileName: '发展规划 “送审稿”(1).pdf',
    type: 'pdf',
    length: content.length,
    sha256: createHash('sha256').update(content).digest('base64'),
    state: 'awaiting-upload',
    fromVersion: 1,
    requestedAt: '2021-11-01T00:00:00.000Z',
    expiresAt: '2021-11-01T00:30:00.000Z',
    released: false,
    seq: 1,
    hash: '',
  };
}

/** Sends the file with the ticket's fields, as a browser would, some of them changed. */
async function upload(document: Document, file: Buffer, changed: Record<string, string> = {}) {
  const { url, fields } = await uploadDesk(served.s3, 'quarantine').ticket(document, document.requestedAt);
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...changed })) form.set(name, value);
  form.set('file', new Blob([Buffer.from(file)]), 'any.pdf');
  const answer = await fetch(url, { method: 'POST', body: form });
  const text = await answer.text();
  const code = /<Code>(.*)<\/Code>/.exec(text)?.[1];
  return { status: answer.status, code, version: answer.headers.get('x-amz-version-id') ?? '' };
}

async function versionsOf(Bucket: string, document: Document): Promise<number> {
  const key = { Bucket, Prefix: `${document.submission}/${document.id}` };
  const { Versions: versions = [] } = await served.s3.send(new ListObjectVersionsCommand(key));
  return versions.length;
}

describe('a ticket', () => {
  it('takes the very file that it was made for, and is good for half an hour', async () => {
    const document = documentOf();
    const ticket = await uploadDesk(served.s3, 'quarantine').ticket(document, '2021-11-01T23:45:00.000Z');
    expect(ticket.expiresAt).toBe('2021-11-02T00:15:00.000Z');
    const { status, version } = await upload(document, bytes);
    expect(status).toBe(204);
    const read = await quarantineOf(served.s3, 'quarantine', 'clean').read('s-1/' + document.id, version);
    expect(Buffer.from(read)).toEqual(bytes);
  });

  const other = Buffer.from(bytes);
  other[9] = 0x20;

  it.each<[string, Buffer, Record<string, string>, string]>([
    ['a longer file', Buffer.concat([bytes, Buffer.from('!')]), {}, 'EntityTooLarge'],
    ['a shorter file', bytes.subarray(1), {}, 'BadDigest'],
    ['other bytes of the same length', other, {}, 'BadDigest'],
    [
      'other bytes under their own hash',
      other,
      { 'x-amz-checksum-sha256': createHash('sha256').update(other).digest('base64') },
      'AccessDenied',
    ],
    ['another media type', bytes, { 'Content-Type': 'text/html' }, 'AccessDenied'],
    ['another key', bytes, { key: 's-2/d-1' }, 'AccessDenied'],
    ['a field more', bytes, { 'x-amz-meta-a': 'b' }, 'AccessDenied'],
  ])('does not take %s', async (_, file, changed, code) => {
    const document = documentOf();
    const answer = await upload(document, file, changed);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.code).toBe(code);
    expect(await versionsOf('quarantine', document)).toBe(0);
  });
});

describe('the quarantine', () => {
  it('releases what has passed, and discards one version and no other', async () => {
    const document = documentOf();
    const key = `s-1/${document.id}`;
    const first = await upload(document, bytes);
    const second = await upload(document, bytes);
    const quarantine = quarantineOf(served.s3, 'quarantine', 'clean');
    await quarantine.release(document, bytes);
    await quarantine.release(document, bytes);
    await quarantine.discard(key, first.version);
    await expect(quarantine.read(key, first.version)).rejects.toMatchObject({ name: 'NoSuchVersion' });
    expect(Buffer.from(await quarantine.read(key, second.version))).toEqual(bytes);
    expect(await versionsOf('clean', document)).toBe(2);
  });

  it('releases no other bytes than those that were announced', async () => {
    const document = documentOf();
    const quarantine = quarantineOf(served.s3, 'quarantine', 'clean');
    await expect(quarantine.release(document, Buffer.from('other'))).rejects.toMatchObject({
      name: 'BadDigest',
    });
    expect(await versionsOf('clean', document)).toBe(0);
  });
});

describe('a link', () => {
  it('brings the file under its own name, for five minutes', async () => {
    const document = documentOf();
    await quarantineOf(served.s3, 'quarantine', 'clean').release(document, bytes);
    const { url, expiresInSeconds } = await downloadDesk(served.s3, 'clean').link(document);
    expect(expiresInSeconds).toBe(300);
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('300');
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const disposition = answer.headers.get('content-disposition') ?? '';
    // RFC 8187: nothing but its attribute characters and percent-encoded octets.
    const [, name = ''] =
      /^attachment; filename\*=UTF-8''((?:[\w!#$&+.^`|~-]|%[0-9A-F]{2})+)$/.exec(disposition) ?? [];
    expect(decodeURIComponent(name)).toBe(document.fileName);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  it('is for that file alone', async () => {
    const [one, other] = [documentOf(), documentOf()];
    const quarantine = quarantineOf(served.s3, 'quarantine', 'clean');
    await Promise.all([quarantine.release(one, bytes), quarantine.release(other, bytes)]);
    const { url } = await downloadDesk(served.s3, 'clean').link(one);
    expect((await fetch(url.replace(`/${one.id}?`, `/${other.id}?`))).status).toBe(403);
  });
});
