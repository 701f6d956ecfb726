import { expect, test } from 'vitest';
import { ok, refuse } from './result.ts';

test('a result has a value or a refusal, and says which', () => {
  expect(ok(7)).toEqual({ ok: true, value: 7 });
  expect(refuse('too late')).toEqual({ ok: false, error: 'too late' });
});
