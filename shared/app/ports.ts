/** What the commands and queries need from outside. Adapters implement these; tests bring their own. */
import type { AuditEntry, Chained } from '../domain/audit/entry.ts';
import type { WorkingCalendar } from '../domain/calendar/working-days.ts';
import type { Certificate } from '../domain/certificates/certificate.ts';
import type { City } from '../domain/cities/city.ts';
import type { Document } from '../domain/documents/document.ts';
import type { Obligation } from '../domain/duties/obligation.ts';
import type { EvaluationRun } from '../domain/evaluation/run.ts';
import type { SchemeRecord } from '../domain/evaluation/scheme.ts';
import type { RuleSet } from '../domain/policies/rule-set.ts';
import type { Invitation } from '../domain/invitations/invitation.ts';
import type { Notice } from '../domain/reminders/notice.ts';
import type { AddressBook, Mailbox, Person, ReadMark, Snooze } from '../domain/reminders/person.ts';
import type { Reminder } from '../domain/reminders/reminder.ts';
import type { Delegates } from '../domain/identity/delegates.ts';
import type { Role } from '../domain/identity/roles.ts';
import type { PlanUse } from '../domain/projects/plan-use.ts';
import type { Project, ProjectVersion } from '../domain/projects/project.ts';
import type { Resource } from '../domain/resources/resource.ts';
import type { Task } from '../domain/submissions/desks.ts';
import type { ReviewFile } from '../domain/submissions/joint-review/review-file.ts';
import type { Head, Paper, Version } from '../domain/submissions/submission.ts';
import type { CertificateParts, CertificateReads } from './certificates/ports.ts';
import type { InvitationPlace, InvitationReads } from './invitations/ports.ts';
import type { RegisterReads } from './registers/ports.ts';

/** The wall clock, as an instant in UTC. */
export type Now = () => string;

/** New record identifiers: UUID version 7, so that they sort by time. */
export type NewId = () => string;

/** A line on a desk: all that the list shows, so that no second read is needed. */
export interface DeskEntry {
  readonly office: string;
  readonly role: Role;
  readonly task: Task;
  readonly record: string;
  readonly kind: string;
  readonly owner: string;
  readonly period: string;
  readonly due?: string;
  readonly since: string;
}

/** A line and where it stands: places sort by due date, and over all desks in the same way. */
export interface DeskPlace {
  readonly place: string;
  readonly entry: DeskEntry;
}

/** The place that one live filing holds for its city, kind and period: a second one is refused. */
export interface Slot {
  readonly owner: string;
  readonly kind: string;
  readonly period: string;
  readonly underWay?: string;
  readonly inForce?: string;
  /** Counts changes, as the condition of the next. */
  readonly revision: number;
}

/** The first answer to a command, kept for its repetition. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
  readonly location?: string;
}

export interface Receipt {
  readonly sub: string;
  readonly key: string;
  /** Hash of method, path and body: the same key for another request is refused. */
  readonly request: string;
  readonly answer: Answer;
}

export interface Published {
  readonly submission: string;
  readonly owner: string;
  readonly kind: string;
  readonly period: string;
  readonly version: number;
  readonly documentNumber: string;
  readonly publishedAt: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Audit number of the event that it comes from: an older event never overwrites a newer one. */
  readonly source: number;
}

export type RecordChange =
  | { readonly kind: 'submission'; readonly before?: Chained; readonly after: Head }
  | { readonly kind: 'review'; readonly before?: Chained; readonly after: ReviewFile }
  | { readonly kind: 'invitation'; readonly before?: Chained; readonly after: Invitation }
  | { readonly kind: 'document'; readonly before?: Chained; readonly after: Document }
  | { readonly kind: 'city'; readonly before?: Chained; readonly after: City }
  | { readonly kind: 'obligation'; readonly before?: Chained; readonly after: Obligation }
  | { readonly kind: 'notice'; readonly before?: Chained; readonly after: Notice }
  | { readonly kind: 'certificate'; readonly before?: Chained; readonly after: Certificate }
  | { readonly kind: 'evaluation'; readonly before?: Chained; readonly after: EvaluationRun }
  | { readonly kind: 'scheme'; readonly before?: Chained; readonly after: SchemeRecord }
  | { readonly kind: 'rule-set'; readonly before?: Chained; readonly after: RuleSet }
  | { readonly kind: 'person'; readonly before?: Chained; readonly after: Person }
  | { readonly kind: 'mailbox'; readonly before?: Chained; readonly after: Mailbox }
  | { readonly kind: 'delegates'; readonly before?: Chained; readonly after: Delegates }
  | { readonly kind: 'snooze'; readonly before?: Chained; readonly after: Snooze }
  | { readonly kind: 'read'; readonly before?: Chained; readonly after: ReadMark }
  | { readonly kind: 'resource'; readonly before?: Chained; readonly after: Resource }
  | { readonly kind: 'plan-use'; readonly before?: Chained; readonly after: PlanUse }
  | { readonly kind: 'project'; readonly before?: Chained; readonly after: Project }
  | { readonly kind: 'calendar'; readonly before?: Chained; readonly after: CalendarRecord };

export interface CalendarRecord extends Chained {
  readonly year: number;
  readonly version: number;
  readonly source: string;
  readonly exceptions: readonly {
    readonly date: string;
    readonly kind: 'holiday' | 'workday';
    readonly name: string;
  }[];
  /** Extra days that the region sets itself (办法 §4), with their source. */
  readonly overrides: readonly {
    readonly date: string;
    readonly kind: 'holiday' | 'workday';
    readonly name: string;
    readonly source: string;
  }[];
}

