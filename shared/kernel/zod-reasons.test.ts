import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import type { Reason } from './refusal.ts';
import { reasonsOf } from './zod-reasons.ts';

function reasons(schema: z.ZodType, value: unknown, reportInput = true): Reason[] {
  const { error } = schema.safeParse(value, { reportInput });
  return error ? reasonsOf(error) : [];
}

describe('the reasons of a schema', () => {
  it('say that a field is required, whether or not the schema reports what it got', () => {
    const required = { code: 'invalid-type', pointer: '/a', text: { zh: '此项必填', en: 'Required' } };
    const schema = z.object({ a: z.string() });
    expect(reasons(schema, {})).toEqual([required]);
    expect(reasons(schema, {}, false)).toEqual([required]);
  });

  it('say of a wrong type which one is right, whether or not the schema reports what it got', () => {
    const wrong = { zh: '类型不对，应为数字', en: 'Wrong type; number expected' };
    const schema = z.object({ limit: z.coerce.number() });
    expect(reasons(schema, { limit: 'abc' })[0]?.text).toEqual(wrong);
    expect(reasons(schema, { limit: 'abc' }, false)[0]?.text).toEqual(wrong);
  });

  it('name every unknown field, escaped as a JSON Pointer wants', () => {
    expect(reasons(z.object({ in: z.strictObject({}) }), { in: { 'a/b': 1, 'c~d': 2, '~1': 3 } })).toEqual(
      ['/in/a~1b', '/in/c~0d', '/in/~01'].map((pointer) => ({
        code: 'unknown-field',
        pointer,
        text: { zh: '没有这个字段', en: 'There is no such field' },
      })),
    );
  });

  it('point through lists, and below where the caller says', () => {
    const { error } = z.object({ 'x/y': z.array(z.object({ n: z.int() })) }).safeParse({
      'x/y': [{ n: 1 }, { n: 1.5 }],
    });
    expect(error && reasonsOf(error, '/query').map(({ pointer }) => pointer)).toEqual(['/query/x~1y/1/n']);
  });

  it.each<[string, z.ZodType, unknown, string, string]>([
    ['invalid-type', z.string(), 1, '类型不对，应为文字', 'Wrong type; string expected'],
    ['invalid-type', z.int(), 1.5, '类型不对，应为整数', 'Wrong type; int expected'],
    ['invalid-type', z.array(z.string()), {}, '类型不对，应为列表', 'Wrong type; array expected'],
    ['too-small', z.string().min(1), '', '不能为空', 'Must not be empty'],
    ['too-small', z.string().min(3), 'ab', '不得少于3个字符', 'At least 3 characters'],
    ['too-small', z.number().min(2), 1, '不得小于2', 'At least 2'],
    ['too-small', z.number().positive(), 0, '须大于0', 'More than 0'],
    ['too-small', z.array(z.string()).min(2), [], '不得少于2项', 'At least 2 entries'],
    ['too-big', z.string().max(2), 'abc', '不得超过2个字符', 'At most 2 characters'],
    ['too-big', z.number().max(2), 3, '不得大于2', 'At most 2'],
    ['too-big', z.number().lt(2), 2, '须小于2', 'Less than 2'],
    ['too-big', z.array(z.string()).max(1), ['a', 'b'], '不得超过1项', 'At most 1 entries'],
    ['invalid-value', z.enum(['a', 'b']), 'c', '应为下列之一：a、b', 'One of: a, b'],
    ['invalid-format', z.uuid(), 'x', '格式不符合要求', 'Not in the required form'],
    ['not-multiple-of', z.number().multipleOf(5), 3, '格式不符合要求', 'Not in the required form'],
    [
      'invalid-key',
      z.record(z.string().regex(/^\d$/), z.string()),
      { a: 'x' },
      '格式不符合要求',
      'Not in the required form',
    ],
    [
      'civil-date',
      z.string().refine(() => false, 'civil-date'),
      '2021-02-30',
      '须为有效日期，格式如 2021-10-31',
      'Must be a real date such as 2021-10-31',
    ],
    [
      'two-decimals',
      z.number().refine(() => false, 'two-decimals'),
      1.234,
      '最多保留两位小数',
      'At most two decimals',
    ],
    [
      'custom',
      z.string().refine(() => false, 'Some English that reaches nobody'),
      'x',
      '格式不符合要求',
      'Not in the required form',
    ],
    [
      'custom',
      z.string().refine(() => false, 'an explanation in English'),
      'x',
      '格式不符合要求',
      'Not in the required form',
    ],
    // What zod found keeps zod's name for it, also where the schema names the words.
    [
      'invalid-format',
      z.string().regex(/^\d$/, 'civil-date'),
      'x',
      '须为有效日期，格式如 2021-10-31',
      'Must be a real date such as 2021-10-31',
    ],
    // What is chosen from a list is told the list, also when nothing was chosen.
    ['invalid-value', z.enum(['a', 'b']), undefined, '应为下列之一：a、b', 'One of: a, b'],
  ])('have words for %s in both languages (%#)', (code, schema, value, zh, en) => {
    const at = code === 'invalid-key' ? '/a' : '';
    expect(reasons(schema, value)).toEqual([{ code, pointer: at, text: { zh, en } }]);
  });

  describe('of a union', () => {
    const union = z.object({
      entry: z.union([z.string(), z.object({ kind: z.literal('a'), days: z.int() })]),
    });

    it('point into the one alternative that has the right shape', () => {
      expect(reasons(union, { entry: { kind: 'a', days: 'x' } }).map(({ pointer }) => pointer)).toEqual([
        '/entry/days',
      ]);
    });

    it('point at the union itself when no alternative has the right shape', () => {
      expect(reasons(union, { entry: 7 })).toEqual([
        {
          code: 'invalid-union',
          pointer: '/entry',
          text: { zh: '格式不符合要求', en: 'Not in the required form' },
        },
      ]);
    });

    it('speak of the right form where an optional date may also be empty', () => {
      const schema = z.object({
        date: z.union([z.string().refine(() => false, 'civil-date'), z.literal('')]),
      });
      expect(reasons(schema, { date: 'x' })).toMatchObject([{ code: 'civil-date', pointer: '/date' }]);
    });

    it('say that the whole is required when nothing was given', () => {
      expect(reasons(union, {})).toMatchObject([{ pointer: '/entry', text: { en: 'Required' } }]);
      const dated = z.object({ date: z.union([z.literal(''), z.string()]) });
      expect(reasons(dated, {})).toMatchObject([{ pointer: '/date', text: { en: 'Required' } }]);
    });

    it('never say that something is missing which was given, though all alternatives miss something in it', () => {
      const either = z.object({ at: z.union([z.object({ a: z.int() }), z.object({ b: z.int() })]) });
      expect(reasons(either, { at: {} })).toMatchObject([{ code: 'invalid-union', pointer: '/at' }]);
    });

    it('point at the whole when several alternatives have the right shape', () => {
      const either = z.union([z.object({ n: z.int() }), z.object({ n: z.boolean() })]);
      expect(reasons(either, { n: 'x' })).toMatchObject([{ code: 'invalid-union', pointer: '' }]);
    });

    it('point at the whole when the alternative finds fault with that, too', () => {
      const either = z.union([z.strictObject({ n: z.int() }), z.string()]);
      expect(reasons(either, { n: 'x', more: 1 })).toMatchObject([{ code: 'invalid-union', pointer: '' }]);
    });

    it('point at the field that tells alternatives apart', () => {
      const told = z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a') }),
        z.object({ kind: z.literal('b'), n: z.int() }),
      ]);
      expect(reasons(told, { kind: 'c' })).toMatchObject([{ code: 'invalid-union', pointer: '/kind' }]);
      expect(reasons(told, { kind: 'b', n: 'x' })).toMatchObject([{ pointer: '/n' }]);
    });
  });
});
