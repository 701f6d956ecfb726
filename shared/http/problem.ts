/** RFC 9457 problems in the caller's language, with every reason and a JSON Pointer each. */
import { fill, inLocale, statusOf, textOf, type Locale, type Refusal } from '../kernel/refusal.ts';

export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body is base64 of bytes: a file. */
  readonly isBase64Encoded?: boolean;
}

/** `Accept-Language`: Chinese unless English is preferred. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality = 'q=1'] = part.trim().split(';');
      return { tag: tag.trim().toLowerCase(), quality: Number(quality.trim().slice(2)) || 0 };
    })
    .filter(({ tag, quality }) => quality > 0 && (tag.startsWith('zh') || tag.startsWith('en')))
    .sort((a, b) => b.quality - a.quality)[0];
  return first?.tag.startsWith('en') ? 'en' : 'zh-CN';
}

/** @param correlationId what the caller can quote, and what the logs are searched by */
export function problem(
  refused: Refusal,
  locale: Locale,
  instance: string,
  correlationId?: string,
): HttpResult {
  const status = statusOf(refused.code);
  const body = {
    type: `urn:anju:problem:${refused.code}`,
    title: refused.code,
    status,
    code: refused.code,
    detail: inLocale(textOf(refused), locale),
    instance,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(refused.errors.length > 0
      ? {
          errors: refused.errors.map(({ code, pointer, text }) => ({
            code,
            pointer,
            detail: inLocale(fill(text, refused.params), locale),
          })),
        }
      : {}),
  };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': locale,
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': '1' } : {}),
    },
    body: JSON.stringify(body),
  };
}

export function json(
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}
