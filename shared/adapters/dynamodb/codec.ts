/**
 * Records as items and back. Every item carries `v`, the version of its schema; what is read is parsed, so that a
 * damaged item is found where it is read and not three rooms later. Heads have a form of their own (`head-item.ts`).
 */
import { CalendarItem } from './calendar-item.ts';
import { Certificate } from '../../domain/certificates/certificate.ts';
import { City } from '../../domain/cities/city.ts';
import { Document } from '../../domain/documents/document.ts';
import { isOpen, Obligation } from '../../domain/duties/obligation.ts';
import { EvaluationRun } from '../../domain/evaluation/run.ts';
import { SchemeRecord } from '../../domain/evaluation/scheme.ts';
import { RuleSet } from '../../domain/policies/rule-set.ts';
import { Invitation, invitationStates } from '../../domain/invitations/invitation.ts';
import { Notice } from '../../domain/reminders/notice.ts';
import { Mailbox, Person, ReadMark, Snooze } from '../../domain/reminders/person.ts';
import { ReviewFile } from '../../domain/submissions/joint-review/review-file.ts';
import { PlanUse } from '../../domain/projects/plan-use.ts';
import { Project } from '../../domain/projects/project.ts';
import { Resource } from '../../domain/resources/resource.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import { Delegates } from '../../domain/identity/delegates.ts';
import type { CalendarRecord, RecordChange } from '../../app/ports.ts';
import { certificateItem } from './certificates.ts';
import { headItem, headOf } from './head-item.ts';
import { keys, type Key } from './keys.ts';
import { amongResources } from './registers.ts';
import { schemaVersion } from './schema-version.ts';

export type Item = Record<string, unknown>;

const plain = {
  document: Document,
  review: ReviewFile,
  invitation: Invitation,
  city: City,
  obligation: Obligation,
  notice: Notice,
  certificate: Certificate,
  evaluation: EvaluationRun,
  scheme: SchemeRecord,
  'rule-set': RuleSet,
  person: Person,
  mailbox: Mailbox,
  delegates: Delegates,
  snooze: Snooze,
  read: ReadMark,
  resource: Resource,
  'plan-use': PlanUse,
  project: Project,
  calendar: CalendarItem,
} as const;

/** The record that an item carries, by the kind of record its chain's name says. */
export function recordOf(
  kind: RecordChange['kind'],
  item: Item,
):
  | Head
  | Document
  | ReviewFile
  | Invitation
  | City
  | Obligation
  | Notice
  | Certificate
  | EvaluationRun
  | SchemeRecord
  | RuleSet
  | Person
  | Mailbox
  | Snooze
  | ReadMark
  | Resource
  | PlanUse
  | Project
  | CalendarRecord {
  return kind === 'submission' ? headOf(item) : plain[kind]().parse(item['data']);
}

export function recordItem(change: RecordChange): Item {
  const common = { v: schemaVersion, seq: change.after.seq };
  switch (change.kind) {
    case 'submission':
      return { ...headItem(change.after) };
    case 'document':
      return {
        ...keys.document(change.after.submission, change.after.id),
        ...common,
        data: change.after,
        ...(change.after.state === 'awaiting-upload' ? fallsDue(change.after) : {}),
        ...(change.after.state === 'checking' ? amongChecked(change.after) : {}),
      };
    case 'review':
      return { ...keys.review(change.after.submission), ...common, data: change.after };
    case 'invitation':
      return {
        ...keys.invitation(change.after.submission, change.after.number),
        ...common,
        data: change.after,
        ...(invitationStates[change.after.state].final ? {} : amongInvitations(change.after)),
      };
    case 'city':
      return { ...keys.city(change.after.code), ...common, data: change.after };
    case 'obligation':
      return {
        ...keys.obligation(change.after.id),
        ...common,
        data: change.after,
        ...(isOpen(change.after) ? amongOpen(change.after) : {}),
      };
    case 'notice': {
      const { office, role, day } = change.after;
      return { ...keys.notice(office, role, day), ...common, data: change.after };
    }
    case 'certificate':
      return certificateItem(change.after);
    case 'evaluation':
      return { ...keys.evaluation(change.after.id), ...common, data: change.after };
    case 'scheme':
      return { ...keys.scheme(change.after.year), ...common, data: change.after };
    case 'rule-set':
      return {
        ...keys.ruleSet(change.after.city ?? '', change.after.number),
        ...common,
        data: change.after,
      };
    case 'person':
      return { ...keys.person(change.after.office, change.after.sub), ...common, data: change.after };
    case 'mailbox':
      return { ...keys.mailbox(change.after.office), ...common, data: change.after };
    case 'delegates':
      return { ...keys.delegates(change.after.office), ...common, data: change.after };
    case 'snooze': {
      const { office, sub, obligation } = change.after;
      return { ...keys.snooze(office, sub, obligation), ...common, data: change.after };
    }
    case 'read': {
      const { office, role, day, sub } = change.after;
      return { ...keys.read(office, role, day, sub), ...common, data: change.after };
    }
    case 'resource':
      return {
        ...keys.resource(change.after.id),
        ...common,
        data: change.after,
        ...amongResources(change.after),
      };
    case 'plan-use':
      return { ...keys.planUse(change.after.city, change.after.year), ...common, data: change.after };
    case 'project':
      return { ...keys.project(change.after.id), ...common, data: change.after };
    case 'calendar':
      return { ...keys.calendar(change.after.year), ...common, data: change.after };
  }
}

/** The partition of the duties with something left to do: some hundreds in the whole region, and none once fulfilled. */
export const openDutiesPartition = 'OPEN#duties';

function amongOpen({ id, dueBefore }: Obligation): Item {
  return { duePk: openDutiesPartition, dueSk: `${dueBefore}#${id}`, dueTask: { obligation: id } };
}

/** Invitations that have not ended: some tens in the whole region. */
export const invitationsPartition = 'OPEN#invitations';

function amongInvitations({ submission, number, validUntil }: Invitation): Item {
  return {
    duePk: invitationsPartition,
    dueSk: `${validUntil}#${submission}#${number}`,
    dueTask: { submission, number, validUntil },
  };
}

/** The files that wait for their verdict, oldest first: a handful at a time. */
export const checkingPartition = 'OPEN#checking';

function amongChecked({ id, submission, requestedAt }: Document): Item {
  return {
    duePk: checkingPartition,
    dueSk: `${requestedAt}#${id}`,
    dueTask: { submission, document: id },
  };
}

/** Uploads that are waited for, by when they lapse: thousands at the most, for half an hour each. */
export const uploadsPartition = 'OPEN#uploads';

function fallsDue({ id, submission, expiresAt }: Document): Item {
  return {
    duePk: uploadsPartition,
    dueSk: `${expiresAt}#${id}`,
    dueTask: { submission, document: id },
  };
}

export function keyOf(item: Item): Key {
  return { PK: String(item['PK']), SK: String(item['SK']) };
}
