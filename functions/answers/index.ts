/** What each route answers when it succeeds, by route key. Only the description reads it: no function pays for it twice. */
import type * as z from 'zod';
import { dutyActionNames } from '../../shared/domain/duties/changes.ts';
import { actionNames } from '../../shared/domain/submissions/lifecycle.ts';
import { issuerActionNames } from '../../shared/domain/certificates/lifecycle.ts';
import { runActionNames } from '../../shared/domain/evaluation/actions.ts';
import * as certificates from './certificates.ts';
import * as evaluations from './evaluations.ts';
import * as invitations from './invitations.ts';
import * as policies from './policies.ts';
import * as registers from './registers.ts';
import * as reminders from './reminders.ts';
import * as rest from './rest.ts';
import * as submissions from './submissions.ts';
import { Progress, Text } from './texts.ts';

/** Parts that several answers share, named once. */
export const sharedSchemas = {
  Text,
  Waiting: Progress,
  Paper: submissions.Paper,
  FrozenVersion: submissions.Version,
  Invitation: invitations.InvitationAnswer,
} as const;

export const answers: Readonly<Record<string, { readonly name: string; readonly schema: z.ZodType }>> = {
  'GET /health': named('Health', rest.Health),
  'GET /public/cities': named('PublicCities', rest.PublicCities),
  'GET /public/plans': named('PublicPlans', rest.PublicPlans),
  'GET /public/duties': named('PublicDuties', rest.PublicDuties),
  'GET /public/datasets': named('Datasets', rest.Datasets),
  'GET /public/evaluations/{year}': named('PublicEvaluation', evaluations.PublicEvaluation),
  'GET /public/guides/{city}': named('Guide', policies.GuideAnswer),
  'GET /public/certificates/{number}': named('CertificateStanding', certificates.CertificateStanding),
  'GET /.well-known/jwks.json': named('PublicKeys', certificates.Keys),
  'GET /openapi.json': named('OpenApi', rest.OpenApi),
  'GET /me': named('Me', rest.Me),
  'GET /desk': named('Desk', submissions.DeskAnswer),
  'GET /inbox': named('Inbox', reminders.InboxAnswer),
  'POST /inbox/{day}/read': named('NoticesRead', reminders.NoticesRead),
  'POST /inbox/{day}/snooze': named('Snoozed', reminders.Snoozed),
  'GET /me/preferences': named('Preferences', reminders.PreferencesAnswer),
  'PUT /me/preferences': named('PreferencesSet', reminders.PreferencesSet),
  'PUT /me/leave': named('PreferencesSet', reminders.PreferencesSet),
  'DELETE /me/leave': named('PreferencesSet', reminders.PreferencesSet),
  'GET /offices/{code}/delegates': named('Delegates', rest.DelegatesAnswer),
  'PUT /offices/{code}/delegates': named('Delegates', rest.DelegatesAnswer),
  'GET /offices/{code}/mailbox': named('Mailbox', reminders.MailboxAnswer),
  'PUT /offices/{code}/mailbox': named('Mailbox', reminders.MailboxAnswer),
  'GET /obligations/{id}/reminders': named('Reminders', reminders.ReminderList),
  'GET /kinds': named('Kinds', rest.KindList),
  'GET /kinds/{kind}': named('Kind', rest.KindAnswer),
  'GET /cities': named('Cities', submissions.CityList),
  'GET /cities/{code}': named('City', submissions.CityWithCounties),
  'GET /cities/{code}/history': named('History', submissions.HistoryAnswer),
  'GET /rule-sets': named('RuleSets', policies.RuleSets),
  'GET /rule-sets/{city}/{number}': named('RuleSet', policies.RuleSetAnswer),
  'GET /rule-sets/{city}/{number}/difference': named('RuleSetDifference', policies.RuleSetDifference),
  'POST /rule-sets/rehearse': named('RuleRehearsal', policies.RuleRehearsal),
  'GET /calendar/{year}': named('CalendarYear', rest.CalendarAnswer),
  'PUT /calendar/{year}': named('CalendarLoaded', rest.CalendarLoaded),
  'GET /deadlines': named('Deadlines', submissions.DeadlinesAnswer),
  'GET /obligations': named('Obligations', submissions.ObligationList),
  'GET /obligations/{id}': named('Obligation', submissions.ObligationAnswer),
  'POST /obligations/preview': named('ObligationsPreview', submissions.ObligationsPreview),
  'POST /obligations': named('ObligationsMade', submissions.ObligationsMade),
  'GET /submissions': named('Submissions', submissions.SubmissionList),
  'POST /submissions': named('SubmissionSummary', submissions.SubmissionSummary),
  'GET /submissions/{id}': named('Submission', submissions.SubmissionAnswer),
  'GET /submissions/{id}/checks': named('Checks', submissions.ChecksAnswer),
  'GET /submissions/{id}/clock': named('Clocks', submissions.ClockAnswer),
  'GET /submissions/{id}/history': named('History', submissions.HistoryAnswer),
  'GET /submissions/{id}/versions/{number}': named('Version', submissions.VersionAnswer),
  'GET /submissions/{id}/versions/{number}/difference': named('Difference', submissions.DifferenceAnswer),
  'GET /submissions/{id}/documents': named('Documents', submissions.DocumentList),
  'POST /submissions/{id}/documents': named('Upload', submissions.UploadAnswer),
  'GET /submissions/{id}/documents/{document}': named('Document', submissions.DocumentAnswer),
  'DELETE /submissions/{id}/documents/{document}': named('Document', submissions.DocumentAnswer),
  'GET /submissions/{id}/documents/{document}/download': named('Download', submissions.DownloadAnswer),
  'GET /inbox/{day}/deliveries': named('Deliveries', rest.Deliveries),
  'GET /certificates/{id}': named('Certificate', certificates.CertificateAnswer),
  'GET /certificates/{id}/pdf': named('PrintLink', certificates.PrintLink),
  'POST /certificates/import': named('Certificate', certificates.CertificateAnswer),
  ...Object.fromEntries(
    issuerActionNames.map((action) => [
      `POST /certificates/{id}/${action}`,
      named('Certificate', certificates.CertificateAnswer),
    ]),
  ),
  'GET /evaluation-schemes/{year}': named('Scheme', evaluations.SchemeAnswer),
  'PUT /evaluation-schemes/{year}': named('SchemeLoaded', evaluations.SchemeLoaded),
  'GET /evaluations': named('Runs', evaluations.RunList),
  'POST /evaluations': named('RunSummary', evaluations.RunSummary),
  'GET /evaluations/{id}': named('Run', evaluations.RunAnswer),
  'GET /evaluations/{id}/result': named('EvaluationResult', evaluations.ResultAnswer),
  'GET /evaluations/{id}/figures/{city}/{indicator}': named('FigureWithRecords', evaluations.FigureAnswer),
  'GET /evaluations/{id}/report/{form}': named('ReportLink', evaluations.ReportLink),
  'GET /submissions/{id}/invitations': named('Invitations', invitations.InvitationList),
  'POST /submissions/{id}/invitations': named('Invitation', invitations.InvitationAnswer),
  'POST /submissions/{id}/invitations/{number}/revoke': named('Invitation', invitations.InvitationAnswer),
  'GET /invitations/{token}': named('InvitationLink', invitations.LinkAnswer),
  'POST /invitations/{token}/code': named('CodeSent', invitations.CodeSent),
  'POST /invitations/{token}/open': named('OpenedFiling', submissions.OpenedAnswer),
  'POST /invitations/{token}/answer': named('OpinionTaken', invitations.OpinionTaken),
  'GET /resources': named('Resources', registers.ResourceList),
  'POST /resources': named('Resource', registers.ResourceAnswer),
  'GET /resources/{id}': named('Resource', registers.ResourceAnswer),
  'GET /resources/{id}/history': named('History', submissions.HistoryAnswer),
  'POST /resources/{id}/correct': named('Resource', registers.ResourceAnswer),
  'POST /resources/{id}/remove': named('Resource', registers.ResourceAnswer),
  'GET /projects': named('Projects', registers.ProjectList),
  'GET /projects/{id}': named('Project', registers.ProjectAnswer),
  'GET /projects/{id}/history': named('History', submissions.HistoryAnswer),
  'GET /projects/{id}/versions/{number}/difference': named('ProjectDifference', registers.ProjectDifference),
  'GET /regions/overview': named('Overview', registers.Overview),
  ...Object.fromEntries(
    runActionNames.map((action) => [
      `POST /evaluations/{id}/${action}`,
      named('RunSummary', evaluations.RunSummary),
    ]),
  ),
  ...Object.fromEntries(
    dutyActionNames.map((action) => [
      `POST /obligations/{id}/${action}`,
      named('Obligation', submissions.ObligationAnswer),
    ]),
  ),
  ...Object.fromEntries(
    actionNames.map((action) => [
      `POST /submissions/{id}/${action}`,
      action === 'view-contact'
        ? named('Contact', submissions.ContactAnswer)
        : named('SubmissionSummary', submissions.SubmissionSummary),
    ]),
  ),
};

function named(name: string, schema: z.ZodType): { readonly name: string; readonly schema: z.ZodType } {
  return { name, schema };
}
