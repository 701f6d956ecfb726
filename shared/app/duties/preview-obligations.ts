/** Who a notice would lay a duty on, what they have filed already, and when they would be reminded: before it is laid down. */
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { lastDayOf } from '../../domain/duties/duty-desk.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import { pointDays } from '../../domain/reminders/reminder.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import type { Now, Store } from '../ports.ts';
import { defectsOf, obligationOf, type CreateObligationsInput } from './create-obligations.ts';

export async function previewObligations(
  deps: { store: Store; now: Now },
  input: CreateObligationsInput,
): Promise<Result<unknown, Refusal>> {
  const wrong = defectsOf(input);
  if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
  const now = deps.now();
  const sample = obligationOf('', input.cities[0] ?? '', input, now);
  const days = pointDays(sample, await deps.store.calendar());
  if (!days.ok) return days;
  const cities = await Promise.all(input.cities.map((city) => cityView(deps.store, city, input)));
  return ok({
    lastDay: lastDayOf(sample),
    reminders: days.value,
    past: input.dueBefore <= now,
    cities,
  });
}

async function cityView(store: Store, code: string, input: CreateObligationsInput): Promise<unknown> {
  const city = await store.city(code);
  const office = officeOf(code);
  const items = await Promise.all(
    input.items.map(async ({ kind: name, period }) => {
      const kind = kindOf(name);
      const path = kind?.path(city);
      const slot = await store.slot(code, name, period);
      const id = slot?.underWay ?? slot?.inForce;
      const head = id === undefined ? undefined : await store.head(id);
      return {
        kind: name,
        kindName: kind?.name ?? { zh: name, en: name },
        period,
        ...(head ? { filing: { id: head.id, state: head.state } } : {}),
        // A city that may not file the kind could never fulfil the duty.
        ...(typeof path === 'object' ? { notOpen: path.refused } : {}),
      };
    }),
  );
  return {
    city: code,
    name: { zh: office?.zh ?? code, en: office?.en ?? code },
    tier: city.tier,
    development: city.development,
    items,
  };
}
