/** The steps that a delegate takes under his authorisation (`identity/delegates.ts`). */
import type { Action } from './lifecycle.ts';

/** By these somebody binds his office. */
export const bindingSteps: ReadonlySet<Action> = new Set([
  'sign',
  'opine',
  'reject',
  'record-minutes',
  'conclude-review',
  'pass-plan-check',
  'fail-plan-check',
  'close-notice',
  'approve',
  'refuse',
  'consent',
  'refuse-consent',
]);
