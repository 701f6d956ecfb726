/** What a schema found, as reasons with pointers and words in both languages; zod's own English reaches nobody. */
import type * as z from 'zod';
import { pointerPart } from './json-pointer.ts';
import type { Reason, Text } from './refusal.ts';

export function reasonsOf(error: z.ZodError, at = ''): Reason[] {
  return error.issues.flatMap((issue) => reasonsOfIssue(issue, at));
}

function reasonsOfIssue(issue: z.core.$ZodIssue, at: string): Reason[] {
  const pointer = at + issue.path.map(pointerPart).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown-field',
      pointer: pointer + pointerPart(key),
      text: { zh: '没有这个字段', en: 'There is no such field' },
    }));
  }
  if (issue.code === 'invalid_union') {
    const meant = alternativeMeant(issue.errors);
    if (meant) return meant.flatMap((inner) => reasonsOfIssue(inner, pointer));
    // All alternatives saw the same: where one got nothing at all, nothing was given.
    if (issue.errors.flat().some((inner) => inner.path.length === 0 && isAbsent(inner)))
      return [{ ...required, pointer }];
  }
  if (isAbsent(issue)) return [{ ...required, pointer }];
  return [{ code: codeOf(issue), pointer, text: textOf(issue) }];
}

/** The one alternative of a union that has the value's shape: it finds fault with what lies inside, not with the whole. */
function alternativeMeant(alternatives: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const shaped = alternatives.filter((issues) => issues.every(({ path }) => path.length > 0));
  return shaped.length === 1 ? shaped[0] : undefined;
}

const required = { code: 'invalid-type', text: { zh: '此项必填', en: 'Required' } };

/** Nothing was given. A schema that was not asked to report its input says so only in its message. */
function isAbsent(issue: z.core.$ZodIssue): boolean {
  if (issue.code !== 'invalid_type') return false;
  return 'input' in issue ? issue.input === undefined : issue.message.endsWith('received undefined');
}

function codeOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'custom' && /^[a-z-]+$/.test(issue.message)
    ? issue.message
    : issue.code.replaceAll('_', '-');
}

const customTexts: Readonly<Record<string, Text>> = {
  'civil-date': { zh: '须为有效日期，格式如 2021-10-31', en: 'Must be a real date such as 2021-10-31' },
  instant: {
    zh: '须为有效时刻，格式如 2021-10-31T16:00:00.000Z',
    en: 'Must be an instant such as 2021-10-31T16:00:00.000Z',
  },
  'points-repeated': { zh: '节点重复', en: 'A point is repeated' },
  'points-needed': {
    zh: '截止当日（0）、逾期次日（1）和升级上报（5）不得省略',
    en: 'The last day (0), the first day late (1) and the escalation (5) cannot be left out',
  },
  'two-decimals': { zh: '最多保留两位小数', en: 'At most two decimals' },
  'nothing-given': { zh: '至少填写一项', en: 'At least one is needed' },
  'reason-for-disagreement': { zh: '不同意须说明理由', en: 'A disagreement needs its reason' },
  'conditions-missing': { zh: '附条件同意须列明条件', en: 'Agreement with conditions needs the conditions' },
};

function textOf(issue: z.core.$ZodIssue): Text {
  const custom = customTexts[issue.message];
  if (custom) return custom;
  switch (issue.code) {
    case 'invalid_type':
      return { zh: `类型不对，应为${typeZh(issue.expected)}`, en: `Wrong type; ${issue.expected} expected` };
    case 'too_small':
      return tooSmall(issue.origin, String(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return tooBig(issue.origin, String(issue.maximum), issue.inclusive !== false);
    case 'invalid_value':
      return {
        zh: `应为下列之一：${issue.values.map(String).join('、')}`,
        en: `One of: ${issue.values.map(String).join(', ')}`,
      };
    default:
      return { zh: '格式不符合要求', en: 'Not in the required form' };
  }
}

function tooSmall(origin: string, minimum: string, inclusive: boolean): Text {
  if (origin === 'string') {
    return minimum === '1'
      ? { zh: '不能为空', en: 'Must not be empty' }
      : { zh: `不得少于${minimum}个字符`, en: `At least ${minimum} characters` };
  }
  if (origin === 'array') return { zh: `不得少于${minimum}项`, en: `At least ${minimum} entries` };
  return inclusive
    ? { zh: `不得小于${minimum}`, en: `At least ${minimum}` }
    : { zh: `须大于${minimum}`, en: `More than ${minimum}` };
}

function tooBig(origin: string, maximum: string, inclusive: boolean): Text {
  if (origin === 'string') return { zh: `不得超过${maximum}个字符`, en: `At most ${maximum} characters` };
  if (origin === 'array') return { zh: `不得超过${maximum}项`, en: `At most ${maximum} entries` };
  return inclusive
    ? { zh: `不得大于${maximum}`, en: `At most ${maximum}` }
    : { zh: `须小于${maximum}`, en: `Less than ${maximum}` };
}

const types: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是否',
  array: '列表',
  object: '对象',
  record: '对象',
};

function typeZh(expected: string): string {
  return types[expected] ?? expected;
}
