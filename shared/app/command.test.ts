import { describe, expect, it } from 'vitest';
import { hashOf } from '../kernel/hash.ts';
import { refusal, type Refusal } from '../kernel/refusal.ts';
import { ok, refuse } from '../kernel/result.ts';
import type { Head } from '../domain/submissions/submission.ts';
import { draftHead } from '../../test/support/test-table.ts';
import { runCommand, type CommandRequest, type Deps } from './command.ts';
import type { Commit, Committed, Receipt, Store } from './ports.ts';

const command: CommandRequest = {
  actor: { sub: 'p-1', office: '150600', roles: ['drafter'] },
  key: 'k-1',
  request: { route: 'POST /x', body: { b: 1, a: 2 } },
};
const answer = { status: 200, body: { done: true } };

/** What a command meets, look by look and commit by commit; what follows the last is the last again. */
interface Met {
  readonly looks?: readonly { receipt?: Receipt; head?: Head }[];
  readonly outcomes?: readonly Committed['outcome'][];
  /** What the rules refuse with, so many times. */
  readonly refused?: Refusal;
  readonly refusals?: number;
}

function meeting({ looks = [{}], outcomes = ['done'], refused, refusals = Infinity }: Met) {
  const commits: Commit[] = [];
  let looked = 0;
  const store: Pick<Store, 'loadForCommand' | 'commit'> = {
    loadForCommand: () => {
      const look = looks[Math.min(looked, looks.length - 1)] ?? {};
      looked += 1;
      return Promise.resolve(look);
    },
    commit: (unit) => {
      commits.push(unit);
      return Promise.resolve({
        outcome: outcomes[Math.min(commits.length, outcomes.length) - 1] ?? 'done',
      });
    },
  };
  const decidedOn: (Head | undefined)[] = [];
  const decide = (head: Head | undefined) => {
    decidedOn.push(head);
    return Promise.resolve(
      refused && decidedOn.length <= refusals ? refuse(refused) : ok({ commit: { changes: [] }, answer }),
    );
  };
  const run = (given: Partial<CommandRequest> = {}) =>
    runCommand(
      { store: store as Store } as Deps,
      { ...command, ...given },
      looks[0]?.head ? { submission: 's-1' } : {},
      decide,
    );
  return { run, commits, decidedOn, looks: () => looked };
}

const receipt: Receipt = { sub: 'p-1', key: 'k-1', request: hashOf(command.request), answer };

