/**
 * The route table: every way into the platform, once. The template, the router, the OpenAPI document, the authorisation
 * matrix and the tests read it. A step of a filing is a route because it is a row of the lifecycle table.
 */
import * as z from 'zod';
import { once } from '../shared/kernel/once.ts';
import { isInstant } from '../shared/kernel/civil-date.ts';
import { fileTypeNames } from '../shared/domain/documents/inspection/file-types.ts';
import { dutyActionNames, dutyActions, type DutyActionName } from '../shared/domain/duties/changes.ts';
import {
  certificateActions,
  issuerActionNames,
  issuerInputs,
  issuerRole,
  type IssuerActionName,
} from '../shared/domain/certificates/lifecycle.ts';
import { runActionNames, runActions, type RunActionName } from '../shared/domain/evaluation/actions.ts';
import { Scheme } from '../shared/domain/evaluation/scheme.ts';
import { ImportCertificate } from '../shared/domain/certificates/import-input.ts';
import { satisfyingEvents } from '../shared/domain/duties/obligation.ts';
import { reportingCities } from '../shared/domain/identity/offices.ts';
import { roleNames, type Role, type Scope } from '../shared/domain/identity/roles.ts';
import { LeaveInput, MailboxInput, PreferencesInput } from '../shared/domain/reminders/person.ts';
import { PointsInput } from '../shared/domain/reminders/points.ts';
import { actionInputs, civilDate } from '../shared/domain/submissions/inputs.ts';
import { actionNames, stepOf, type Action } from '../shared/domain/submissions/lifecycle.ts';
import { stateNames } from '../shared/domain/submissions/submission.ts';
import { registerRoutes } from './register-routes.ts';

export type FunctionName =
  'queries' | 'registers' | 'commands' | 'steering' | 'documents' | 'exports' | 'description' | 'public';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** HTTP API path template: `/submissions/{id}`. */
  readonly path: string;
  readonly function: FunctionName;
  /** `anyone`: no token. Otherwise the token's scope (checked by the authorizer) and the roles (checked by us). */
  readonly access: 'anyone' | { readonly scope: Scope; readonly roles: readonly Role[] | 'any' };
  readonly summary: { readonly zh: string; readonly en: string };
  /** Schemas are made when a request first needs them: a cold start pays for none. */
  readonly body?: () => z.ZodType;
  readonly query?: () => z.ZodObject;
  /**
   * Commands carry an Idempotency-Key; those that change a record, also If-Match. What `replaces` needs it only when
   * something stands there already. What is a caller's own, and loses nothing when it is said anew, only creates.
   */
  readonly command?: 'creates' | 'changes' | 'replaces';
}

const limit = once(() => z.coerce.number().int().min(1).max(100).default(25).describe('每页条数|Page size'));
const cursor = once(() =>
  z.string().max(2000).optional().describe('上页给出的游标|Cursor of the page before'),
);
const flag = (description: string) => z.enum(['true', 'false']).optional().describe(description);
const anyone = { scope: 'anju.read', roles: 'any' } as const;
const drafter = { scope: 'anju.file', roles: ['drafter'] } as const;
const supervisor = { scope: 'anju.steer', roles: ['supervisor'] } as const;
const decider = { scope: 'anju.review', roles: [issuerRole] } as const;
const administrator = { scope: 'anju.steer', roles: ['administrator'] } as const;

export const CreateSubmission = once(() =>
  z.strictObject({
    kind: z.string().max(60).describe('申报种类|Kind'),
    period: z.string().max(60).optional().describe('期间；新项目不填|Period; none for a new project'),
    county: z.string().max(10).optional().describe('项目所在旗县区代码，仅新项目|County of a new project'),
    amends: z.string().max(60).optional().describe('所修订的已公布件|The published filing that it amends'),
  }),
);

