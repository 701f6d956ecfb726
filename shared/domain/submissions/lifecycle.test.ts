/** The table of the life of a submission, checked as a graph; and the desks, over every state and path. */
import { describe, expect, test } from 'vitest';
import { builtInCalendar } from '../calendar/working-days.ts';
import { roleNames, type Actor } from '../identity/roles.ts';
import { decide, possibleActions } from './decide.ts';
import { waitingIn } from './desks.ts';
import { cityAtFirst } from '../cities/city.ts';
import { determiningKinds, kindOf, kinds } from './kinds/index.ts';
import { actionNames, stepOf } from './lifecycle.ts';
import { regionalDefault } from '../policies/rule-set.ts';
import { termsFrom } from './joint-review/terms.ts';
import { leadOffice } from '../identity/offices.ts';
import { stateNames, states, type Head, type State } from './submission.ts';
import type { Path } from './kind.ts';

const calendar = builtInCalendar();
const at = '2021-10-20T01:00:00.000Z';

function headIn(state: State, path: Path): Head {
  const kind =
    path === 'own-decision'
      ? 'policy-measures'
      : path === 'regional-review'
        ? 'five-year-target'
        : path === 'joint-review'
          ? 'recognition'
          : 'demand-survey';
  return {
    id: 'one',
    kind,
    owner: '150600',
    period: '2021-2025',
    ...(path === 'joint-review' ? { county: '150602', terms: termsFrom(regionalDefault) } : {}),
    path,
    tier: 'none',
    state,
    version: 1,
    frozen: 1,
    hands: {},
    clocks: [],
    opinions: [],
    asked: [],
    extensions: [],
    corrections: 0,
    received: false,
    noted: false,
    createdAt: at,
    updatedAt: at,
    seq: 5,
    hash: '',
  };
}

/** The states that a path can reach, by the table. */
const reachable: Readonly<Record<Path, readonly State[]>> = {
  'own-decision': ['draft', 'checking', 'signing', 'approved', 'published', 'withdrawn', 'superseded'],
  'regional-review': [
    'draft',
    'checking',
    'signing',
    'submitted',
    'in-review',
    'returned',
    'awaiting-consent',
    'approved',
    'published',
    'rejected',
    'withdrawn',
    'superseded',
  ],
  acknowledgement: ['draft', 'checking', 'signing', 'submitted', 'returned', 'acknowledged', 'withdrawn'],
  'joint-review': [
    'draft',
    'checking',
    'signing',
    'submitted',
    'in-review',
    'returned',
    'plan-check',
    'public-notice',
    'deciding',
    'decided',
    'granted',
    'rejected',
    'withdrawn',
  ],
};

const offices = [
  '150600',
  '150100',
  leadOffice,
  'R_NDRC',
  'R_FINANCE',
  'REGION_GOV',
  '150602',
  '150602-HOUSING',
  '150602-FIRE',
  '150600-HOUSING',
  '150603-HOUSING',
];
const actors: Actor[] = offices.flatMap((office) =>
  roleNames.map((role) => ({ sub: `${office}-${role}`, office, roles: [role] })),
);

describe.each(Object.entries(reachable) as [Path, readonly State[]][])('on the path %s', (path, ofPath) => {
  test.each(ofPath.filter((state) => !states[state].final))(
    'a filing that is %s stands on a desk',
    (state) => {
      const head = headIn(state, path);
      const waiting = waitingIn(head, kindOf(head.kind)!, calendar);
      expect(waiting.length).toBeGreaterThan(0);
      for (const { office, role } of waiting) {
        const actor = { sub: 'x', office, roles: [role] };
        expect(possibleActions(head, kindOf(head.kind)!, actor), `${office} ${role} can act`).not.toEqual([]);
      }
    },
  );

  test('nothing leads out of a final state but taking note of it', () => {
    for (const state of ofPath.filter((one) => states[one].final)) {
      const head = headIn(state, path);
      const actions = actors.flatMap((actor) => possibleActions(head, kindOf(head.kind)!, actor));
      expect(actions.filter((action) => stepOf(action).to !== 'same')).toEqual([]);
    }
  });

  test('what is offered is what is allowed, and nothing else', () => {
    for (const state of ofPath) {
      const head = headIn(state, path);
      const kind = kindOf(head.kind)!;
      for (const actor of actors) {
        const offered = possibleActions(head, kind, actor);
        const context = {
          actor,
          now: at,
          kind,
          calendar,
          city: cityAtFirst('150600'),
          determining: determiningKinds,
        };
        for (const action of actionNames) {
          const decided = decide(
            action,
            head,
            { reason: 'r', defects: [], questions: ['q'], verdict: 'agree', documents: [], clock: 'x' },
            context,
          );
          const barred =
            !decided.ok &&
            (decided.error.code === 'not-allowed' ||
              decided.error.code === 'wrong-state' ||
              decided.error.code === 'nothing-to-recall');
          expect(barred, `${action} by ${actor.sub} when ${state}`).toBe(!offered.includes(action));
        }
      }
    }
  });
});

test('every state of the table is known and every action leads from somewhere', () => {
  for (const action of actionNames) {
    const { from, to } = stepOf(action);
    expect(from.length).toBeGreaterThan(0);
    for (const state of [...from, ...(to === 'same' || to === 'computed' ? [] : [to])])
      expect(stateNames).toContain(state);
  }
});

test('each kind says in both languages what it is, and every path has its reviewers', () => {
  for (const kind of Object.values(kinds)) {
    expect(kind.name.zh).toMatch(/\p{Script=Han}/u);
    expect(kind.name.en).toMatch(/[A-Za-z]/);
    const path = kind.path(cityAtFirst('150600'));
    if (path === 'regional-review') expect(kind.reviewers).toEqual(['R_HOUSING', 'R_NDRC', 'R_FINANCE']);
  }
});
