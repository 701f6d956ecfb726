/** Reads of filings, duties, notices and rules. */
import * as z from 'zod';
import { once } from '../../shared/kernel/once.ts';
import { reportingCities } from '../../shared/domain/identity/offices.ts';
import { roleNames } from '../../shared/domain/identity/roles.ts';
import { civilDate } from '../../shared/domain/submissions/inputs.ts';
import { stateNames } from '../../shared/domain/submissions/submission.ts';
import { CreateObligations } from '../duty-input.ts';
import { limit, cursor, flag, anyone, supervisor, type Route } from '../route.ts';

export const queryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/me',
    function: 'queries',
    access: anyone,
    summary: { zh: '我的单位与岗位', en: 'My office and roles' },
  },
  {
    method: 'GET',
    path: '/desk',
    function: 'queries',
    access: anyone,
    summary: { zh: '我的待办', en: 'What waits for me' },
    query: once(() => z.strictObject({ cursor: cursor(), limit: limit() })),
  },
  {
    method: 'GET',
    path: '/inbox',
    function: 'queries',
    access: anyone,
    summary: { zh: '我的通知（含请假代办）', en: 'My inbox, and those of colleagues I stand in for' },
    query: once(() =>
      z.strictObject({
        unread: flag('只看未阅|Only what is unread'),
        all: flag('含已暂缓的事项|Also what was put off'),
        cursor: cursor(),
        limit: limit(),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/me/preferences',
    function: 'queries',
    access: anyone,
    summary: { zh: '我的通知方式', en: 'How I am told' },
  },
  {
    method: 'GET',
    path: '/offices/{code}/delegates',
    function: 'queries',
    access: anyone,
    summary: { zh: '单位的受委托人及其权限', en: 'Who signs for an office, within which limits' },
  },
  {
    method: 'GET',
    path: '/offices/{code}/mailbox',
    function: 'queries',
    access: anyone,
    summary: { zh: '单位公共邮箱和值班手机', en: "An office's own mailbox and duty phone" },
  },
  {
    method: 'GET',
    path: '/inbox/{day}/deliveries',
    function: 'queries',
    access: anyone,
    summary: { zh: '一日通知的送达情况', en: "What became of a day's notice" },
    query: once(() =>
      z.strictObject({ office: z.string().max(20).optional(), role: z.enum(roleNames).optional() }),
    ),
  },
  {
    method: 'GET',
    path: '/cities',
    function: 'queries',
    access: anyone,
    summary: { zh: '各盟市情况', en: 'The cities' },
  },
  {
    method: 'GET',
    path: '/cities/{code}',
    function: 'queries',
    access: anyone,
    summary: { zh: '一个盟市的情况', en: 'One city' },
  },
  {
    method: 'GET',
    path: '/cities/{code}/history',
    function: 'queries',
    access: anyone,
    summary: { zh: '城市记录的历史', en: 'History of a city' },
    query: once(() => z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: limit() })),
  },
  {
    method: 'GET',
    path: '/rule-sets',
    function: 'queries',
    access: anyone,
    summary: { zh: '各地规则集及施行情况', en: 'Rule-sets, and which holds on a day' },
    query: once(() =>
      z.strictObject({
        city: z
          .enum(reportingCities as [string, ...string[]])
          .optional()
          .describe('盟市代码；不填为本单位，区级为全部|City; absent: the caller’s own, for the region all'),
        on: civilDate().optional().describe('日期；不填为当日|On this day; absent: today'),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/rule-sets/{city}/{number}',
    function: 'queries',
    access: anyone,
    summary: { zh: '一个规则集（default/1 为自治区默认规则）', en: 'A rule-set; default/1 is the region’s' },
  },
  {
    method: 'GET',
    path: '/rule-sets/{city}/{number}/difference',
    function: 'queries',
    access: anyone,
    summary: { zh: '规则集逐项变化', en: 'What changed from one rule-set to another' },
    query: once(() =>
      z.strictObject({
        from: z
          .string()
          .regex(/^(default|[1-9]\d{0,5})$/)
          .optional()
          .describe(
            '对照的序号，或 default；不填为上一版|Number to compare with, or default; absent: the one before',
          ),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/calendar/{year}',
    function: 'queries',
    access: anyone,
    summary: { zh: '工作日历', en: 'Working-day calendar' },
  },
  {
    method: 'GET',
    path: '/deadlines',
    function: 'queries',
    access: anyone,
    summary: { zh: '到期情况、逾期风险与逾期名单', en: 'What is due, what is likely to be late, and who is' },
    query: once(() => z.strictObject({ city: z.string().max(10).optional() })),
  },
  {
    method: 'GET',
    path: '/obligations',
    function: 'queries',
    access: anyone,
    summary: { zh: '报送义务', en: 'Duties' },
    query: once(() => z.strictObject({ city: z.string().max(10).optional() })),
  },
  {
    method: 'GET',
    path: '/obligations/{id}',
    function: 'queries',
    access: anyone,
    summary: { zh: '一项报送义务', en: 'One duty' },
  },
  {
    method: 'GET',
    path: '/obligations/{id}/reminders',
    function: 'queries',
    access: anyone,
    summary: { zh: '一项义务的催报记录', en: 'What was told of a duty, to whom, when' },
  },
  {
    method: 'POST',
    path: '/obligations/preview',
    function: 'queries',
    access: supervisor,
    summary: {
      zh: '下达前预览：涉及单位、已报情况、催报日',
      en: 'Whom a notice would concern, before it is laid down',
    },
    body: CreateObligations,
  },
  {
    method: 'GET',
    path: '/submissions',
    function: 'queries',
    access: anyone,
    summary: { zh: '申报件列表', en: 'Submissions' },
    query: once(() =>
      z.strictObject({
        city: z.string().max(10).optional(),
        kind: z.string().max(60).optional(),
        state: z.enum(stateNames).optional(),
        cursor: cursor(),
        limit: limit(),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/submissions/{id}',
    function: 'queries',
    access: anyone,
    summary: { zh: '申报件全貌', en: 'A submission' },
  },
  {
    method: 'GET',
    path: '/submissions/{id}/checks',
    function: 'queries',
    access: anyone,
    summary: { zh: '尚缺事项与提示', en: 'What is missing or strange' },
  },
  {
    method: 'GET',
    path: '/submissions/{id}/clock',
    function: 'queries',
    access: anyone,
    summary: { zh: '时限逐日说明', en: 'The clocks, day by day' },
  },
  {
    method: 'GET',
    path: '/submissions/{id}/history',
    function: 'queries',
    access: anyone,
    summary: { zh: '办理历史', en: 'History' },
    query: once(() => z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: limit() })),
  },
  {
    method: 'GET',
    path: '/submissions/{id}/versions/{number}',
    function: 'queries',
    access: anyone,
    summary: { zh: '某一稿', en: 'A version' },
  },
  {
    method: 'GET',
    path: '/submissions/{id}/versions/{number}/difference',
    function: 'queries',
    access: anyone,
    summary: { zh: '两稿对照', en: 'What changed between two versions' },
    query: once(() => z.strictObject({ from: z.coerce.number().int().min(1).optional() })),
  },
  {
    method: 'GET',
    path: '/evaluation-schemes/{year}',
    function: 'queries',
    access: anyone,
    summary: { zh: '评价指标体系', en: 'The scheme of indicators' },
  },
  {
    method: 'GET',
    path: '/evaluations',
    function: 'queries',
    access: anyone,
    summary: { zh: '监测评价列表', en: 'Evaluation runs' },
    query: once(() => z.strictObject({ year: z.coerce.number().int().min(2021).max(2100).optional() })),
  },
  {
    method: 'GET',
    path: '/evaluations/{id}',
    function: 'queries',
    access: anyone,
    summary: { zh: '一次监测评价及其进度', en: 'A run and how far it is' },
  },
];
