import { expect, it } from 'vitest';
import { resourceActions } from './actions.ts';
import { resourceEventTexts } from './event-texts.ts';

it('calls each event of a resource what the action is called that brings it about', () => {
  expect(Object.keys(resourceEventTexts)).toEqual(Object.values(resourceActions).map(({ event }) => event));
  const { zh, en } = resourceActions.release;
  expect(resourceEventTexts['resource.released']).toEqual({ zh, en });
});
