/**
 * Commands on filings and on a person's own settings. A step of a filing is a route because it is a row of the lifecycle table.
 */
import * as z from 'zod';
import { DelegatesInput } from '../../shared/domain/identity/delegates.ts';
import { roleNames } from '../../shared/domain/identity/roles.ts';
import { LeaveInput, MailboxInput, PreferencesInput } from '../../shared/domain/reminders/person.ts';
import { civilDate } from '../../shared/domain/submissions/inputs.ts';
import { once } from '../../shared/kernel/once.ts';
import { actionInputs } from '../../shared/domain/submissions/inputs.ts';
import { actionNames, stepOf, type Action } from '../../shared/domain/submissions/lifecycle.ts';
import { anyone, drafter, type Route } from '../route.ts';

export const CreateSubmission = once(() =>
  z.strictObject({
    kind: z.string().max(60).describe('申报种类|Kind'),
    period: z
      .string()
      .max(60)
      .optional()
      .describe(
        '期间；新项目不填，变更、续期、注销填项目编号|Period; none for a new project; of what changes one, its number',
      ),
    county: z.string().max(10).optional().describe('项目所在旗县区代码，仅新项目|County of a new project'),
    amends: z.string().max(60).optional().describe('所修订的已公布件|The published filing that it amends'),
  }),
);

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

export const commandRoutes: readonly Route[] = [
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
    method: 'PUT',
    path: '/offices/{code}/delegates',
    function: 'commands',
    access: { scope: 'anju.read', roles: ['administrator', 'leader', 'signatory'] },
    summary: {
      zh: '登记书面授权的受委托人及其权限',
      en: 'Say who signs for the office, within which limits',
    },
    body: DelegatesInput,
    command: 'replaces',
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
    method: 'POST',
    path: '/submissions',
    function: 'commands',
    access: drafter,
    summary: { zh: '新建申报件', en: 'Begin a submission' },
    body: CreateSubmission,
    command: 'creates',
  },
  ...actionNames.map(actionRoute),
];
