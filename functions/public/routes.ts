/** What anyone may ask, without a token. */
import * as z from 'zod';
import { once } from '../../shared/kernel/once.ts';
import { limit, cursor, type Route } from '../route.ts';

export const publicRoutes: readonly Route[] = [
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
];
