/** Objections and their answers, the approval, and what each action takes; the life itself is in `actions.test.ts`. */
import { describe, expect, test } from 'vitest';
import { builtInCalendar } from '../calendar/working-days.ts';
import { changeRun, runActionNames, runActions, type RunActionName, type RunInput } from './actions.ts';
import type { EvaluationRun, Objection } from './run.ts';
import { askedAt as at, circulatedRun as run } from './sample-inputs.ts';

const calendar = builtInCalendar();
const objection = (number: number, changes: Partial<Objection> = {}): Objection => ({
  number,
  city: '150200',
  text: '异议',
  at,
  ...changes,
});
const answer = (upheld: boolean) => ({ upheld, text: '答复', at });

function act(action: RunActionName, before: EvaluationRun, input: RunInput = {}, day = '2022-01-10') {
  return changeRun(action, before, input, {
    actor: { office: '150200' },
    now: `${day}T02:00:00.000Z`,
    calendar,
  });
}
function after(action: RunActionName, before: EvaluationRun, input: RunInput = {}, day?: string) {
  const changed = act(action, before, input, day);
  if (!changed.ok) throw new Error(changed.error.code);
  return changed.value;
}

describe('an objection', () => {
  test('is about the result or about an indicator, and is numbered as it comes', () => {
    const first = after('object', run(), { text: '整体' });
    const second = after('object', first, { text: '签收时间', indicator: 'A1' });
    const made = '2022-01-10T02:00:00.000Z';
    expect(second.objections).toStrictEqual([
      { number: 1, city: '150200', text: '整体', at: made },
      { number: 2, city: '150200', indicator: 'A1', text: '签收时间', at: made },
    ]);
    expect(second.updatedAt).toBe(made);
    expect(act('object', run(), { text: '异议', indicator: 'Z9' })).toMatchObject({
      error: {
        code: 'invalid-request',
        params: { count: 1 },
        errors: [
          {
            code: 'unknown',
            pointer: '/indicator',
            text: { zh: '没有这个指标', en: 'There is no such indicator' },
          },
        ],
      },
    });
  });

  test('that comes too late is told until when it could', () => {
    expect(act('object', run(), { text: '异议' }, '2022-01-13')).toMatchObject({
      error: { code: 'objection-too-late', params: { day: '2022-01-12' } },
    });
  });

  test('has room again once others of the city were answered, and no other city fills it', () => {
    const three = [1, 2, 3].map((number) => objection(number));
    expect(act('object', run({ objections: three }), { text: '异议' })).toMatchObject({
      error: { code: 'too-many-objections', params: { most: 3 } },
    });
    const answered = [...three.slice(0, 2), objection(3, { answer: answer(false) })];
    expect(act('object', run({ objections: answered }), { text: '异议' }).ok).toBe(true);
    const others = three.map((one) => ({ ...one, city: '150400' }));
    expect(act('object', run({ objections: others }), { text: '异议' }).ok).toBe(true);
  });

  test('is the thirtieth of all at most', () => {
    const many = (count: number) =>
      run({
        objections: Array.from({ length: count }, (_, index) =>
          objection(index + 1, { answer: answer(false) }),
        ),
      });
    expect(act('object', many(29), { text: '异议' }).ok).toBe(true);
    expect(act('object', many(30), { text: '异议' })).toMatchObject({
      error: { code: 'too-many-objections' },
    });
  });
});

describe('an answer', () => {
  const open = run({ objections: [objection(1), objection(2)] });

  test('stands with its objection, the others stay as they are', () => {
    const answered = after('answer-objection', open, { number: 2, upheld: true, text: '采纳' });
    expect(answered.objections).toEqual([
      objection(1),
      objection(2, { answer: { upheld: true, text: '采纳', at: '2022-01-10T02:00:00.000Z' } }),
    ]);
  });

  test('upholds nothing unless it says so', () => {
    const answered = after('answer-objection', open, { number: 1, text: '答复' });
    expect(answered.objections[0]?.answer?.upheld).toBe(false);
  });

  test('is given once, to an objection that there is', () => {
    const answered = run({ objections: [objection(1, { answer: answer(false) })] });
    const again = { number: 1, upheld: true, text: '再答' };
    expect(act('answer-objection', answered, again)).toMatchObject({ error: { code: 'objection-answered' } });
    expect(act('answer-objection', open, { ...again, number: 3 })).toMatchObject({
      error: {
        errors: [{ pointer: '/number', text: { zh: '没有这条异议', en: 'There is no such objection' } }],
      },
    });
  });
});

