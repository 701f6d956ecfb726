/** What a signature freezes, what a step writes over, who is who, and what an event is called. */
import { describe, expect, test } from 'vitest';
import { eventText, eventTypes, platformEventTypes } from './event-types.ts';
import { actionNames, lifecycle, platformSteps, type PlatformStep } from './lifecycle.ts';
import { actsAs, officesOf } from './parties.ts';
import { overwrittenBy, recalled } from './recall.ts';
import {
  agree,
  checker,
  contextOf,
  documentOf,
  draft,
  drafter,
  finance,
  government,
  housing,
  inReview,
  kindNamed,
  lead,
  ndrc,
  on,
  publisher,
  signatory,
  signing,
  step,
  submitted,
  take,
  walk,
} from './sample-filing.ts';

const reviewing = walk(draft(), ...inReview);

describe('what a signature freezes', () => {
  const ready = walk(draft(), ...signing);
  const hash = (changes: object) =>
    take(ready, step('sign', signatory, {}, '2021-10-11', changes)).head.frozenHash;
  const file = documentOf('target-document');

  test('is the content and the files that passed, in whatever order; not those that did not', () => {
    const one = hash({ documents: [file] });
    expect(hash({ documents: [{ ...file, sha256: 'other' }] })).not.toBe(one);
    const gone = documentOf('target-document', { id: 'gone', state: 'expired', sha256: 'other' });
    expect(hash({ documents: [gone, file] })).toBe(one);
    const map = documentOf('map', { id: 'map' });
    expect(hash({ documents: [map, file] })).toBe(hash({ documents: [file, map] }));
    expect(hash({ documents: [map, file] })).not.toBe(one);
  });
});

describe('what a step writes over', () => {
  const was = { receivedAt: on('2021-10-11'), frozenHash: 'one' };
  const opinions = ['R_NDRC', 'R_FINANCE'].map((office, seq) => ({
    office,
    verdict: 'agree' as const,
    version: 1,
    hash: 'one',
    seq,
  }));

  test('is nothing when a filing is signed for the first time, or nothing is signed', () => {
    expect(overwrittenBy(draft(was), draft({ frozen: 1, receivedAt: on('2021-10-20') }))).toBeUndefined();
    expect(overwrittenBy(draft({ ...was, frozen: 1 }), draft({ ...was, frozen: 1 }))).toBeUndefined();
    expect(overwrittenBy(draft({ opinions }), draft({ opinions }))).toBeUndefined();
  });

  test('is the receipt and the hash of the version before, when another is signed', () => {
    expect(overwrittenBy(draft({ ...was, frozen: 1 }), draft({ frozen: 2 }))).toStrictEqual(was);
    expect(overwrittenBy(draft({ frozen: 1 }), draft({ frozen: 2 }))).toBeUndefined();
  });

  test('are all opinions when one of them was voided', () => {
    expect(overwrittenBy(draft({ opinions }), draft({ opinions: opinions.slice(1) }))).toStrictEqual({
      opinions,
    });
    expect(overwrittenBy(draft({ opinions: opinions.slice(1) }), draft({ opinions }))).toBeUndefined();
  });

  test('is nothing to put back where nothing can be recalled', () => {
    const head = draft();
    expect(recalled(head)).toEqual({ head });
  });
});

describe('who is who', () => {
  test('nobody reviews what needs no review', () => {
    const survey = draft({ kind: 'demand-survey', path: 'acknowledgement' });
    expect(officesOf('reviewer', survey, kindNamed('five-year-target'))).toEqual([]);
    expect(officesOf('reviewer', draft(), kindNamed('five-year-target'))).toEqual([
      'R_HOUSING',
      'R_NDRC',
      'R_FINANCE',
    ]);
  });

  test('a role counts only in the office that has the part', () => {
    const by = [{ party: 'lead', role: 'lead' }] as const;
    const kind = kindNamed('five-year-target');
    expect(actsAs(lead, by, draft(), kind)).toBe(true);
    expect(actsAs({ ...lead, office: 'R_NDRC' }, by, draft(), kind)).toBe(false);
    expect(actsAs({ ...lead, roles: ['reviewer'] }, by, draft(), kind)).toBe(false);
  });
});

describe('an event in a history', () => {
  test('is called what its step is called; another by its own name; one unknown by its code', () => {
    for (const action of actionNames) {
      const { zh, en } = lifecycle[action];
      expect(eventText(eventTypes[action])).toEqual({ zh, en });
    }
    for (const name of Object.keys(platformEventTypes) as PlatformStep[]) {
      expect(eventText(platformEventTypes[name])).toEqual(platformSteps[name]);
    }
    expect(eventText('submission.created')).toEqual({ zh: '新建', en: 'begin' });
    expect(eventText('city.changed').zh).toBe('城市记录变更');
    expect(eventText('submission.lost')).toEqual({ zh: 'submission.lost', en: 'submission.lost' });
  });
});

test('a city that does not develop does so again by signing a plan, not by drafting one', () => {
  const city = { ...contextOf('five-year-target').city, development: 'not-developing' as const };
  expect(take(draft(), step('save', drafter, {}, '2021-10-11', { city })).city).toBeUndefined();
  const checking = walk(draft(), ...signing.slice(0, 2));
  expect(take(checking, step('pass-check', checker, {}, '2021-10-11', { city })).city).toBeUndefined();
});

test('a city’s own decision takes effect when the public can read it (S-06), a reviewed one did with the consent', () => {
  const plan = { kind: 'annual-plan', period: '2021', state: 'approved', frozen: 1 } as const;
  const owner = { sub: 'p', office: '150600', roles: ['publisher' as const] };
  const own = take(draft({ ...plan, path: 'own-decision' }), step('publish', owner));
  expect(own.city?.figures.annual).toEqual({ 2021: { homes: 600, submission: 'filing' } });
  expect(take(draft(plan), step('publish', publisher)).city).toBeUndefined();
});

test('a reviewed filing is published by the region once the government has agreed', () => {
  const all = [ndrc, finance, housing].map((office) => step('opine', office, agree));
  const approved = walk(reviewing, ...all, step('consent', government));
  expect(take(approved, step('publish', publisher)).head.state).toBe('published');
  expect(walk(draft(), ...submitted).state).toBe('submitted');
});

test('the receipt of a city that decides itself is noted once', () => {
  const own = draft({ kind: 'policy-measures', path: 'own-decision', state: 'published', frozen: 1 });
  const received = take(own, step('receive', lead)).head;
  expect([received.state, received.received]).toEqual(['published', true]);
  expect(on('2021-10-11')).toBe(received.updatedAt);
});
