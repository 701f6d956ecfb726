import { describe, expect, test } from 'vitest';
import { actionInputs } from './inputs.ts';
import { actionNames, type Action } from './lifecycle.ts';

const takes = (action: Action, input: unknown): boolean => actionInputs[action]().safeParse(input).success;

const saved = {
  content: { totalHomes: 5000 },
  filing: {
    documentNumber: '鄂府发〔2021〕51号',
    issueDate: '2021-10-11',
    contact: { name: '张三', phone: '0477-8580000' },
  },
  explanations: { 'target-below-demand': '分两期建设' },
};
const reason = { reason: '测算依据不足' };
const defect = { pointer: '/content/basis', text: '依据不足' };

/** One input for each action that is in order. */
const inputs: Record<Action, object> = {
  save: saved,
  'send-to-check': {},
  'send-back': reason,
  'refuse-signature': reason,
  'pass-check': {},
  sign: {},
  withdraw: reason,
  accept: {},
  acknowledge: {},
  return: { defects: [defect] },
  receive: {},
  opine: { verdict: 'agree' },
  'ask-supplement': { questions: ['请补充测算依据'] },
  supply: { office: 'R_NDRC', answer: '见附件', documents: ['a'] },
  reject: reason,
  consent: { reference: '内政函1号' },
  'record-consent': { documentNumber: '内政函1号', date: '2021-10-20', document: 'scan' },
  'refuse-consent': reason,
  publish: {},
  'take-note': {},
  'record-visit': { date: '2021-10-12', offices: ['住建'], findings: '相符', documents: ['a'] },
  'record-minutes': { date: '2021-10-12', documentNumber: '联审1号', document: 'scan', opinions: [] },
  'settle-contradiction': { conditions: [1, 2], prevails: 1, ...reason },
  'conclude-review': {},
  'prove-condition': { condition: 1, statement: '已整改', documents: ['a'] },
  'close-condition': { condition: 1, met: true, ...reason },
  'deliver-paper': { paper: 'survey', document: 'scan' },
  'pass-plan-check': { note: '已列入' },
  'fail-plan-check': { ...reason, remedies: '可申请行政复议' },
  'record-objection': { receivedOn: '2021-10-12', by: 'letter', text: '停车位不足' },
  'answer-objection': { objection: 1, upheld: false, answer: '已配建' },
  'close-notice': {},
  approve: { documentNumber: '新政认1号', note: '同意' },
  refuse: { ...reason, remedies: '可申请行政复议' },
  'request-extension': { clock: 'acceptance', days: 3, ...reason },
  'answer-extension': { clock: 'acceptance', grant: true, ...reason },
  recall: {},
  'view-contact': { purpose: '核实文号' },
};
const mayBeLeftOut: Partial<Record<Action, readonly string[]>> = {
  save: ['explanations'],
  supply: ['office', 'documents'],
  consent: ['reference'],
  'record-visit': ['documents'],
  'settle-contradiction': ['prevails'],
  'prove-condition': ['documents'],
  'pass-plan-check': ['note'],
  'fail-plan-check': ['remedies'],
  approve: ['documentNumber', 'note'],
  refuse: ['remedies'],
};

describe.each(actionNames)('what is given to %s', (action) => {
  test('is all that it asks for, and nothing that nobody reads', () => {
    expect(takes(action, inputs[action])).toBe(true);
    expect(takes(action, { ...inputs[action], more: 1 })).toBe(false);
    for (const field of Object.keys(inputs[action])) {
      const without = { ...inputs[action], [field]: undefined };
      expect(takes(action, without), field).toBe(mayBeLeftOut[action]?.includes(field) ?? false);
    }
  });
});

describe('a reason', () => {
  test('says something, in at most 2,000 signs', () => {
    expect(takes('withdraw', { reason: ' \n ' })).toBe(false);
    expect(takes('withdraw', { reason: '因'.repeat(2000) })).toBe(true);
    expect(takes('withdraw', { reason: '因'.repeat(2001) })).toBe(false);
    expect(actionInputs.withdraw().parse({ reason: ' 因 ' })).toEqual({ reason: '因' });
  });
});

