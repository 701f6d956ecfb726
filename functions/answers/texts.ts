/** Shapes that several answers share. */
import * as z from 'zod';
import { roleNames } from '../../shared/domain/identity/roles.ts';

export const Text = z.object({ zh: z.string(), en: z.string() }).describe('中英文本|In both languages');
export const instant = z.iso.datetime().describe('UTC 时刻|Instant, UTC');
export const civilDate = z.iso.date().describe('北京时间日期|Civil date, Asia/Shanghai');
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const role = z.enum(roleNames as [string, ...string[]]);
export const cursor = z
  .string()
  .optional()
  .describe('下一页游标；没有则为末页|Cursor of the next page; absent on the last');

/** A page of a list. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), cursor });
}

export const Progress = z.object({
  office: z.string(),
  role,
  task: z.string(),
  taskText: Text,
  due: civilDate
    .optional()
    .describe('应办结日期；没有则无时限或时限中止|Due; absent: no limit runs, or it stands still'),
  since: instant,
});
