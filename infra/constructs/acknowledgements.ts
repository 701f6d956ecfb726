/**
 * Findings of the AwsSolutions checks that we accept: one rule, one reason, the resources it holds for. A test sees to it
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
  commands: 'AnjuApi/Commands',
  documents: 'AnjuApi/Documents',
  exports: 'AnjuApi/Exports',
  public: 'AnjuPublic/Public',
  inspection: 'AnjuJobs/Inspection',
  journal: 'AnjuJobs/Journal',
  'follow-up': 'AnjuJobs/FollowUp',
  daily: 'AnjuJobs/Daily',
  reports: 'AnjuJobs/Reports',
  delivery: 'AnjuJobs/Delivery',
} as const;

const ownLogStreams = Object.entries(functions).map(([name, path]) => ({
  rule: wildcard(inAccount('logs', `log-group:/aws/lambda/anju-${name}:*`)),
  reason: 'Lambda names the streams of the log group; the group itself is the function’s own.',
  resources: [role(path)],
}));

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
      'The route table opens these routes to anyone: they answer with what is published, or with no data at all.',
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
    resources: [functions.documents, functions.inspection].map(role),
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
];
