import { expect, test } from 'vitest';
import { once } from './once.ts';

test('a thing is made when it is first asked for, and the same one is given ever after', () => {
  let made = 0;
  const thing = once(() => ({ number: (made += 1) }));
  expect(made).toBe(0);
  const first = thing();
  expect(first).toEqual({ number: 1 });
  expect(thing()).toBe(first);
});

test('nothing is made once, too', () => {
  let asked = 0;
  const nothing = once(() => void (asked += 1));
  expect([nothing(), nothing(), asked]).toEqual([undefined, undefined, 1]);
});
