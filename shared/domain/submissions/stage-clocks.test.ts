/** The clocks of a filing: what starts, stops and ends which, and what a recall takes out of them. */
import { expect, test } from 'vitest';
import { statusOf } from '../calendar/statutory-clock.ts';
import { draft, kindNamed, on } from './sample-filing.ts';
import {
  endAll,
  endClock,
  extendClock,
  resumeFor,
  startClock,
  suspendFor,
  undoStep,
  type Clocks,
} from './stage-clocks.ts';

const kind = kindNamed('five-year-target');
const day = on('2021-10-12');
const offices = ['R_HOUSING', 'R_NDRC', 'R_FINANCE'];
const opinions = offices.reduce<Clocks>(
  (clocks, office) => startClock(clocks, `opinion:${office}`, office, draft(), kind, on('2021-10-11'), 5),
  startClock([], 'acceptance', 'R_HOUSING', draft(), kind, on('2021-10-11'), 4),
);

const suspended = (clocks: Clocks, office: string, at: string, seq: number) =>
  suspendFor(draft({ clocks }), office, at, seq);
const resumed = (clocks: Clocks, office: string, at: string, seq: number) =>
  resumeFor(draft({ clocks }), office, at, seq);

const statuses = (clocks: Clocks) => Object.fromEntries(clocks.map((clock) => [clock.name, statusOf(clock)]));

test('each stage has the limit of its kind, and says where the number comes from', () => {
  const limits = { acceptance: 3, opinion: 7, correction: 11, source: 'S-99' };
  const limit = (name: string) =>
    startClock([], name, 'R_NDRC', draft(), { ...kind, limits }, day, 9).map((clock) => [
      clock.limit,
      clock.basis,
    ]);
  expect(limit('acceptance')).toEqual([[3, 'S-99']]);
  expect(limit('opinion:R_NDRC')).toEqual([[7, 'S-99']]);
  expect(limit('correction')).toEqual([[11, 'S-99']]);
});

test('a clock started again takes the place of the one with its name', () => {
  const again = startClock(opinions, 'acceptance', 'R_HOUSING', draft(), kind, day, 9);
  expect(again.filter(({ name }) => name === 'acceptance').map(({ entries }) => entries)).toEqual([
    [{ kind: 'started', at: day, seq: 9 }],
  ]);
  expect(again).toHaveLength(4);
});

test('a department’s question stops its own clock only', () => {
  const stopped = suspended(opinions, 'R_NDRC', day, 6);
  expect(statuses(stopped)).toEqual({
    acceptance: 'running',
    'opinion:R_HOUSING': 'running',
    'opinion:R_NDRC': 'suspended',
    'opinion:R_FINANCE': 'running',
  });
  expect(statuses(resumed(stopped, 'R_FINANCE', day, 7))['opinion:R_NDRC']).toBe('suspended');
  expect(statuses(resumed(stopped, 'R_NDRC', day, 7))['opinion:R_NDRC']).toBe('running');
});

test('the lead’s question stops all opinions; one that two stopped waits for both answers', () => {
  const both = suspended(suspended(opinions, 'R_NDRC', day, 6), 'R_HOUSING', day, 7);
  expect(statuses(both)).toEqual({
    acceptance: 'running',
    'opinion:R_HOUSING': 'suspended',
    'opinion:R_NDRC': 'suspended',
    'opinion:R_FINANCE': 'suspended',
  });
  const one = resumed(both, 'R_HOUSING', day, 8);
  expect(statuses(one)).toMatchObject({ 'opinion:R_NDRC': 'suspended', 'opinion:R_FINANCE': 'running' });
  expect(statuses(resumed(one, 'R_NDRC', day, 9))['opinion:R_NDRC']).toBe('running');
});

test('a clock that has ended stays as it is, to be explained later', () => {
  const ended = endClock(opinions, 'opinion:R_NDRC', 'given', day, 6);
  expect(statuses(ended)['opinion:R_NDRC']).toBe('ended');
  expect(statuses(ended)['opinion:R_FINANCE']).toBe('running');
  const later = on('2021-10-13');
  const same = (clocks: Clocks) => clocks.find(({ name }) => name === 'opinion:R_NDRC');
  for (const clocks of [
    suspended(ended, 'R_HOUSING', later, 7),
    extendClock(ended, 'opinion:R_NDRC', 3, later, 7),
    endAll(ended, 'returned', later, 7),
  ])
    expect(same(clocks)).toEqual(same(ended));
  expect(Object.values(statuses(endAll(ended, 'returned', later, 7)))).toEqual(Array(4).fill('ended'));
});

test('what a step wrote into the ledgers can be taken out, with the clocks that it started', () => {
  const later = extendClock(
    endClock(opinions, 'acceptance', 'accepted', day, 9),
    'opinion:R_NDRC',
    3,
    day,
    9,
  );
  expect(later).not.toEqual(opinions);
  expect(undoStep(later, 9)).toEqual(opinions);
  expect(undoStep(later, 5).map(({ name }) => name)).toEqual(['acceptance']);
});
