/** How prints spell days, offices, verdicts and files. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { opinionVerdicts } from '../../domain/certificates/terms.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { GivenCondition } from '../../domain/submissions/joint-review/conditions.ts';
import { conditionsOf } from '../../domain/submissions/joint-review/conditions.ts';
import { conditionTimes } from '../../domain/submissions/joint-review/review-file.ts';
import type { Paper, recordedVerdicts } from '../../domain/submissions/submission.ts';
import type { Block } from './print.ts';
import type { ReviewRecords } from './records.ts';

/** In place of what nobody has said yet. */
export const notYet = '尚未出具';
export const none = '无';
/** In place of what nobody has filled in. */
export const blank = '—';

export const verdictWords: Readonly<Record<(typeof recordedVerdicts)[number], string>> = {
  agree: opinionVerdicts.agree.zh,
  'agree-with-conditions': opinionVerdicts['agree-with-conditions'].zh,
  disagree: '不同意',
  silent: opinionVerdicts.silent.zh,
};

/** `2021-10-12` → `2021年10月12日`. */
export function dayWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

export function dayOf(instant: string): string {
  return dayWords(civilDateOf(instant));
}

/** `2021年10月12日 09:30（北京时间）`. */
export function momentWords(instant: string): string {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${dayOf(instant)} ${local.slice(11, 16)}（北京时间）`;
}

/** An owner is known by his credit code: his name stands in what he filed. */
export function officeName(code: string, { head, subject }: ReviewRecords): string {
  return code === head.owner && subject ? subject.owner.name : (officeOf(code)?.zh ?? code);
}

/** Under which authorisation a delegate signed; undefined of who needs none. */
export function delegationOf({ body }: Paper): Delegation | undefined {
  return body['delegation'] as Delegation | undefined;
}

type Delegation = Readonly<Record<'document' | 'limits' | 'to', string>>;

/** The office that wrote the paper, and the day. */
export function signature(records: ReviewRecords, { office, at }: Paper): Block {
  return { kind: 'signature', office: officeName(office, records), on: dayOf(at) };
}

/** `疏散宽度不小于1.4米（认定前落实）`. */
export function conditionWords(given: readonly GivenCondition[]): string[] {
  return conditionsOf(given).map(({ text, before }) => `${text}（${conditionTimes[before].zh}落实）`);
}

export function numbered(sentences: readonly string[]): string {
  return sentences.length <= 1
    ? sentences.join('')
    : sentences.map((one, index) => `${index + 1}. ${one}`).join('\n');
}

/** Files that a step named, as its paper keeps them. */
export function fileWords(documents: unknown): string {
  const files = (Array.isArray(documents) ? documents : []) as readonly { readonly fileName?: string }[];
  return files.length === 0 ? none : files.map(({ fileName = '' }) => `《${fileName}》`).join('、');
}
