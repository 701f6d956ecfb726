/** Why a step cannot be taken: every reason with its place and its words. */
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import {
  contextOf,
  disagree,
  documentOf,
  draft,
  drafter,
  finance,
  inReview,
  lead,
  ndrc,
  on,
  signatory,
  signing,
  step,
  tried,
  walk,
  type Taken,
} from './sample-filing.ts';
import { openExtensions } from './stage-clocks.ts';
import type { Head } from './submission.ts';

const reviewing = walk(draft(), ...inReview);

function refused(head: Head, taken: Taken) {
  const decided = tried(head, taken);
  if (decided.ok) throw new Error(`${taken.action} was taken`);
  return decided.error;
}

describe('a step at the wrong time', () => {
  test('is told the state, what was asked, and what this person can do instead', () => {
    expect(refused(draft({ state: 'checking' }), step('save', drafter))).toEqual({
      code: 'wrong-state',
      params: {
        state: 'being checked',
        stateZh: '待审核',
        action: 'save the draft',
        actionZh: '保存稿件',
        allowed: 'none',
        allowedZh: '无',
      },
      errors: [],
    });
    expect(refused(draft(), step('supply', drafter)).params).toMatchObject({
      allowed: 'save the draft, send to the checker',
      allowedZh: '保存稿件、送审',
    });
  });
});

describe('files that a step names', () => {
  const asked = walk(reviewing, step('ask-supplement', ndrc, { questions: ['?'] }));
  const supply = (documents: string[]): Taken =>
    step('supply', drafter, { answer: '见附件', documents }, '2021-10-12', {
      documents: [documentOf('a', { id: 'clean' }), documentOf('b', { id: 'dirty', state: 'checking' })],
    });

  test('must be there and clean; each that is not is told at its place', () => {
    expect(refused(asked, supply(['clean', 'dirty', 'gone']))).toEqual({
      code: 'incomplete',
      params: { count: 2 },
      errors: [
        {
          code: 'document-checking',
          pointer: '/documents/1',
          text: { zh: '文件尚未通过检查', en: 'The document has not passed its checks' },
        },
        {
          code: 'document-unknown',
          pointer: '/documents/2',
          text: { zh: '没有这份文件', en: 'There is no such document' },
        },
      ],
    });
    expect(tried(asked, supply(['clean'])).ok).toBe(true);
    expect(tried(asked, step('supply', drafter, { answer: '口头答复', documents: [] })).ok).toBe(true);
  });

  test('are one for a consent on paper, told at its own place', () => {
    const consenting = draft({ state: 'awaiting-consent', frozen: 1 });
    const given = { documentNumber: '内政函1号', date: '2021-10-20', document: 'scan' };
    expect(refused(consenting, step('record-consent', lead, given)).errors).toMatchObject([
      { code: 'document-unknown', pointer: '/document' },
    ]);
  });
});

describe('a rejection', () => {
  const opinion = (office: string, verdict: 'agree' | 'disagree') => ({
    office,
    verdict,
    version: 1,
    hash: 'h',
    seq: 1,
  });
  const rejecting = step('reject', lead, { reason: '测算依据不足' });
  const told = {
    code: 'incomplete',
    params: { count: 1 },
    errors: [
      {
        code: 'no-disagreement',
        pointer: '',
        text: {
          zh: '须各部门意见齐备且有部门不同意，方可不予通过',
          en: 'All opinions must be in and at least one must disagree',
        },
      },
    ],
  };

  test('waits for every opinion, also when one disagrees already (S-07)', () => {
    const two = walk(reviewing, step('opine', ndrc, disagree), step('opine', finance, disagree));
    expect(refused(two, rejecting)).toEqual(told);
  });

  test('needs one that disagrees, not only conditions', () => {
    const opinions = ['R_HOUSING', 'R_NDRC', 'R_FINANCE'].map((office) => opinion(office, 'agree'));
    expect(refused({ ...reviewing, opinions }, rejecting)).toEqual(told);
  });
});

