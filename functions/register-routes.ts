/** The routes of the registers of resources and projects, as the route table lists them. */
import * as z from 'zod';
import { once } from '../shared/kernel/once.ts';
import { landPathCodes } from '../shared/domain/resources/land-paths.ts';
import { ResourceDetails, resourceStateNames } from '../shared/domain/resources/resource.ts';
import type { Route } from './routes.ts';

const limit = once(() => z.coerce.number().int().min(1).max(100).default(25).describe('每页条数|Page size'));
const cursor = once(() =>
  z.string().max(2000).optional().describe('上页给出的游标|Cursor of the page before'),
);
const city = once(() => z.string().max(10).optional().describe('盟市|City'));
const county = once(() => z.string().max(10).optional().describe('旗县区|County'));
const historyPage = once(() =>
  z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: limit() }),
);
const anyone = { scope: 'anju.read', roles: 'any' } as const;
/** Whose register it is, the rules decide: a city's drafter files, a housing department's lead reviews. */
const keeper = { scope: 'anju.read', roles: ['drafter', 'lead'] } as const;

export const registerRoutes: readonly Route[] = [
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
    method: 'POST',
    path: '/resources',
    function: 'steering',
    access: keeper,
    summary: { zh: '登记存量土地或房屋', en: 'Register an idle plot or building' },
    body: ResourceDetails,
    command: 'creates',
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
];
