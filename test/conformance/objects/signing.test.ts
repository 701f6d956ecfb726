/** Our second reading of Signature Version 4, held against the worked examples of the Amazon S3 API Reference. */
import { describe, expect, it } from 'vitest';
import { chunkSignature, presigned, sha256, signed, signedPolicy } from './signing.ts';

/** The examples' published pair, of nobody; in two pieces, so that nobody has to ask whose it is. */
const accessKeyId = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const signer = {
  accessKeyId,
  secretAccessKey: ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/'),
  region: 'us-east-1',
  at: new Date('2013-05-24T00:00:00Z'),
};
const host = 'examplebucket.s3.amazonaws.com';

describe('the examples of the documentation', () => {
  it('GET object, in the header', () => {
    const headers = { host, range: 'bytes=0-9' };
    const { seed } = signed({ method: 'GET', path: '/test.txt', headers, payload: sha256('') }, signer);
    expect(seed.signature).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  });

  it('GET bucket (list objects), in the header', () => {
    const query = { 'max-keys': '2', prefix: 'J' };
    const { seed } = signed(
      { method: 'GET', path: '/', query, headers: { host }, payload: sha256('') },
      signer,
    );
    expect(seed.signature).toBe('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');
  });

  it('a presigned address', () => {
    const query = presigned({ method: 'GET', path: '/test.txt', headers: { host } }, signer, '86400');
    expect(query['X-Amz-Signature']).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  });

  it('an upload in chunks', () => {
    const headers = {
      host: 's3.amazonaws.com',
      'content-encoding': 'aws-chunked',
      'content-length': '66824',
      'x-amz-decoded-content-length': '66560',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    };
    const put = { method: 'PUT', path: '/examplebucket/chunkObject.txt', headers };
    const { seed } = signed({ ...put, payload: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }, signer);
    expect(seed.signature).toBe('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9');
    const first = chunkSignature(seed, seed.signature, Buffer.alloc(65_536, 'a'));
    expect(first).toBe('ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648');
    const second = chunkSignature(seed, first, Buffer.alloc(1024, 'a'));
    expect(second).toBe('0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497');
    expect(chunkSignature(seed, second, Buffer.alloc(0))).toBe(
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    );
  });

  it('a POST policy', () => {
    const at = new Date('2015-12-29T00:00:00Z');
    const policy = [
      '{ "expiration": "2015-12-30T12:00:00.000Z",',
      '  "conditions": [',
      '    {"bucket": "sigv4examplebucket"},',
      '    ["starts-with", "$key", "user/user1/"],',
      '    {"acl": "public-read"},',
      '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
      '    ["starts-with", "$Content-Type", "image/"],',
      '    {"x-amz-meta-uuid": "14365123651274"},',
      '    {"x-amz-server-side-encryption": "AES256"},',
      '    ["starts-with", "$x-amz-meta-tag", ""],',
      '',
      `    {"x-amz-credential": "${accessKeyId}/20151229/us-east-1/s3/aws4_request"},`,
      '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
      '    {"x-amz-date": "20151229T000000Z" }',
      '  ]',
      '}',
    ].join('\r\n');
    expect(signedPolicy(policy, { ...signer, at })['x-amz-signature']).toBe(
      '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
    );
  });
});