describe('defects', () => {
  test('that could have been told before need their reason, each at its place', () => {
    const earlier = {
      seq: 3,
      type: 'correction-notice' as const,
      office: 'R_HOUSING',
      role: 'lead',
      at: on('2021-10-12'),
      version: 1,
      body: { defects: [{ pointer: '/content/basis', text: '依据不足' }] },
    };
    const defects = [
      { pointer: '/content/basis', text: '仍不足' },
      { pointer: '/content/years', text: '不清' },
    ];
    const again = (given: object): Taken => step('return', lead, { defects }, '2021-10-20', { ...given });
    const head = draft({ state: 'in-review', frozen: 2, version: 2 });
    expect(refused(head, again({ notices: [earlier] }))).toEqual({
      code: 'incomplete',
      params: { count: 1 },
      errors: [
        {
          code: 'told-late',
          pointer: '/defects/1/toldLate',
          text: {
            zh: '补正事项应一次告知；此项前次未告知，请说明原因',
            en: 'Defects are told once, together; say why this one was not told before',
          },
        },
      ],
    });
    // A notice that lists nothing told nothing.
    const empty = { ...earlier, body: {} };
    expect(refused(head, again({ notices: [empty] })).errors).toHaveLength(2);
    expect(tried(head, again({ notices: [earlier], changedSince: ['/content/years/0/homes'] })).ok).toBe(
      true,
    );
  });
});

describe('what happens once', () => {
  test('a filing is received once', () => {
    const own = draft({ kind: 'policy-measures', path: 'own-decision', state: 'published', received: true });
    expect(refused(own, step('receive', lead)).code).toBe('already-received');
  });

  test('more time is asked for while the clock runs, and named when it does not', () => {
    const more = { clock: 'acceptance', days: 3, reason: '会商' };
    expect(refused(reviewing, step('request-extension', lead, more))).toEqual({
      code: 'clock-not-running',
      params: { clock: 'acceptance', actionZh: '申请延期', action: 'extended' },
      errors: [],
    });
  });

  test('a request for more time of a clock that is gone waits for nobody', () => {
    const extensions = [{ clock: 'opinion:R_OLD', office: 'R_OLD', days: 3, seq: 4 }];
    expect(openExtensions(draft({ extensions }))).toEqual([]);
    expect(openExtensions({ ...reviewing, extensions })).toEqual([]);
  });
});

describe('a calendar that ends', () => {
  const late = '2026-12-30';
  const given = { ...contextOf('five-year-target'), actor: signatory, now: on(late) };
  const ready = walk(draft(), ...signing);

  test('stops a step whose clock would run beyond it', () => {
    expect(decide('sign', ready, {}, given)).toMatchObject({
      ok: false,
      error: { code: 'calendar-year-missing', params: { year: 2027 } },
    });
  });

  test('does not stop one whose clocks have all ended', () => {
    const clock = {
      name: 'correction',
      office: '150600',
      limit: 9000,
      basis: 'unverified',
      entries: [
        { kind: 'started' as const, at: on('2021-10-11'), seq: 2 },
        { kind: 'ended' as const, at: on('2021-10-12'), seq: 3, ground: 'resubmitted' },
      ],
    };
    const own = draft({ kind: 'policy-measures', path: 'own-decision', state: 'approved', clocks: [clock] });
    const owner = { sub: 'p', office: '150600', roles: ['publisher' as const] };
    expect(tried(own, step('publish', owner)).ok).toBe(true);
    const running = { ...clock, entries: clock.entries.slice(0, 1) };
    const short = { ...running, name: 'acceptance', limit: 5 };
    // However many run in time: one that does not is enough.
    for (const clocks of [[running], [short, running]])
      expect(refused({ ...own, clocks }, step('publish', owner)).code).toBe('calendar-year-missing');
    expect(tried({ ...own, clocks: [short] }, step('publish', owner)).ok).toBe(true);
  });
});
