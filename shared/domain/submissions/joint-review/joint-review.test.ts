/** The joint review of a project from its receipt to its decision (S-12), with its statutory clock. */
import { describe, expect, test } from 'vitest';
import { statusOf } from '../../calendar/statutory-clock.ts';
import type { Actor } from '../../identity/roles.ts';
import { possibleActions } from '../decide.ts';
import { company } from '../kinds/sample-recognition.ts';
import { kindNamed, person } from '../sample-filing.ts';
import { contradictionsIn } from './review-file.ts';
import {
  calendar,
  condition,
  county,
  decider,
  Desk,
  drafter,
  lead,
  of,
  planChecker,
  reviewing,
  rulesOf,
  signatory,
} from './sample-review.ts';
import { afterSilence, silentIn } from './silence.ts';

describe('the statutory clock of a recognition', () => {
  test('submitted 2021-09-24, each stage ending on its last day: 09-30, 10-27, 11-03, 11-08', () => {
    const desk = new Desk().submit('2021-09-24');
    expect([desk.head.state, desk.due('acceptance')]).toEqual(['submitted', '2021-09-30']);
    desk.take('accept', lead, '2021-09-30');
    expect([desk.head.state, desk.due('review'), desk.due('opinion:150102-FIRE')]).toEqual([
      'in-review',
      '2021-10-27',
      '2021-10-27',
    ]);
    desk.agree('2021-10-26', 'NATRES', 'FIRE', 'POWER').take('conclude-review', lead, '2021-10-27');
    expect([desk.head.state, desk.due('plan-check')]).toEqual(['plan-check', '2021-11-03']);
    desk.take('pass-plan-check', planChecker, '2021-11-03');
    expect([desk.head.state, desk.due('decision')]).toEqual(['deciding', '2021-11-08']);
    desk.take('approve', decider, '2021-11-08');
    expect(desk.head.state).toBe('decided');
  });

  test('each stage stands on the desk of who has to act, with its day', () => {
    const desk = new Desk().submit('2021-09-24');
    expect(desk.desks).toEqual(['150102-HOUSING lead accept 2021-09-30']);
    desk.take('accept', lead, '2021-09-30').agree('2021-10-08', 'NATRES');
    expect(desk.desks).toEqual([
      '150102-FIRE reviewer opine 2021-10-27',
      '150102-POWER reviewer opine 2021-10-27',
      '150102-HOUSING lead conclude-review 2021-10-27',
    ]);
    desk.agree('2021-10-11', 'FIRE', 'POWER').take('conclude-review', lead, '2021-10-12');
    expect(desk.desks).toEqual(['150100-HOUSING plan-checker check-plan 2021-10-19']);
  });

  test('a department’s question stops its own clock; the lead’s stops the whole review', () => {
    const questions = { questions: ['请补充'] };
    const desk = new Desk().submit('2021-09-24').take('accept', lead, '2021-09-30');
    desk.take('ask-supplement', of('FIRE'), '2021-10-08', questions);
    expect([desk.due('opinion:150102-FIRE'), desk.due('opinion:150102-POWER'), desk.due('review')]).toEqual([
      null,
      '2021-10-27',
      '2021-10-27',
    ]);
    desk.take('ask-supplement', lead, '2021-10-08', questions);
    expect([desk.due('opinion:150102-POWER'), desk.due('review')]).toEqual([null, null]);
    desk.take('supply', drafter, '2021-10-12', {
      office: `${county}-HOUSING`,
      answer: '见附件',
      documents: [],
    });
    expect(desk.due('review')).not.toBeNull();
    expect(desk.due('opinion:150102-FIRE')).toBeNull();
    expect(desk.agree('2021-10-13', 'NATRES', 'POWER').try('conclude-review', lead, '2021-10-13')).toBe(
      'incomplete opinion-missing supplement-open',
    );
  });
});

