/** Every key of the one table, spelled here and nowhere else. */
import type { QueueEntry } from '../../app/certificates/ports.ts';
import type { DeskEntry } from '../../app/ports.ts';
import type { Delivery } from '../../domain/reminders/delivery.ts';
import type { Reminder } from '../../domain/reminders/reminder.ts';

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

/** Numbers in keys have six digits, so that they sort as text. */
export const lastNumber = 999_999;

const six = (number: number): string => String(number).padStart(6, '0');

/** Stream consumers are filtered on this prefix; the template reads it too. */
export const auditPrefix = 'AUD#';

export const keys = {
  /** Beside its notice. */
  delivery: (one: Pick<Delivery, 'office' | 'role' | 'day' | 'notice' | 'channel' | 'sub'>): Key => ({
    PK: keys.notice(one.office, one.role, one.day).PK,
    SK: `DLV#${one.day}#${six(one.notice)}#${one.channel}#${one.sub}`,
  }),
  submission: (id: string): Key => ({ PK: `SUB#${id}`, SK: 'HEAD' }),
  version: (id: string, number: number): Key => ({ PK: `SUB#${id}`, SK: `VER#${six(number)}` }),
  paper: (id: string, seq: number): Key => ({ PK: `SUB#${id}`, SK: `PAP#${six(seq)}` }),
  document: (submission: string, id: string): Key => ({ PK: `SUB#${submission}`, SK: `DOC#${id}` }),
  review: (submission: string): Key => ({ PK: `SUB#${submission}`, SK: 'REVIEW' }),
  /** Beside its filing. */
  invitation: (submission: string, number: number): Key => ({
    PK: `SUB#${submission}`,
    SK: `INV#${six(number)}`,
  }),
  /** From the hash of a link to its invitation: a link is looked up, never listed. */
  invitationLink: (tokenHash: string): Key => ({ PK: `LINK#${tokenHash}`, SK: 'HEAD' }),
  city: (code: string): Key => ({ PK: `CITY#${code}`, SK: 'HEAD' }),
  obligation: (id: string): Key => ({ PK: `OBL#${id}`, SK: 'HEAD' }),
  /** Beside its duty, once for a deadline, a point and a recipient; a nudge once a day. */
  reminder: ({ obligation, due, point, office, role, day }: Reminder): Key => ({
    PK: `OBL#${obligation}`,
    SK: `REM#${due}#${point === 'nudge' ? `nudge-${day}` : point}#${office}#${role}`,
  }),
  notice: (office: string, role: string, day: string): Key => ({
    PK: `INBOX#${office}#${role}`,
    SK: `NOT#${day}`,
  }),
  /** Which duties a city has: read consistently by the consumer that fulfils them. */
  dutyOf: (city: string, id: string): Key => ({ PK: `DUTIES#${city}`, SK: id }),
  certificate: (id: string): Key => ({ PK: `CERT#${id}`, SK: 'HEAD' }),
  certificateVersion: (id: string, version: number): Key => ({ PK: `CERT#${id}`, SK: `VER#${six(version)}` }),
  certificateDraft: (id: string, version: number): Key => ({ PK: `CERT#${id}`, SK: `DRAFT#${six(version)}` }),
  /** One certificate a number, whoever gave it. */
  certificateNumber: (number: string): Key => ({ PK: `CERTNO#${number}`, SK: 'HEAD' }),
  /** The queue of a county and year, in the order of the decisions; its counter lies behind it. */
  toIssue: ({ county, year, decidedAt, certificate }: QueueEntry): Key => ({
    PK: `ISSUE#${county}#${year}`,
    SK: `${decidedAt}#${certificate}`,
  }),
  issueCounter: (county: string, year: number): Key => ({ PK: `ISSUE#${county}#${year}`, SK: 'COUNTER' }),
  evaluation: (id: string): Key => ({ PK: `EVAL#${id.slice(0, 4)}`, SK: `RUN#${id}` }),
  scheme: (year: number): Key => ({ PK: 'SCHEME', SK: `YEAR#${year}` }),
  /** The versions of a city's rules lie together. */
  ruleSet: (city: string, number: number): Key => ({ PK: `RULES#${city}`, SK: `SET#${six(number)}` }),
  /** What a record adds to the counters, whole: the lock under which it changes. */
  counted: (record: string): Key => ({ PK: `COUNTED#${record}`, SK: 'HEAD' }),
  /** What counts of a city and year from one day on. */
  counter: (city: string, year: number, indicator: string, day: string): Key => ({
    PK: `COUNT#${city}#${year}`,
    SK: `SUM#${indicator}#${day}`,
  }),
  /** The way back from a counter to its records. */
  evidence: (city: string, year: number, indicator: string, record: string, part: string): Key => ({
    PK: `COUNT#${city}#${year}`,
    SK: `EV#${indicator}#${record}#${part}`,
  }),
  /** The people of an office, its mailbox and what they put off lie together: one read finds whom to tell. */
  person: (office: string, sub: string): Key => ({ PK: `PEOPLE#${office}`, SK: `PER#${safe(sub)}` }),
  mailbox: (office: string): Key => ({ PK: `PEOPLE#${office}`, SK: 'MAILBOX' }),
  delegates: (office: string): Key => ({ PK: `PEOPLE#${office}`, SK: 'DELEGATES' }),
  snooze: (office: string, sub: string, obligation: string): Key => ({
    PK: `PEOPLE#${office}`,
    SK: `SNZ#${safe(sub)}#${obligation}`,
  }),
  /** Beside the notice that was read. */
  read: (office: string, role: string, day: string, sub: string): Key => ({
    PK: `INBOX#${office}#${role}`,
    SK: `READ#${day}#${safe(sub)}`,
  }),
  resource: (id: string): Key => ({ PK: `RES#${id}`, SK: 'HEAD' }),
  planUse: (city: string, year: number): Key => ({ PK: `PLANUSE#${city}`, SK: `YEAR#${year}` }),
  project: (id: string): Key => ({ PK: `PROJ#${id}`, SK: 'HEAD' }),
  projectVersion: (id: string, number: number): Key => ({ PK: `PROJ#${id}`, SK: `VER#${six(number)}` }),
  /** A project's place in the lists of its city. */
  projectLine: (city: string, county: string, id: string): Key => ({
    PK: `PROJECTS#${city}`,
    SK: `${county}#${id}`,
  }),
  /** A project's filing in the list of its city; ids sort by time. */
  filingLine: (city: string, county: string, id: string): Key => ({
    PK: `FILINGS#${city}`,
    SK: `${county}#${id}`,
  }),
  calendar: (year: number): Key => ({ PK: 'CALENDAR', SK: `YEAR#${year}` }),
  slot: (owner: string, kind: string, period: string): Key => ({
    PK: `SLOT#${owner}`,
    SK: `${kind}#${period}`,
  }),
  receipt: (sub: string, key: string): Key => ({ PK: `RCPT#${sub}`, SK: key }),
  desk: (entry: DeskEntry): Key => ({
    PK: deskPartition(entry.office, entry.role),
    // By due date; what has none comes last.
    SK: `${entry.due ?? '9999-12-31'}#${entry.record}#${entry.task}`,
  }),
  published: (owner: string, kind: string, period: string): Key => ({
    PK: 'PUBLIC#plans',
    SK: `${owner}#${kind}#${period}`,
  }),
  /** One place for a duty, whatever its year becomes: a new deadline moves nothing and leaves nothing behind. */
  publishedDuty: (city: string, obligation: string): Key => ({
    PK: 'PUBLIC#duties',
    SK: `${city}#${obligation}`,
  }),
  publishedRules: (city: string, number: number): Key => ({
    PK: 'PUBLIC#guides',
    SK: `${city}#${six(number)}`,
  }),
  publishedEvaluation: (year: number): Key => ({ PK: 'PUBLIC#evaluations', SK: String(year) }),
  /** By number, each a partition of its own: a certificate is looked up, never listed. */
  publishedCertificate: (number: string): Key => ({ PK: `PUBLIC#certificate#${number}`, SK: 'HEAD' }),
  publishedKey: (kid: string): Key => ({ PK: 'PUBLIC#keys', SK: kid }),
  publishedCity: (code: string): Key => ({ PK: 'PUBLIC#cities', SK: code }),
} as const;

