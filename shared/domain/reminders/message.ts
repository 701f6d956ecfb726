/** The words of a notice on its way (通知文本): a mail in Chinese with English below, or the other way round, and a text message. */
import type { Locale, Text } from '../../kernel/refusal.ts';
import { officeOf } from '../identity/offices.ts';
import { roles, type Role } from '../identity/roles.ts';
import { wordsOf, type NoticeLine } from './notice.ts';
import { tidings as tidingTexts, tidingWords, type Tiding } from './tiding.ts';

export interface Part {
  readonly office: string;
  readonly role: string;
  readonly lines: readonly NoticeLine[];
  readonly tidings?: readonly Tiding[];
  readonly coversFor?: string;
}

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** @param link the one address in it: the inbox, where everything can be read and settled */
export function mailOf(parts: readonly Part[], locale: Locale, link: string): Mail {
  const subject = pick(subjectOf(parts), locale);
  const languages: readonly Locale[] = locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en'];
  const blocks = languages.map((language) => blockOf(parts, language, link));
  const text = blocks.map(({ paragraphs }) => paragraphs.join('\n\n')).join('\n\n――――――――――\n\n');
  const html = blocks
    .map(({ paragraphs }) => paragraphs.map((one) => `<p>${linked(escaped(one), link)}</p>`).join('\n'))
    .join('\n<hr>\n');
  return {
    subject,
    text: `${text}\n`,
    html: `<!doctype html>\n<html lang="${locale}"><meta charset="utf-8"><body>\n${html}\n</body></html>\n`,
  };
}

/** One sentence without a name or a link: it is read on a locked screen, and costs by its length. */
export function shortOf(parts: readonly Part[], locale: Locale): string {
  const lines = parts.flatMap((part) => part.lines);
  const news = parts.flatMap(({ tidings = [] }) => tidings).length;
  const late = lines.filter(({ workingDays }) => workingDays < 0).length;
  const nearest = Math.min(
    ...lines.filter(({ workingDays }) => workingDays >= 0).map(({ workingDays }) => workingDays),
  );
  const zh = [
    ...(news > 0 ? [`${news}项认定书变动`] : []),
    ...(late > 0 ? [`${late}项报送义务已逾期`] : []),
    ...(lines.length > late ? [`${lines.length - late}项将到期，最近一项还有${nearest}个工作日`] : []),
  ].join('，');
  const en = [
    ...(news > 0 ? [`${news} certificate(s) changed`] : []),
    ...(late > 0 ? [`${late} overdue`] : []),
    ...(lines.length > late ? [`${lines.length - late} due, the next in ${nearest} working day(s)`] : []),
  ].join(', ');
  return locale === 'en'
    ? `[Anju] ${lines.length > 0 ? 'Duties: ' : ''}${en}. See your inbox on the platform.`
    : `【安居】${zh}。请登录平台查看通知。`;
}

function subjectOf(parts: readonly Part[]): Text {
  const lines = parts.flatMap((part) => part.lines);
  const news = parts.flatMap(({ tidings = [] }) => tidings);
  if (lines.length === 0) return newsSubject(news);
  const { zh, en } = dutiesSubject(lines);
  return news.length === 0
    ? { zh, en }
    : { zh: `${zh}；${news.length}项认定书变动`, en: `${en}; ${news.length} certificate(s) changed` };
}

function newsSubject(news: readonly Tiding[]): Text {
  const [only] = news;
  if (!only || news.length > 1)
    return { zh: `【认定书】${news.length}项变动`, en: `[Certificates] ${news.length} changed` };
  const { zh, en } = tidingTexts[only.what];
  return { zh: `【认定书】${only.number}${zh}`, en: `[Certificate] ${only.number} ${en}` };
}

function dutiesSubject(lines: readonly NoticeLine[]): Text {
  const late = lines.filter(({ workingDays }) => workingDays < 0).length;
  const cities = [...new Set(lines.map(({ city }) => city))];
  const [first] = cities;
  const place = officeOf(first ?? '');
  const [zhWho, enWho] =
    cities.length === 1
      ? [place?.zh ?? '', place?.en ?? '']
      : [`${cities.length}个盟市`, `${cities.length} cities`];
  return late > 0
    ? {
        zh: `【逾期催报】${zhWho}${lines.length}项报送义务，其中${late}项已逾期`,
        en: `[Overdue] ${enWho}: ${late} of ${duties(lines.length)} late`,
      }
    : {
        zh: `【催报】${zhWho}${lines.length}项报送义务，最近一项还有${nearestOf(lines)}个工作日`,
        en: `[Reminder] ${enWho}: ${duties(lines.length)}, the next due in ${nearestOf(lines)} working day(s)`,
      };
}

function duties(count: number): string {
  return count === 1 ? '1 duty' : `${count} duties`;
}

function nearestOf(lines: readonly NoticeLine[]): number {
  return Math.min(...lines.map(({ workingDays }) => workingDays));
}

function blockOf(
  parts: readonly Part[],
  locale: Locale,
  link: string,
): { readonly paragraphs: readonly string[] } {
  const zh = locale !== 'en';
  const paragraphs = parts.flatMap(({ office, role, lines, tidings = [], coversFor }) => {
    const who = officeOf(office);
    const roleName = roles[role as Role];
    const head = zh
      ? `${who?.zh ?? office}${roleName.zh}人${coversFor === undefined ? '' : '（您代办）'}：`
      : `To the ${roleName.en.toLowerCase()} of ${who?.en ?? office}${coversFor === undefined ? '' : ' (you stand in)'}:`;
    const words = [...tidings.map(tidingWords), ...lines.map(wordsOf)];
    return [head, ...words.map((text, index) => `${index + 1}. ${pick(text, locale)}`)];
  });
  return {
    paragraphs: [
      ...paragraphs,
      zh ? `请登录平台查看并办理：${link}` : `Read it and settle it on the platform: ${link}`,
      zh
        ? '本邮件由内蒙古自治区保障性租赁住房管理服务平台自动发送，请勿回复；接收方式可在平台更改。'
        : 'Sent by the platform for affordable rental housing of Inner Mongolia. Please do not reply; how you are told can be changed on the platform.',
    ],
  };
}

function pick({ zh, en }: Text, locale: Locale): string {
  return locale === 'en' ? en : zh;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function linked(html: string, link: string): string {
  const shown = escaped(link);
  return html.replace(shown, `<a href="${shown}">${shown}</a>`);
}