export const RequestUpload = once(() =>
  z.strictObject({
    paper: z.string().max(60).describe('材料代码|Paper'),
    fileName: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^/\\\p{Cc}]+$/u)
      .describe('文件名|File name'),
    type: z.enum(fileTypeNames).describe('文件类型|File type'),
    length: z.int().min(1).max(100_000_000).describe('字节数|Length in bytes'),
    sha256: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/)
      .describe('SHA-256 摘要（Base64）|SHA-256, base64'),
  }),
);

export const CreateObligations = once(() =>
  z.strictObject({
    notice: z.string().trim().min(1).max(100).describe('通知文号|Number of the notice'),
    clause: z.string().trim().min(1).max(40).describe('依据条款|Clause'),
    cities: z.array(z.string().max(10)).min(1).max(14).describe('报送单位|Reporting cities'),
    items: z
      .array(z.strictObject({ kind: z.string().max(60), period: z.string().max(20) }))
      .min(1)
      .max(20)
      .describe('应报事项|What is due'),
    dueBefore: z
      .string()
      .refine(isInstant, { error: 'instant' })
      .describe('截止时刻（不含），UTC|Due before this instant, UTC'),
    satisfiedBy: z.enum(satisfyingEvents).describe('以何为履行|What fulfils it'),
    points: PointsInput().optional(),
  }),
);

const day = once(() => ({
  date: civilDate(),
  kind: z.enum(['holiday', 'workday']),
  name: z.string().trim().min(1).max(40),
}));
export const LoadCalendar = once(() =>
  z.strictObject({
    source: z.string().trim().min(1).max(200).describe('依据文件|Source'),
    exceptions: z
      .array(z.strictObject(day()))
      .max(120)
      .describe('放假与调休上班日|Holidays on weekdays and working days on weekends'),
    overrides: z
      .array(z.strictObject({ ...day(), source: z.string().trim().min(1).max(200) }))
      .max(40)
      .default([])
      .describe('自治区自行规定的日子|Days that the region sets itself'),
  }),
);

export const RequestRun = once(() =>
  z.strictObject({
    year: z.int().min(2021).max(2100).describe('评价年度|Year'),
    month: z.int().min(1).max(12).optional().describe('月份（月度监测）|Month, for a monthly run'),
    corrects: z.string().max(20).optional().describe('所更正的评价|The run that it corrects'),
    reason: z.string().trim().min(1).max(1000).optional().describe('更正理由|Why it is corrected'),
  }),
);

/** A scheme as it is loaded: its year stands in the path, its version is given. */
export const LoadScheme = once(() => Scheme().omit({ year: true, version: true }));

function actionRoute(action: Action): Route {
  const step = stepOf(action);
  const roles = [...new Set(step.by.map(({ role }) => role))];
  const filing = roles.every((role) => ['drafter', 'checker', 'signatory', 'publisher'].includes(role));
  const reviewing = roles.every((role) =>
    ['lead', 'reviewer', 'consenter', 'plan-checker', 'decider'].includes(role),
  );
  return {
    method: 'POST',
    path: `/submissions/{id}/${action}`,
    function: 'commands',
    // Steps open to both sides need no more than reading; the roles and the lifecycle decide.
    access: { scope: filing ? 'anju.file' : reviewing ? 'anju.review' : 'anju.read', roles },
    summary: { zh: step.zh, en: step.en },
    body: actionInputs[action],
    command: 'changes',
  };
}

function dutyRoute(action: DutyActionName): Route {
  const { zh, en, by, input } = dutyActions[action];
  return {
    method: 'POST',
    path: `/obligations/{id}/${action}`,
    function: 'steering',
    // A city's leader only reads otherwise: asking for time needs no more than that.
    access: { scope: by.party === 'region' ? 'anju.steer' : 'anju.read', roles: by.roles },
    summary: { zh, en },
    body: input,
    command: 'changes',
  };
}

