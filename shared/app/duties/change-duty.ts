/** Takes one action on a duty: a new deadline, a waiver, a request for more time and its answer. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { civilDateOf } from '../../kernel/civil-date.ts';
import { chain } from '../../domain/audit/entry.ts';
import { changeDuty, dutyActions, type DutyActionName, type DutyInput } from '../../domain/duties/changes.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { pointsOf } from '../../domain/reminders/points.ts';
import { pastPoints } from '../../domain/reminders/reminder.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer } from '../ports.ts';
import { etagOf } from '../submissions/view.ts';
import { nudge } from '../reminders/nudge.ts';
import { desksBetween } from './duty-desks.ts';
import { obligationView } from './read-obligations.ts';

export async function actOnDuty(
  deps: Deps,
  command: CommandRequest,
  id: string,
  action: DutyActionName,
  input: DutyInput,
): Promise<Result<Answer, Refusal>> {
  // The revision that the caller has seen is the duty's.
  const { ifMatch, ...rest } = command;
  return runCommand(deps, rest, {}, async () => {
    const before = await deps.store.obligation(id);
    if (!before || !maySee(command.actor, before)) return refuse(refusal('not-found'));
    if (ifMatch !== undefined && before.seq !== ifMatch) return refuse(refusal('stale-version'));
    if (!mayAct(command.actor, before, action)) return refuse(refusal('not-allowed'));
    const now = deps.now();
    const changed = changeDuty(action, before, input, now);
    if (!changed.ok) return changed;
    if (input.points) {
      const past = pastPoints(before, input.points, await deps.store.calendar(), civilDateOf(now));
      if (!past.ok) return past;
      if (past.value.length > 0)
        return refuse(refusal('invalid-request', { count: past.value.length }, past.value));
    }
    const { actor } = command;
    const facts = {
      city: before.city,
      dueBefore: changed.value.dueBefore,
      dueBeforeUntilNow: before.dueBefore,
      ...(input.grant === undefined ? {} : { granted: input.grant }),
      ...(input.points === undefined ? {} : { points: pointsOf(changed.value) }),
    };
    const told = action === 'nudge' ? await nudge(deps.store, before, now) : ok(undefined);
    if (!told.ok) return told;
    const role = dutyActions[action].by.roles.find((one) => actor.roles.includes(one));
    const { record, entry } = chain(
      `obligation:${id}`,
      before,
      changed.value,
      { type: dutyActions[action].event, facts },
      { sub: actor.sub, office: actor.office, role },
      now,
    );
    return ok({
      commit: {
        changes: [{ kind: 'obligation', before, after: record, entry }, ...(told.value?.changes ?? [])],
        ...(told.value ? { reminders: told.value.reminders } : {}),
        desks: desksBetween(before, record),
      },
      answer: { status: 200, body: obligationView(record), etag: etagOf(record.seq) },
    });
  });
}

function maySee(actor: Actor, { city }: Obligation): boolean {
  return actor.office === city || officeOf(actor.office)?.level === 'region';
}

function mayAct(actor: Actor, { city }: Obligation, action: DutyActionName): boolean {
  const { party, roles } = dutyActions[action].by;
  const inPlace = party === 'city' ? actor.office === city : officeOf(actor.office)?.level === 'region';
  return inPlace && roles.some((role) => actor.roles.includes(role));
}
