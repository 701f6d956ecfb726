import { describe, expect, test } from 'vitest';
import { mailOf, shortOf } from './message.ts';
import type { NoticeLine } from './notice.ts';
import type { Tiding } from './tiding.ts';

function line(given: Partial<NoticeLine> = {}): NoticeLine {
  return {
    obligation: 'o-1',
    point: '-5',
    city: '150200',
    notice: '内政办发〔2021〕53号',
    clause: 'S-06',
    open: [{ kind: 'annual-plan', period: '2021' }],
    lastDay: '2021-10-31',
    workingDays: 5,
    ...given,
  };
}
const late = line({ obligation: 'o-2', point: '+1', workingDays: -1 });
const part = (lines: readonly NoticeLine[], tidings: readonly Tiding[] = []) => ({
  office: '150200',
  role: 'drafter',
  lines,
  tidings,
});
const short = (lines: readonly NoticeLine[], locale: 'zh-CN' | 'en', tidings: readonly Tiding[] = []) =>
  shortOf([part(lines, tidings)], locale);
const revoked: Tiding = {
  certificate: 'c',
  event: 4,
  what: 'revoked',
  number: '保租认字〔2021〕150102-0001号',
  project: 'p',
  name: '青年公寓',
  on: '2022-02-21',
  validTo: '2032-02-14',
  document: '新政认〔2022〕2号',
};

describe('a mail', () => {
  test('in Chinese says first what is late, and has the English below', () => {
    const { subject, text } = mailOf(
      [part([line(), late])],
      'zh-CN',
      'https://anju.example.cn/inbox/2021-10-22',
    );
    expect(subject).toBe('【逾期催报】包头市人民政府2项报送义务，其中1项已逾期');
    expect(text).toBe(
      [
        '包头市人民政府拟稿人：',
        '1. 包头市人民政府：年度建设计划（2021）须于2021-10-31前（含当日）完成，还有5个工作日。依据内政办发〔2021〕53号（S-06）。',
        '2. 包头市人民政府：年度建设计划（2021）须于2021-10-31前（含当日）完成，已逾期1个工作日。依据内政办发〔2021〕53号（S-06）。',
        '请登录平台查看并办理：https://anju.example.cn/inbox/2021-10-22',
        '本邮件由内蒙古自治区保障性租赁住房管理服务平台自动发送，请勿回复；接收方式可在平台更改。',
        '――――――――――',
        'To the drafter of Baotou:',
        '1. Baotou: Annual plan (2021) due by the end of 2021-10-31, 5 working day(s) left. Under 内政办发〔2021〕53号 (S-06).',
        '2. Baotou: Annual plan (2021) due by the end of 2021-10-31, 1 working day(s) late. Under 内政办发〔2021〕53号 (S-06).',
        'Read it and settle it on the platform: https://anju.example.cn/inbox/2021-10-22',
        'Sent by the platform for affordable rental housing of Inner Mongolia. Please do not reply; how you are told can be changed on the platform.',
      ].join('\n\n') + '\n',
    );
  });

  test('has a frame that programs for mail can show, in the language of the person', () => {
    const { html } = mailOf([part([line()])], 'en', 'https://x');
    expect(html).toMatch(
      /^<!doctype html>\n<html lang="en"><meta charset="utf-8"><body>\n<p>To the drafter of Baotou:<\/p>\n<p>1\. /,
    );
    expect(html).toContain('</p>\n<hr>\n<p>包头市人民政府拟稿人：</p>');
    expect(html).toMatch(/<\/p>\n<\/body><\/html>\n$/);
    expect(mailOf([part([line()])], 'zh-CN', 'https://x').html).toContain('<html lang="zh-CN">');
  });

  test('to a colleague who covers says that he does, and one to several desks names each', () => {
    const covering = { ...part([line()]), coversFor: 'p-2' };
    const region = { office: 'R_HOUSING', role: 'supervisor', lines: [line({ workingDays: 2 })] };
    const { text, subject } = mailOf([covering, region], 'zh-CN', 'https://x');
    expect(text).toContain('包头市人民政府拟稿人（您代办）：');
    expect(text).toContain('To the drafter of Baotou (you stand in):');
    expect(text).toContain('自治区住房和城乡建设厅督办人：\n\n1. ');
    expect(subject).toBe('【催报】包头市人民政府2项报送义务，最近一项还有2个工作日');
  });

  test('that is about the last day does not call it late', () => {
    const today = line({ workingDays: 0 });
    expect(mailOf([part([today])], 'zh-CN', 'https://x').subject).toBe(
      '【催报】包头市人民政府1项报送义务，最近一项还有0个工作日',
    );
    expect(mailOf([part([today, late, late])], 'en', 'https://x').subject).toBe(
      '[Overdue] Baotou: 2 of 3 duties late',
    );
    expect(short([today, line()], 'zh-CN')).toBe(
      '【安居】2项将到期，最近一项还有0个工作日。请登录平台查看通知。',
    );
  });

  test('of an office without a name shows its code', () => {
    const strange = { office: '159900', role: 'drafter', lines: [line({ city: '159900' })] };
    const { text, subject } = mailOf([strange], 'zh-CN', 'https://x');
    expect(text).toContain('159900拟稿人：');
    expect(text).toContain('To the drafter of 159900:');
    expect(subject).toBe('【催报】1项报送义务，最近一项还有5个工作日');
  });

  test('in English has the Chinese below', () => {
    const { subject, text } = mailOf([part([line()])], 'en', 'https://anju.example.cn/inbox/2021-10-22');
    expect(subject).toBe('[Reminder] Baotou: 1 duty, the next due in 5 working day(s)');
    expect(text.indexOf('To the drafter')).toBeLessThan(text.indexOf('包头市人民政府拟稿人'));
  });

  test('for one desk of the region names how many cities it is about', () => {
    const region = {
      office: 'R_HOUSING',
      role: 'supervisor',
      lines: [late, line({ city: '150400', workingDays: -5 })],
    };
    expect(mailOf([region], 'zh-CN', 'https://x').subject).toBe(
      '【逾期催报】2个盟市2项报送义务，其中2项已逾期',
    );
  });

  test('as a page shows a name as it is, not as markup', () => {
    const { html } = mailOf([part([line({ notice: '<b>"&' })])], 'zh-CN', 'https://anju.example.cn/?a=1&b=2');
    expect(html).toContain('依据&lt;b&gt;&quot;&amp;（S-06）');
    expect(html).toContain('<a href="https://anju.example.cn/?a=1&amp;b=2">');
  });
});

