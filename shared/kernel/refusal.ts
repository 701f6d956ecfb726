/**
 * The closed union of refusals. A refusal is an answer, not an accident: it has a code, a status, a text in both
 * languages, and every reason with the place where it lies. Bugs are thrown; refusals are returned.
 */
import { refusalTexts } from './refusal-texts.ts';

export type Locale = 'zh-CN' | 'en';

export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Params = Readonly<Record<string, string | number>>;

export type RefusalCode = keyof typeof refusalTexts;

/** One thing that is wrong, and where: `pointer` is a JSON Pointer (RFC 6901) into the request's body, or empty. */
export interface Reason {
  readonly code: string;
  readonly pointer: string;
  readonly text: Text;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Params;
  readonly errors: readonly Reason[];
}

/** Makes a refusal; `params` fill the `{holes}` of its text. */
export function refusal(code: RefusalCode, params: Params = {}, errors: readonly Reason[] = []): Refusal {
  return { code, params, errors };
}

export function statusOf(code: RefusalCode): number {
  return refusalTexts[code].status;
}

/** Fills `{holes}` in both languages. A hole without a value stays visible, so that a test finds it. */
export function fill(text: Text, params: Params): Text {
  const one = (template: string): string =>
    template.replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
  return { zh: one(text.zh), en: one(text.en) };
}

/** What a refusal says, in both languages. */
export function textOf(refused: Refusal): Text {
  return fill(refusalTexts[refused.code], refused.params);
}

export function inLocale(text: Text, locale: Locale): string {
  return locale === 'en' ? text.en : text.zh;
}