function runRoute(action: RunActionName): Route {
  const { zh, en, by, input } = runActions[action];
  const reviewing = (by.roles as readonly Role[]).includes('consenter');
  const filing = (by.roles as readonly Role[]).includes('publisher');
  return {
    method: 'POST',
    path: `/evaluations/{id}/${action}`,
    function: 'steering',
    access: {
      // A city's leader only reads otherwise: objecting needs no more than that.
      scope:
        by.office === 'city' ? 'anju.read' : reviewing ? 'anju.review' : filing ? 'anju.file' : 'anju.steer',
      roles: by.roles,
    },
    summary: { zh, en },
    body: input,
    command: 'changes',
  };
}

function issuerRoute(action: IssuerActionName): Route {
  const { zh, en } = certificateActions[action];
  return {
    method: 'POST',
    path: `/certificates/{id}/${action}`,
    function: 'steering',
    access: decider,
    summary: { zh, en },
    body: issuerInputs[action],
    command: 'changes',
  };
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/health',
    function: 'public',
    access: 'anyone',
    summary: { zh: '运行状态', en: 'Health' },
  },
  {
    method: 'GET',
    path: '/public/cities',
    function: 'public',
    access: 'anyone',
    summary: { zh: '城市名录', en: 'Cities' },
    query: once(() => z.strictObject({ format: z.enum(['json', 'csv']).default('json') })),
  },
  {
    method: 'GET',
    path: '/public/plans',
    function: 'public',
    access: 'anyone',
    summary: { zh: '已公布的目标、规划、计划和措施', en: 'Published targets, plans and measures' },
    query: once(() =>
      z.strictObject({
        city: z.string().max(10).optional(),
        format: z.enum(['json', 'csv']).default('json'),
        cursor: cursor(),
        limit: limit(),
      }),
    ),
  },

  {
    method: 'GET',
    path: '/public/duties',
    function: 'public',
    access: 'anyone',
    summary: { zh: '报送义务履行情况', en: 'Duties kept and missed, by city' },
    query: once(() =>
      z.strictObject({
        year: z.coerce.number().int().min(2021).max(2100).optional(),
        city: z.string().max(10).optional(),
        format: z.enum(['json', 'csv']).default('json'),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/public/datasets',
    function: 'public',
    access: 'anyone',
    summary: { zh: '开放数据目录', en: 'Catalogue of the open data' },
  },
  {
    method: 'GET',
    path: '/public/evaluations/{year}',
    function: 'public',
    access: 'anyone',
    summary: { zh: '已公布的年度监测评价', en: 'The published evaluation of a year' },
    query: once(() => z.strictObject({ format: z.enum(['json', 'csv']).default('json') })),
  },
  {
    method: 'GET',
    path: '/public/guides/{city}',
    function: 'public',
    access: 'anyone',
    summary: { zh: '项目认定操作指引', en: 'Operating guide to the recognition of projects' },
    query: once(() => z.strictObject({ format: z.enum(['json', 'html']).default('json') })),
  },

  {
    method: 'GET',
    path: '/public/certificates/{number}',
    function: 'public',
    access: 'anyone',
    summary: { zh: '认定书核验：当前状态', en: 'Whether a certificate is valid, and since when' },
    query: once(() =>
      z.strictObject({
        v: z.coerce
          .number()
          .int()
          .min(1)
          .max(9999)
          .optional()
          .describe('手中证书的版本；不填为现行版本|Version of the paper in hand; absent: the one in force'),
        format: z
          .enum(['json', 'html'])
          .optional()
          .describe('不填按 Accept：浏览器得网页|Absent: by Accept, a page for browsers'),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    function: 'public',
    access: 'anyone',
    summary: { zh: '认定书签名的公开密钥', en: 'Public keys of the certificates, all that ever signed one' },
  },

  {
    method: 'GET',
    path: '/openapi.json',
    function: 'description',
    access: 'anyone',
    summary: { zh: '接口说明', en: 'This description' },
  },
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
    method: 'POST',
    path: '/inbox/{day}/read',
    function: 'commands',
    access: anyone,
    summary: { zh: '标记某日通知已阅', en: "Mark a day's notices as read" },
    body: once(() =>
      z.strictObject({
        role: z.enum(roleNames).optional().describe('岗位；不填为当日全部|Of one role; absent: of all'),
      }),
    ),
    command: 'creates',
  },
  {
    method: 'POST',
    path: '/inbox/{day}/snooze',
    function: 'commands',
    access: anyone,
    summary: { zh: '暂缓提醒某项义务', en: 'Put a duty off' },
    body: once(() =>
      z.strictObject({
        obligation: z.string().min(1).max(100).describe('报送义务|The duty'),
        until: civilDate().describe('至哪日恢复显示；当日为取消|Shown again on this day; today ends it'),
      }),
    ),
    command: 'creates',
  },
  {
    method: 'GET',
    path: '/me/preferences',
    function: 'queries',
    access: anyone,
    summary: { zh: '我的通知方式', en: 'How I am told' },
  },
  {
    method: 'PUT',
    path: '/me/preferences',
    function: 'commands',
    access: anyone,
    summary: { zh: '设定我的通知方式', en: 'Say how I am to be told' },
    body: PreferencesInput,
    command: 'replaces',
  },
  {
    method: 'PUT',
    path: '/me/leave',
    function: 'commands',
    access: anyone,
    summary: { zh: '请假并指定代办人', en: 'Take leave and name who covers' },
    body: LeaveInput,
    command: 'creates',
  },
  {
    method: 'DELETE',
    path: '/me/leave',
    function: 'commands',
    access: anyone,
    summary: { zh: '销假', en: 'End the leave' },
    command: 'creates',
  },
  {
    method: 'GET',
    path: '/offices/{code}/mailbox',
    function: 'queries',
    access: anyone,
    summary: { zh: '单位公共邮箱和值班手机', en: "An office's own mailbox and duty phone" },
  },
  {
    method: 'PUT',
    path: '/offices/{code}/mailbox',
    function: 'commands',
    // A city has no administrator: there its leader answers for it, who only reads otherwise.
    access: { scope: 'anju.read', roles: ['administrator', 'leader'] },
    summary: { zh: '设定单位公共邮箱和值班手机', en: "Set an office's own mailbox and duty phone" },
    body: MailboxInput,
    command: 'replaces',
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
    path: '/kinds',
    function: 'description',
    access: anyone,
    summary: { zh: '申报种类', en: 'Kinds of submission' },
  },
  {
    method: 'GET',
    path: '/kinds/{kind}',
    function: 'description',
    access: anyone,
    summary: { zh: '一类申报的表式、材料和步骤', en: 'Form, papers and steps of a kind' },
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
    method: 'PUT',
    path: '/calendar/{year}',
    function: 'steering',
    access: administrator,
    summary: { zh: '载入工作日历', en: 'Load a calendar year' },
    body: LoadCalendar,
    command: 'replaces',
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
    method: 'POST',
    path: '/obligations',
    function: 'steering',
    access: supervisor,
    summary: { zh: '下达报送义务', en: 'Lay a duty on cities' },
    body: CreateObligations,
    command: 'creates',
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
    method: 'POST',
    path: '/submissions',
    function: 'commands',
    access: drafter,
    summary: { zh: '新建申报件', en: 'Begin a submission' },
    body: CreateSubmission,
    command: 'creates',
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
    path: '/submissions/{id}/documents',
    function: 'documents',
    access: anyone,
    summary: { zh: '材料文件', en: 'Documents' },
  },
  {
    method: 'POST',
    path: '/submissions/{id}/documents',
    function: 'documents',
    access: { scope: 'anju.read', roles: ['drafter', 'lead'] },
    summary: { zh: '申请上传', en: 'Ask for an upload' },
    body: RequestUpload,
    command: 'creates',
  },
  {
    method: 'GET',
    path: '/submissions/{id}/documents/{document}',
    function: 'documents',
    access: anyone,
    summary: { zh: '一份材料文件', en: 'A document' },
  },
  {
    method: 'DELETE',
    path: '/submissions/{id}/documents/{document}',
    function: 'documents',
    access: drafter,
    summary: { zh: '移除材料文件', en: 'Remove a document' },
    command: 'changes',
  },
  {
    method: 'GET',
    path: '/submissions/{id}/documents/{document}/download',
    function: 'documents',
    access: anyone,
    summary: { zh: '下载链接', en: 'A link to download' },
  },

  {
    method: 'GET',
    path: '/evaluation-schemes/{year}',
    function: 'queries',
    access: anyone,
    summary: { zh: '评价指标体系', en: 'The scheme of indicators' },
  },
  {
    method: 'PUT',
    path: '/evaluation-schemes/{year}',
    function: 'steering',
    access: supervisor,
    summary: { zh: '载入评价指标体系', en: 'Load a scheme of indicators' },
    body: LoadScheme,
    command: 'replaces',
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
    method: 'POST',
    path: '/evaluations',
    function: 'steering',
    access: supervisor,
    summary: { zh: '提请监测评价或更正', en: 'Ask for an evaluation, or for a correction' },
    body: RequestRun,
    command: 'creates',
  },
  {
    method: 'GET',
    path: '/evaluations/{id}',
    function: 'queries',
    access: anyone,
    summary: { zh: '一次监测评价及其进度', en: 'A run and how far it is' },
  },
  {
    method: 'GET',
    path: '/evaluations/{id}/result',
    function: 'documents',
    access: anyone,
    summary: { zh: '评价结果', en: 'What a run found' },
  },
  {
    method: 'GET',
    path: '/evaluations/{id}/figures/{city}/{indicator}',
    function: 'documents',
    access: anyone,
    summary: { zh: '一个指标值及其佐证', en: 'A figure and the records behind it' },
  },
  {
    method: 'GET',
    path: '/evaluations/{id}/report/{form}',
    function: 'documents',
    access: anyone,
    summary: { zh: '评价报告下载链接', en: 'A link to the report' },
  },

  {
    method: 'GET',
    path: '/exports/{list}',
    function: 'exports',
    access: anyone,
    summary: { zh: '导出列表（XLSX、CSV）', en: 'A list as a file' },
    query: once(() =>
      z.strictObject({
        format: z.enum(['xlsx', 'csv']).default('xlsx'),
        city: z.string().max(10).optional(),
        kind: z.string().max(60).optional(),
        state: z.enum(stateNames).optional(),
        year: z.coerce.number().int().min(2021).max(2100).optional(),
        county: z.string().max(10).optional(),
        path: z.string().max(40).optional(),
        mode: z.string().max(40).optional(),
        stage: z.string().max(40).optional(),
        late: z.enum(['true', 'false']).optional(),
        certificate: z.string().max(40).optional(),
        name: z.string().max(100).optional(),
        obligation: z.string().max(60).optional().describe('催报记录所属义务|The duty, of reminders'),
      }),
    ),
  },

  ...registerRoutes,

  {
    method: 'GET',
    path: '/certificates/{id}',
    function: 'registers',
    access: anyone,
    summary: { zh: '一份认定书（按标识或编号）', en: 'A certificate, by id or number' },
  },
  {
    method: 'GET',
    path: '/certificates/{id}/pdf',
    function: 'documents',
    access: anyone,
    summary: { zh: '证书文件下载链接', en: 'A link to the print of a certificate' },
    query: once(() =>
      z.strictObject({
        version: z.coerce.number().int().min(1).max(9999).optional().describe('版本；不填为现行|Version'),
      }),
    ),
  },
  {
    method: 'POST',
    path: '/certificates/import',
    function: 'steering',
    access: decider,
    summary: { zh: '补录纸质认定书', en: 'Take in a certificate that was issued on paper' },
    body: ImportCertificate,
    command: 'creates',
  },

  ...issuerActionNames.map(issuerRoute),
  ...dutyActionNames.map(dutyRoute),
  ...runActionNames.map(runRoute),
  ...actionNames.map(actionRoute),
];

export function routeKey(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`;
}
