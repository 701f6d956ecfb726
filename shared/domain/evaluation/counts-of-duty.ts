/** What a duty adds: A1, on-time submission (S-06, S-07). Each item counts from its last day on; one that was closed does not. */
import { civilDateOf, yearOf } from '../../kernel/civil-date.ts';
import { lastDayOf } from '../duties/duty-desk.ts';
import { itemStates, type Obligation, type ObligationItem } from '../duties/obligation.ts';
import { kindOf } from '../submissions/kinds/index.ts';
import { countedFor, type Contribution } from './contribution.ts';

export function countsOfDuty(duty: Obligation): readonly Contribution[] {
  const day = lastDayOf(duty);
  return duty.items
    .filter(({ state }) => state !== 'closed')
    .map((item) => ({
      indicator: 'A1',
      year: yearOf(day),
      city: countedFor(duty.city),
      office: duty.city,
      part: `${item.kind} ${item.period}`,
      day,
      numerator: item.state === 'fulfilled' ? 1 : 0,
      denominator: 1,
      says: wordsOf(duty, item, day),
    }));
}

function wordsOf(duty: Obligation, item: ObligationItem, day: string): Contribution['says'] {
  const name = kindOf(item.kind)?.name ?? { zh: item.kind, en: item.kind };
  const state = itemStates[item.state];
  const at = item.at === undefined || item.state === 'open' ? undefined : civilDateOf(item.at);
  return {
    zh: `${name.zh}（${item.period}），${duty.notice}要求${day}前（含当日）完成：${state.zh}${at ? `，${at}` : ''}`,
    en: `${name.en} (${item.period}), due by the end of ${day} under ${duty.notice}: ${state.en}${at ? `, ${at}` : ''}`,
  };
}
