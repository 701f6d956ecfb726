/** A browser's form, signed and sent, for the checks of POST policies. */
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { policyFields, signedPolicy } from './signing.ts';
import type { Target } from './target.ts';
import { send, signerOf, type Answer } from './wire.ts';

export type Fields = Readonly<Record<string, string>>;

export interface Upload {
  readonly file?: string;
  readonly filename?: string;
  /** What follows the file. */
  readonly after?: Fields;
}

/** Sends fields and a file to the bucket, as a browser does. */
export async function postForm(
  target: Target,
  bucket: string,
  fields: Fields,
  { file = 'plan', filename = 'plan.pdf', after = {} }: Upload = {},
): Promise<Answer> {
  return postParts(target, bucket, [
    ...Object.entries(fields).map(([name, value]) => field(name, value)),
    `Content-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n${file}`,
    ...Object.entries(after).map(([name, value]) => field(name, value)),
  ]);
}

export function field(name: string, value: string): string {
  return `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
}

/** Sends a form of these parts. */
export async function postParts(target: Target, bucket: string, parts: readonly string[]): Promise<Answer> {
  const body = Buffer.from(
    `${parts.map((part) => `--the-boundary\r\n${part}\r\n`).join('')}--the-boundary--\r\n`,
  );
  const headers = {
    host: new URL(target.url).host,
    'content-type': 'multipart/form-data; boundary=the-boundary',
    'content-length': String(body.length),
  };
  return send(target, 'POST', `/${bucket}`, headers, body);
}

/** The fields that the SDK's presigner makes. */
export async function fieldsOf(
  target: Target,
  bucket: string,
  options: Partial<PresignedPostOptions> & { readonly Key: string },
): Promise<Record<string, string>> {
  const made = await createPresignedPost(target.s3, { Bucket: bucket, Expires: 600, ...options });
  return made.fields;
}

/** Fields with a policy of these very words, signed. */
export function fieldsUnder(target: Target, policy: string, fields: Fields, at = new Date()): Fields {
  const signer = signerOf(target, { at });
  return { ...fields, ...policyFields(signer), ...signedPolicy(policy, signer) };
}

/** A policy that expires in ten minutes and speaks of the fields that sign it. */
export function policyOf(target: Target, bucket: string, conditions: readonly unknown[]): string {
  const own = Object.entries(policyFields(signerOf(target))).map(([name, value]) => ({ [name]: value }));
  const expiration = new Date(Date.now() + 600_000).toISOString();
  return JSON.stringify({ expiration, conditions: [{ bucket }, ...own, ...conditions] });
}
