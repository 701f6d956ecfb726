/** Lists as files. */
import * as z from 'zod';
import { once } from '../../shared/kernel/once.ts';
import { stateNames } from '../../shared/domain/submissions/submission.ts';
import { anyone, type Route } from '../route.ts';

export const exportRoutes: readonly Route[] = [
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
];