test('a text message fits one sentence of at most seventy signs, without a name or a link', () => {
  expect(short([line(), late], 'zh-CN')).toBe(
    '【安居】1项报送义务已逾期，1项将到期，最近一项还有5个工作日。请登录平台查看通知。',
  );
  expect(short([late], 'zh-CN')).toBe('【安居】1项报送义务已逾期。请登录平台查看通知。');
  expect(short([line(), late], 'zh-CN').length).toBeLessThanOrEqual(70);
  expect(short([line(), late, late], 'en')).toBe(
    '[Anju] Duties: 2 overdue, 1 due, the next in 5 working day(s). See your inbox on the platform.',
  );
  expect(short([late], 'en')).toBe('[Anju] Duties: 1 overdue. See your inbox on the platform.');
  expect(short([line()], 'en')).toBe(
    '[Anju] Duties: 1 due, the next in 5 working day(s). See your inbox on the platform.',
  );
});

describe('what became of a certificate', () => {
  test('is a mail of its own, or stands before the duties', () => {
    const { subject, text } = mailOf([part([], [revoked])], 'zh-CN', 'https://x');
    expect(subject).toBe('【认定书】保租认字〔2021〕150102-0001号已撤销');
    expect(text).toContain(
      '1. 保租认字〔2021〕150102-0001号（青年公寓）2022-02-21已撤销（新政认〔2022〕2号）。凭该认定书办理的事项请予停止或复核。',
    );
    expect(mailOf([part([], [revoked, revoked])], 'en', 'https://x').subject).toBe(
      '[Certificates] 2 changed',
    );
    const both = mailOf([part([late], [revoked])], 'zh-CN', 'https://x');
    expect(both.subject).toBe('【逾期催报】包头市人民政府1项报送义务，其中1项已逾期；1项认定书变动');
    expect(both.text.indexOf('1. 保租认字')).toBeLessThan(both.text.indexOf('2. 包头市'));
    expect(mailOf([part([late], [revoked])], 'en', 'https://x').subject).toBe(
      '[Overdue] Baotou: 1 of 1 duty late; 1 certificate(s) changed',
    );
  });

  test('is a word in a text message', () => {
    expect(short([], 'zh-CN', [revoked])).toBe('【安居】1项认定书变动。请登录平台查看通知。');
    expect(short([late], 'zh-CN', [revoked])).toBe(
      '【安居】1项认定书变动，1项报送义务已逾期。请登录平台查看通知。',
    );
    expect(short([], 'en', [revoked])).toBe(
      '[Anju] 1 certificate(s) changed. See your inbox on the platform.',
    );
  });
});
