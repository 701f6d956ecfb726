/**
 * A tiding (告知事项): what became of a certificate, told to those who rely on it, in the notice of the day. Unlike a duty it asks
 * for nothing by a deadline, so it is neither put off nor gathered: it goes at once.
 */
import * as z from 'zod';
import { once } from '../../kernel/once.ts';
import type { Text } from '../../kernel/refusal.ts';

/** By the event that it tells of; `ending`: its last day comes near. */
export const tidings = {
  issued: { zh: '已编号发证', en: 'was issued', event: 'certificate.issued' },
  changed: { zh: '已决定变更', en: 'is to be changed', event: 'certificate.amended' },
  renewed: { zh: '已决定续期', en: 'is to be renewed', event: 'certificate.renewed' },
  suspended: { zh: '已中止', en: 'was suspended', event: 'certificate.suspended' },
  resumed: { zh: '已恢复', en: 'was resumed', event: 'certificate.resumed' },
  revoked: { zh: '已撤销', en: 'was revoked', event: 'certificate.revoked' },
  cancelled: { zh: '已注销', en: 'was cancelled', event: 'certificate.cancelled' },
  expired: { zh: '已到期', en: 'has expired', event: 'certificate.expired' },
  ending: { zh: '即将到期', en: 'is about to end', event: 'certificate.renewal-reminded' },
} as const;
export type TidingName = keyof typeof tidings;
export const tidingNames = Object.keys(tidings) as [TidingName, ...TidingName[]];

export const Tiding = once(() =>
  z.object({
    certificate: z.string(),
    /** Audit number of the event that it tells of. */
    event: z.int(),
    what: z.enum(tidingNames),
    number: z.string(),
    project: z.string(),
    /** Of the project. */
    name: z.string(),
    /** Civil days: of the event, and the certificate's last. */
    on: z.string(),
    validTo: z.string(),
    /** 决定文号 */
    document: z.string().optional(),
  }),
);
export type Tiding = z.infer<ReturnType<typeof Tiding>>;

/** What an event of a certificate is told as; undefined: nobody is told of it. */
export function tidingFor(event: string): TidingName | undefined {
  return tidingNames.find((name) => tidings[name].event === event);
}

/** One event of one certificate: told once, however often it comes. */
export function tidingKey({ certificate, event }: Pick<Tiding, 'certificate' | 'event'>): string {
  return `${certificate}/${event}`;
}

/** After these the certificate proves nothing more: who relies on it must not grant anything on it. */
const stops: readonly TidingName[] = ['suspended', 'revoked', 'cancelled', 'expired'];

/** A tiding in words: which certificate, whose project, what became of it, what that means. */
export function tidingWords({ what, number, name, on, validTo, document }: Tiding): Text {
  const { zh, en } = tidings[what];
  const under = document === undefined ? { zh: '', en: '' } : { zh: `（${document}）`, en: ` (${document})` };
  if (what === 'ending')
    return {
      zh: `${number}（${name}）有效期至${validTo}，${zh}。继续运营的，应在届满三十日前申请续期（行政许可法第五十条）。`,
      en: `${number} (${name}) runs until ${validTo} and ${en}. To go on, apply for renewal thirty days before (行政许可法 art. 50).`,
    };
  const meaning = stops.includes(what)
    ? {
        zh: '凭该认定书办理的事项请予停止或复核。',
        en: 'What is granted on it is to be stopped or looked at again.',
      }
    : { zh: `有效期至${validTo}。`, en: `It runs until ${validTo}.` };
  return {
    zh: `${number}（${name}）${on}${zh}${under.zh}。${meaning.zh}`,
    en: `${number} (${name}) ${en} on ${on}${under.en}. ${meaning.en}`,
  };
}