/** A subject is the identity provider's text, and may hold our separators. */
function safe(sub: string): string {
  return encodeURIComponent(sub);
}

/** The records of an office's partition, without their entries, which sort before them. */
export function peopleRange(office: string) {
  const { PK, SK: mailbox } = keys.mailbox(office);
  return { PK, first: mailbox, last: 'SNZ$', mailbox, person: 'PER#', snooze: 'SNZ#' } as const;
}

/** Instants begin with a digit, so the counter is not among them. */
export function queueRange(county: string, year: number) {
  return { PK: keys.issueCounter(county, year).PK, first: '0', last: ':' } as const;
}

/** Who has read a role's notices of these days, both included. */
export function readersRange(office: string, role: string, from: string, to: string) {
  const { PK } = keys.read(office, role, '', '');
  return { PK, first: `READ#${from}#`, last: `READ#${to}$` } as const;
}

export function deskPartition(office: string, role: string): string {
  return `DESK#${office}#${role}`;
}

/**
 * Where a chain's entries lie: beside their record, under `AUD#<record>#<number>`.
 * @param record `submission:<id>`, `document:<submission>/<id>`, `review:<submission>`, `invitation:<submission>/<number>`, `certificate:<id>`, `city:<code>`, `obligation:<id>`, `calendar:<year>`,
 * `notice:<office>/<role>/<day>`, `read:<office>/<role>/<day>/<sub>`, `person:<office>/<sub>`, `mailbox:<office>`, `delegates:<office>`,
 * `snooze:<office>/<sub>/<obligation>`, subjects encoded; `rule-set:<city>/<number>`, `resource:<id>`, `project:<id>`,
 * `plan-use:<city>/<year>`
 */
