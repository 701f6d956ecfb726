import { same } from '../check.ts';
import { denied, get, text } from './asking.ts';
import { fieldsOf, postForm, type Fields, type Upload } from './posting.ts';
import { api, type ObjectsTheme, type Target } from './target.ts';
import { saysNo, saysYes, type Answer } from './wire.ts';

const source = api('POST Policy, Condition Matching');
const conditions = api('POST Policy, Conditions');

type Condition = ['eq' | 'starts-with', string, string] | ['content-length-range', number, number];

interface Form extends Upload {
  readonly key?: string;
  readonly signed?: Fields;
  readonly conditions?: Condition[];
  /** What the sender changes or adds after the signing. */
  readonly changed?: Fields;
}

async function posted(target: Target, form: Form): Promise<{ bucket: string; answer: Answer }> {
  const bucket = await target.bucket();
  const fields = await fieldsOf(target, bucket, {
    Key: form.key ?? 'forms/plan.pdf',
    Fields: { ...form.signed },
    Conditions: [...(form.conditions ?? [])],
  });
  return { bucket, answer: await postForm(target, bucket, { ...fields, ...form.changed }, form) };
}

async function takes(target: Target, form: Form): Promise<string> {
  const { bucket, answer } = await posted(target, form);
  saysYes(answer, 204);
  return bucket;
}

/** Refused, and nothing kept. */
async function refuses(target: Target, status: number, code: string, form: Form): Promise<void> {
  const { bucket, answer } = await posted(target, form);
  saysNo(answer, status, code);
  await denied(text(target, bucket, form.changed?.['key'] ?? form.key ?? 'forms/plan.pdf'), 404);
}

const image: Condition = ['starts-with', '$Content-Type', 'image/'];

export const postConditions: ObjectsTheme = {
  title: 'Conditions of a POST policy',
  checks: [
    {
      name: 'a file longer than content-length-range allows is refused',
      source: conditions,
      run: (target) =>
        refuses(target, 400, 'EntityTooLarge', {
          conditions: [['content-length-range', 1, 3]],
          file: 'plan',
        }),
    },
    {
      name: 'a file shorter than content-length-range allows is refused',
      source: conditions,
      run: (target) =>
        refuses(target, 400, 'EntityTooSmall', {
          conditions: [['content-length-range', 5, 9]],
          file: 'plan',
        }),
    },
    {
      name: 'both ends of content-length-range are allowed',
      source: conditions,
      async run(target) {
        await takes(target, { conditions: [['content-length-range', 4, 9]], file: 'plan' });
        await takes(target, { conditions: [['content-length-range', 1, 4]], file: 'plan' });
      },
    },
    {
      name: 'another content type than the exact one is refused',
      source,
      run: (target) =>
        refuses(target, 403, 'AccessDenied', {
          signed: { 'Content-Type': 'application/pdf' },
          changed: { 'Content-Type': 'text/html' },
        }),
    },
    {
      name: 'the exact content type is taken and kept',
      source,
      async run(target) {
        const bucket = await takes(target, { signed: { 'Content-Type': 'application/pdf' } });
        same('type', (await get(target, bucket, 'forms/plan.pdf')).ContentType, 'application/pdf');
      },
    },
    {
      name: 'another key than the exact one is refused',
      source,
      run: (target) => refuses(target, 403, 'AccessDenied', { changed: { key: 'forms/other.pdf' } }),
    },
    {
      name: 'a key outside its starts-with is refused',
      source,
      run: (target) =>
        refuses(target, 403, 'AccessDenied', {
          key: 'forms/${filename}',
          conditions: [['starts-with', '$key', 'forms/']],
          changed: { key: 'public/plan.pdf' },
        }),
    },
    {
      name: 'a field under starts-with of nothing may say anything',
      source,
      async run(target) {
        const any: Condition = ['starts-with', '$x-amz-meta-note', ''];
        const bucket = await takes(target, { conditions: [any], changed: { 'x-amz-meta-note': 'any' } });
        same('metadata', (await get(target, bucket, 'forms/plan.pdf')).Metadata, { note: 'any' });
      },
    },
    {
      name: 'each content type of a list with commas must meet starts-with: all do',
      source,
      async run(target) {
        await takes(target, {
          conditions: [image],
          changed: { 'Content-Type': 'image/png,image/jpeg' },
        });
      },
    },
    {
      name: 'each content type of a list with commas must meet starts-with: one does not',
      source,
      run: (target) =>
        refuses(target, 403, 'AccessDenied', {
          conditions: [image],
          changed: { 'Content-Type': 'image/png,text/html' },
        }),
    },
    {
      name: 'a field that no condition speaks of is refused',
      source: conditions,
      run: (target) => refuses(target, 403, 'AccessDenied', { changed: { 'x-amz-meta-note': 'more' } }),
    },
    {
      name: 'a field under x-ignore- needs no condition',
      source: conditions,
      async run(target) {
        await takes(target, { changed: { 'x-ignore-browser': 'any' } });
      },
    },
    {
      name: 'a condition on a field that does not come is not met',
      source,
      run: (target) =>
        refuses(target, 403, 'AccessDenied', { conditions: [['eq', '$x-amz-meta-note', 'must']] }),
    },
    {
      name: 'the checksum that was signed binds the bytes of the file',
      source: api('POST Object, x-amz-checksum-sha256'),
      run: (target) =>
        refuses(target, 400, 'BadDigest', {
          signed: { 'x-amz-checksum-sha256': 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=' },
          file: '987654321',
        }),
    },
    {
      name: 'a file of the checksum that was signed is taken',
      source: api('POST Object, x-amz-checksum-sha256'),
      async run(target) {
        const bucket = await takes(target, {
          signed: { 'x-amz-checksum-sha256': 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=' },
          file: '123456789',
        });
        same('the bytes', await text(target, bucket, 'forms/plan.pdf'), '123456789');
      },
    },
    {
      name: 'another checksum than the signed one is refused',
      source,
      run: (target) =>
        refuses(target, 403, 'AccessDenied', {
          signed: { 'x-amz-checksum-crc32': 'y/Q5Jg==' },
          changed: { 'x-amz-checksum-crc32': 'AAAAAA==' },
        }),
    },
  ],
};
