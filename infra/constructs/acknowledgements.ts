/**
 * Findings of the checks that we accept: one rule, one reason, the resources it holds for. A test sees to it
 * that the findings are exactly these, so that neither a new finding nor a stale excuse goes unnoticed.
 */
import { routes } from '../../functions/routes.ts';

export interface Acknowledgement {
  /** As the check names it, with what it is about: `AwsSolutions-IAM5[Resource::…]`. */
  readonly rule: string;
  readonly reason: string;
  /** Construct paths. One that a target does not have is passed over there. */
  readonly resources: readonly string[];
}

const role = (path: string): string => `${path}/Role/Resource`;
const wildcard = (resource: string): string => `AwsSolutions-IAM5[Resource::${resource}]`;
/** The checks see a value of another stack by the name of its export. */
const ofData = (output: string): string => `AnjuData:ExportsOutputFnGetAtt${output}`;
const quarantine = ofData('Quarantine23FF09FEArnFC59122E');
const clean = ofData('Clean5C95EE93ArnA4AD723F');
const ledger = ofData('LedgerB7379752Arn8FB7B3DC');
const failures = ofData('Failures8A3E1A2FArnE85E26A7');
const work = ofData('WorkBF636A8BArnF74119B3');
const table = ofData('TableCD117FA1ArnE2C8C204');
const inAccount = (service: string, rest: string): string =>
  `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${rest}`;

const functions = {
  queries: 'AnjuApi/Queries',
  registers: 'AnjuApi/Registers',
  commands: 'AnjuApi/Commands',
  steering: 'AnjuApi/Steering',
  documents: 'AnjuApi/Documents',
  exports: 'AnjuApi/Exports',
  prints: 'AnjuApi/Prints',
  invitations: 'AnjuApi/Invitations',
  description: 'AnjuApi/Description',
  public: 'AnjuPublic/Public',
  inspection: 'AnjuJobs/Inspection',
  journal: 'AnjuJobs/Journal',
  'follow-up': 'AnjuJobs/FollowUp',
  daily: 'AnjuJobs/Daily',
  reports: 'AnjuJobs/Reports',
  delivery: 'AnjuJobs/Delivery',
  certificates: 'AnjuJobs/Certificates',
} as const;

const ownLogStreams = Object.entries(functions).map(([name, path]) => ({
  rule: wildcard(inAccount('logs', `log-group:/aws/lambda/anju-${name}:*`)),
  reason: 'Lambda names the streams of the log group; the group itself is the function’s own.',
  resources: [role(path)],
}));

const everyFunction = Object.values(functions).map((path) => `${path}/Function/Resource`);
const everyBucket = ['AccessLogs', 'Quarantine', 'Clean', 'Ledger', 'Failures', 'Work'].map(
  (name) => `AnjuData/${name}/Resource`,
);
const everyLogGroup = [
  ...Object.values(functions).map((path) => `${path}/Logs/Resource`),
  'AnjuApi/Internal/AccessLogs/Resource',
  'AnjuPublic/Open/AccessLogs/Resource',
];
const everyRule = [
  ...[
    'Uploaded',
    'Scanned',
    'ReportsOrdered',
    'MonthlyEvaluation',
    'YearlyEvaluation',
    'DeliveryOrdered',
    'CertificatesOrdered',
    'DeliverDue',
    'DailyRoot',
    'Remind',
    'Watch',
    'WatchReviews',
    'ExpireUploads',
    'ExpireCertificates',
  ].map((name) => `AnjuJobs/${name}/Resource`),
  'AnjuObservability/FailureKept/Resource',
];

const deadLetters =
  'What is called by events keeps its failures whole in the bucket of failures, which an alarm watches and npm run redrive replays; ' +
  'what is called over HTTP tells its caller. A dead-letter queue beside it would be a second place to look.';

/** The route table decides who may call; what it opens to anyone has no authorizer. */
const openRoutes = routes
  .filter(({ access }) => access === 'anyone')
  .map(({ method, path, function: server }) => {
    const api = server === 'public' ? 'AnjuPublic/Open' : 'AnjuApi/Internal';
    return `${api}/Api/${method}${path.replaceAll('/', '--')}/Resource`;
  });

