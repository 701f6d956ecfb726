/** Answers about being told: the inbox, the proof of notice, how a person and an office are told. */
import * as z from 'zod';
import { deliveryNames, locales } from '../../shared/domain/reminders/person.ts';
import { PointName } from '../../shared/domain/reminders/points.ts';
import { Tiding } from '../../shared/domain/reminders/tiding.ts';
import { civilDate, instant, page, role, Text } from './texts.ts';

export const InboxAnswer = page(
  z.object({
    office: z.string(),
    role,
    day: civilDate,
    at: instant,
    read: instant.nullable().describe('本人阅知时刻；通知增补后须再阅|When the caller read it as it now is'),
    coversFor: z
      .object({ sub: z.string(), text: Text })
      .optional()
      .describe('代请假同事查阅|Seen in the place of a colleague on leave'),
    lines: z.array(
      z.object({
        obligation: z.string(),
        point: PointName().describe(
          '距截止的工作日数；created 为新下达，nudge 为催办|Working days to the deadline',
        ),
        city: z.string(),
        notice: z.string(),
        clause: z.string(),
        open: z.array(z.object({ kind: z.string(), period: z.string() })),
        lastDay: civilDate,
        workingDays: z.int().describe('剩余工作日；负数为已逾期|Working days left; below 0: late'),
        snoozedUntil: civilDate.optional().describe('已暂缓至|Put off until'),
        text: Text,
      }),
    ),
    tidings: z
      .array(Tiding().extend({ text: Text }))
      .optional()
      .describe('所凭认定书的变动|What became of certificates that one relies on'),
  }),
).extend({
  unread: z
    .int()
    .optional()
    .describe('未阅通知数，仅首页给出，每岗位计最近50件|How many are unread; on the first page alone'),
});

export const ReminderList = z.object({
  items: z.array(
    z.object({
      obligation: z.string(),
      due: civilDate.describe('当时的截止日|The last day as it then was'),
      point: PointName(),
      office: z.string(),
      role,
      day: civilDate.describe('应提醒日|The day of the point'),
      outcome: z.enum(['noticed', 'skipped']),
      reason: z.string().optional(),
      at: instant.describe('记录时刻|When it was recorded'),
      read: z
        .object({
          count: z.int(),
          first: instant.nullable(),
          by: z
            .array(z.object({ sub: z.string(), at: instant }))
            .optional()
            .describe('仅自治区可见|For the region'),
        })
        .optional()
        .describe('告知后的阅知情况；跳过的没有|Who has read it since; absent on what was skipped'),
    }),
  ),
});

const Named = z.object({ code: role, zh: z.string(), en: z.string() });
const Leave = z.object({
  from: civilDate,
  to: civilDate.describe('末日（含）|The last day'),
  cover: z.string().describe('代办人（sub）|Subject of who covers'),
});

export const PreferencesSet = z.object({
  sub: z.string(),
  office: z.string(),
  registered: z
    .boolean()
    .describe('是否已登记；未登记时为默认值|Whether anything was said yet; else the defaults'),
  roles: z.array(Named).describe('登记时的岗位|The roles held when it was said'),
  locale: z.enum(locales),
  delivery: z.enum(deliveryNames),
  deliveryText: Text,
  mail: z.string().optional().describe('已去标识化|Masked'),
  phone: z.string().optional().describe('已去标识化|Masked'),
  leave: Leave.optional(),
  revision: z.int(),
});
export const PreferencesAnswer = PreferencesSet.extend({
  colleagues: z
    .array(z.object({ sub: z.string(), roles: z.array(Named), leave: Leave.optional() }))
    .describe('本单位可代办的人员|Who of the office can cover'),
  alwaysAtOnce: z
    .array(z.object({ point: PointName(), why: Text }))
    .describe('法定最低：不论设定，一律即时送达|Told at once whatever was chosen'),
});

export const MailboxAnswer = z.object({
  office: z.string(),
  name: Text,
  mail: z.string().optional().describe('已去标识化|Masked'),
  phone: z.string().optional().describe('已去标识化|Masked'),
  revision: z.int(),
});

export const NoticesRead = z.object({
  day: civilDate,
  items: z.array(z.object({ office: z.string(), role, day: civilDate, read: instant })),
});
export const Snoozed = z.object({ obligation: z.string(), until: civilDate });