describe('the joint review', () => {
  test('keeps the rules of the day of receipt: panel, limits, who decides', () => {
    const desk = reviewing(rulesOf({ city: true }));
    expect(desk.head.terms).toMatchObject({
      rules: '150100/1',
      panel: ['NATRES', 'FIRE', 'POWER'],
      issuer: 'city',
    });
    desk.agree('2021-09-27', 'NATRES', 'FIRE', 'POWER').take('conclude-review', lead, '2021-09-27');
    desk.take('pass-plan-check', planChecker, '2021-09-27');
    expect(desk.try('approve', decider, '2021-09-27')).toBe('not-allowed');
    expect(desk.try('approve', person('150100', 'decider'), '2021-09-27')).toBe('taken');
  });

  test('waits for every opinion, and none agrees by itself', () => {
    const desk = reviewing().agree('2021-09-27', 'NATRES', 'FIRE');
    expect(desk.try('conclude-review', lead, '2021-11-30')).toBe('incomplete opinion-missing');
  });

  test('tells the government of a department that is silent when its limit is over, once, and not before', () => {
    const desk = reviewing().agree('2021-09-27', 'NATRES', 'FIRE');
    const silent = (now: string) => silentIn(desk.head, kindNamed('recognition'), calendar, now);
    // Accepted on a Sunday that is worked, 15 working days: 10-21.
    expect(desk.due('opinion:150102-POWER')).toBe('2021-10-21');
    expect(silent('2021-10-21T15:59:59.999Z')).toEqual([]);
    expect(silent('2021-10-21T16:00:00.000Z')).toEqual(['150102-POWER']);
    desk.head = afterSilence(desk.head, '150102-POWER', '2021-10-22T16:00:00.000Z').head;
    expect(silent('2021-10-25T16:00:00.000Z')).toEqual([]);
    expect(desk.desks).toContain('150102 leader urge-opinion');
    expect(desk.try('conclude-review', lead, '2021-10-25')).toBe('incomplete opinion-missing');
    expect(desk.agree('2021-10-25', 'POWER').head.open).toBeUndefined();
  });

  test('takes silence for consent only where the rules say so', () => {
    const desk = reviewing(rulesOf({ silence: true })).agree('2021-09-27', 'NATRES', 'FIRE');
    desk.head = afterSilence(desk.head, '150102-POWER', '2021-10-22T16:00:00.000Z').head;
    expect(desk.head.opinions.at(-1)).toMatchObject({ office: '150102-POWER', verdict: 'silent' });
    expect(desk.try('conclude-review', lead, '2021-10-25')).toBe('taken');
  });

  test('a question that stands still has no limit that is over', () => {
    const desk = reviewing().take('ask-supplement', of('POWER'), '2021-09-27', { questions: ['请补充'] });
    expect(silentIn(desk.head, kindNamed('recognition'), calendar, '2021-12-01T00:00:00.000Z')).toEqual([
      '150102-NATRES',
      '150102-FIRE',
    ]);
  });

  test('with a department that disagrees is refused by the lead, with remedies in the letter', () => {
    const desk = reviewing().agree('2021-09-27', 'NATRES', 'POWER');
    desk.take('opine', of('FIRE'), '2021-09-27', { verdict: 'disagree', reason: '疏散通道不足' });
    expect(desk.try('conclude-review', lead, '2021-09-27')).toBe('incomplete department-disagrees');
    desk.take('reject', lead, '2021-09-28', { reason: '消防不同意', remedies: '六十日内可申请行政复议' });
    expect([desk.head.state, desk.desks]).toEqual(['rejected', [`${company} drafter take-note`]]);
  });

  test('lists the conditions together, and each is proved, looked at and closed before the decision', () => {
    const desk = reviewing().agree('2021-09-27', 'NATRES', 'POWER');
    desk.take('opine', of('FIRE'), '2021-09-27', condition('fire'));
    expect(desk.review?.conditions).toMatchObject([
      { number: 1, office: '150102-FIRE', state: 'open', subject: 'fire' },
    ]);
    expect(desk.desks).toContain(`${company} drafter prove-condition`);
    desk.take('conclude-review', lead, '2021-09-28').take('pass-plan-check', planChecker, '2021-09-28');
    expect(desk.try('approve', decider, '2021-09-29')).toBe('incomplete condition-open');
    const close = (met: boolean) => ({ condition: 1, met, reason: '现场核查' });
    expect(desk.try('close-condition', of('FIRE'), '2021-09-29', close(true))).toBe(
      'incomplete condition-not-proved',
    );
    desk.take('prove-condition', drafter, '2021-09-29', {
      condition: 1,
      statement: '已整改',
      documents: ['scan'],
    });
    expect(desk.desks).toContain('150102-FIRE reviewer close-condition');
    expect(desk.try('close-condition', of('POWER'), '2021-09-29', close(true))).toBe('not-allowed');
    desk.take('close-condition', of('FIRE'), '2021-09-29', close(false));
    expect(desk.review?.conditions[0]?.state).toBe('open');
    desk.take('prove-condition', drafter, '2021-09-30', {
      condition: 1,
      statement: '再次整改',
      documents: [],
    });
    desk
      .take('close-condition', of('FIRE'), '2021-09-30', close(true))
      .take('approve', decider, '2021-09-30');
    expect([desk.head.state, desk.head.open]).toEqual(['decided', undefined]);
  });

  test('lets a condition for later be, and shows it as long as it is open', () => {
    const desk = reviewing().agree('2021-09-27', 'NATRES', 'POWER');
    desk
      .take('opine', of('FIRE'), '2021-09-27', condition('fire', 'letting'))
      .take('conclude-review', lead, '2021-09-27');
    desk.take('pass-plan-check', planChecker, '2021-09-27').take('approve', decider, '2021-09-27');
    expect([desk.head.state, desk.head.open?.prove]).toEqual(['decided', 1]);
  });

  test('points out what two departments ask of one subject, until the lead has settled it', () => {
    const desk = reviewing().agree('2021-09-27', 'POWER');
    desk.take('opine', of('FIRE'), '2021-09-27', condition('layout'));
    desk.take('opine', of('NATRES'), '2021-09-27', condition('layout'));
    expect(contradictionsIn(desk.review)).toEqual([[1, 2]]);
    expect(desk.try('conclude-review', lead, '2021-09-28')).toBe('incomplete contradiction-open');
    const settle = { conditions: [2, 1], prevails: 1, reason: '以消防要求为准' };
    expect(desk.try('settle-contradiction', lead, '2021-09-28', { ...settle, prevails: 3 })).toBe(
      'incomplete not-one-of-the-two',
    );
    desk.take('settle-contradiction', lead, '2021-09-28', settle);
    expect(desk.review?.conditions.map(({ state }) => state)).toEqual(['open', 'set-aside']);
    expect(desk.try('settle-contradiction', lead, '2021-09-28', settle)).toBe(
      'incomplete no-such-contradiction',
    );
    expect(desk.try('conclude-review', lead, '2021-09-28')).toBe('taken');
  });

  test('a recalled opinion takes its conditions with it', () => {
    const desk = reviewing().take('opine', of('FIRE'), '2021-09-27', condition('fire'));
    desk.take('recall', of('FIRE'), '2021-09-27');
    expect([desk.review?.conditions, desk.head.open, desk.head.opinions]).toEqual([[], undefined, []]);
  });

  test('a corrected application is reviewed anew, and what was set on the old version is gone', () => {
    const desk = reviewing().take('opine', of('FIRE'), '2021-09-27', condition('fire'));
    desk.take('return', lead, '2021-09-27', { defects: [{ pointer: '/content/homes', text: '套数不符' }] });
    desk.submit('2021-09-28');
    // The content is what it was, so the opinion stands with its condition.
    desk.take('accept', lead, '2021-09-28');
    expect(desk.head.opinions).toHaveLength(desk.review?.conditions.length ?? 0);
  });

  test('minutes settle several opinions at once, each that is still wanted', () => {
    const desk = reviewing().agree('2021-09-27', 'POWER');
    const minutes = (...departments: readonly string[]) => ({
      date: '2021-09-28',
      documentNumber: '新联审〔2021〕1号',
      document: 'scan',
      opinions: departments.map((department) => ({ department, verdict: 'agree' })),
    });
    expect(desk.try('record-minutes', lead, '2021-09-28', minutes('FIRE', 'POWER'))).toBe(
      'incomplete opinion-not-asked',
    );
    desk.take('record-minutes', lead, '2021-09-28', minutes('FIRE', 'NATRES'));
    expect(desk.head.opinions.map(({ office }) => office)).toEqual([
      '150102-POWER',
      '150102-FIRE',
      '150102-NATRES',
    ]);
    expect(desk.try('conclude-review', lead, '2021-09-28')).toBe('taken');
  });

  test('a public notice runs its whole last day, and its objections are answered first', () => {
    const desk = reviewing(rulesOf({ notice: 5 })).agree('2021-09-27', 'NATRES', 'FIRE', 'POWER');
    desk.take('conclude-review', lead, '2021-09-27').take('pass-plan-check', planChecker, '2021-09-27');
    expect([desk.head.state, desk.due('notice')]).toEqual(['public-notice', '2021-10-09']);
    desk.take('record-objection', lead, '2021-09-28', {
      receivedOn: '2021-09-28',
      by: 'letter',
      text: '停车位不足',
    });
    expect(desk.desks).toContain('150102-HOUSING lead answer-notice-objection');
    expect(desk.try('close-notice', lead, '2021-10-09')).toBe('incomplete notice-runs objection-open');
    const answer = { objection: 1, upheld: false, answer: '已按标准配建' };
    expect(desk.try('answer-objection', lead, '2021-10-09', { ...answer, objection: 2 })).toBe(
      'incomplete no-such-objection',
    );
    desk.take('answer-objection', lead, '2021-10-09', answer);
    expect(desk.try('close-notice', lead, '2021-10-09')).toBe('incomplete notice-runs');
    desk.take('close-notice', lead, '2021-10-10');
    expect([desk.head.state, desk.due('decision')]).toEqual(['deciding', '2021-10-13']);
  });

  test('a paper promised for later is taken where the rules say so, and wanted before the decision', () => {
    const promised = (paper: string) => ({ promised: [{ paper, by: '2021-10-15' }] });
    expect(
      new Desk(rulesOf(), promised('title'))
        .take('save', drafter, '2021-09-24')
        .try('send-to-check', drafter, '2021-09-24'),
    ).toContain('paper-not-late');
    const desk = reviewing(rulesOf(), promised('survey')).agree('2021-09-27', 'NATRES', 'FIRE', 'POWER');
    expect(desk.head.open?.papers).toEqual([{ paper: 'survey', by: '2021-10-15' }]);
    desk.take('conclude-review', lead, '2021-09-27').take('pass-plan-check', planChecker, '2021-09-27');
    expect(desk.try('approve', decider, '2021-09-27')).toBe('incomplete promised-paper-missing');
    desk.take('deliver-paper', drafter, '2021-09-28', { paper: 'survey', document: 'scan' });
    expect(desk.try('approve', decider, '2021-09-28')).toBe('taken');
  });

  test('nobody who had a hand in the application reviews or decides it, in whatever office', () => {
    const desk = reviewing();
    const twofold: Actor = { ...of('FIRE'), sub: drafter.sub };
    expect(desk.try('opine', twofold, '2021-09-27', { verdict: 'agree' })).toBe('same-person');
    desk.agree('2021-09-27', 'NATRES', 'FIRE', 'POWER').take('conclude-review', lead, '2021-09-27');
    expect(desk.try('pass-plan-check', { ...planChecker, sub: signatory.sub }, '2021-09-27')).toBe(
      'same-person',
    );
  });

  test('the departments of another county have no part in it', () => {
    const desk = reviewing();
    for (const office of ['150103-FIRE', '150103-HOUSING', '150103', '150200-HOUSING'])
      for (const role of ['lead', 'reviewer', 'plan-checker', 'decider'] as const)
        expect(
          possibleActions(desk.head, kindNamed('recognition'), person(office, role)),
          `${office} ${role}`,
        ).toEqual([]);
  });

  test.each([
    ['renewal', 'decided'],
    ['cancellation', 'granted'],
  ])('a %s needs neither plan nor notice; approved it is %s', (code, state) => {
    const desk = new Desk(rulesOf({ notice: 5 }), {}, code).submit('2021-09-24');
    desk.take('accept', lead, '2021-09-24').agree('2021-09-27', 'NATRES', 'FIRE', 'POWER');
    desk.take('conclude-review', lead, '2021-09-27');
    expect([desk.head.state, desk.due('decision')]).toEqual(['deciding', '2021-09-30']);
    desk.take('approve', decider, '2021-09-27');
    expect(desk.head.state).toBe(state);
    expect(desk.head.clocks.every((clock) => statusOf(clock) === 'ended')).toBe(state === 'granted');
  });
});
