import { S3Failure } from './failures.ts';
import { hmacHex, sameText, signingKeyOf, wrongSignature, type Verifier } from './signature.ts';
import type { Fields } from './target.ts';

/** What a policy allows of the file's size, in bytes. */
export interface SizeRange {
  readonly smallest: number;
  readonly largest: number;
}

interface FieldCondition {
  readonly kind: 'eq' | 'starts-with';
  readonly field: string;
  readonly value: string;
  readonly shown: string;
}

type Condition = FieldCondition | { readonly kind: 'size'; readonly range: SizeRange };

interface Policy {
  readonly expires: number;
  readonly conditions: readonly Condition[];
}

/** Fields no condition has to speak of. */
const exempt = new Set(['policy', 'x-amz-signature', 'file']);

/**
 * Verifies a form against the policy it carries: signature, expiry, every condition, and a condition for every field.
 * @param fields with `bucket` and `key` as they will be used
 * @returns who signed, and the sizes allowed
 * @throws S3Failure AccessDenied, SignatureDoesNotMatch, InvalidAccessKeyId, InvalidPolicyDocument, InvalidArgument
 */
export function verifyForm(fields: Fields, verifier: Verifier): { accessKeyId: string; size: SizeRange } {
  const encoded = fields.get('policy');
  if (encoded === undefined) throw new S3Failure('AccessDenied', 'Access Denied: the form carries no policy');
  const accessKeyId = verifyPolicySignature(encoded, fields, verifier);
  const policy = readPolicy(encoded);
  if (verifier.now() >= policy.expires)
    throw new S3Failure('AccessDenied', 'Invalid according to Policy: Policy expired.');
  const covered = new Set(exempt);
  let size = { smallest: 0, largest: 5 * 1024 ** 3 };
  for (const condition of policy.conditions) {
    if (condition.kind === 'size') {
      size = condition.range;
      continue;
    }
    covered.add(condition.field);
    if (isMet(condition, fields.get(condition.field) ?? '')) continue;
    throw new S3Failure(
      'AccessDenied',
      `Invalid according to Policy: Policy Condition failed: ${condition.shown}`,
    );
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !name.startsWith('x-ignore-'));
  if (extra.length > 0) {
    throw new S3Failure(
      'AccessDenied',
      `Invalid according to Policy: Extra input fields: ${extra.join(', ')}`,
    );
  }
  return { accessKeyId, size };
}

function isMet({ kind, field, value: wanted }: FieldCondition, given: string): boolean {
  if (kind === 'eq') return given === wanted;
  // A content type may be a list; each of its types has to begin as the policy says.
  if (field !== 'content-type') return given.startsWith(wanted);
  return given.split(',').every((type) => type.trim().startsWith(wanted));
}

function verifyPolicySignature(policy: string, fields: Fields, verifier: Verifier): string {
  const required = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'];
  const [algorithm = '', credential = '', amzDate = '', signature = ''] = required.map((name) => {
    const value = fields.get(name);
    if (value !== undefined) return value;
    throw new S3Failure('InvalidArgument', `Bucket POST must contain a field named '${name}'.`);
  });
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw new S3Failure('InvalidArgument', 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  const { accessKeyId, signingKey } = signingKeyOf(credential, amzDate, verifier);
  if (!sameText(hmacHex(signingKey, policy), signature)) throw wrongSignature();
  return accessKeyId;
}

function readPolicy(encoded: string): Policy {
  const policy = parsed(encoded);
  if (!isRecord(policy) || !Array.isArray(policy['conditions']))
    throw invalid('it needs an expiration and conditions');
  const expires = Date.parse(String(policy['expiration']));
  if (Number.isNaN(expires)) throw invalid('its expiration is not a date');
  return { expires, conditions: policy['conditions'].flatMap(readCondition) };
}

function parsed(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw invalid('it is not JSON');
  }
}

function readCondition(condition: unknown): Condition[] {
  const shown = JSON.stringify(condition);
  if (isRecord(condition)) {
    return Object.entries(condition).map(([field, value]) => ({
      kind: 'eq',
      field: field.toLowerCase(),
      value: textOf(value),
      shown: JSON.stringify(['eq', `$${field}`, value]),
    }));
  }
  if (!Array.isArray(condition) || condition.length !== 3) throw invalid(`${shown} is no condition`);
  const [operator, left, right] = condition as unknown[];
  const kind = textOf(operator).toLowerCase();
  if (kind === 'content-length-range')
    return [{ kind: 'size', range: { smallest: bytesOf(left), largest: bytesOf(right) } }];
  const field = textOf(left);
  if ((kind !== 'eq' && kind !== 'starts-with') || !field.startsWith('$'))
    throw invalid(`${shown} is no condition`);
  return [{ kind, field: field.slice(1).toLowerCase(), value: textOf(right), shown }];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw invalid(`${JSON.stringify(value)} should be text`);
}

function bytesOf(value: unknown): number {
  const bytes = Number(value);
  if (Number.isInteger(bytes) && bytes >= 0) return bytes;
  throw invalid('a content-length-range needs two counts of bytes');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(reason: string): S3Failure {
  return new S3Failure('InvalidPolicyDocument', `Invalid Policy: ${reason}.`);
}
