import { describe, expect, it } from 'vitest';
import { targets } from '../../infra/config.ts';
import { allOf, assemblyOf, readable, type Resource } from './assembly.ts';

const assemblies = { aws: assemblyOf('aws'), 'aws-cn': assemblyOf('aws-cn', { publicApi: true }) };

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const list = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** The statements of a role, one line each: what → on what [under which condition]. */
function linesOf(role: Resource): string[] {
  const policies = role.Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
  return policies.flatMap(({ PolicyDocument: { Statement: statements } }) =>
    statements.map(({ Effect: effect, Action: actions, Resource: resources, Condition: condition }) => {
      const where = list(resources).map(readable).join(' ');
      const when = Object.entries(condition ?? {}).map(([operator, test]) =>
        Object.entries(test).map(
          ([key, value]) => ` [${operator} ${key} ${list(value).map(readable).join()}]`,
        ),
      );
      return `${effect} ${list(actions).join(' ')} → ${where}${when.flat().join('')}`;
    }),
  );
}

const logs = (name: string) =>
  `Allow logs:CreateLogStream logs:PutLogEvents → arn:<Partition>:logs:<Region>:<AccountId>:log-group:/aws/lambda/anju-${name}:*`;
const indexes = '<Table> <Table>/index/by-owner <Table>/index/falls-due';
const readTable = `Allow dynamodb:GetItem dynamodb:Query → ${indexes}`;
const readAtOnce = `Allow dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query → ${indexes}`;
const commit = (...parts: string[]) => `Allow ${parts.map((part) => `dynamodb:${part}`).join(' ')} → <Table>`;
const through = (service: string) =>
  `<DataKey> [StringLike kms:ViaService ${service}.<Region>.amazonaws.com*]`;
const keyToRead = `Allow kms:Decrypt kms:DescribeKey → ${through('dynamodb')}`;
const keyToCommit = `Allow kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom kms:ReEncryptTo → ${through('dynamodb')}`;
const keyToPut = `Allow kms:GenerateDataKey → ${through('s3')}`;
const keyToGetAndPut = `Allow kms:Decrypt kms:GenerateDataKey → ${through('s3')}`;
const stream = [
  'Allow dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator → <Table.StreamArn>',
  'Allow dynamodb:ListStreams → <Table>/stream/*',
];
const failures = ['Allow s3:PutObject → <Failures>/aws/lambda/*', 'Allow s3:ListBucket → <Failures>'];