describe('a draft', () => {
  const filing = (change: object): boolean =>
    takes('save', { ...saved, filing: { ...saved.filing, ...change } });

  test('may leave out what is not known yet: number, date and contact', () => {
    expect(filing({ documentNumber: '', issueDate: '', contact: undefined })).toBe(true);
    expect(filing({ documentNumber: undefined })).toBe(false);
    expect(filing({ more: 1 })).toBe(false);
  });

  test('names a number of at most 100 signs, without the blanks around it', () => {
    expect(filing({ documentNumber: '号'.repeat(100) })).toBe(true);
    expect(filing({ documentNumber: '号'.repeat(101) })).toBe(false);
    const parsed = actionInputs
      .save()
      .parse({ ...saved, filing: { ...saved.filing, documentNumber: ' 1号 ' } });
    expect(parsed.filing.documentNumber).toBe('1号');
  });

  test('names a day that exists', () => {
    const { error } = actionInputs.save().safeParse({
      ...saved,
      filing: { ...saved.filing, issueDate: '2021-02-30' },
    });
    expect(JSON.stringify(error?.issues)).toContain('civil-date');
    expect(filing({ issueDate: '10月11日' })).toBe(false);
  });

  test.each([
    ['0477-8580000', true],
    ['+86 138 0000 1234', true],
    [' 13800001234 ', true],
    ['123456', false],
    ['123456789012345678901', false],
    ['电话13800001234', false],
    ['13800001234 转 1', false],
  ])('names a contact that can be called: %j %s', (phone, can) => {
    expect(filing({ contact: { name: '张三', phone } })).toBe(can);
  });

  test('keeps the number without the blanks around it', () => {
    const contact = { name: '张三', phone: ' 0477-8580000 ' };
    const parsed = actionInputs.save().parse({ ...saved, filing: { ...saved.filing, contact } });
    expect(parsed.filing.contact?.phone).toBe('0477-8580000');
  });

  test('names who the contact is, and nothing else of a person', () => {
    expect(filing({ contact: { name: ' ', phone: '0477-8580000' } })).toBe(false);
    expect(filing({ contact: { name: '张三', phone: '0477-8580000', idNumber: '1' } })).toBe(false);
  });

  test('explains findings by their codes, which are short', () => {
    expect(takes('save', { ...saved, explanations: { ['c'.repeat(101)]: '说明' } })).toBe(false);
    expect(takes('save', { ...saved, explanations: { code: '' } })).toBe(false);
    expect(actionInputs.save().parse({ ...saved, explanations: undefined }).explanations).toEqual({});
  });
});

describe('defects', () => {
  const told = (change: object): boolean => takes('return', { defects: [{ ...defect, ...change }] });

  test('are at least one and at most a hundred, each with its place and words', () => {
    expect(takes('return', { defects: [] })).toBe(false);
    expect(takes('return', { defects: Array.from({ length: 100 }, () => defect) })).toBe(true);
    expect(takes('return', { defects: Array.from({ length: 101 }, () => defect) })).toBe(false);
    expect(told({ text: '' })).toBe(false);
    expect(told({ toldLate: '前次材料未附测算表' })).toBe(true);
    expect(told({ more: 1 })).toBe(false);
  });

  test.each([
    ['', true],
    ['/content', true],
    ['/content/years/0/homes', true],
    ['content', false],
    ['see /content', false],
    [`/${'a'.repeat(299)}`, true],
    [`/${'a'.repeat(300)}`, false],
  ])('lie at a JSON Pointer: %j %s', (pointer, is) => {
    expect(told({ pointer })).toBe(is);
  });
});

describe('more time', () => {
  test('is asked for in whole working days, from one to sixty', () => {
    const more = (days: number): boolean =>
      takes('request-extension', { clock: 'acceptance', days, ...reason });
    expect([0, 1, 1.5, 60, 61].map(more)).toEqual([false, true, false, true, false]);
  });
});

test('an opinion without what it needs is told where that is missing, alone and among the minutes', () => {
  const lacking = (action: 'opine' | 'record-minutes', input: unknown): string[] =>
    (actionInputs[action]().safeParse(input).error?.issues ?? []).map(
      ({ path, message }) => `${message} /${path.join('/')}`,
    );
  expect(lacking('opine', { verdict: 'disagree' })).toEqual(['reason-for-disagreement /reason']);
  for (const conditions of [undefined, []])
    expect(lacking('opine', { verdict: 'agree-with-conditions', conditions })).toEqual([
      'conditions-missing /conditions',
    ]);
  const opinions = [
    { department: 'FIRE', verdict: 'agree' },
    { department: 'TAX', verdict: 'disagree' },
    { department: 'POWER', verdict: 'agree-with-conditions' },
  ];
  expect(lacking('record-minutes', { ...inputs['record-minutes'], opinions })).toEqual([
    'reason-for-disagreement /opinions/1/reason',
    'conditions-missing /opinions/2/conditions',
  ]);
});

test('a condition is a sentence, or says besides what it is about and by when', () => {
  const setting = (condition: unknown): boolean =>
    takes('opine', { verdict: 'agree-with-conditions', conditions: [condition] });
  for (const one of [
    '增设喷淋',
    { text: '增设喷淋' },
    { text: '增设喷淋', subject: 'fire', before: 'letting' },
  ])
    expect(setting(one)).toBe(true);
  for (const one of ['', {}, { subject: 'fire' }, { text: '增设喷淋', subject: 'colour' }])
    expect(setting(one)).toBe(false);
});