describe('an approval', () => {
  const approval = { documentNumber: '内政函1号', date: '2022-01-13' };

  test('keeps number and date of the document, which is not of tomorrow', () => {
    expect(after('approve', run(), approval, '2022-01-13')).toMatchObject({ state: 'approved', approval });
    expect(act('approve', run(), { ...approval, date: '2022-01-14' }, '2022-01-13')).toMatchObject({
      error: {
        errors: [
          { pointer: '/date', text: { zh: '成文日期不得晚于今日', en: 'The date lies in the future' } },
        ],
      },
    });
  });

  test('waits for the last day of the window, for every answer, and for the correction of what was upheld', () => {
    const told = (objections: Objection[], day = '2022-01-13') => {
      const changed = act('approve', run({ objections }), approval, day);
      return changed.ok ? 'approved' : changed.error;
    };
    expect(told([], '2022-01-12')).toMatchObject({
      code: 'objections-still-possible',
      params: { day: '2022-01-12' },
    });
    const settled = objection(1, { answer: answer(false) });
    expect(told([settled, objection(2)])).toMatchObject({ code: 'objections-open' });
    expect(told([settled, objection(2, { answer: answer(true) })])).toMatchObject({
      code: 'objection-upheld',
    });
    expect(told([settled])).toBe('approved');
  });
});

describe('the rest of a life', () => {
  test('goes on after a failure as it is, is published, or is discarded with its reason', () => {
    const now = { updatedAt: '2022-01-10T02:00:00.000Z' };
    const requested = run({ state: 'requested' });
    expect(after('resume', requested)).toEqual({ ...requested, ...now });
    const approved = run({ state: 'approved' });
    expect(after('publish', approved)).toEqual({ ...approved, ...now, state: 'published' });
    expect(after('discard', run(), { reason: '数据有误' })).toEqual({
      ...run(),
      ...now,
      state: 'discarded',
      discardedBecause: '数据有误',
    });
  });

  test('says in which state it is when an action does not fit', () => {
    expect(act('publish', run())).toMatchObject({
      error: {
        code: 'run-not-in-state',
        params: { state: 'sent to the cities, which may object', stateZh: '已送各盟市征求意见' },
      },
    });
  });
});

describe('what an action takes', () => {
  const inputs: Record<RunActionName, object> = {
    resume: {},
    circulate: {},
    object: { text: '异议' },
    'answer-objection': { number: 1, upheld: false, text: '答复' },
    approve: { documentNumber: '内政函1号', date: '2022-01-13' },
    publish: {},
    discard: { reason: '数据有误' },
  };
  const takes = (action: RunActionName, input: object) => runActions[action].input().safeParse(input).success;

  test.each(runActionNames)('%s: all of it, and nothing else', (action) => {
    expect(takes(action, inputs[action])).toBe(true);
    expect(takes(action, { ...inputs[action], more: 1 })).toBe(false);
    for (const field of Object.keys(inputs[action]))
      expect(takes(action, { ...inputs[action], [field]: undefined }), field).toBe(false);
  });

  test('words say something, in at most a thousand signs', () => {
    expect(takes('discard', { reason: ' ' })).toBe(false);
    expect(takes('discard', { reason: '因'.repeat(1000) })).toBe(true);
    expect(takes('discard', { reason: '因'.repeat(1001) })).toBe(false);
    expect(runActions.discard.input().parse({ reason: ' 因 ' })).toEqual({ reason: '因' });
  });

  test('an objection may name its indicator; an answer names a number from one', () => {
    expect(takes('object', { text: '异议', indicator: 'A1' })).toBe(true);
    expect(takes('object', { text: '异议', indicator: 'A'.repeat(11) })).toBe(false);
    expect(takes('answer-objection', { ...inputs['answer-objection'], number: 0 })).toBe(false);
    expect(takes('approve', { ...inputs.approve, date: '2022-02-30' })).toBe(false);
    expect(takes('approve', { ...inputs.approve, documentNumber: ' ' })).toBe(false);
    expect(takes('approve', { ...inputs.approve, documentNumber: '号'.repeat(101) })).toBe(false);
  });
});
