/** Four eyes: who drafted a version neither checks nor signs it. */
import { expect, test } from 'vitest';
import { ordos } from './kinds/sample-contents.ts';
import { answerTo, checker, draft, drafter, lead, signatory, signing, step, walk } from './sample-filing.ts';
import type { Actor } from '../identity/roles.ts';

/** Somebody who holds every role of the office. */
const all: Actor = { sub: 'everything', office: ordos, roles: ['drafter', 'checker', 'signatory'] };
const other: Actor = { ...drafter, sub: 'another drafter' };

test('who drafted and sent it may neither check nor sign', () => {
  const sent = walk(draft(), step('save', all), step('send-to-check', all));
  expect(answerTo(sent, step('pass-check', all))).toBe('same-person');
  expect(answerTo(sent, step('pass-check', checker))).toBe('taken');
  const checked = walk(sent, step('pass-check', checker));
  expect(answerTo(checked, step('sign', all))).toBe('same-person');
  expect(answerTo(checked, step('sign', signatory))).toBe('taken');
});

test('who wrote it may not check it because somebody else sent it', () => {
  const sent = walk(draft(), step('save', all), step('send-to-check', other));
  expect(answerTo(sent, step('pass-check', all))).toBe('same-person');
  const checked = walk(sent, step('pass-check', checker));
  expect(answerTo(checked, step('sign', all))).toBe('same-person');
});

test('who wrote it may not check it because somebody else saved it after him', () => {
  const saved = walk(draft(), step('save', all), step('save', other), step('save', other));
  const sent = walk(saved, step('send-to-check', drafter));
  expect(answerTo(sent, step('pass-check', all))).toBe('same-person');
  expect(answerTo(sent, step('pass-check', { ...all, sub: 'another drafter' }))).toBe('same-person');
  expect(answerTo(sent, step('pass-check', checker))).toBe('taken');
});

test('a draft that was sent back and sent again is still that of those who wrote it', () => {
  const back = [step('send-back', checker, { reason: '请核对' }), step('send-to-check', other)];
  const sent = walk(draft(), step('save', all), step('send-to-check', all), ...back);
  expect(answerTo(sent, step('pass-check', all))).toBe('same-person');
});

test('a version made after a return is that of those who write it then', () => {
  const returned = walk(
    draft(),
    step('save', all),
    ...signing.slice(1),
    step('sign', signatory),
    step('return', lead, { defects: [{ pointer: '/content/basis', text: '依据不足' }] }),
  );
  const sent = walk(returned, step('save', other), step('send-to-check', other));
  expect(answerTo(sent, step('pass-check', all))).toBe('taken');
  expect(answerTo(sent, step('pass-check', { ...all, sub: other.sub }))).toBe('same-person');
});

test('whose office or role it is not is refused before anything else is looked at', () => {
  const sent = walk(draft(), ...signing.slice(0, 2));
  expect(answerTo(sent, step('pass-check', drafter))).toBe('not-allowed');
  expect(answerTo(sent, step('pass-check', { ...checker, office: '150100' }))).toBe('not-allowed');
  expect(answerTo(sent, step('sign', signatory))).toBe('wrong-state');
});

test('all that stands against a step is told together', () => {
  const sent = walk(draft(), step('save', all), step('send-to-check', all));
  const none = step('pass-check', all, {}, '2021-10-11', { documents: [] });
  expect(answerTo(sent, none)).toBe('incomplete paper-missing');
  expect(answerTo(sent, step('pass-check', checker, {}, '2021-10-11', { documents: [] }))).toBe(
    'incomplete paper-missing',
  );
});
