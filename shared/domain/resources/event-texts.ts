/** What the events of a resource are called in its history. */
import type { Text } from '../../kernel/refusal.ts';
import { resourceActions } from './actions.ts';

export const resourceEventTexts: Readonly<Record<string, Text>> = Object.fromEntries(
  Object.values(resourceActions).map(({ event, zh, en }) => [event, { zh, en }]),
);
