/** Duties as a city or the region sees them. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { lastDayOf } from '../../domain/duties/duty-desk.ts';
import { isOpen, itemStates, type Obligation } from '../../domain/duties/obligation.ts';
import { officeOf, reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { pointsOf } from '../../domain/reminders/points.ts';
import type { Store } from '../ports.ts';

export async function readObligations(
  deps: { store: Store },
  actor: Actor,
  asked: { city?: string | undefined },
): Promise<{ items: readonly unknown[] }> {
  const regional = officeOf(actor.office)?.level === 'region';
  const cities = regional ? (asked.city ? [asked.city] : reportingCities) : [actor.office];
  if (asked.city && !cities.includes(asked.city)) return { items: [] };
  const all = await Promise.all(cities.map((city) => deps.store.obligationsOf(city)));
  const sorted = all
    .flat()
    .sort((a, b) => a.dueBefore.localeCompare(b.dueBefore) || a.city.localeCompare(b.city));
  return { items: sorted.map(obligationView) };
}

export async function readObligation(
  deps: { store: Store },
  actor: Actor,
  id: string,
): Promise<Result<{ body: unknown; revision: number }, Refusal>> {
  const obligation = await deps.store.obligation(id);
  const mine = obligation && (obligation.city === actor.office || officeOf(actor.office)?.level === 'region');
  return mine
    ? ok({ body: obligationView(obligation), revision: obligation.seq })
    : refuse(refusal('not-found'));
}

export function obligationView(obligation: Obligation): unknown {
  const { id, city, notice, clause, dueBefore, satisfiedBy, items, extension, notes, createdAt, seq } =
    obligation;
  return {
    id,
    city,
    cityName: officeOf(city)?.zh ?? city,
    notice,
    clause,
    dueBefore,
    lastDay: lastDayOf(obligation),
    satisfiedBy,
    points: pointsOf(obligation),
    open: isOpen(obligation),
    items: items.map(({ source: _source, ...item }) => ({
      ...item,
      kindName: kindOf(item.kind)?.name ?? { zh: item.kind, en: item.kind },
      stateText: itemStates[item.state],
    })),
    ...(extension ? { extension } : {}),
    ...(notes ? { notes } : {}),
    createdAt,
    revision: seq,
  };
}
