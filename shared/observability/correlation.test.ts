import { expect, test } from 'vitest';
import { correlated, correlationId, correlationIdOf } from './correlation.ts';

const uuid = '0191c2d4-7b3a-4c5d-8e6f-0123456789ab';

test('what is done under an id has it, also after waiting; the next work has its own', async () => {
  const seen: (string | undefined)[] = [];
  const look = async (): Promise<void> => {
    await Promise.resolve();
    seen.push(correlationId());
  };
  await Promise.all([correlated('a', look), correlated('b', () => correlated(undefined, look)), look()]);
  expect(seen.map((id) => id ?? 'none').sort()).toEqual(['a', 'b', 'none']);
});

test.each([
  [uuid, uuid],
  [` ${uuid.toUpperCase()} `, uuid],
  [undefined, 'own'],
  ['', 'own'],
  ['150102199001011234', 'own'],
  ['13800001234', 'own'],
  [`${uuid}\nlevel=ERROR`, 'own'],
  [`${uuid}${uuid}`, 'own'],
])('of a caller that says %j it is %s', (given, expected) => {
  expect(correlationIdOf(given, 'own')).toBe(expected);
});
