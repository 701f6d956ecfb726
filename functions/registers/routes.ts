/** The registers of resources, projects and certificates. */
import * as z from 'zod';
import { once } from '../../shared/kernel/once.ts';
import { isCivilDate } from '../../shared/kernel/civil-date.ts';
import { projectStageNames, supplyModeCodes } from '../../shared/domain/projects/project.ts';
import { landPathCodes } from '../../shared/domain/resources/land-paths.ts';
import { resourceStateNames } from '../../shared/domain/resources/resource.ts';
import { anyone, cursor, historyPage, limit, type Route } from '../route.ts';

const city = once(() => z.string().max(10).optional().describe('盟市|City'));
const county = once(() => z.string().max(10).optional().describe('旗县区|County'));

export const RehearseRules = once(() =>
  z.strictObject({
    city: z.string().max(10).optional().describe('盟市；不填为本市|City; absent: the caller’s own'),
    content: z
      .record(z.string(), z.unknown())
      .describe('拟订的政策措施，表式同 policy-measures|Proposed measures, in the form of policy-measures'),
    cursor: cursor(),
    limit: limit(),
  }),
);

export const registerRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/rule-sets/rehearse',
    function: 'registers',
    access: anyone,
    summary: {
      zh: '规则预演：拟订措施对现有项目的影响',
      en: 'Try proposed measures on the projects that are there',
    },
    body: RehearseRules,
  },
  {
    method: 'GET',
    path: '/certificates/{id}',
    function: 'registers',
    access: anyone,
    summary: { zh: '一份认定书（按标识或编号）', en: 'A certificate, by id or number' },
  },
  {
    method: 'GET',
    path: '/resources',
    function: 'registers',
    access: anyone,
    summary: { zh: '存量土地和房屋台账', en: 'Register of idle land and buildings' },
    query: once(() =>
      z.strictObject({
        city: city(),
        county: county(),
        state: z.enum(resourceStateNames).optional().describe('状态|State'),
        path: z.enum(landPathCodes).optional().describe('用地用房路径|Way to land or building'),
        cursor: cursor(),
        limit: limit(),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/resources/{id}',
    function: 'registers',
    access: anyone,
    summary: { zh: '一处存量资源', en: 'A resource' },
  },
  {
    method: 'GET',
    path: '/resources/{id}/history',
    function: 'registers',
    access: anyone,
    summary: { zh: '资源记录的历史', en: 'History of a resource' },
    query: historyPage,
  },
  {
    method: 'GET',
    path: '/projects',
    function: 'registers',
    access: anyone,
    summary: { zh: '项目列表', en: 'Projects' },
    query: once(() =>
      z.strictObject({
        city: city(),
        county: county(),
        mode: z.enum(supplyModeCodes).optional().describe('建设方式|Supply mode'),
        stage: z.enum(projectStageNames).optional().describe('阶段|Stage'),
        late: z.enum(['true', 'false']).optional().describe('是否逾期|Late or not'),
        certificate: z.string().max(40).optional().describe('认定书状态|State of the certificate'),
        name: z.string().max(100).optional().describe('项目名称（部分）|Part of the name'),
        cursor: cursor(),
        limit: limit(),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/projects/{id}',
    function: 'registers',
    access: anyone,
    summary: { zh: '一个项目的全貌，或某日的情况', en: 'A project, as it is or as it was on a day' },
    query: once(() =>
      z.strictObject({
        asOf: z
          .string()
          .refine(isCivilDate, { error: 'civil-date' })
          .optional()
          .describe('截至某日（含当日）|As it stood at the end of this day'),
      }),
    ),
  },
  {
    method: 'GET',
    path: '/projects/{id}/history',
    function: 'registers',
    access: anyone,
    summary: { zh: '项目的历史', en: 'History of a project' },
    query: historyPage,
  },
  {
    method: 'GET',
    path: '/projects/{id}/versions/{number}/difference',
    function: 'registers',
    access: anyone,
    summary: { zh: '项目两版对照', en: 'What changed between two versions of a project' },
    query: once(() => z.strictObject({ from: z.coerce.number().int().min(1).optional() })),
  },
  {
    method: 'GET',
    path: '/regions/overview',
    function: 'registers',
    access: anyone,
    summary: { zh: '全区项目概览（按盟市）', en: 'The region at a glance, by city' },
    query: once(() =>
      z.strictObject({ year: z.coerce.number().int().min(2021).max(2100).optional().describe('年度|Year') }),
    ),
  },
];
