/** What a schema found, as reasons with pointers and words in both languages; zod's own English reaches nobody. */
import type * as z from 'zod';
import type { Reason, Text } from './refusal.ts';

export function reasonsOf(error: z.ZodError, at = ''): Reason[] {
  return error.issues.flatMap((issue) => reasonsOfIssue(issue, at));
}

function reasonsOfIssue(issue: z.core.$ZodIssue, at: string): Reason[] {
  const pointer =
    at + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown-field',
      pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      text: { zh: '没有这个字段', en: 'There is no such field' },
    }));
  }
  return [{ code: codeOf(issue), pointer, text: textOf(issue) }];
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
  'reason-for-disagreement': { zh: '不同意须说明理由', en: 'A disagreement needs its reason' },
  'conditions-missing': { zh: '附条件同意须列明条件', en: 'Agreement with conditions needs the conditions' },
};

function textOf(issue: z.core.$ZodIssue): Text {
  const custom = customTexts[issue.message];
  if (custom) return custom;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? { zh: '此项必填', en: 'Required' }
        : { zh: `类型不对，应为${typeZh(issue.expected)}`, en: `Wrong type; ${issue.expected} expected` };
    case 'too_small':
      return issue.origin === 'string'
        ? { zh: '不能为空', en: 'Must not be empty' }
        : { zh: `不得少于${String(issue.minimum)}`, en: `At least ${String(issue.minimum)}` };
    case 'too_big':
      return issue.origin === 'string'
        ? { zh: `不得超过${String(issue.maximum)}个字符`, en: `At most ${String(issue.maximum)} characters` }
        : { zh: `不得大于${String(issue.maximum)}`, en: `At most ${String(issue.maximum)}` };
    case 'invalid_value':
      return {
        zh: `应为下列之一：${issue.values.map(String).join('、')}`,
        en: `One of: ${issue.values.map(String).join(', ')}`,
      };
    default:
      return { zh: '格式不符合要求', en: 'Not in the required form' };
  }
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
