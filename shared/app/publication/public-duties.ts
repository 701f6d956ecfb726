/** Duties as the public sees them: projected from every event of a duty, judged on the day of the question. */
import { addDays, civilDateOf, yearOf } from '../../kernel/civil-date.ts';
import type { Text } from '../../kernel/refusal.ts';
import { lastDayOf } from '../../domain/duties/duty-desk.ts';
import type { Obligation } from '../../domain/duties/obligation.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';

export const publicDutyStates = {
  kept: { zh: '按时完成', en: 'kept' },
  'kept-late': { zh: '逾期完成', en: 'kept late' },
  missed: { zh: '逾期未完成', en: 'missed' },
  open: { zh: '未到期', en: 'not due yet' },
  released: { zh: '已解除', en: 'released' },
} as const satisfies Record<string, Text>;
export type PublicDutyState = keyof typeof publicDutyStates;

/** A duty as it is projected: what is open may be missed tomorrow, without any event. */
export interface PublicDuty {
  readonly obligation: string;
  readonly city: string;
  readonly year: number;
  readonly notice: string;
  readonly clause: string;
  readonly lastDay: string;
  readonly items: readonly {
    readonly kind: string;
    readonly period: string;
    readonly state: Obligation['items'][number]['state'];
    readonly fulfilledOn?: string;
  }[];
}

export interface PublicDuties {
  /** Puts the duty unless one of a later audit number stands there. */
  putDuty(duty: PublicDuty, source: number): Promise<void>;
}

export function publicDuty(duty: Obligation): PublicDuty {
  const lastDay = lastDayOf(duty);
  return {
    obligation: duty.id,
    city: duty.city,
    year: yearOf(lastDay),
    notice: duty.notice,
    clause: duty.clause,
    lastDay,
    items: duty.items.map(({ kind, period, state, at }) => ({
      kind,
      period,
      state,
      ...(at === undefined || state === 'open' || state === 'closed' ? {} : { fulfilledOn: civilDateOf(at) }),
    })),
  };
}

export interface PublicDutyLine {
  readonly year: number;
  readonly city: string;
  readonly cityName: Text;
  readonly notice: string;
  readonly clause: string;
  readonly kind: string;
  readonly kindName: Text;
  readonly period: string;
  readonly lastDay: string;
  readonly state: PublicDutyState;
  readonly stateText: Text;
  readonly fulfilledOn: string | null;
}

export interface PublicDutyTotal {
  readonly city: string;
  readonly cityName: Text;
  readonly due: number;
  readonly kept: number;
  readonly keptLate: number;
  readonly missed: number;
  readonly open: number;
}

/** @param now the server's instant: the duty is missed once its last day is over */
export function dutyLines(duties: readonly PublicDuty[], now: string): readonly PublicDutyLine[] {
  const today = civilDateOf(now);
  return duties.flatMap(({ year, city, notice, clause, lastDay, items }) =>
    items.map((item): PublicDutyLine => {
      const state = stateOf(item.state, today >= addDays(lastDay, 1));
      return {
        year,
        city,
        cityName: nameOf(city),
        notice,
        clause,
        kind: item.kind,
        kindName: kindOf(item.kind)?.name ?? { zh: item.kind, en: item.kind },
        period: item.period,
        lastDay,
        state,
        stateText: publicDutyStates[state],
        fulfilledOn: item.fulfilledOn ?? null,
      };
    }),
  );
}

/** By city, what was due so far: what is released was never due. */
export function dutyTotals(lines: readonly PublicDutyLine[]): readonly PublicDutyTotal[] {
  return [...Map.groupBy(lines, ({ city }) => city)].map(([city, of]) => {
    const count = (state: PublicDutyState): number => of.filter((line) => line.state === state).length;
    const [kept, keptLate, missed] = [count('kept'), count('kept-late'), count('missed')];
    return {
      city,
      cityName: nameOf(city),
      due: kept + keptLate + missed,
      kept,
      keptLate,
      missed,
      open: count('open'),
    };
  });
}

function stateOf(state: Obligation['items'][number]['state'], over: boolean): PublicDutyState {
  switch (state) {
    case 'fulfilled':
      return 'kept';
    case 'fulfilled-late':
      return 'kept-late';
    case 'closed':
      return 'released';
    case 'open':
      return over ? 'missed' : 'open';
  }
}

function nameOf(city: string): Text {
  const office = officeOf(city);
  return { zh: office?.zh ?? city, en: office?.en ?? city };
}
