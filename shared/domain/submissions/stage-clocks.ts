/** The clocks (时限) of a filing: which stage starts which, and what stops them. */
import {
  end,
  extend,
  resume,
  start,
  statusOf,
  suspend,
  withoutEntriesOf,
  type StatutoryClock,
} from '../calendar/statutory-clock.ts';
import { leadOf } from './parties.ts';
import type { Kind } from './kind.ts';
import type { Head } from './submission.ts';

export type Clocks = Head['clocks'];

export function clockNamed(head: Head, name: string): StatutoryClock | undefined {
  return head.clocks.find((clock) => clock.name === name);
}

export function opinionClockOf(office: string): string {
  return `opinion:${office}`;
}

/** Requests for more time that still ask for something: a clock that has ended needs no more. */
export function openExtensions(head: Head): Head['extensions'] {
  return head.extensions.filter(({ clock: name }) => {
    const clock = clockNamed(head, name);
    return clock !== undefined && statusOf(clock) !== 'ended';
  });
}

/** A stage of the joint review as a whole (联审、计划核对、公示、决定), beside the clocks of its departments. */
export const stageClocks = ['review', 'plan-check', 'notice', 'decision'] as const;

export function startClock(
  clocks: Clocks,
  name: string,
  office: string,
  head: Head,
  kind: Kind,
  at: string,
  seq: number,
): Clocks {
  const clock = start({ name, office, ...limitOf(name, head, kind) }, at, seq);
  return [...clocks.filter((other) => other.name !== name), clock as Clocks[number]];
}

/** Working days and where they come from: the terms of the joint review, or the kind's own limits. */
function limitOf(name: string, { terms }: Head, { limits }: Kind): { limit: number; basis: string } {
  if (!terms) {
    const { acceptance, correction, opinion, source } = limits;
    const own = { acceptance, correction };
    return { limit: name in own ? own[name as keyof typeof own] : opinion, basis: source };
  }
  const { acceptance, correction, review, planCheck, notice, decision } = terms.days;
  const days: Readonly<Record<string, number>> = {
    acceptance,
    correction,
    'plan-check': planCheck,
    notice,
    decision,
  };
  return { limit: days[name] ?? review, basis: terms.rules };
}

/** Applies a change to these clocks. One that has ended refuses it and stays as it is, to be explained later. */
function change(
  clocks: Clocks,
  which: (clock: Clocks[number]) => boolean,
  how: (clock: StatutoryClock) => ReturnType<typeof end>,
): Clocks {
  return clocks.map((clock) => {
    if (!which(clock)) return clock;
    const changed = how(clock);
    // A clock that cannot change that way (already suspended on that ground) stays as it is.
    return changed.ok ? (changed.value as Clocks[number]) : clock;
  });
}

export function endClock(clocks: Clocks, name: string, ground: string, at: string, seq: number): Clocks {
  return change(
    clocks,
    (clock) => clock.name === name,
    (clock) => end(clock, at, seq, ground),
  );
}

export function endAll(clocks: Clocks, ground: string, at: string, seq: number): Clocks {
  return change(
    clocks,
    () => true,
    (clock) => end(clock, at, seq, ground),
  );
}

/** A department's supplement stops that department's clock; the lead's stops all opinions, and the review as a whole. */
export function suspendFor(head: Head, office: string, at: string, seq: number): Clocks {
  const stopped = stoppedBy(head, office);
  return change(head.clocks, stopped, (clock) => suspend(clock, at, seq, supplementGround(office)));
}

export function resumeFor(head: Head, office: string, at: string, seq: number): Clocks {
  const stopped = stoppedBy(head, office);
  return change(head.clocks, stopped, (clock) => resume(clock, at, seq, supplementGround(office)));
}

export function extendClock(clocks: Clocks, name: string, days: number, at: string, seq: number): Clocks {
  return change(
    clocks,
    (clock) => clock.name === name,
    (clock) => extend(clock, at, seq, days, 'granted'),
  );
}

/** As if the step with this number had not been taken. */
export function undoStep(clocks: Clocks, seq: number): Clocks {
  return clocks.flatMap((clock) => {
    const kept = withoutEntriesOf(clock, seq);
    return kept ? [kept as Clocks[number]] : [];
  });
}

function supplementGround(office: string): string {
  return `supplement:${office}`;
}

function stoppedBy(head: Head, office: string): (clock: Clocks[number]) => boolean {
  const lead = office === leadOf(head);
  return ({ name }) =>
    (name.startsWith('opinion:') && (lead || name === opinionClockOf(office))) || (lead && name === 'review');
}
