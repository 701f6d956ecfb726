/** What the platform says of itself: its API, its kinds of submission. */
import { anyone, type Route } from '../route.ts';

export const descriptionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/openapi.json',
    function: 'description',
    access: 'anyone',
    summary: { zh: '接口说明', en: 'This description' },
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
];
