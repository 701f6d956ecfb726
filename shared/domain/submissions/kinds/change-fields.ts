/** The form of a change (变更申请): what changes and why, and the whole project as it is to be. */
import * as z from 'zod';
import { once } from '../../../kernel/once.ts';
import type { Text } from '../../../kernel/refusal.ts';
import { codesOf } from '../../certificates/terms.ts';
import { text } from './fields.ts';
import { recognitionContent } from './recognition-fields.ts';

/** 变更事项: each names the papers that prove it, and what of the project it may change. */
export const changeAspects = {
  owner: { zh: '项目主体', en: 'Owner' },
  operator: { zh: '运营单位', en: 'Operator' },
  extent: { zh: '坐落、规模或者所用资源', en: 'Place, size or resources' },
  homes: { zh: '套（间）数或者户型', en: 'Homes or their types' },
  schedule: { zh: '工期或者投资', en: 'Schedule or investment' },
  rent: { zh: '租金', en: 'Rents' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Text>;
export type ChangeAspect = keyof typeof changeAspects;

/** The whole project as it is to be: what is not to change is said again, so that every version reads by itself. */
export const changeContent = once(() =>
  z.strictObject({
    changes: z
      .array(z.enum(codesOf(changeAspects)))
      .min(1)
      .max(10)
      .describe('变更事项|What changes'),
    reason: text(1000, '变更理由|Reason'),
    ...recognitionContent().shape,
  }),
);
export type ProjectChange = z.infer<ReturnType<typeof changeContent>>;
