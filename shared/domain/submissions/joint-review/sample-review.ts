/** The joint review of an invented project in 新城区, for tests to carry from step to step: its people, its rules, its desk. */
import { dueOf } from '../../calendar/statutory-clock.ts';
import { builtInCalendar } from '../../calendar/working-days.ts';
import type { Actor } from '../../identity/roles.ts';
import { regionalDefault, type RuleSet } from '../../policies/rule-set.ts';
import type { Context } from '../context.ts';
import { decide, type Decision } from '../decide.ts';
import { waitingIn } from '../desks.ts';
import type { Kind } from '../kind.ts';
import { company } from '../kinds/sample-recognition.ts';
import type { Action } from '../lifecycle.ts';
import { documentOf, draft, kindNamed, person, versionOf } from '../sample-filing.ts';
import { clockNamed } from '../stage-clocks.ts';
import type { Head } from '../submission.ts';
import type { ReviewFile } from './review-file.ts';

export const calendar = builtInCalendar();
export const county = '150102';
export const drafter = person(company, 'drafter');
export const checker = person(company, 'checker');
export const signatory = person(company, 'signatory');
export const lead = person(`${county}-HOUSING`, 'lead');
export const planChecker = person('150100-HOUSING', 'plan-checker');
export const decider = person(county, 'decider');
export const of = (department: string): Actor => person(`${county}-${department}`, 'reviewer');

/** Three departments, and what a test changes of the rules. */
export function rulesOf(
  changes: { readonly notice?: number; readonly silence?: boolean; readonly city?: true } = {},
): RuleSet {
  const { review } = regionalDefault;
  const source = '呼政发〔2021〕30号';
  return {
    ...regionalDefault,
    id: '150100/1',
    review: {
      ...review,
      panel: { value: ['NATRES', 'FIRE', 'POWER'], source },
      days: { ...review.days, notice: { value: changes.notice ?? 0, source } },
      silenceConsents: { value: changes.silence ?? false, source },
      latePapers: { value: ['survey'], source },
      ...(changes.city ? { issuer: { value: 'city', source } } : {}),
    },
  };
}

/** A filing with its review file, as the store would hold them, one step after the other. */
export class Desk {
  head: Head;
  review: ReviewFile | undefined;
  /** Of the last step. */
  decision: Decision | undefined;
  readonly #kind: Kind;
  readonly #rules: RuleSet;
  readonly #content: Record<string, unknown>;

  constructor(rules: RuleSet = rulesOf(), content: Record<string, unknown> = {}, code = 'recognition') {
    this.head = draft({ kind: code, owner: company, period: 'filing', path: 'joint-review', county });
    this.#kind = kindNamed(code);
    this.#rules = rules;
    this.#content = content;
  }

  context(by: Actor, day: string): Context {
    const sample = versionOf(this.#kind.code);
    const version = { ...sample, filing: { ...sample.filing, issueDate: '2021-09-20' } };
    return {
      actor: by,
      now: `${day}T01:00:00.000Z`,
      kind: this.#kind,
      calendar,
      city: {
        code: '150100',
        tier: 'bottom-line',
        development: 'developing',
        figures: { demand: {}, target: {}, annual: {} },
        passed: {},
        seq: 0,
        hash: '',
      },
      version: { ...version, content: { ...(version.content as object), ...this.#content } },
      documents: [
        ...this.#kind.papers.map(({ code }) => documentOf(code)),
        documentOf('x', { id: 'scan' }),
      ].filter(
        ({ paper }) =>
          !((this.#content['promised'] as { paper: string }[] | undefined) ?? []).some(
            (one) => one.paper === paper,
          ),
      ),
      rules: this.#rules,
      determining: [],
      ...(this.review ? { review: this.review } : {}),
    };
  }

  try(action: Action, by: Actor, day: string, input: object = {}): string {
    const decided = decide(action, this.head, input, this.context(by, day));
    return decided.ok
      ? 'taken'
      : [decided.error.code, ...decided.error.errors.map(({ code }) => code)].join(' ');
  }

  take(action: Action, by: Actor, day: string, input: object = {}): this {
    const decided = decide(action, this.head, input, this.context(by, day));
    if (!decided.ok) throw new Error(`${action} refused: ${JSON.stringify(decided.error)}`);
    this.decision = decided.value;
    this.head = { ...decided.value.head, seq: this.head.seq + 1 };
    this.review = decided.value.review ?? this.review;
    return this;
  }

  submit(day: string): this {
    return this.take('save', drafter, day)
      .take('send-to-check', drafter, day)
      .take('pass-check', checker, day)
      .take('sign', signatory, day);
  }

  agree(day: string, ...departments: readonly string[]): this {
    for (const department of departments) this.take('opine', of(department), day, { verdict: 'agree' });
    return this;
  }

  due(clock: string): string | null | undefined {
    const found = clockNamed(this.head, clock);
    const due = found && dueOf(found, calendar);
    return due?.ok ? due.value.due : undefined;
  }

  get desks(): readonly string[] {
    return waitingIn(this.head, this.#kind, calendar).map(({ office, role, task, due }) =>
      [office, role, task, due ?? ''].join(' ').trim(),
    );
  }
}

/** Accepted, and waiting for the departments. */
export const reviewing = (rules?: RuleSet, content?: Record<string, unknown>): Desk =>
  new Desk(rules, content).submit('2021-09-24').take('accept', lead, '2021-09-26');

/** An opinion with one condition. */
export const condition = (subject: string, before = 'decision') => ({
  verdict: 'agree-with-conditions',
  conditions: [{ text: `关于${subject}的条件`, subject, before }],
});
