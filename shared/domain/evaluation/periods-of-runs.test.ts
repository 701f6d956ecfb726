import { describe, expect, test } from 'vitest';
import { daysOf, lastPeriod, periodName } from './inputs.ts';
import { EvaluationRun, isForm, periodOf, progressOf } from './run.ts';

describe('the period of a run', () => {
  test.each([
    [{ cycle: 'yearly', year: 2021 }, '2021', '2021-12-31'],
    [{ cycle: 'monthly', year: 2021, month: 12 }, '2021-12', '2021-12-31'],
    [{ cycle: 'monthly', year: 2022, month: 1 }, '2022-01', '2022-01-31'],
    [{ cycle: 'monthly', year: 2024, month: 2 }, '2024-02', '2024-02-29'],
    [{ cycle: 'monthly', year: 2021, month: 9 }, '2021-09', '2021-09-30'],
    [{ cycle: 'monthly', year: 2021, month: 10 }, '2021-10', '2021-10-31'],
  ] as const)('%o is called %s, and counts from the first of January to %s', (period, name, to) => {
    expect(periodName(period)).toBe(name);
    expect(daysOf(period)).toEqual({ from: `${period.year}-01-01`, to });
  });

  test.each([
    // Half past midnight on New Year's Day in Inner Mongolia.
    ['2021-12-31T16:30:00.000Z', { year: 2021 }, { year: 2021, month: 12 }],
    ['2021-12-31T15:59:59.999Z', { year: 2020 }, { year: 2021, month: 11 }],
    ['2022-03-31T01:00:00.000Z', { year: 2021 }, { year: 2022, month: 2 }],
    ['2022-11-01T01:00:00.000Z', { year: 2021 }, { year: 2022, month: 10 }],
  ])('that was over last at %s', (now, year, month) => {
    expect(lastPeriod('yearly', now)).toEqual({ cycle: 'yearly', ...year });
    expect(lastPeriod('monthly', now)).toEqual({ cycle: 'monthly', ...month });
  });
});

describe('a run', () => {
  const stored = { key: 'k', sha256: 'h', bytes: 3 };
  const run: EvaluationRun = {
    id: '2021-12.1',
    cycle: 'monthly',
    year: 2021,
    month: 12,
    number: 1,
    from: '2021-01-01',
    to: '2021-12-31',
    state: 'circulated',
    requestedBy: 'system',
    requestedAt: '2022-01-05T01:00:00.000Z',
    corrects: { run: '2021-11.1', reason: '签收时间有误' },
    frozenAt: '2022-01-05T01:00:00.000Z',
    inputs: stored,
    result: stored,
    forms: { json: stored, pdf: stored },
    objectUntil: '2022-01-12',
    objections: [
      {
        number: 1,
        city: '150200',
        indicator: 'A1',
        text: '异议',
        at: '2022-01-06T01:00:00.000Z',
        answer: { upheld: false, text: '答复', at: '2022-01-07T01:00:00.000Z' },
      },
    ],
    approval: { documentNumber: '内政函1号', date: '2022-01-13' },
    discardedBecause: '数据有误',
    terms: { reportBy: '2022-01-31', objectionDays: 5, indicators: ['A1'] },
    updatedAt: '2022-01-07T01:00:00.000Z',
    seq: 9,
    hash: 'h',
  };

  test('is read back as it was written', () => {
    expect(EvaluationRun().parse(run)).toEqual(run);
  });

  test.each<[string, object]>([
    ['a cycle that nobody knows', { cycle: 'weekly' }],
    ['a state that nobody knows', { state: 'lost' }],
    ['a form that nobody makes', { forms: { doc: stored } }],
    ['an object without its hash', { inputs: { key: 'k', bytes: 3 } }],
    ['an objection of nobody', { objections: [{ number: 1, text: '异议', at: '' }] }],
    [
      'an answer that does not say whether it is upheld',
      { objections: [{ ...run.objections[0], answer: { text: 't', at: '' } }] },
    ],
    ['an approval without its number', { approval: { date: '2022-01-13' } }],
    ['a correction without a reason', { corrects: { run: '2021-11.1' } }],
    ['terms without the days to object', { terms: { reportBy: '2022-01-31', indicators: [] } }],
  ])('is not read with %s', (_, change) => {
    expect(EvaluationRun().safeParse({ ...run, ...change }).success).toBe(false);
  });

  test('is of the period that its name begins with', () => {
    expect([periodOf({ id: '2021.1' }), periodOf({ id: '2021-12.3' })]).toEqual(['2021', '2021-12']);
  });

  test('has six steps: freezing, computing, four forms', () => {
    expect(progressOf(run)).toEqual({ done: 4, of: 6 });
    const { inputs: _inputs, result: _result, ...begun } = run;
    expect(progressOf({ ...begun, forms: {} })).toEqual({ done: 0, of: 6 });
    expect(progressOf({ ...begun, inputs: stored, forms: {} })).toEqual({ done: 1, of: 6 });
  });

  test('is reported in four forms', () => {
    expect(['json', 'csv', 'xlsx', 'pdf', 'doc'].filter(isForm)).toEqual(['json', 'csv', 'xlsx', 'pdf']);
  });
});
