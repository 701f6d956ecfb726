/**
 * What an operation of ours needs from IAM. Each grant is one statement with a name; what lies behind it (the key of the
 * table and the buckets) is gathered into one statement per service, since KMS is only ever reached through them.
 */
import type { WorkDesk } from '../../shared/domain/audit/work-orders.ts';
import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

export interface Grant {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** How the operation uses the data key, and through which service. */
  readonly key?: { readonly through: 'dynamodb' | 's3'; readonly use: keyof typeof keyActions };
}

/** The ARNs of the data stack that the grants speak of. */
export interface DataArns {
  readonly table: string;
  readonly indexes: readonly string[];
  readonly stream: string;
  readonly dataKey: string;
  readonly personalDataKey: string;
  readonly certificateKey: string;
  readonly quarantine: string;
  readonly clean: string;
  readonly ledger: string;
  readonly failures: string;
  readonly work: string;
}

/** How a function reads the table. Batches are what a command reads at once. */
export type TableRead = 'GetItem' | 'BatchGetItem' | 'Query';
/** TransactWriteItems has no action of its own: each part is asked for by its own name. */
export type TableWrite = 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem';

const onTable = (actions: readonly (TableRead | TableWrite)[]): string[] =>
  actions.map((action) => `dynamodb:${action}`);

const keyActions = {
  read: ['kms:Decrypt'],
  /** A put into a bucket needs a data key only; it reads nothing back. */
  put: ['kms:GenerateDataKey'],
  /** What DynamoDB asks of a caller that reads a table under a customer key … */
  readTable: ['kms:Decrypt', 'kms:DescribeKey'],
  /** … and of one that writes it. */
  writeTable: [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
} as const;

export function readTable(data: DataArns, reads: readonly TableRead[] = ['GetItem', 'Query']): Grant {
  return {
    sid: 'ReadTable',
    actions: onTable(reads),
    resources: [data.table, ...(reads.includes('Query') ? data.indexes : [])],
    key: { through: 'dynamodb', use: 'readTable' },
  };
}

/** Reads, and commits in transactions, of the parts that it needs and no others. */
export function commitToTable(
  data: DataArns,
  { reads, writes }: { readonly reads?: readonly TableRead[]; readonly writes: readonly TableWrite[] },
): Grant[] {
  return [
    readTable(data, reads),
    {
      sid: 'CommitToTable',
      actions: onTable(writes),
      resources: [data.table],
      key: { through: 'dynamodb', use: 'writeTable' },
    },
  ];
}

/** Published projections only: no other partition, no index, no transaction. */
export function readPublished(data: DataArns): Grant {
  return {
    sid: 'ReadPublished',
    actions: ['dynamodb:GetItem', 'dynamodb:Query'],
    resources: [data.table],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['PUBLIC#*'] } },
    key: { through: 'dynamodb', use: 'readTable' },
  };
}

export function consumeStream(data: DataArns): Grant[] {
  return [
    {
      sid: 'ConsumeStream',
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [data.stream],
      key: { through: 'dynamodb', use: 'readTable' },
    },
    // Listing is not of one stream; Lambda refuses the mapping without it.
    { sid: 'ListStreams', actions: ['dynamodb:ListStreams'], resources: [`${data.table}/stream/*`] },
  ];
}

/** Seals and opens what identifies a person. */
export function sealPersonalData(data: DataArns): Grant {
  return {
    sid: 'SealPersonalData',
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [data.personalDataKey],
  };
}

/** Opens what was sealed, for the moment of sending; it seals nothing. */
export function openPersonalData(data: DataArns): Grant {
  return { sid: 'OpenPersonalData', actions: ['kms:Decrypt'], resources: [data.personalDataKey] };
}

/** Signs certificates, and fetches the public half of the key. */
export function signCertificates(data: DataArns): Grant {
  return {
    sid: 'SignCertificates',
    actions: ['kms:Sign', 'kms:GetPublicKey'],
    resources: [data.certificateKey],
  };
}

