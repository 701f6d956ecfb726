/** Names of fields, in schemas that no kind has yet. */
import { expect, it } from 'vitest';
import * as z from 'zod';
import { annualPlan } from './annual-plan.ts';
import { contentSchema, labelAt } from './labels.ts';

it('a field that is empty unless something is given has its name', () => {
  const remark = z.string().nullable().default(null).describe('备注|Remark');
  const schema = contentSchema({ ...annualPlan, content: () => z.strictObject({ remark }) });
  expect(schema).toMatchObject({
    properties: { remark: { default: null, 'x-title': { zh: '备注', en: 'Remark' } } },
  });
});

it('a field has the name that it has in the alternative that knows it', () => {
  const schema = {
    anyOf: [{ type: 'null' }, { properties: { homes: { description: '套（间）数|Homes' } } }],
  };
  expect(labelAt(schema, ['homes'])).toEqual({ zh: '套（间）数', en: 'Homes' });
});
