/** A filing of Ordos and the people around it, for tests to carry from step to step. */
import { builtInCalendar } from '../calendar/working-days.ts';
import { cityAtFirst } from '../cities/city.ts';
import type { Document } from '../documents/document.ts';
import type { Actor, Role } from '../identity/roles.ts';
import { decide, type Decision } from './decide.ts';
import type { Context } from './context.ts';
import { determiningKinds, kindOf } from './kinds/index.ts';
import { ordos, samples } from './kinds/sample-contents.ts';
import type { Kind } from './kind.ts';
import type { Action } from './lifecycle.ts';
import type { Head, Version } from './submission.ts';

const calendar = builtInCalendar();

export const person = (office: string, role: Role): Actor => ({
  sub: `${office} ${role}`,
  office,
  roles: [role],
});

export const drafter = person(ordos, 'drafter');
export const checker = person(ordos, 'checker');
export const signatory = person(ordos, 'signatory');
export const lead = person('R_HOUSING', 'lead');
export const housing = person('R_HOUSING', 'reviewer');
export const ndrc = person('R_NDRC', 'reviewer');
export const finance = person('R_FINANCE', 'reviewer');
export const government = person('REGION_GOV', 'consenter');
export const publisher = person('R_HOUSING', 'publisher');

/** 09:00 of a day in Inner Mongolia. */
export const on = (day: string): string => `${day}T01:00:00.000Z`;

export function kindNamed(code: string): Kind {
  const kind = kindOf(code);
  if (!kind) throw new Error(`No kind ${code}`);
  return kind;
}

/** A draft of the target on the regional review, with what the test changes of it. */
export function draft(changes: Partial<Head> = {}): Head {
  return {
    id: 'filing',
    kind: 'five-year-target',
    owner: ordos,
    period: '2021-2025',
    path: 'regional-review',
    tier: 'none',
    state: 'draft',
    version: 1,
    frozen: 0,
    hands: {},
    clocks: [],
    opinions: [],
    asked: [],
    extensions: [],
    corrections: 0,
    received: false,
    noted: false,
    createdAt: on('2021-10-11'),
    updatedAt: on('2021-10-11'),
    seq: 1,
    hash: '',
    ...changes,
  };
}

export function versionOf(kind: string, changes: Partial<Version> = {}): Version {
  return {
    number: 1,
    content: samples[kind]?.content,
    filing: {
      documentNumber: '鄂府发〔2021〕51号',
      issueDate: '2021-10-11',
      contact: { name: '张*', phone: '138****0000', sealed: 'sealed' },
    },
    explanations: {},
    savedAt: on('2021-10-11'),
    hash: 'content one',
    ...changes,
  };
}

export function documentOf(paper: string, changes: Partial<Document> = {}): Document {
  return {
    id: `document of ${paper}`,
    submission: 'filing',
    owner: ordos,
    paper,
    fileName: `${paper}.pdf`,
    type: 'pdf',
    length: 1000,
    sha256: `sha256 of ${paper}`,
    state: 'available',
    fromVersion: 1,
    requestedAt: on('2021-10-11'),
    expiresAt: on('2021-10-12'),
    released: true,
    seq: 1,
    hash: '',
    ...changes,
  };
}

/** What the rules are given for a complete filing of this kind. */
export function contextOf(kind: string, changes: Partial<Context> = {}): Context {
  const known = kindNamed(kind);
  return {
    actor: drafter,
    now: on('2021-10-11'),
    kind: known,
    calendar,
    city: cityAtFirst(ordos),
    version: versionOf(kind),
    documents: known.papers.map(({ code }) => documentOf(code)),
    determining: determiningKinds,
    ...changes,
  };
}

/** One step: what, by whom, and where they matter what is given, the day, and what the rules are given besides. */
export interface Taken {
  readonly action: Action;
  readonly by: Actor;
  readonly input?: object;
  readonly day?: string;
  readonly with?: Partial<Context>;
}

export const step = (
  action: Action,
  by: Actor,
  input: object = {},
  day = '2021-10-11',
  given: Partial<Context> = {},
): Taken => ({ action, by, input, day, with: given });

/** The decision on one step of a filing, or the refusal in its place. */
export function tried(head: Head, { action, by, input = {}, day = '2021-10-11', with: given }: Taken) {
  return decide(action, head, input, contextOf(head.kind, { actor: by, now: on(day), ...given }));
}

/** Takes one step and advances the audit number, as the store does. Throws when it is refused. */
export function take(head: Head, taken: Taken): Decision {
  const decided = tried(head, taken);
  if (!decided.ok) throw new Error(`${taken.action} refused: ${JSON.stringify(decided.error)}`);
  return { ...decided.value, head: { ...decided.value.head, seq: head.seq + 1 } };
}

/** The head after these steps. */
export function walk(head: Head, ...all: readonly Taken[]): Head {
  return all.reduce((reached, taken) => take(reached, taken).head, head);
}

/** Code of the refusal, with the codes of its reasons; `taken` when nothing stands in the way. */
export function answerTo(head: Head, taken: Taken): string {
  const decided = tried(head, taken);
  if (decided.ok) return 'taken';
  return [decided.error.code, ...decided.error.errors.map(({ code }) => code)].join(' ');
}

const sent = [step('save', drafter), step('send-to-check', drafter)];
export const signing = [...sent, step('pass-check', checker)];
export const submitted = [...signing, step('sign', signatory)];
export const inReview = [...submitted, step('accept', lead)];
export const agree = { verdict: 'agree' };
export const disagree = { verdict: 'disagree', reason: '测算依据不足' };