export function chainOf(record: string): { PK: string; prefix: string } {
  const [kind = '', id = ''] = [record.slice(0, record.indexOf(':')), record.slice(record.indexOf(':') + 1)];
  switch (kind) {
    case 'submission':
      return { PK: keys.submission(id).PK, prefix: `${auditPrefix}HEAD#` };
    case 'document': {
      const [submission = '', document = ''] = id.split('/');
      return { PK: keys.submission(submission).PK, prefix: `${auditPrefix}DOC#${document}#` };
    }
    case 'review':
      return { PK: keys.review(id).PK, prefix: `${auditPrefix}REVIEW#` };
    case 'invitation': {
      const { PK, SK } = recordKey(record);
      return { PK, prefix: `${auditPrefix}${SK}#` };
    }
    case 'city':
      return { PK: keys.city(id).PK, prefix: `${auditPrefix}HEAD#` };
    case 'obligation':
      return { PK: keys.obligation(id).PK, prefix: `${auditPrefix}HEAD#` };
    case 'notice': {
      const [office = '', role = '', day = ''] = id.split('/');
      return { PK: keys.notice(office, role, day).PK, prefix: `${auditPrefix}${day}#` };
    }
    case 'evaluation':
      return { PK: keys.evaluation(id).PK, prefix: `${auditPrefix}${id}#` };
    case 'certificate':
      return { PK: keys.certificate(id).PK, prefix: `${auditPrefix}HEAD#` };
    case 'scheme':
      return { PK: 'SCHEME', prefix: `${auditPrefix}${id}#` };
    case 'person':
    case 'mailbox':
    case 'delegates':
    case 'snooze':
    case 'rule-set':
    case 'read': {
      const { PK, SK } = recordKey(record);
      return { PK, prefix: `${auditPrefix}${SK}#` };
    }
    case 'resource':
      return { PK: keys.resource(id).PK, prefix: `${auditPrefix}HEAD#` };
    case 'project':
      return { PK: keys.project(id).PK, prefix: `${auditPrefix}HEAD#` };
    case 'plan-use': {
      const [city = '', year = ''] = id.split('/');
      return { PK: keys.planUse(city, 0).PK, prefix: `${auditPrefix}${year}#` };
    }
    case 'calendar':
      return { PK: 'CALENDAR', prefix: `${auditPrefix}${id}#` };
    default:
      throw new Error(`No chain is kept for ${record}`);
  }
}

/** The key of the record that carries a chain. */
export function recordKey(record: string): Key {
  const id = record.slice(record.indexOf(':') + 1);
  switch (record.slice(0, record.indexOf(':'))) {
    case 'submission':
      return keys.submission(id);
    case 'document':
      return keys.document(id.split('/')[0] ?? '', id.split('/')[1] ?? '');
    case 'review':
      return keys.review(id);
    case 'invitation': {
      const [submission = '', number = ''] = id.split('/');
      return keys.invitation(submission, Number(number));
    }
    case 'city':
      return keys.city(id);
    case 'obligation':
      return keys.obligation(id);
    case 'notice': {
      const [office = '', role = '', day = ''] = id.split('/');
      return keys.notice(office, role, day);
    }
    case 'evaluation':
      return keys.evaluation(id);
    case 'certificate':
      return keys.certificate(id);
    case 'scheme':
      return keys.scheme(Number(id));
    case 'rule-set': {
      const [city = '', number = ''] = id.split('/');
      return keys.ruleSet(city, Number(number));
    }
    case 'person': {
      const [office = '', sub = ''] = id.split('/');
      return keys.person(office, decodeURIComponent(sub));
    }
    case 'mailbox':
      return keys.mailbox(id);
    case 'delegates':
      return keys.delegates(id);
    case 'snooze': {
      const [office = '', sub = '', obligation = ''] = id.split('/');
      return keys.snooze(office, decodeURIComponent(sub), obligation);
    }
    case 'read': {
      const [office = '', role = '', day = '', sub = ''] = id.split('/');
      return keys.read(office, role, day, decodeURIComponent(sub));
    }
    case 'resource':
      return keys.resource(id);
    case 'project':
      return keys.project(id);
    case 'plan-use': {
      const [city = '', year = ''] = id.split('/');
      return keys.planUse(city, Number(year));
    }
    case 'calendar':
      return keys.calendar(Number(id));
    default:
      throw new Error(`No chain is kept for ${record}`);
  }
}

export function entryKey(record: string, seq: number): Key {
  const { PK, prefix } = chainOf(record);
  return { PK, SK: `${prefix}${six(seq)}` };
}
