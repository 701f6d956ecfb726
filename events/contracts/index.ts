/**
 * The published events: what stands in the stream, the journal and a record's history, as its consumers may rely on it.
 * A field may be added within a version; to change or take one away, add the next version beside this one.
 */
import * as z from 'zod';
import {
  certificateStateNames,
  evidenceGradeNames,
  sealFormNames,
} from '../../shared/domain/certificates/certificate.ts';
import { documentStateNames } from '../../shared/domain/documents/document.ts';
import { personFields } from '../../shared/domain/reminders/person.ts';
import { invitationStateNames, linkStateNames } from '../../shared/domain/invitations/invitation.ts';
import { formNames, runStateNames } from '../../shared/domain/evaluation/run.ts';
import { PointName } from '../../shared/domain/reminders/points.ts';
import { tidingNames } from '../../shared/domain/reminders/tiding.ts';
import { satisfyingEvents } from '../../shared/domain/duties/obligation.ts';
import { developmentStates, tiers } from '../../shared/domain/cities/city.ts';
import { paths, stateNames, verdicts } from '../../shared/domain/submissions/submission.ts';
import { projectStageNames } from '../../shared/domain/projects/project.ts';
import { landPathCodes } from '../../shared/domain/resources/land-paths.ts';
import { resourceStateNames } from '../../shared/domain/resources/resource.ts';

export const contractVersion = 1;

const instant = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const state = z.enum(stateNames);

/** Which filing, and from which state to which. */
const filing = { kind: z.string(), owner: z.string(), period: z.string() };
const step = {
  ...filing,
  from: state,
  to: state,
  /** Number of the written authorisation under which it was signed. */
  delegation: z.string().optional(),
};
const plainStep = z.strictObject(step);

const document = z.strictObject({
  submission: z.string(),
  paper: z.string(),
  state: z.enum(documentStateNames),
  /** Of the bytes, base64. */
  sha256: z.string(),
  reason: z.string().optional(),
});

const dutyChange = z.strictObject({
  city: z.string(),
  dueBefore: instant,
  dueBeforeUntilNow: instant,
  granted: z.boolean().optional(),
});

/** Which resource, and who holds it: `submission:<id>` or `project:<id>`. */
const resource = z.strictObject({
  city: z.string(),
  county: z.string(),
  kind: z.enum(['land', 'building']),
  path: z.enum(landPathCodes),
  state: z.enum(resourceStateNames),
  heldBy: z.string().optional(),
});

/** How many homes, of how many in the plan, and how many are spoken for after it. */
const planUse = z.strictObject({
  city: z.string(),
  year: z.int(),
  homes: z.int().min(1),
  reserved: z.int().min(0),
  projects: z.int().min(0),
  planned: z.int().min(0).optional(),
  submission: z.string().optional(),
  project: z.string().optional(),
});

/** How a project stands after the event. */
const project = z.strictObject({
  city: z.string(),
  county: z.string(),
  stage: z.enum(projectStageNames),
  version: z.int().min(1),
  homes: z.int().min(0),
  planYear: z.int(),
  reserved: z.int().min(0),
  submission: z.string(),
  /** Civil date by which the stage should be over. */
  due: z.iso.date().optional(),
  certificate: z
    .strictObject({
      id: z.string(),
      number: z.string().optional(),
      state: z.string(),
      validTo: z.iso.date().optional(),
    })
    .optional(),
});
const laterProject = project.extend({ stageBefore: z.enum(projectStageNames) });

/** Which period's run, and how far it is. */
const run = { period: z.string(), cycle: z.enum(['yearly', 'monthly']), state: z.enum(runStateNames) };

/** Which certificate, of whose project, and from which state to which. Its number is null while it is pending. */
const certificateState = z.enum(certificateStateNames);
const certificate = {
  project: z.string(),
  city: z.string(),
  county: z.string(),
  /** Unified social credit code of the project's owner. */
  owner: z.string(),
  number: z.string().nullable(),
  version: z.int(),
  from: certificateState,
  to: certificateState,
};
const certificateOfIssuer = z.strictObject({ ...certificate, document: z.string() });
const certificateIssued = z.strictObject({ ...certificate, content: sha256, validTo: z.iso.date() });
const certificateDrafted = z.strictObject({ ...certificate, submission: z.string(), drafted: z.int() });

