/** What the region, a county's government and the calendar's keepers do. */
import * as z from 'zod';
import type { Role } from '../../shared/domain/identity/roles.ts';
import { runActionNames, runActions, type RunActionName } from '../../shared/domain/evaluation/actions.ts';
import { once } from '../../shared/kernel/once.ts';
import { dutyActionNames, dutyActions, type DutyActionName } from '../../shared/domain/duties/changes.ts';
import {
  certificateActions,
  issuerActionNames,
  issuerInputs,
  type IssuerActionName,
} from '../../shared/domain/certificates/lifecycle.ts';
import { Scheme } from '../../shared/domain/evaluation/scheme.ts';
import { ImportCertificate } from '../../shared/domain/certificates/import-input.ts';
import { civilDate } from '../../shared/domain/submissions/inputs.ts';
import { ResourceDetails } from '../../shared/domain/resources/resource.ts';
import { CreateObligations } from '../duty-input.ts';
import { supervisor, decider, administrator, keeper, type Route } from '../route.ts';

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

export const steeringRoutes: readonly Route[] = [
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
    method: 'POST',
    path: '/obligations',
    function: 'steering',
    access: supervisor,
    summary: { zh: '下达报送义务', en: 'Lay a duty on cities' },
    body: CreateObligations,
    command: 'creates',
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
    method: 'POST',
    path: '/evaluations',
    function: 'steering',
    access: supervisor,
    summary: { zh: '提请监测评价或更正', en: 'Ask for an evaluation, or for a correction' },
    body: RequestRun,
    command: 'creates',
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
  {
    method: 'POST',
    path: '/resources',
    function: 'steering',
    access: keeper,
    summary: { zh: '登记存量土地或房屋', en: 'Register an idle plot or building' },
    body: ResourceDetails,
    command: 'creates',
  },
  {
    method: 'POST',
    path: '/resources/{id}/correct',
    function: 'steering',
    access: keeper,
    summary: { zh: '更正资源信息', en: 'Correct a resource' },
    body: ResourceDetails,
    command: 'changes',
  },
  {
    method: 'POST',
    path: '/resources/{id}/remove',
    function: 'steering',
    access: keeper,
    summary: { zh: '将资源移出台账', en: 'Remove a resource from the register' },
    body: once(() => z.strictObject({ reason: z.string().trim().min(1).max(500).describe('理由|Reason') })),
    command: 'changes',
  },
  ...issuerActionNames.map(issuerRoute),
  ...dutyActionNames.map(dutyRoute),
  ...runActionNames.map(runRoute),
];
