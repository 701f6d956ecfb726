/** The words of a clock: its lines, its grounds, and why each day counts or does not. */
import type { Text } from '../../kernel/refusal.ts';
import { officeOf } from '../identity/offices.ts';
import type { ClockDay } from './clock-days.ts';
import type { ClockEntry } from './clock-ledger.ts';
import { describe } from './describe-day.ts';

const grounds: Readonly<Record<string, Text>> = {
  granted: { zh: '准予延期', en: 'extension granted' },
  resubmitted: { zh: '已重新报送', en: 'resubmitted' },
  accepted: { zh: '已受理', en: 'accepted' },
  acknowledged: { zh: '已备案', en: 'acknowledged' },
  returned: { zh: '退回补正', en: 'returned for correction' },
  given: { zh: '已出具意见', en: 'opinion given' },
  rejected: { zh: '未通过', en: 'rejected' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
};

/** What a ground says. A code that has no words yet is shown as it is, never hidden. */
export function groundText(ground: string): Text {
  const [code = '', office] = ground.split(':');
  if (code === 'supplement' && office) {
    const { zh, en } = officeOf(office) ?? { zh: office, en: office };
    return { zh: `${zh}要求补充材料`, en: `supplement asked for by the ${en}` };
  }
  return grounds[ground] ?? { zh: ground, en: ground };
}

/** What one line of the ledger says. */
export function wordsOf(entry: ClockEntry): Text {
  switch (entry.kind) {
    case 'started':
      return { zh: '开始计算', en: 'started' };
    case 'suspended':
      return withGround({ zh: '中止', en: 'suspended' }, entry.ground);
    case 'resumed':
      return withGround({ zh: '恢复，已了结', en: 'resumed, settled' }, entry.ground);
    case 'extended':
      return withGround(
        { zh: `延长${entry.days}个工作日`, en: `extended by ${entry.days} working day(s)` },
        entry.ground,
      );
    case 'ended':
      return withGround({ zh: '终结', en: 'ended' }, entry.ground);
  }
}

function withGround(what: Text, ground: string): Text {
  const why = groundText(ground);
  return { zh: `${what.zh}：${why.zh}`, en: `${what.en}: ${why.en}` };
}

/** Why this day counts or does not; with the last day and what begins on it. */
export function whyOf(day: ClockDay): Text {
  const parts = [roleText(day)];
  if (day.stops && day.role === 'counted')
    parts.push({ zh: '当日中止，仍计入', en: 'suspended on this day, which still counts' });
  if (day.stops && day.role !== 'counted') parts.push({ zh: '当日中止', en: 'suspended on this day' });
  if (day.isDue) parts.push({ zh: '届满日', en: 'the last day' });
  return { zh: parts.map((part) => part.zh).join('；'), en: parts.map((part) => part.en).join('; ') };
}

function roleText(day: ClockDay): Text {
  const calendar = day.calendar ? describe(day.calendar) : { zh: '', en: '' };
  switch (day.role) {
    case 'start':
      return { zh: '当日起算，不计入', en: 'the day of the event is not counted' };
    case 'stopped':
      return withGrounds('中止期间，不计入', 'suspended, not counted', day.stoppedBy);
    case 'resumption':
      return { zh: '恢复当日，不计入', en: 'the day of resumption is not counted' };
    case 'off':
      return { zh: `${calendar.zh}，不计入`, en: `${calendar.en}, not counted` };
    case 'counted':
      return { zh: `${calendar.zh}，第${day.used}日`, en: `${calendar.en}, day ${day.used}` };
    case 'used-up':
      return { zh: '期限已用尽，待恢复', en: 'the limit is used up; waits for resumption' };
    case 'late':
      return { zh: `${calendar.zh}，逾期第${day.late}日`, en: `${calendar.en}, late by ${day.late}` };
  }
}

function withGrounds(zh: string, en: string, open: ReadonlySet<string>): Text {
  const texts = [...open].map(groundText);
  return {
    zh: `${zh}：${texts.map((text) => text.zh).join('、')}`,
    en: `${en}: ${texts.map((text) => text.en).join(', ')}`,
  };
}
