/** What each step of the joint review leaves behind: its paper, with the files it names; what the event says; the file. */
import { describe, expect, test } from 'vitest';
import { statusOf } from '../../calendar/statutory-clock.ts';
import { placeOf } from '../kind.ts';
import { kindNamed } from '../sample-filing.ts';
import { clockNamed } from '../stage-clocks.ts';
import {
  condition,
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

const day = '2021-09-28';
const scan = { id: 'scan', fileName: 'x.pdf', sha256: 'sha256 of x' };
const left = ({ decision }: Desk) => ({ paper: decision?.paper, facts: decision?.event.facts });

/** In the public notice, or where this panel's application is decided when there is none. */
function concluded(notice = 0): Desk {
  const desk = reviewing(rulesOf({ notice })).agree('2021-09-27', 'NATRES', 'FIRE', 'POWER');
  return desk
    .take('conclude-review', lead, '2021-09-27')
    .take('pass-plan-check', planChecker, '2021-09-27', { note: '列入年度计划第3项' });
}

test('what was signed has founded a project, and is withdrawn rather than recalled', () => {
  const desk = new Desk().submit('2021-09-24');
  expect(desk.head.step).toBeUndefined();
  expect(desk.try('recall', signatory, '2021-09-24')).not.toBe('taken');
  expect(placeOf(kindNamed('change'))).toBe('recognition');
  expect(placeOf(kindNamed('recognition'))).toBe('recognition');
});

describe('a site visit', () => {
  test('is counted, and keeps who was there with the files that it names', () => {
    const visit = {
      date: day,
      participants: '新城区住建局、消防救援大队',
      findings: '与图纸一致',
      documents: ['scan'],
    };
    const desk = reviewing().take('record-visit', lead, day, visit);
    expect(left(desk).paper).toMatchObject({ type: 'site-visit', body: { ...visit, documents: [scan] } });
    expect(desk.review?.visits).toBe(1);
    desk.take('record-visit', lead, day, { ...visit, documents: [] });
    expect(left(desk).paper?.body['documents']).toEqual([]);
    expect(desk.review?.visits).toBe(2);
  });
});

describe('minutes', () => {
  const minutes = (opinions: readonly object[]) => ({
    date: day,
    documentNumber: '新联审〔2021〕1号',
    document: 'scan',
    opinions,
  });

  test('end the clocks of whom they settle, and leave the others waited for', () => {
    const questions = { questions: ['请补充'] };
    const desk = reviewing().take('ask-supplement', of('FIRE'), '2021-09-27', questions);
    desk.take('ask-supplement', of('POWER'), '2021-09-27', questions);
    desk.take('record-minutes', lead, day, minutes([{ department: 'FIRE', verdict: 'agree' }]));
    expect(left(desk)).toMatchObject({
      paper: { type: 'minutes', body: { documentNumber: '新联审〔2021〕1号', document: scan } },
      facts: { settles: 1 },
    });
    expect(desk.head.asked.map(({ office }) => office)).toEqual(['150102-POWER']);
    const status = (office: string) => {
      const clock = clockNamed(desk.head, `opinion:${office}`);
      return clock && statusOf(clock);
    };
    expect([status('150102-FIRE'), status('150102-POWER')]).toEqual(['ended', 'suspended']);
    expect(desk.head.opinions).toMatchObject([
      { office: '150102-FIRE', verdict: 'agree', version: 1, hash: desk.head.frozenHash },
    ]);
    expect(desk.review?.minutes).toBe(1);
  });

  test('enter the conditions of each department under its own name', () => {
    const opinions = [
      { department: 'FIRE', ...condition('fire') },
      { department: 'POWER', verdict: 'agree' },
      { department: 'NATRES', ...condition('use', 'letting') },
    ];
    const desk = reviewing().take('record-minutes', lead, day, minutes(opinions));
    expect(
      desk.review?.conditions.map(({ number, office, subject, before }) => [number, office, subject, before]),
    ).toEqual([
      [1, '150102-FIRE', 'fire', 'decision'],
      [2, '150102-NATRES', 'use', 'letting'],
    ]);
  });

  test('take who was told of to the government off his list', () => {
    const desk = reviewing();
    const open = { prove: 0, close: [], objections: 0, papers: [] };
    desk.head = { ...desk.head, open: { ...open, escalated: ['150102-FIRE', '150102-POWER'] } };
    desk.take('record-minutes', lead, day, minutes([{ department: 'FIRE', verdict: 'agree' }]));
    expect(desk.head.open?.escalated).toEqual(['150102-POWER']);
  });
});

describe('a contradiction', () => {
  const contradicting = (): Desk =>
    reviewing()
      .take('opine', of('FIRE'), '2021-09-27', condition('layout'))
      .take('opine', of('NATRES'), '2021-09-27', condition('layout'));

  test.each([
    [[1, 2], 2, ['set-aside', 'open']],
    [[2, 1], 2, ['set-aside', 'open']],
    [[2, 1], 1, ['open', 'set-aside']],
  ])('of %j settled for %i leaves the conditions %j', (conditions, prevails, states) => {
    const settle = { conditions, prevails, reason: '以其为准' };
    const desk = contradicting().take('settle-contradiction', lead, day, settle);
    expect(desk.review?.conditions.map(({ state }) => state)).toEqual(states);
    expect(desk.review?.settled).toMatchObject([{ pair: [1, 2], prevails }]);
    expect(left(desk).paper).toMatchObject({ type: 'contradiction-settled', body: settle });
  });

  test('found to be none leaves both conditions, and is not asked again', () => {
    const settle = { conditions: [2, 1], reason: '两者并不矛盾' };
    const desk = contradicting().take('settle-contradiction', lead, day, settle);
    expect(desk.review?.conditions.map(({ state }) => state)).toEqual(['open', 'open']);
    expect(desk.review?.settled).toEqual([{ pair: [1, 2], seq: desk.head.seq }]);
    expect(desk.agree(day, 'POWER').try('conclude-review', lead, day)).toBe('taken');
  });
});

describe('a condition', () => {
  test('is proved with files, and closed or sent back with the words of who looked', () => {
    const desk = reviewing().take('opine', of('FIRE'), '2021-09-27', condition('fire'));
    const proof = { condition: 1, statement: '已整改', documents: ['scan'] };
    desk.take('prove-condition', drafter, day, proof);
    expect(left(desk)).toMatchObject({
      paper: { type: 'condition-proof', body: { ...proof, documents: [scan] } },
      facts: { condition: 1 },
    });
    const sentBack = { condition: 1, met: false, reason: '照片不清' };
    desk.take('close-condition', of('FIRE'), day, sentBack);
    expect(left(desk)).toMatchObject({
      paper: { type: 'condition-closed', body: sentBack },
      facts: { condition: 1, met: false },
    });
    desk.take('prove-condition', drafter, day, { ...proof, documents: [] });
    desk.take('close-condition', lead, day, { condition: 1, met: true, reason: '现场核查' });
    expect(desk.review?.conditions[0]).toMatchObject({ state: 'closed', endedBy: desk.head.seq });
  });
});

describe('a promised paper', () => {
  test('is delivered once, by its name', () => {
    const promised = { promised: [{ paper: 'survey', by: '2021-10-15' }] };
    const desk = reviewing(rulesOf(), promised);
    const paper = { paper: 'survey', document: 'scan' };
    expect(desk.try('deliver-paper', drafter, day, { ...paper, paper: 'title' })).toBe(
      'incomplete paper-not-promised',
    );
    desk.take('deliver-paper', drafter, day, paper);
    expect(left(desk)).toMatchObject({
      paper: { type: 'late-paper', body: { paper: 'survey', documents: [scan] } },
      facts: { paper: 'survey' },
    });
    expect(desk.review?.promised).toEqual([{ ...promised.promised[0], deliveredBy: desk.head.seq }]);
    expect(desk.head.open).toBeUndefined();
    expect(desk.try('deliver-paper', drafter, day, paper)).toBe('incomplete paper-not-promised');
  });

  test('leaves the others promised', () => {
    const desk = reviewing(rulesOf(), { promised: [{ paper: 'survey', by: '2021-10-15' }] });
    if (!desk.review) throw new Error('Nothing was promised');
    const other = { paper: 'title', by: '2021-10-20' };
    desk.review = { ...desk.review, promised: [...desk.review.promised, other] };
    desk.take('deliver-paper', drafter, day, { paper: 'survey', document: 'scan' });
    expect(desk.review?.promised[1]).toEqual(other);
    expect(desk.head.open?.papers).toEqual([other]);
  });
});

describe('the plan check', () => {
  test('keeps its note, and so does the refusal', () => {
    expect(left(concluded()).paper).toMatchObject({
      type: 'plan-check',
      body: { note: '列入年度计划第3项' },
    });
    const desk = reviewing()
      .agree('2021-09-27', 'NATRES', 'FIRE', 'POWER')
      .take('conclude-review', lead, day);
    const why = { reason: '未列入年度计划' };
    desk.take('fail-plan-check', planChecker, day, why);
    expect(desk.head).toMatchObject({ state: 'rejected', asked: [], extensions: [] });
    expect(desk.head.clocks.every((clock) => statusOf(clock) === 'ended')).toBe(true);
    expect(left(desk).paper).toMatchObject({ type: 'refusal', body: why });
  });
});

describe('objections of the public notice', () => {
  const objection = { receivedOn: day, by: 'letter', text: '停车位不足' };

  test('are numbered, and each is answered under its number', () => {
    const desk = concluded(5).take('record-objection', lead, day, objection);
    expect(left(desk)).toMatchObject({
      paper: { type: 'objection', body: { number: 1, ...objection } },
      facts: { objection: 1 },
    });
    desk.take('record-objection', lead, day, { ...objection, text: '噪声' });
    expect(desk.review?.objections.map(({ number }) => number)).toEqual([1, 2]);
    const answer = { objection: 2, upheld: true, answer: '增设隔声' };
    desk.take('answer-objection', lead, day, answer);
    expect(left(desk)).toMatchObject({
      paper: { type: 'objection-answer', body: answer },
      facts: { objection: 2, upheld: true },
    });
    expect(desk.review?.objections.map(({ upheld }) => upheld)).toEqual([undefined, true]);
    expect(desk.head.open?.objections).toBe(1);
    expect(desk.try('answer-objection', lead, day, answer)).toBe('incomplete no-such-objection');
  });
});

describe('the decision', () => {
  test('names the rules under which it was taken, and keeps its number', () => {
    const decision = { documentNumber: '新政认〔2021〕9号' };
    const desk = concluded().take('approve', decider, day, decision);
    expect(left(desk)).toMatchObject({
      paper: { type: 'decision', body: decision },
      facts: { rules: '150100/1' },
    });
    expect(desk.head.extensions).toEqual([]);
    // The certificate's number is still to come, within the same limit.
    const clock = clockNamed(desk.head, 'decision');
    expect(clock && statusOf(clock)).toBe('running');
  });

  test('that is its last word leaves the place to the next filing about the project', () => {
    const agreed = (code: string): Desk => {
      const desk = new Desk(rulesOf(), {}, code).submit('2021-09-24').take('accept', lead, '2021-09-26');
      return desk.agree('2021-09-27', 'NATRES', 'FIRE', 'POWER').take('conclude-review', lead, '2021-09-27');
    };
    expect(agreed('cancellation').take('approve', decider, day).decision?.slot).toBe('released');
    // A further version of the certificate is still to come.
    expect(agreed('renewal').take('approve', decider, day).decision?.slot).toBeUndefined();
    expect(agreed('renewal').take('refuse', decider, day, { reason: '理由' }).decision?.slot).toBe(
      'released',
    );
  });

  test('not to recognise ends every clock, with its reason', () => {
    const why = { reason: '权属存在争议', remedies: '六十日内可申请行政复议' };
    const desk = concluded().take('refuse', decider, day, why);
    expect([desk.head.state, left(desk).paper]).toMatchObject(['rejected', { type: 'refusal', body: why }]);
    expect(desk.head.clocks.every((clock) => statusOf(clock) === 'ended')).toBe(true);
  });
});
