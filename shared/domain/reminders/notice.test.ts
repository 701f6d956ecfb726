import { describe, expect, test } from 'vitest';
import { builtInCalendar } from '../calendar/working-days.ts';
import type { Obligation } from '../duties/obligation.ts';
import { lineOf, Notice, noticeWith, wordsOf, type NoticeLine } from './notice.ts';

const calendar = builtInCalendar();
const duty: Obligation = {
  id: 'o-1',
  city: '150200',
  notice: '内政办发〔2021〕53号',
  clause: 'S-06',
  dueBefore: '2021-10-29T16:00:00.000Z',
  satisfiedBy: 'published',
  items: [
    { kind: 'annual-plan', period: '2021', state: 'open' },
    { kind: 'five-year-target', period: '2021-2025', state: 'fulfilled' },
    { kind: 'policy-measures', period: '2021-2025', state: 'open' },
  ],
  createdAt: '2021-09-23T01:00:00.000Z',
  seq: 1,
  hash: '',
};

function line(now: string): NoticeLine {
  const made = lineOf(duty, '-5', calendar, now);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

describe('what is told of a duty', () => {
  test('is what of it is open, by when, and how many working days are left', () => {
    expect(line('2021-10-22T01:00:00.000Z')).toEqual({
      obligation: 'o-1',
      point: '-5',
      city: '150200',
      notice: '内政办发〔2021〕53号',
      clause: 'S-06',
      open: [
        { kind: 'annual-plan', period: '2021' },
        { kind: 'policy-measures', period: '2021-2025' },
      ],
      lastDay: '2021-10-29',
      workingDays: 5,
    });
  });

  test.each([
    // The last day, a Friday, and the instants around its end.
    ['2021-10-29T01:00:00.000Z', 0, '其间已无工作日', 'with no working day left'],
    ['2021-10-29T15:59:59.999Z', 0, '其间已无工作日', 'with no working day left'],
    // On the Saturday after it nobody works, and it is late all the same.
    ['2021-10-29T16:00:00.000Z', -1, '已逾期1个工作日', '1 working day(s) late'],
    ['2021-11-02T01:00:00.000Z', -2, '已逾期2个工作日', '2 working day(s) late'],
    ['2021-10-28T01:00:00.000Z', 1, '还有1个工作日', '1 working day(s) left'],
  ])('at %s: %i working days', (now, days, zh, en) => {
    expect(line(now).workingDays).toBe(days);
    expect(wordsOf(line(now)).zh).toContain(`完成，${zh}。`);
    expect(wordsOf(line(now)).en).toContain(`2021-10-29, ${en}. `);
  });

  test('is refused rather than guessed in a year without a calendar', () => {
    expect(lineOf(duty, '-5', calendar, '2027-01-04T01:00:00.000Z')).toMatchObject({ ok: false });
  });

  test('names every open kind with its period; what has no name, by its code', () => {
    const words = wordsOf(line('2021-10-22T01:00:00.000Z'));
    expect(words.zh).toBe(
      '包头市人民政府：年度建设计划（2021）、政策措施（2021-2025）须于2021-10-29前（含当日）完成，还有5个工作日。依据内政办发〔2021〕53号（S-06）。',
    );
    expect(words.en).toContain('Annual plan (2021), Policy measures (2021-2025) due by the end of');
    const strange = wordsOf({
      ...line('2021-10-22T01:00:00.000Z'),
      city: '159900',
      open: [{ kind: 'lease', period: '1' }],
    });
    expect(strange.zh).toContain('159900：lease（1）');
    expect(strange.en).toContain('159900: lease (1)');
  });
});

describe('a notice', () => {
  const now = '2021-10-22T01:00:00.000Z';
  const recipient = { office: '150200', role: 'drafter' } as const;
  const told = line(now);
  const other = { ...told, obligation: 'o-2' };

  test('begins with the day on which it is made', () => {
    // Half past midnight in Inner Mongolia is the day before in London.
    const midnight = '2021-10-21T16:30:00.000Z';
    expect(noticeWith(undefined, recipient, [told], midnight)).toEqual({
      ...recipient,
      day: '2021-10-22',
      lines: [told],
      at: midnight,
      seq: 0,
      hash: '',
    });
  });

  test('grows by what comes later in the day, and tells of a duty anew rather than twice', () => {
    const first = { ...noticeWith(undefined, recipient, [told, other], now), seq: 1, hash: 'h' };
    const later = '2021-10-22T09:00:00.000Z';
    const anew = { ...told, point: 'nudge' } as const;
    const grown = noticeWith(first, recipient, [anew], later);
    expect(grown).toEqual({ ...first, lines: [other, anew], at: later });
    expect(Notice().parse(grown)).toEqual(grown);
  });

  test.each<[string, unknown]>([
    ['without the day', { day: undefined }],
    ['with a line of half a day', { lines: [{ ...told, workingDays: 0.5 }] }],
    ['with a line at no point', { lines: [{ ...told, point: 'never' }] }],
    ['with a line that leaves open what is open', { lines: [{ ...told, open: [{ kind: 'annual-plan' }] }] }],
  ])('is not read %s', (_, change) => {
    const made = noticeWith(undefined, recipient, [told], now);
    expect(Notice().safeParse({ ...made, ...(change as object) }).success).toBe(false);
  });
});