export const acknowledgements: readonly Acknowledgement[] = [
  {
    rule: 'AwsSolutions-APIG4',
    reason:
      'The route table opens these routes to anyone: they answer with what is published, or with no data at all. Those of an invitation ' +
      'ask for a link of 32 random bytes, and for a code sent to the invited official’s own number before they show anything.',
    resources: openRoutes,
  },
  ...ownLogStreams,
  {
    rule: wildcard(`${quarantine}/*`),
    reason: 'Objects are named when they are uploaded; nothing but uploads lies in this bucket.',
    resources: [functions.documents, functions.inspection, 'AnjuJobs/Malware'].map(role),
  },
  {
    rule: wildcard(`${clean}/*`),
    reason: 'Objects are named after their documents; nothing but checked documents lies in this bucket.',
    resources: [functions.documents, functions.inspection, functions.invitations].map(role),
  },
  {
    rule: wildcard(`${ledger}/journal/*`),
    reason: 'Journal entries are named after day and record; the function writes this folder only.',
    resources: [role(functions.journal)],
  },
  {
    rule: wildcard(`${ledger}/roots/*`),
    reason: 'Roots are named after their day; the function writes this folder only.',
    resources: [role(functions.daily)],
  },
  {
    rule: wildcard(`${ledger}/evaluations/*`),
    reason: 'Results and reports are named after their run and hash; the functions reach this folder only.',
    resources: [functions.reports, functions.documents].map(role),
  },
  {
    rule: wildcard(`${work}/*`),
    reason: 'Work orders are named after their desk and event; nothing else lies in this bucket.',
    resources: [role(functions['follow-up'])],
  },
  {
    rule: wildcard(`${work}/reports/*`),
    reason: 'Work orders are named after their event; the function reads those of its own desk only.',
    resources: [role(functions.reports)],
  },
  {
    rule: wildcard(`${work}/delivery/*`),
    reason: 'Work orders are named after their event; the function reads those of its own desk only.',
    resources: [role(functions.delivery)],
  },
  {
    rule: wildcard(`${work}/certificates/*`),
    reason: 'Work orders are named after their event; the function reads those of its own desk only.',
    resources: [role(functions.certificates)],
  },
  {
    rule: wildcard(`${ledger}/certificates/*`),
    reason: 'Prints are named after their certificate and hash; the functions reach this folder only.',
    resources: [functions.certificates, functions.documents].map(role),
  },
  {
    rule: wildcard(`${ledger}/*`),
    reason: 'The daily root covers every chain, so it reads the whole ledger.',
    resources: [role(functions.daily)],
  },
  {
    rule: wildcard(`${failures}/aws/lambda/*`),
    reason: 'Lambda names what it puts there in the function’s name.',
    resources: [
      functions.inspection,
      functions.journal,
      functions['follow-up'],
      functions.daily,
      functions.reports,
      functions.delivery,
      functions.certificates,
    ].map(role),
  },
  {
    rule: wildcard(`${table}/stream/*`),
    reason:
      'Lambda lists the streams of the table before it reads one; listing cannot be granted on one stream.',
    resources: [functions.journal, functions['follow-up']].map(role),
  },
  {
    rule: wildcard(inAccount('events', 'rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*')),
    reason: 'GuardDuty makes this rule itself and ends its name as it likes.',
    resources: [role('AnjuJobs/Malware')],
  },
  {
    rule: 'Serverless-LambdaDLQ',
    reason: deadLetters,
    resources: everyFunction,
  },
  {
    rule: 'NIST.800.53.R5-LambdaDLQ',
    reason: deadLetters,
    resources: everyFunction,
  },
  {
    rule: 'Serverless-LambdaTracing',
    reason:
      'X-Ray traces no Lambda function in aws-cn. One correlation id goes from the request through audit entry, stream and order to the mail.',
    resources: everyFunction,
  },
  {
    rule: 'Serverless-EventBusDLQ',
    reason:
      'EventBridge tries for 24 hours to hand an event to Lambda, which keeps what then fails. Schedules look at all that is due, so a ' +
      'missed one is made up for by the next.',
    resources: everyRule,
  },
  {
    rule: 'NIST.800.53.R5-DynamoDBInBackupPlan',
    reason:
      'Every second of 35 days can be restored (point-in-time recovery), the drill is a command, and the ledger holds every entry locked. ' +
      'Whoever must keep more adds the table to his own plan of AWS Backup.',
    resources: ['AnjuData/Table/Resource'],
  },
  {
    rule: 'NIST.800.53.R5-S3BucketReplicationEnabled',
    reason:
      'S3 keeps each object in three zones. A copy in another region or account is the operator’s decision: it moves personal data, and China has two regions.',
    resources: everyBucket,
  },
  {
    rule: 'NIST.800.53.R5-S3BucketVersioningEnabled',
    reason:
      'S3 itself writes access logs, each under a name of its own, and nobody else may: there is no second version.',
    resources: ['AnjuData/AccessLogs/Resource'],
  },
  {
    rule: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
    reason: 'S3 delivers access logs only to buckets that are encrypted with its own keys.',
    resources: ['AnjuData/AccessLogs/Resource'],
  },
  {
    rule: 'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
    reason:
      'CloudWatch encrypts every log at rest with its own keys; a test shows that no personal data is in them. A key of ours would be one more whose ' +
      'loss silences the alarms.',
    resources: everyLogGroup,
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    reason:
      'Each role belongs to one function and goes with it: its policy lies in it, so that nobody attaches it elsewhere. A test lists every statement.',
    resources: [...Object.values(functions), 'AnjuJobs/Malware'].map(role),
  },
  {
    rule: 'NIST.800.53.R5-LambdaConcurrency',
    reason:
      'The gateway limits requests a second. A share of the account’s concurrency kept for one function is taken from the others, and a new account has ten.',
    resources: everyFunction,
  },
  {
    rule: 'NIST.800.53.R5-LambdaInsideVPC',
    reason:
      'The functions reach AWS by its signed interfaces alone, which a network does not guard better; mail, text messages and scanner are outside any. ' +
      'A network would add NAT, cost and a place to misconfigure.',
    resources: everyFunction,
  },
];
