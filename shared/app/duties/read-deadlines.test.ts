import { expect, test } from 'vitest';
import { builtInCalendar } from '../../domain/calendar/working-days.ts';
import type { ItemState, Obligation } from '../../domain/duties/obligation.ts';
import type { Store } from '../ports.ts';
import { readDeadlines } from './read-deadlines.ts';

function duty(id: string, city: string, state: ItemState): Obligation {
  return {
    id,
    city,
    notice: 'n',
    clause: 'S-06',
    dueBefore: '2021-10-31T16:00:00.000Z',
    satisfiedBy: 'published',
    items: [{ kind: 'annual-plan', period: '2021', state }],
    createdAt: '2021-09-23T01:00:00.000Z',
    seq: 1,
    hash: '',
  };
}

const duties = [
  duty('kept', '150100', 'fulfilled'),
  duty('late', '150200', 'fulfilled-late'),
  duty('open', '150400', 'open'),
  duty('let-off', '150500', 'closed'),
];
const store = {
  obligationsOf: async (city: string) => duties.filter((one) => one.city === city),
  calendar: async () => builtInCalendar(),
  slot: async () => undefined,
} as unknown as Store;

async function at(now: string): Promise<{ items: string[]; late: string[] }> {
  const actor = { sub: 's', office: 'R_HOUSING', roles: ['supervisor' as const] };
  const read = await readDeadlines({ store, now: () => now }, actor, {});
  if (!read.ok) throw new Error(read.error.code);
  const { items, lateCities } = read.value as {
    items: { obligation: string }[];
    lateCities: { city: string }[];
  };
  return { items: items.map(({ obligation }) => obligation), late: lateCities.map(({ city }) => city) };
}

test('what is kept or let off is not due; who was late stands in the list for a quarter of a year', async () => {
  expect(await at('2021-10-20T01:00:00.000Z')).toEqual({ items: ['late', 'open'], late: ['150200'] });
  expect(await at('2022-01-28T01:00:00.000Z')).toEqual({
    items: ['late', 'open'],
    late: ['150200', '150400'],
  });
  expect(await at('2022-01-30T01:00:00.000Z')).toEqual({ items: ['open'], late: ['150400'] });
});