/** Signs upload forms: S3 checks the signer's permission when the form is used. */
export function uploadToQuarantine(data: DataArns): Grant {
  return put('UploadToQuarantine', `${data.quarantine}/*`);
}

/** Signs download links. */
export function downloadClean(data: DataArns): Grant {
  return get('DownloadClean', `${data.clean}/*`);
}

export function inspectQuarantine(data: DataArns): Grant[] {
  return [
    // The very version that the event names, and no other.
    get('InspectQuarantine', `${data.quarantine}/*`, 's3:GetObjectVersion'),
    {
      sid: 'EmptyQuarantine',
      actions: ['s3:DeleteObjectVersion'],
      resources: [`${data.quarantine}/*`],
    },
  ];
}

export function releaseToClean(data: DataArns): Grant {
  return put('ReleaseToClean', `${data.clean}/*`);
}

/** @param folder the part of the ledger that the function writes: `journal`, `roots` */
export function writeLedger(data: DataArns, folder: string): Grant {
  return put('WriteLedger', `${data.ledger}/${folder}/*`);
}

export function readLedger(data: DataArns): Grant[] {
  return [
    get('ReadLedger', `${data.ledger}/*`),
    { sid: 'ListLedger', actions: ['s3:ListBucket'], resources: [data.ledger] },
  ];
}

/** Puts work orders for all desks. */
export function putWork(data: DataArns): Grant {
  return put('PutWork', `${data.work}/*`);
}

/** Reads the orders of one desk. */
export function readWork(data: DataArns, desk: WorkDesk): Grant {
  return get('ReadWork', `${data.work}/${desk}/*`);
}

/** Results and reports of evaluation runs: the function reads them, and signs links to them. */
export function readEvaluations(data: DataArns): Grant {
  return get('ReadEvaluations', `${data.ledger}/evaluations/*`);
}

/** Prints of certificates: the function signs links to them. */
export function readPrints(data: DataArns): Grant {
  return get('ReadPrints', `${data.ledger}/certificates/*`);
}

/** What Lambda does in the function's name with an event that failed for good. The prefix is Lambda's own. */
export function keepFailures(data: DataArns): Grant[] {
  return [
    put('KeepFailures', `${data.failures}/aws/lambda/*`),
    { sid: 'FindFailures', actions: ['s3:ListBucket'], resources: [data.failures] },
  ];
}

/** @param logGroup ARN of the function's own log group, without `:*` */
export function writeLogs(logGroup: string): Grant {
  return {
    sid: 'WriteLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [`${logGroup}:*`],
  };
}

/** The grants as one policy. */
export function policyOf(grants: readonly Grant[], dataKey: string): PolicyDocument {
  const statements = grants.map(
    ({ sid, actions, resources, conditions }) =>
      new PolicyStatement({
        sid,
        effect: Effect.ALLOW,
        actions: [...actions],
        resources: [...resources],
        ...(conditions ? { conditions } : {}),
      }),
  );
  for (const service of ['dynamodb', 's3'] as const) {
    const used = grants.flatMap(({ key }) => (key?.through === service ? keyActions[key.use] : []));
    if (used.length > 0) statements.push(keyThrough(service, [...new Set(used)].sort(), dataKey));
  }
  return new PolicyDocument({ statements });
}

function keyThrough(service: 'dynamodb' | 's3', actions: readonly string[], key: string): PolicyStatement {
  return new PolicyStatement({
    sid: service === 's3' ? 'DataKeyThroughS3' : 'DataKeyThroughDynamoDb',
    actions: [...actions],
    resources: [key],
    // The host ends in .com or .com.cn, depending on the partition.
    conditions: { StringLike: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com*` } },
  });
}

function put(sid: string, objects: string): Grant {
  return { sid, actions: ['s3:PutObject'], resources: [objects], key: { through: 's3', use: 'put' } };
}

function get(sid: string, objects: string, action = 's3:GetObject'): Grant {
  return {
    sid,
    actions: [action],
    resources: [objects],
    key: { through: 's3', use: 'read' },
  };
}
