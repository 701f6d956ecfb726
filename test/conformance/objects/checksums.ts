import { same } from '../check.ts';
import { denied, get, head, put, text } from './asking.ts';
import { api, guide, type ObjectsTheme, type Target } from './target.ts';
import { ask, saysNo, saysYes } from './wire.ts';

const source = guide('Checking object integrity in Amazon S3');
const putObject = api('PutObject');

/** The published check values: each algorithm over the nine digits "123456789". */
const known = [
  ['CRC32', 'ChecksumCRC32', 'y/Q5Jg=='],
  ['CRC32C', 'ChecksumCRC32C', '4waSgw=='],
  ['SHA1', 'ChecksumSHA1', '98O8HYCOBHMq32eZZczDTKeuNEE='],
  ['SHA256', 'ChecksumSHA256', 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU='],
  ['CRC64NVME', 'ChecksumCRC64NVME', 'rosUhgp5mIg='],
] as const;
const digits = '123456789';

async function upload(target: Target, headers: Readonly<Record<string, string>>, body = digits) {
  const bucket = await target.bucket();
  return { bucket, answer: await ask(target, { method: 'PUT', bucket, key: 'k', headers, body }) };
}

export const checksums: ObjectsTheme = {
  title: 'Checksums',
  checks: [
    ...known.flatMap(([algorithm, member, value]) => {
      const header = `x-amz-checksum-${algorithm.toLowerCase()}`;
      return [
        {
          name: `${algorithm}: the right value is taken, kept and given on demand`,
          source,
          async run(target: Target) {
            const { bucket, answer } = await upload(target, { [header]: value });
            saysYes(answer);
            same('told to the writer', answer.headers[header], value);
            const seen = await head(target, bucket, 'k', { ChecksumMode: 'ENABLED' });
            same('told to the reader', seen[member], value);
          },
        },
        {
          name: `${algorithm}: a wrong value is refused, and nothing is kept`,
          source,
          async run(target: Target) {
            const { bucket, answer } = await upload(target, { [header]: value }, '987654321');
            saysNo(answer, 400, 'BadDigest');
            await denied(text(target, bucket, 'k'), 404, 'NoSuchKey');
          },
        },
      ];
    }),
    ...known
      .filter(([algorithm]) => algorithm !== 'CRC64NVME')
      .map(([algorithm, member, value]) => ({
        name: `${algorithm}: the SDK's own value is the published one`,
        source,
        async run(target: Target) {
          const bucket = await target.bucket();
          const written = await put(target, bucket, 'k', digits, { ChecksumAlgorithm: algorithm });
          same('checksum', written[member], value);
        },
      })),
    {
      name: 'an object that came without a checksum gets a CRC64NVME',
      source: guide('Checking object integrity in Amazon S3, Default checksum'),
      async run(target) {
        const { bucket, answer } = await upload(target, {});
        saysYes(answer);
        const { ChecksumCRC64NVME, ChecksumType } = await head(target, bucket, 'k', {
          ChecksumMode: 'ENABLED',
        });
        same('checksum', [ChecksumCRC64NVME, ChecksumType], ['rosUhgp5mIg=', 'FULL_OBJECT']);
        same('the bytes, verified by the SDK', await text(target, bucket, 'k'), digits);
      },
    },
    {
      name: 'no checksum is told to who does not ask for it',
      source: api('HeadObject, x-amz-checksum-mode'),
      async run(target) {
        const { bucket } = await upload(target, { 'x-amz-checksum-crc32': 'y/Q5Jg==' });
        const quiet = { ...target, s3: target.client({ responseChecksumValidation: 'WHEN_REQUIRED' }) };
        same('checksum', (await get(quiet, bucket, 'k')).ChecksumCRC32, undefined);
      },
    },
    {
      name: 'two checksums are refused',
      source: api('Error responses, InvalidRequest'),
      async run(target) {
        const both = { 'x-amz-checksum-crc32': 'y/Q5Jg==', 'x-amz-checksum-crc32c': '4waSgw==' };
        saysNo((await upload(target, both)).answer, 400, 'InvalidRequest');
      },
    },
    {
      name: 'a value that is no checksum is refused',
      source: api('Error responses, InvalidRequest'),
      async run(target) {
        saysNo((await upload(target, { 'x-amz-checksum-crc32': 'short' })).answer, 400, 'InvalidRequest');
      },
    },
    {
      name: 'an announced algorithm without its checksum is refused',
      source: api('PutObject, x-amz-sdk-checksum-algorithm'),
      async run(target) {
        const { answer } = await upload(target, { 'x-amz-sdk-checksum-algorithm': 'CRC32' });
        saysNo(answer, 400, 'InvalidRequest');
      },
    },
    {
      name: 'Content-MD5: the right value is taken',
      source: putObject,
      async run(target) {
        saysYes((await upload(target, { 'content-md5': 'JfnnlDI7RTiF9RgfG2JNCw==' })).answer);
      },
    },
    {
      name: 'Content-MD5: a wrong value is refused',
      source: api('Error responses, BadDigest'),
      async run(target) {
        const headers = { 'content-md5': 'JfnnlDI7RTiF9RgfG2JNCw==' };
        saysNo((await upload(target, headers, '987654321')).answer, 400, 'BadDigest');
      },
    },
    {
      name: 'Content-MD5: what is no MD5 is refused',
      source: api('Error responses, InvalidDigest'),
      async run(target) {
        saysNo((await upload(target, { 'content-md5': 'short' })).answer, 400, 'InvalidDigest');
      },
    },
  ],
};