/** All that each function may do. */
const permissions: Readonly<Record<string, readonly string[]>> = {
  queries: [logs('queries'), readTable, keyToRead],
  registers: [logs('registers'), readTable, keyToRead],
  exports: [logs('exports'), readTable, keyToRead],
  prints: [logs('prints'), readTable, keyToRead],
  commands: [
    logs('commands'),
    readAtOnce,
    commit('PutItem', 'DeleteItem', 'ConditionCheckItem'),
    'Allow kms:GenerateDataKey kms:Decrypt → <PersonalDataKey>',
    keyToCommit,
  ],
  steering: [
    logs('steering'),
    readAtOnce,
    commit('PutItem', 'DeleteItem', 'ConditionCheckItem'),
    keyToCommit,
  ],
  invitations: [
    logs('invitations'),
    readAtOnce,
    commit('PutItem', 'DeleteItem', 'ConditionCheckItem'),
    'Allow kms:GenerateDataKey kms:Decrypt → <PersonalDataKey>',
    'Allow s3:GetObject → <Clean>/*',
    keyToCommit,
    'Allow kms:Decrypt → <DataKey> [StringLike kms:ViaService s3.<Region>.amazonaws.com*]',
  ],
  // It reads nothing at all.
  description: [logs('description')],
  documents: [
    logs('documents'),
    readAtOnce,
    commit('PutItem', 'ConditionCheckItem'),
    'Allow s3:PutObject → <Quarantine>/*',
    'Allow s3:GetObject → <Clean>/*',
    'Allow s3:GetObject → <Ledger>/evaluations/*',
    'Allow s3:GetObject → <Ledger>/certificates/*',
    keyToCommit,
    keyToGetAndPut,
  ],
  public: [
    logs('public'),
    'Allow dynamodb:GetItem dynamodb:Query → <Table> [ForAllValues:StringLike dynamodb:LeadingKeys PUBLIC#*]',
    keyToRead,
  ],
  inspection: [
    logs('inspection'),
    'Allow dynamodb:GetItem → <Table>',
    commit('PutItem'),
    'Allow s3:GetObjectVersion → <Quarantine>/*',
    'Allow s3:DeleteObjectVersion → <Quarantine>/*',
    'Allow s3:PutObject → <Clean>/*',
    ...failures,
    keyToCommit,
    keyToGetAndPut,
  ],
  journal: [
    logs('journal'),
    ...stream,
    'Allow s3:PutObject → <Ledger>/journal/*',
    ...failures,
    keyToRead,
    keyToPut,
  ],
  'follow-up': [
    logs('follow-up'),
    ...stream,
    readTable,
    commit('PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
    'Allow s3:PutObject → <Work>/*',
    ...failures,
    keyToCommit,
    keyToPut,
  ],
  delivery: [
    logs('delivery'),
    readTable,
    commit('PutItem'),
    'Allow kms:Decrypt → <PersonalDataKey>',
    'Allow s3:GetObject → <Work>/delivery/*',
    ...failures,
    keyToCommit,
    keyToGetAndPut,
  ],
  certificates: [
    logs('certificates'),
    readTable,
    commit('PutItem', 'DeleteItem'),
    'Allow kms:Sign kms:GetPublicKey → <CertificateKey>',
    'Allow s3:GetObject → <Work>/certificates/*',
    'Allow s3:PutObject → <Ledger>/certificates/*',
    ...failures,
    keyToCommit,
    keyToGetAndPut,
  ],
  reports: [
    logs('reports'),
    readTable,
    commit('PutItem'),
    'Allow s3:GetObject → <Work>/reports/*',
    'Allow s3:GetObject → <Ledger>/evaluations/*',
    'Allow s3:PutObject → <Ledger>/evaluations/*',
    ...failures,
    keyToCommit,
    keyToGetAndPut,
  ],
  daily: [
    logs('daily'),
    readTable,
    commit('PutItem', 'DeleteItem', 'ConditionCheckItem'),
    'Allow s3:GetObject → <Ledger>/*',
    'Allow s3:ListBucket → <Ledger>',
    'Allow s3:PutObject → <Ledger>/roots/*',
    ...failures,
    keyToCommit,
    keyToGetAndPut,
  ],
};

describe.each(targets)('permissions (%s)', (target) => {
  const assembly = assemblies[target];
  const roles = allOf(assembly, 'AWS::IAM::Role');
  const byDescription = new Map(roles.map((role) => [role.Properties['Description'], role]));

  it.each(Object.keys(permissions))('%s may do exactly what it is granted', (name) => {
    const role = byDescription.get(`What the function anju-${name} may do`);
    expect(role && linesOf(role)).toEqual(permissions[name]);
    expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('gives no function another role', () => {
    const functions = allOf(assembly, 'AWS::Lambda::Function').map(({ Properties: properties }) => [
      String(properties['FunctionName']).replace('anju-', ''),
      readable(properties['Role']),
    ]);
    expect(functions).toHaveLength(Object.keys(permissions).length);
    for (const [name, role] of functions) {
      const own = byDescription.get(`What the function anju-${name} may do`);
      expect(role, name).toBe(readable({ Ref: own?.id }));
    }
  });

  it('adds no policy to a role from elsewhere', () => {
    expect(allOf(assembly, 'AWS::IAM::Policy')).toEqual([]);
    expect(allOf(assembly, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });

  it('lets the commands and the invitations open personal data, and who sends messages, and nobody else', () => {
    const holders = roles.filter((role) => linesOf(role).some((line) => line.includes('<PersonalDataKey>')));
    expect(holders.map(({ Properties }) => Properties['Description'])).toEqual([
      'What the function anju-commands may do',
      'What the function anju-invitations may do',
      'What the function anju-delivery may do',
    ]);
  });

  it('lets nobody undo a lock, delete from the ledger or the clean bucket, or touch the table itself', () => {
    const lines = roles.flatMap(linesOf).join('\n');
    expect(lines).not.toMatch(/Bypass|PutObjectRetention|LegalHold|DeleteTable|UpdateTable|Scan\b/);
    expect(lines).not.toMatch(/Delete\S* → <(?:Ledger|Clean|Failures)>/);
  });
});

describe('GuardDuty', () => {
  it('may read and tag quarantine, put its probe there, and keep its own rule', () => {
    const role = allOf(assemblies.aws, 'AWS::IAM::Role').find(({ id }) => id.startsWith('Malware'));
    const rule =
      'arn:<Partition>:events:<Region>:<AccountId>:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*';
    expect(role && linesOf(role)).toEqual([
      `Allow events:PutRule events:DeleteRule events:PutTargets events:RemoveTargets → ${rule} [StringLike events:ManagedBy malware-protection-plan.guardduty.amazonaws.com]`,
      `Allow events:DescribeRule events:ListTargetsByRule → ${rule}`,
      'Allow s3:GetObjectTagging s3:GetObjectVersionTagging s3:PutObjectTagging s3:PutObjectVersionTagging → <Quarantine>/*',
      'Allow s3:GetBucketNotification s3:PutBucketNotification → <Quarantine>',
      'Allow s3:PutObject → <Quarantine>/malware-protection-resource-validation-object',
      'Allow s3:ListBucket → <Quarantine>',
      'Allow s3:GetObject s3:GetObjectVersion → <Quarantine>/*',
      keyToGetAndPut,
    ]);
  });
});
