import { describe, expect, test } from 'vitest';
import { runDesk } from './run-desk.ts';
import type { Objection } from './run.ts';
import { askedAt as at, circulatedRun as run } from './sample-inputs.ts';

const objection = (number: number, changes: Partial<Objection> = {}): Objection => ({
  number,
  city: '150200',
  text: '异议',
  at,
  ...changes,
});
const answer = (upheld: boolean) => ({ upheld, text: '答复', at });

describe('the desk of a run', () => {
  test('says by when: the cities by the end of the window, the region by the day of its report', () => {
    const lines = runDesk(run({ objections: [objection(1)] }));
    expect(lines.find(({ task }) => task === 'look-at-evaluation')).toEqual({
      office: '150100',
      role: 'leader',
      task: 'look-at-evaluation',
      due: '2022-01-12',
      since: at,
    });
    expect(lines.slice(-2)).toEqual([
      { office: 'REGION_GOV', role: 'consenter', task: 'approve-evaluation', due: '2022-01-31', since: at },
      { office: 'R_HOUSING', role: 'supervisor', task: 'answer-objection', due: '2022-01-31', since: at },
    ]);
  });

  test('has nothing to answer when all is answered, and names no day that nobody set', () => {
    const {
      terms: _terms,
      objectUntil: _until,
      ...bare
    } = run({ objections: [objection(1, { answer: answer(false) })] });
    const lines = runDesk(bare);
    expect(lines.map(({ task }) => task)).not.toContain('answer-objection');
    for (const line of lines) expect(line).not.toHaveProperty('due');
  });
});