describe('a command', () => {
  it('decides once, commits with its receipt, and answers', async () => {
    const met = meeting({});
    expect(await met.run()).toEqual(ok(answer));
    expect(met.commits).toEqual([{ changes: [], receipt }]);
    expect(met.decidedOn).toEqual([undefined]);
  });

  it('repeated is answered as the first time, and nothing is decided', async () => {
    const met = meeting({ looks: [{ receipt, head: draftHead({ seq: 9 }) }] });
    // The record has moved on since; the repetition still carries what it had seen then.
    expect(await met.run({ ifMatch: 1 })).toEqual(ok(answer));
    expect([met.decidedOn, met.commits]).toEqual([[], []]);
  });

  it('is the same request however its members are ordered', async () => {
    const met = meeting({ looks: [{ receipt }] });
    expect(await met.run({ request: { body: { a: 2, b: 1 }, route: 'POST /x' } })).toEqual(ok(answer));
  });

  it('under the key of another request is refused', async () => {
    const met = meeting({ looks: [{ receipt }] });
    expect(await met.run({ request: { route: 'POST /y' } })).toEqual(
      refuse(refusal('idempotency-key-reused')),
    );
    expect(met.commits).toEqual([]);
  });

  it('on a record that the caller saw differently is stale', async () => {
    const met = meeting({ looks: [{ head: draftHead({ seq: 3 }) }] });
    expect(await met.run({ ifMatch: 2 })).toEqual(refuse(refusal('stale-version')));
    expect(met.decidedOn).toEqual([]);
    expect(await met.run({ ifMatch: 3 })).toEqual(ok(answer));
  });

  it('does not tell a stranger that the record exists, whatever revision he sends', async () => {
    const met = meeting({ looks: [{ head: draftHead({ seq: 3, owner: '150100' }) }] });
    for (const ifMatch of [2, 3]) expect(await met.run({ ifMatch })).toEqual(refuse(refusal('not-found')));
    expect(met.commits).toEqual([]);
  });

  it('refused by its rules writes nothing', async () => {
    const met = meeting({ refused: refusal('not-allowed') });
    expect(await met.run()).toEqual(refuse(refusal('not-allowed')));
    expect(met.commits).toEqual([]);
  });

  it('whose record changed meanwhile decides anew, on what it is now', async () => {
    const [before, after] = [draftHead({ seq: 3 }), draftHead({ seq: 4 })];
    const met = meeting({ looks: [{ head: before }, { head: after }], outcomes: ['stale', 'done'] });
    expect(await met.run()).toEqual(ok(answer));
    expect(met.decidedOn).toEqual([before, after]);
  });

  it('with If-Match whose record changed meanwhile is stale', async () => {
    const looks = [{ head: draftHead({ seq: 3 }) }, { head: draftHead({ seq: 4 }) }];
    const met = meeting({ looks, outcomes: ['stale'] });
    expect(await met.run({ ifMatch: 3 })).toEqual(refuse(refusal('stale-version')));
    expect(met.commits).toHaveLength(1);
  });

  it('that lost against its twin is answered as the twin was', async () => {
    const first = { ...receipt, answer: { status: 201, body: 'of the twin' } };
    const met = meeting({ looks: [{}, { receipt: first }], outcomes: ['replayed'] });
    expect(await met.run()).toEqual(ok(first.answer));
  });

  it('whose twin was done between its look and its refusal is answered as the twin was', async () => {
    const looks = [{ head: draftHead({ seq: 4 }) }, { receipt }];
    expect(await meeting({ looks, refused: refusal('wrong-state') }).run()).toEqual(ok(answer));
    expect(await meeting({ looks }).run({ ifMatch: 3 })).toEqual(ok(answer));
  });

  it('refused on parts that another command had already changed is stale, not refused for what that one did', async () => {
    const looks = [{ head: draftHead({ seq: 3 }) }, { head: draftHead({ seq: 4 }) }];
    const met = meeting({ looks, refused: refusal('wrong-state') });
    expect(await met.run({ ifMatch: 3 })).toEqual(refuse(refusal('stale-version')));
    expect(met.commits).toEqual([]);
  });

  it('refused while nothing else moved hears the reason', async () => {
    const met = meeting({ looks: [{ head: draftHead({ seq: 3 }) }], refused: refusal('wrong-state') });
    expect(await met.run({ ifMatch: 3 })).toEqual(refuse(refusal('wrong-state')));
  });

  it('whose rules find that what they read does not belong together decides anew, on what it is then', async () => {
    const [before, after] = [draftHead({ seq: 3 }), draftHead({ seq: 4 })];
    const met = meeting({
      looks: [{ head: before }, { head: before }, { head: after }],
      refused: refusal('busy'),
      refusals: 1,
    });
    expect(await met.run()).toEqual(ok(answer));
    expect(met.decidedOn).toEqual([before, after]);
    const never = meeting({ refused: refusal('busy') });
    expect(await never.run()).toEqual(refuse(refusal('busy')));
    expect([never.decidedOn.length, never.commits]).toEqual([6, []]);
  });

  it('met by conflicts is done in the end', async () => {
    const met = meeting({ outcomes: ['busy', 'busy', 'done'] });
    expect(await met.run()).toEqual(ok(answer));
    expect(met.commits).toHaveLength(3);
  });

  it.each(['busy', 'stale'] as const)('gives up as busy after six times %s', async (outcome) => {
    const met = meeting({ outcomes: [outcome] });
    expect(await met.run()).toEqual(refuse(refusal('busy')));
    expect([met.commits.length, met.looks()]).toEqual([6, 6]);
  });
});
