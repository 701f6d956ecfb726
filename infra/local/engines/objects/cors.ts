import type { Bucket, CorsRule } from './bucket-settings.ts';
import { S3Failure } from './failures.ts';

/** What a browser asks before or with a request. */
export interface CorsQuestion {
  readonly origin: string;
  readonly method: string;
  /** `Access-Control-Request-Headers`, of a preflight. */
  readonly requestHeaders?: string;
}

/** The headers the first matching rule of the bucket grants; none when no rule matches. */
export function corsHeaders(bucket: Bucket | undefined, question: CorsQuestion): Record<string, string> {
  const rule = bucket?.settings.cors?.find((candidate) => grants(candidate, question));
  if (rule === undefined) return {};
  const anyone = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': anyone ? '*' : question.origin,
    ...(anyone ? {} : { 'access-control-allow-credentials': 'true' }),
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(question.requestHeaders === undefined
      ? {}
      : { 'access-control-allow-headers': question.requestHeaders.toLowerCase() }),
    ...(rule.exposedHeaders === undefined
      ? {}
      : { 'access-control-expose-headers': rule.exposedHeaders.join(', ') }),
    ...(rule.maxAge === undefined ? {} : { 'access-control-max-age': String(rule.maxAge) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** The answer to a preflight. Throws S3Failure AccessForbidden where no rule grants it. */
export function preflight(
  bucket: Bucket | undefined,
  question: CorsQuestion | undefined,
): Record<string, string> {
  const headers = question && corsHeaders(bucket, question);
  if (headers?.['access-control-allow-origin'] !== undefined) return headers;
  throw new S3Failure('AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
}

function grants(rule: CorsRule, question: CorsQuestion): boolean {
  const headers = (question.requestHeaders ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return (
    rule.allowedMethods.includes(question.method) &&
    rule.allowedOrigins.some((pattern) => matches(pattern, question.origin)) &&
    headers.every((name) =>
      rule.allowedHeaders?.some((pattern) => matches(pattern.toLowerCase(), name.toLowerCase())),
    )
  );
}

/** `*` stands once, for any run of characters. */
function matches(pattern: string, text: string): boolean {
  const [head = '', tail] = pattern.split('*');
  if (tail === undefined) return pattern === text;
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}