/** Which filing and department, and the invitation's state after the event. */
const invitation = { submission: z.string(), office: z.string(), state: z.enum(invitationStateNames) };

/** Event type → its facts. Nothing in them is personal. */
export const facts = {
  'submission.created': z.strictObject({
    ...filing,
    path: z.enum(paths),
    amends: z.string().optional(),
  }),
  'submission.saved': z.strictObject({ ...step, version: z.int(), content: sha256 }),
  'submission.sent-to-check': plainStep,
  'submission.sent-back': plainStep,
  'submission.signature-refused': plainStep,
  'submission.checked': plainStep,
  'submission.signed': z.strictObject({ ...step, version: z.int(), receivedAt: instant }),
  'submission.withdrawn': plainStep,
  'submission.accepted': plainStep,
  'submission.acknowledged': plainStep,
  'submission.returned': z.strictObject({ ...step, defects: z.int().min(1) }),
  'submission.received': plainStep,
  'submission.opinion-given': z.strictObject({
    ...step,
    verdict: z.enum(verdicts),
    version: z.int(),
    /** The invitation that spoke for the department, in place of an account. */
    invitation: z.string().optional(),
  }),
  'submission.supplement-asked': plainStep,
  'submission.supplied': z.strictObject({ ...step, to: z.string() }),
  'submission.rejected': plainStep,
  'submission.consented': plainStep,
  'submission.consent-recorded': plainStep,
  'submission.consent-refused': plainStep,
  'submission.published': plainStep,
  'submission.result-noted': plainStep,
  'submission.extension-requested': z.strictObject({ ...step, clock: z.string(), days: z.int() }),
  'submission.extension-answered': z.strictObject({ ...step, clock: z.string(), granted: z.boolean() }),
  'submission.step-recalled': z.strictObject({ ...step, recalled: z.string() }),
  'submission.contact-viewed': plainStep,
  'submission.site-visited': plainStep,
  'submission.minutes-recorded': z.strictObject({ ...step, settles: z.int() }),
  'submission.contradiction-settled': plainStep,
  'submission.review-concluded': plainStep,
  'submission.condition-proved': z.strictObject({ ...step, condition: z.int() }),
  'submission.condition-closed': z.strictObject({ ...step, condition: z.int(), met: z.boolean() }),
  'submission.paper-delivered': z.strictObject({ ...step, paper: z.string() }),
  'submission.plan-checked': plainStep,
  'submission.plan-check-failed': plainStep,
  'submission.objection-recorded': z.strictObject({ ...step, objection: z.int() }),
  'submission.objection-answered': z.strictObject({ ...step, objection: z.int(), upheld: z.boolean() }),
  'submission.notice-closed': plainStep,
  /** Under which rule-set the decision was taken. */
  'submission.approved': z.strictObject({ ...step, rules: z.string() }),
  'submission.refused': plainStep,
  'submission.opinion-escalated': z.strictObject({ ...step, office: z.string() }),
  'submission.silence-taken': z.strictObject({ ...step, office: z.string() }),
  'submission.granted': z.strictObject({ ...step, certificate: z.string() }),

  /** Which step of the filing changed its review file. */
  'review.changed': z.strictObject({ submission: z.string(), because: z.string() }),

  'invitation.sent': z.strictObject({
    ...invitation,
    version: z.int(),
    content: sha256,
    validUntil: instant,
  }),
  'invitation.link-told': z.strictObject({ ...invitation, outcome: z.enum(linkStateNames) }),
  /** How many codes were asked for until now. */
  'invitation.code-asked': z.strictObject({ ...invitation, codes: z.int().min(1) }),
  'invitation.code-told': z.strictObject({ ...invitation, outcome: z.enum(linkStateNames) }),
  'invitation.code-refused': z.strictObject({ ...invitation, left: z.int().min(0) }),
  'invitation.opened': z.strictObject({ ...invitation, until: instant }),
  'invitation.answered': z.strictObject({
    ...invitation,
    verdict: z.enum(verdicts),
    /** Audit number of the opinion in the filing's chain. */
    opinion: z.int(),
  }),
  'invitation.revoked': z.strictObject(invitation),
  'invitation.expired': z.strictObject(invitation),

  'submission.superseded': z.strictObject({ ...filing, by: z.string() }),

  'document.requested': document,
  'document.replaced': document,
  'document.removed': document,
  'document.inspected': document,
  'document.scanned': document,
  'document.released': document,
  'document.expired': document,

  'obligation.created': z.strictObject({
    city: z.string(),
    notice: z.string(),
    clause: z.string(),
    items: z.int().min(1),
    dueBefore: instant,
    satisfiedBy: z.enum(satisfyingEvents),
    /** Working days around the deadline; absent: the usual ones. */
    points: z.array(z.int()).optional(),
  }),
  'obligation.amended': dutyChange,
  'obligation.points-set': dutyChange.extend({ points: z.array(z.int()) }),
  'obligation.waived': dutyChange,
  'obligation.nudged': dutyChange,
  'obligation.extension-requested': dutyChange,
  'obligation.extension-answered': dutyChange,
  'obligation.updated': z.strictObject({
    city: z.string(),
    cause: z.string(),
    submission: z.string().optional(),
    kind: z.string().optional(),
    period: z.string().optional(),
  }),

  'city.changed': z.strictObject({
    city: z.string(),
    tier: z.enum(tiers),
    tierBefore: z.enum(tiers),
    development: z.enum(developmentStates),
    developmentBefore: z.enum(developmentStates),
    because: z.string(),
  }),

  /** The rules of a city as its policy measures lay them down from a day on; `given`: how many values are its own. */
  'rule-set.made': z.strictObject({
    city: z.string(),
    number: z.int().min(1),
    effectiveFrom: z.iso.date(),
    documentNumber: z.string(),
    given: z.int().min(0),
    replaces: z.int().min(1).optional(),
    because: z.string(),
  }),

  'notice.made': z.strictObject({
    office: z.string(),
    role: z.string(),
    day: z.iso.date(),
    duties: z.array(z.strictObject({ obligation: z.string(), point: PointName(), city: z.string() })),
    /** What became of certificates that the recipient relies on. */
    tidings: z
      .array(z.strictObject({ certificate: z.string(), event: z.int(), what: z.enum(tidingNames) }))
      .optional(),
  }),

  'certificate.decided': z.strictObject({
    project: z.string(),
    submission: z.string(),
    city: z.string(),
    county: z.string(),
    owner: z.string(),
    year: z.int(),
  }),
  'certificate.issued': certificateIssued,
  'certificate.amended': certificateDrafted,
  'certificate.renewed': certificateDrafted,
  'certificate.version-issued': certificateIssued,
  'certificate.printed': z.strictObject({ ...certificate, printed: z.int(), sha256 }),
  'certificate.expired': z.strictObject({ ...certificate, validTo: z.iso.date() }),
  /** So many days before its last day. */
  'certificate.renewal-reminded': z.strictObject({
    ...certificate,
    validTo: z.iso.date(),
    days: z.int(),
  }),
  'certificate.cancelled': z.strictObject({ ...certificate, submission: z.string() }),
  'certificate.sealed': z.strictObject({
    ...certificate,
    sealed: z.int(),
    form: z.enum(sealFormNames),
    /** Of the bytes, base64. */
    sha256: z.string(),
  }),
  'certificate.suspended': certificateOfIssuer,
  'certificate.resumed': certificateOfIssuer,
  'certificate.revoked': certificateOfIssuer,
  'certificate.imported': z.strictObject({
    project: z.string(),
    city: z.string(),
    county: z.string(),
    owner: z.string(),
    number: z.string(),
    to: certificateState,
    grade: z.enum(evidenceGradeNames),
    content: sha256,
  }),

  'evaluation.requested': z.strictObject({ ...run, corrects: z.string().optional() }),
  'evaluation.frozen': z.strictObject({ ...run, sha256 }),
  'evaluation.computed': z.strictObject({ ...run, sha256 }),
  'evaluation.form-made': z.strictObject({ ...run, form: z.enum(formNames), sha256 }),
  'evaluation.ready': z.strictObject({ ...run, forms: z.int() }),
  'evaluation.resumed': z.strictObject(run),
  'evaluation.circulated': z.strictObject(run),
  'evaluation.objected': z.strictObject({
    ...run,
    city: z.string(),
    number: z.int(),
    indicator: z.string().optional(),
  }),
  'evaluation.objection-answered': z.strictObject({ ...run, number: z.int(), upheld: z.boolean() }),
  'evaluation.approved': z.strictObject({ ...run, documentNumber: z.string(), date: z.iso.date() }),
  'evaluation.published': z.strictObject(run),
  'evaluation.discarded': z.strictObject(run),
  'evaluation.superseded': z.strictObject({ ...run, by: z.string() }),

  'evaluation-scheme.loaded': z.strictObject({ year: z.int(), version: z.int(), indicators: z.int() }),
  // Of what people say of themselves the events name the fields alone.
  'person.preferences-set': z.strictObject({ office: z.string(), fields: z.array(z.enum(personFields)) }),
  'person.leave-set': z.strictObject({ office: z.string(), fields: z.array(z.enum(personFields)) }),
  'person.leave-ended': z.strictObject({ office: z.string(), fields: z.array(z.enum(personFields)) }),
  /** Whom an office authorised to sign for it: the numbers of the authorisations. */
  'delegates.set': z.strictObject({ office: z.string(), documents: z.array(z.string()) }),
  'mailbox.set': z.strictObject({ office: z.string(), fields: z.array(z.enum(['mail', 'phone'])) }),
  /** The proof that a person took notice: which notice, and how far it went (its number). */
  'notice.read': z.strictObject({ office: z.string(), role: z.string(), day: z.iso.date(), notice: z.int() }),
  'notice.snoozed': z.strictObject({ office: z.string(), obligation: z.string(), until: z.iso.date() }),

  'resource.registered': resource,
  'resource.corrected': resource,
  'resource.removed': resource,
  'resource.held': resource,
  'resource.used': resource,
  'resource.released': resource,

  'plan-use.reserved': planUse,
  'plan-use.released': planUse,

  'project.applied': project,
  'project.staged': laterProject,
  'project.recognised': laterProject,
  'project.changed': laterProject,
  'project.renewed': laterProject,
  'project.ended': laterProject,

  'calendar.loaded': z.strictObject({ year: z.int(), version: z.int(), days: z.int() }),
} as const satisfies Record<string, z.ZodType>;

export type EventType = keyof typeof facts;

const envelope = {
  record: z
    .string()
    .regex(
      /^(submission|document|review|invitation|city|obligation|notice|read|snooze|person|mailbox|delegates|evaluation|scheme|rule-set|resource|plan-use|project|certificate|calendar):.+/,
    ),
  seq: z.int().min(1),
  at: instant,
  by: z.strictObject({ sub: z.string(), office: z.string(), role: z.string().optional() }),
  after: sha256,
  previous: z.union([sha256, z.literal('')]),
  hash: sha256,
  /** 追踪号: of the request or run that it comes from, no part of the hash. The first events have none. */
  correlationId: z
    .string()
    .regex(/^[\w=+/-]{8,64}$/)
    .optional(),
};

/** One event as it is published, of any type. */
export const PublishedEvent = z.discriminatedUnion(
  'type',
  Object.entries(facts).map(([type, schema]) =>
    z.strictObject({ ...envelope, type: z.literal(type), facts: schema }),
  ) as unknown as [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
);