/** Everything that one command changes. It commits whole or not at all. */
export interface Commit {
  readonly changes: readonly (RecordChange & { readonly entry: AuditEntry })[];
  /** Records (by their chain's name) on which the decision rests without changing them: they must be as they were read. */
  readonly unchanged?: readonly { readonly record: string; readonly seq: number }[];
  /** Put once: a reminder that is recorded already makes the commit stale. */
  readonly reminders?: readonly Reminder[];
  readonly versions?: readonly { readonly submission: string; readonly version: Version }[];
  readonly projectVersions?: readonly { readonly project: string; readonly version: ProjectVersion }[];
  readonly papers?: readonly { readonly submission: string; readonly paper: Paper }[];
  readonly slots?: readonly { readonly before?: Slot; readonly after: Slot | undefined }[];
  readonly certificates?: CertificateParts;
  /** Where the invitations lie whose links were made. */
  readonly links?: readonly InvitationPlace[];
  readonly desks?: { readonly remove: readonly DeskEntry[]; readonly put: readonly DeskEntry[] };
  readonly receipt?: Receipt;
}

export type Committed =
  | { readonly outcome: 'done' }
  /** The same command was committed before, perhaps a moment ago by a twin: its receipt is there to be read. */
  | { readonly outcome: 'replayed' }
  /** A record changed since it was read. */
  | { readonly outcome: 'stale' }
  /** Another transaction was in the way, or the table is throttled: nothing was written. */
  | { readonly outcome: 'busy' };

export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

/** Records that a command knows it will need before it has read anything. */
export interface CommandReads {
  readonly submission?: string;
  readonly city?: string;
  readonly slot?: { readonly owner: string; readonly kind: string; readonly period: string };
}

/** `city` is there whenever it was asked for: a city about which nothing was decided has its first record. */
export interface CommandLoad {
  readonly receipt?: Receipt;
  readonly head?: Head;
  readonly city?: City;
  readonly slot?: Slot;
}

export interface Store extends CertificateReads, RegisterReads, InvitationReads {
  commit(commit: Commit): Promise<Committed>;
  /** The receipt and what else the command needs, in one consistent read. They are not all of one moment. */
  loadForCommand(sub: string, key: string, also?: CommandReads): Promise<CommandLoad>;
  head(id: string): Promise<Head | undefined>;
  /** The version with this number, or the last one before it: a version exists only if something changed. */
  version(submission: string, number: number): Promise<Version | undefined>;
  /** The file of its joint review; undefined when nothing was entered yet. */
  review(submission: string): Promise<ReviewFile | undefined>;
  documents(submission: string): Promise<readonly Document[]>;
  document(submission: string, id: string): Promise<Document | undefined>;
  papers(submission: string): Promise<readonly Paper[]>;
  city(code: string): Promise<City>;
  slot(owner: string, kind: string, period: string): Promise<Slot | undefined>;
  entries(record: string, after: number, limit: number): Promise<readonly AuditEntry[]>;
  submissionsOf(
    owner: string,
    kind: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<Listed>>;
  /** Lines of one desk in order of due date, after a place on it; each with its own place. */
  desk(office: string, role: Role, after: string | undefined, limit: number): Promise<readonly DeskPlace[]>;
  obligation(id: string): Promise<Obligation | undefined>;
  obligationsOf(city: string): Promise<readonly Obligation[]>;
  /** The duties with something left to do. */
  openDuties(): Promise<readonly string[]>;
  /** The filings whose joint review is under way. */
  reviewsUnderWay(): Promise<readonly string[]>;
  reminders(obligation: string): Promise<readonly Reminder[]>;
  notice(office: string, role: string, day: string): Promise<Notice | undefined>;
  /** Newest day first, before a day. */
  noticesOf(
    office: string,
    role: string,
    before: string | undefined,
    limit: number,
  ): Promise<readonly Notice[]>;
  evaluation(id: string): Promise<EvaluationRun | undefined>;
  /** All runs of a year, monthly and yearly, by period and number. */
  evaluationsOf(year: number): Promise<readonly EvaluationRun[]>;
  /** What was loaded for a year in place of the platform's own scheme. */
  schemeRecord(year: number): Promise<SchemeRecord | undefined>;
  /** All versions of a city's rules, by number; none before it has measures in force. */
  ruleSetsOf(city: string): Promise<readonly RuleSet[]>;
  /** The version with this id: `<city>/<number>`, or the region's `default/1`. */
  ruleSet(id: string): Promise<RuleSet | undefined>;
  /** Everyone of an office who said how to be told, its mailbox, and what they put off: one consistent read. */
  addressBook(office: string): Promise<AddressBook>;
  person(office: string, sub: string): Promise<Person | undefined>;
  mailbox(office: string): Promise<Mailbox | undefined>;
  /** Whom the office has authorised to sign for it; undefined when nobody ever was. */
  delegates(office: string): Promise<Delegates | undefined>;
  snooze(office: string, sub: string, obligation: string): Promise<Snooze | undefined>;
  readMark(office: string, role: string, day: string, sub: string): Promise<ReadMark | undefined>;
  /** Of everyone, for the notices of these civil days, both included. */
  readMarks(office: string, role: string, from: string, to: string): Promise<readonly ReadMark[]>;
  calendarRecord(year: number): Promise<CalendarRecord | undefined>;
  /** The calendar in force: built in, with what administrators loaded. May be up to a minute old. */
  calendar(): Promise<WorkingCalendar>;
}

/** A submission as the list shows it. */
export interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly period: string;
  readonly path: string;
  readonly state: string;
  readonly frozen: number;
  readonly updatedAt: string;
}

/** Seals what identifies a person, and opens it for those who must call. */
export interface PersonalData {
  seal(plain: Readonly<Record<string, string>>, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<Record<string, string>>;
}
