/** What is due: for a city its own duties, for the region all, the late ones first in a list to circulate (通报). */
import { addDays, civilDateOf } from '../../kernel/civil-date.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { lastDayOf } from '../../domain/duties/duty-desk.ts';
import {
  forecastOf,
  outlookOf,
  outlooks,
  workingDaysLeft,
  type FilingNow,
  type Outlook,
} from '../../domain/duties/forecast.ts';
import { isOpen, type Obligation, type ObligationItem } from '../../domain/duties/obligation.ts';
import { officeOf, reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { Now, Store } from '../ports.ts';

/** A duty that was fulfilled late stands in the list to circulate for a quarter of a year. */
const daysToCirculate = 90;

interface Line {
  readonly city: string;
  readonly open: boolean;
  readonly lastDay: string;
  readonly outlook: Outlook;
}

/** @param asked.city one city; the region's callers may leave it out */
export async function readDeadlines(
  deps: { store: Store; now: Now },
  actor: Actor,
  asked: { city?: string | undefined },
): Promise<Result<unknown, Refusal>> {
  const regional = officeOf(actor.office)?.level === 'region';
  const wanted = regional ? (asked.city ? [asked.city] : reportingCities) : [actor.office];
  const cities = asked.city === undefined || wanted.includes(asked.city) ? wanted : [];
  const duties = (await Promise.all(cities.map((city) => deps.store.obligationsOf(city)))).flat();
  const lines: Line[] = [];
  for (const obligation of duties) {
    const line = await lineOf(deps, obligation);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const remembered = addDays(civilDateOf(deps.now()), -daysToCirculate);
  const open = lines.filter(
    ({ outlook, open: still, lastDay }) => outlook !== 'done' && (still || lastDay >= remembered),
  );
  open.sort((a, b) => a.lastDay.localeCompare(b.lastDay) || a.city.localeCompare(b.city));
  const late = [...new Set(open.filter(({ outlook }) => outlook === 'late').map(({ city }) => city))];
  return ok({
    asOf: deps.now(),
    items: open,
    lateCities: late.map((city) => ({
      city,
      name: { zh: officeOf(city)?.zh ?? city, en: officeOf(city)?.en ?? city },
    })),
  });
}

async function lineOf(
  deps: { store: Store; now: Now },
  obligation: Obligation,
): Promise<Result<Line & Record<string, unknown>, Refusal>> {
  const left = workingDaysLeft(obligation, await deps.store.calendar(), deps.now());
  if (!left.ok) return left;
  const items = await Promise.all(
    obligation.items.map(async (item) =>
      forecastOf(item, obligation.satisfiedBy, await filingFor(deps.store, obligation, item), left.value),
    ),
  );
  const outlook = outlookOf(items);
  const { id, city, notice, clause, dueBefore, satisfiedBy } = obligation;
  return ok({
    obligation: id,
    city,
    cityName: { zh: officeOf(city)?.zh ?? city, en: officeOf(city)?.en ?? city },
    notice,
    clause,
    dueBefore,
    lastDay: lastDayOf(obligation),
    satisfiedBy,
    open: isOpen(obligation),
    workingDays: left.value,
    outlook,
    outlookText: outlooks[outlook],
    items: items.map((item) => ({
      ...item,
      kindName: kindOf(item.kind)?.name ?? { zh: item.kind, en: item.kind },
      outlookText: outlooks[item.outlook],
    })),
  });
}

/** The filing under way for an item that is still open. */
async function filingFor(
  store: Store,
  { city }: Obligation,
  { kind, period, state }: ObligationItem,
): Promise<FilingNow | undefined> {
  if (state !== 'open') return undefined;
  const slot = await store.slot(city, kind, period);
  const id = slot?.underWay ?? slot?.inForce;
  const head = id === undefined ? undefined : await store.head(id);
  return head && { id: head.id, state: head.state };
}
