/** Stored schemas change only together with the version that every item carries. */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../kernel/hash.ts';
import { AuditEntry } from '../../domain/audit/entry.ts';
import { Certificate } from '../../domain/certificates/certificate.ts';
import { CertificateContent, CertificateTerms, PaperContent } from '../../domain/certificates/content.ts';
import { City } from '../../domain/cities/city.ts';
import { Document } from '../../domain/documents/document.ts';
import { Obligation } from '../../domain/duties/obligation.ts';
import { Counted } from '../../domain/evaluation/contribution.ts';
import { EvaluationRun } from '../../domain/evaluation/run.ts';
import { SchemeRecord } from '../../domain/evaluation/scheme.ts';
import { Delegates } from '../../domain/identity/delegates.ts';
import { RuleSet } from '../../domain/policies/rule-set.ts';
import { Invitation } from '../../domain/invitations/invitation.ts';
import { Delivery } from '../../domain/reminders/delivery.ts';
import { Notice } from '../../domain/reminders/notice.ts';
import { Mailbox, Person, ReadMark, Snooze } from '../../domain/reminders/person.ts';
import { Reminder } from '../../domain/reminders/reminder.ts';
import { PlanUse } from '../../domain/projects/plan-use.ts';
import { Project, ProjectVersion } from '../../domain/projects/project.ts';
import { Resource } from '../../domain/resources/resource.ts';
import { ReviewFile } from '../../domain/submissions/joint-review/review-file.ts';
import { Head, Paper, Version } from '../../domain/submissions/submission.ts';
import { CalendarItem } from './calendar-item.ts';
import { schemaVersion } from './schema-version.ts';

const stored = {
  Head,
  Version,
  Paper,
  Document,
  ReviewFile,
  Invitation,
  City,
  Obligation,
  Reminder,
  Notice,
  Person,
  Mailbox,
  Snooze,
  Delegates,
  ReadMark,
  Certificate,
  CertificateTerms,
  CertificateContent,
  PaperContent,
  EvaluationRun,
  SchemeRecord,
  RuleSet,
  Counted,
  Delivery,
  Resource,
  PlanUse,
  Project,
  ProjectVersion,
  CalendarItem,
  AuditEntry,
};

const file = new URL('./schemas.json', import.meta.url);
const Kept = z.strictObject({ schemaVersion: z.int(), hashes: z.record(z.string(), z.string()) });

const hashes = Object.fromEntries(
  Object.entries(stored).map(([name, schema]) => [name, hashOf(z.toJSONSchema(schema()))]),
);
const now = { schemaVersion, hashes };

/** What is wrong with what is kept, in a sentence that says what to do; undefined when nothing is. */
function fault(kept: z.infer<typeof Kept>, found: typeof now): string | undefined {
  const changed = Object.keys({ ...kept.hashes, ...found.hashes }).filter(
    (name) => kept.hashes[name] !== found.hashes[name],
  );
  const keep = `write ${JSON.stringify(found)} into schemas.json`;
  if (kept.schemaVersion !== found.schemaVersion) {
    return `The stored schemas are now version ${found.schemaVersion}: ${keep}.`;
  }
  return changed.length === 0
    ? undefined
    : `The stored schema ${changed.join(', ')} has changed: write a migration for the items that lie in the table, ` +
        `raise schemaVersion in schema-version.ts to ${found.schemaVersion + 1}, and ${keep} with the new version.`;
}

describe('the stored schemas', () => {
  it('are the ones that are kept with their version', () => {
    expect(existsSync(file), `Missing schemas.json: ${JSON.stringify(now)}`).toBe(true);
    const kept = Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(fault(kept, now)).toBeUndefined();
  });

  it('do not change without their version: the test says what to do', () => {
    const more = Head().extend({ urgency: z.string().optional() });
    const changed = { ...now, hashes: { ...hashes, Head: hashOf(z.toJSONSchema(more)) } };
    expect(fault(now, changed)).toMatch(
      /^The stored schema Head has changed: write a migration .* raise schemaVersion .* to 2/,
    );
    const { City: _gone, ...fewer } = hashes;
    expect(fault(now, { ...now, hashes: fewer })).toMatch(/^The stored schema City has changed/);
  });

  it('of a new version are to be kept', () => {
    expect(fault(now, { ...now, schemaVersion: schemaVersion + 1 })).toMatch(/are now version 2: write/);
    expect(fault(now, now)).toBeUndefined();
  });
});
