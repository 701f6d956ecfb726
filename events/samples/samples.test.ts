import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demoUser } from '../../infra/local/identity/demo-users.ts';
import { cityAtFirst } from '../../shared/domain/cities/city.ts';
import { demoUsers } from '../../infra/local/identity/demo-users.ts';
import { checkContent } from '../../shared/domain/submissions/kinds/check-content.ts';
import { kindOf } from '../../shared/domain/submissions/kinds/index.ts';
import { Sample } from './sample.ts';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();

test('the story is numbered without a gap', () => {
  expect(files.map((name) => name.slice(0, 2))).toEqual([
    '01',
    '02',
    '03',
    '04',
    '05',
    '06',
    '07',
    '08',
    '09',
  ]);
});

describe.each(files)('%s', (name) => {
  const parsed = Sample.safeParse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

  test('has the form of a sample', () => {
    expect(parsed.error?.issues).toBeUndefined();
  });

  test('goes on in time, names people who exist, and files contents without a defect', () => {
    const { steps } = parsed.data ?? { steps: [] };
    const times = steps.flatMap((step) => ('at' in step ? [step.at] : []));
    expect(times).toEqual([...times].sort());
    for (const step of steps) {
      if ('call' in step && step.as) expect(demoUser(step.as)?.id).toBe(step.as);
      if (!('file' in step)) continue;
      const { city, kind: code, content, period = '' } = step.file;
      const office = demoUsers.find(({ id }) => id === `${city}-drafter`)?.office ?? '';
      const kind = kindOf(code);
      if (!kind) throw new Error(`${code} is no kind`);
      const findings = checkContent(kind, content, { city: cityAtFirst(office), period });
      expect(findings.filter(({ level }) => level === 'hard')).toEqual([]);
    }
  });
});
