import { expect, test } from 'vitest';
import { regionalDefault } from '../policies/rule-set.ts';
import { departmentCodes, departmentOf, leadDepartment } from './departments.ts';

test('a department is found by its code, and no other text finds one', () => {
  for (const code of departmentCodes) expect(departmentOf(code)).toMatchObject({ code });
  for (const none of ['', 'housing', 'toString', '__proto__', 'R_HOUSING'])
    expect(departmentOf(none)).toBeUndefined();
});

test('the default panel is everyone but the lead', () => {
  expect(regionalDefault.review.panel.value).toEqual(
    departmentCodes.filter((code) => code !== leadDepartment),
  );
});
