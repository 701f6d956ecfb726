/** Lays a duty on cities, after a notice: one record a city, with all its items, in one commit. */
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import type { Obligation, SatisfyingEvent } from '../../domain/duties/obligation.ts';
import { officeOf, reportingCities } from '../../domain/identity/offices.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { periodFits } from '../../domain/submissions/periods.ts';
import { pointsOf } from '../../domain/reminders/points.ts';
import { runCommand, type CommandRequest, type Deps } from '../command.ts';
import type { Answer, Commit } from '../ports.ts';
import { deskOf } from './duty-desks.ts';

export interface CreateObligationsInput {
  readonly notice: string;
  readonly clause: string;
  readonly cities: readonly string[];
  readonly items: readonly { readonly kind: string; readonly period: string }[];
  /** Exclusive, UTC. */
  readonly dueBefore: string;
  readonly satisfiedBy: SatisfyingEvent;
  /** Working days around the last day; absent: the usual points. */
  readonly points?: readonly number[];
}

export async function createObligations(
  deps: Deps,
  command: CommandRequest,
  input: CreateObligationsInput,
): Promise<Result<Answer, Refusal>> {
  return runCommand(deps, command, {}, async () => {
    const wrong = defectsOf(input);
    if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
    const now = deps.now();
    const { actor } = command;
    const by = { sub: actor.sub, office: actor.office, role: 'supervisor' };
    const changes = input.cities.map((city): Commit['changes'][number] => {
      const fresh = obligationOf(deps.newId(), city, input, now);
      const facts = {
        city,
        notice: input.notice,
        clause: input.clause,
        items: fresh.items.length,
        dueBefore: input.dueBefore,
        satisfiedBy: input.satisfiedBy,
        ...(fresh.points ? { points: fresh.points } : {}),
      };
      const { record, entry } = chain(
        `obligation:${fresh.id}`,
        undefined,
        fresh,
        { type: 'obligation.created', facts },
        by,
        now,
      );
      return { kind: 'obligation', after: record, entry };
    });
    const made = changes.map((change) => change.after as Obligation);
    const put = made.flatMap((obligation) => deskOf(obligation));
    return ok({
      commit: { changes, desks: { remove: [], put } },
      answer: { status: 201, body: { items: made.map(({ id, city }) => ({ id, city })) } },
    });
  });
}

/** The duty of one city as the notice lays it down. */
export function obligationOf(
  id: string,
  city: string,
  input: CreateObligationsInput,
  now: string,
): Obligation {
  return {
    id,
    city,
    notice: input.notice,
    clause: input.clause,
    dueBefore: input.dueBefore,
    satisfiedBy: input.satisfiedBy,
    items: input.items.map((item) => ({ ...item, state: 'open' as const })),
    ...(input.points ? { points: [...pointsOf(input)] } : {}),
    createdAt: now,
    seq: 0,
    hash: '',
  };
}

/** Everything that is wrong with what the notice asks for. */
export function defectsOf(input: CreateObligationsInput): Reason[] {
  const cities = input.cities.flatMap((city, index) => {
    if (input.cities.indexOf(city) !== index)
      return [at(`/cities/${index}`, 'city-repeated', '城市重复', 'The city is repeated')];
    return reportingCities.includes(city) && officeOf(city)
      ? []
      : [at(`/cities/${index}`, 'city-unknown', '没有这个报送单位', 'There is no such reporting city')];
  });
  const items = input.items.flatMap(({ kind: code, period }, index) => {
    const kind = kindOf(code);
    if (!kind) return [at(`/items/${index}/kind`, 'kind-unknown', '没有这类申报', 'There is no such kind')];
    return periodFits(kind.period, period)
      ? []
      : [
          at(
            `/items/${index}/period`,
            'period-invalid',
            '期间不适用于此类申报',
            'The period does not fit this kind',
          ),
        ];
  });
  return [...cities, ...items];
}

function at(pointer: string, code: string, zh: string, en: string): Reason {
  return { pointer, code, text: { zh, en } };
}
