/** What a call to a service asks of IAM: each operation's actions, and on what. */
import type { Access } from './policy.ts';

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** ARN of the key that the table and the buckets are under. */
  readonly dataKey: string | undefined;
}

type Input = Readonly<Record<string, unknown>>;

/** Reads and writes of the table. A transaction has no action of its own: each part is asked for by its own name. */
const tableActions: Readonly<Record<string, string>> = {
  GetItem: 'GetItem',
  BatchGetItem: 'BatchGetItem',
  Query: 'Query',
  Scan: 'Scan',
  PutItem: 'PutItem',
  UpdateItem: 'UpdateItem',
  DeleteItem: 'DeleteItem',
  BatchWriteItem: 'BatchWriteItem',
  DescribeTable: 'DescribeTable',
};
const parts = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
} as const;

/** @returns what the caller must be allowed; undefined for an operation that no function may ever ask for */
export function tableAccess(operation: string, input: Input, place: Place): readonly Access[] | undefined {
  const table = (name: unknown): string =>
    `arn:${place.partition}:dynamodb:${place.region}:${place.account}:table/${String(name)}`;
  const keyed = (accesses: readonly Access[]): readonly Access[] => [
    ...accesses,
    ...keyThrough('dynamodb', accesses, place),
  ];
  if (operation === 'TransactWriteItems') {
    const items = (input['TransactItems'] ?? []) as Readonly<Record<string, { TableName: string }>>[];
    return keyed(
      items.flatMap((item) =>
        Object.entries(parts).flatMap(([part, action]) =>
          item[part] ? [{ action: `dynamodb:${action}`, resource: table(item[part].TableName) }] : [],
        ),
      ),
    );
  }
  if (operation === 'TransactGetItems') {
    const items = (input['TransactItems'] ?? []) as { Get: { TableName: string } }[];
    return keyed(items.map(({ Get }) => ({ action: 'dynamodb:GetItem', resource: table(Get.TableName) })));
  }
  const action = tableActions[operation];
  if (action === undefined) return undefined;
  const named =
    operation.startsWith('Batch') && input['RequestItems']
      ? Object.keys(input['RequestItems'])
      : [input['TableName']];
  const index = input['IndexName'] as string | undefined;
  const context = leadingKeys(operation, input);
  return keyed(
    named.map((name) => ({
      action: `dynamodb:${action}`,
      resource: index === undefined ? table(name) : `${table(name)}/index/${index}`,
      ...(context ? { context } : {}),
    })),
  );
}

/** The partition that a read is of, which a policy may bound. */
function leadingKeys(operation: string, input: Input): Access['context'] {
  const value = (one: unknown): string[] => {
    const { S: text } = (one ?? {}) as { S?: string };
    return text === undefined ? [] : [text];
  };
  if (operation === 'GetItem')
    return { 'dynamodb:LeadingKeys': value((input['Key'] as Input | undefined)?.['PK']) };
  if (operation !== 'Query') return undefined;
  const first = /=\s*(:\w+)/.exec(String(input['KeyConditionExpression']))?.[1] ?? '';
  return {
    'dynamodb:LeadingKeys': value((input['ExpressionAttributeValues'] as Input | undefined)?.[first]),
  };
}

/** Of each kind of request to an object, what it needs. The same names as the engine's own table of operations. */
const objectActions: Readonly<Record<string, readonly string[]>> = {
  'GET service': ['s3:ListAllMyBuckets'],
  'HEAD bucket': ['s3:ListBucket'],
  'GET bucket': ['s3:ListBucket'],
  'GET bucket ?versions': ['s3:ListBucketVersions'],
  'PUT object': ['s3:PutObject'],
  'POST object': ['s3:PutObject'],
  'GET object': ['s3:GetObject'],
  'HEAD object': ['s3:GetObject'],
  'DELETE object': ['s3:DeleteObject'],
  'PUT object ?tagging': ['s3:PutObjectTagging'],
  'GET object ?tagging': ['s3:GetObjectTagging'],
};
const versioned: Readonly<Record<string, string>> = {
  's3:GetObject': 's3:GetObjectVersion',
  's3:DeleteObject': 's3:DeleteObjectVersion',
};

export interface ObjectRequest {
  /** As the engine names it: `PUT object`. */
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

export function objectAccess(
  { operation, bucket, key, versionId }: ObjectRequest,
  place: Place,
): readonly Access[] | undefined {
  const actions = objectActions[operation];
  if (!actions) return undefined;
  const base = `arn:${place.partition}:s3:::${bucket}`;
  const context = { 'aws:SecureTransport': ['true'], 's3:TlsVersion': ['1.3'] };
  const accesses = actions.map((action) => ({
    action: versionId === undefined ? action : (versioned[action] ?? action),
    resource: operation.includes(' object') ? `${base}/${key}` : base,
    context,
  }));
  return [...accesses, ...keyThrough('s3', accesses, place)];
}

/** What an event source mapping asks of a stream. */
export function streamAccess(actions: readonly string[], stream: string, place: Place): readonly Access[] {
  const accesses = actions.map((action) => ({ action: `dynamodb:${action}`, resource: stream }));
  return [...accesses, ...keyThrough('dynamodb', accesses, place)];
}

/** KMS, when a function asks it by itself. */
export function keyAccess(operation: string, keyArn: string): readonly Access[] {
  return [{ action: `kms:${operation}`, resource: keyArn }];
}

/** Table and buckets are under a key of ours: what reads them decrypts, what writes an object asks for a data key. */
function keyThrough(
  service: 'dynamodb' | 's3',
  accesses: readonly Access[],
  place: Place,
): readonly Access[] {
  if (place.dataKey === undefined) return [];
  const resource = place.dataKey;
  const context = { 'kms:ViaService': [`${service}.${place.region}.amazonaws.com`] };
  const need = (action: string): Access => ({ action: `kms:${action}`, resource, context });
  if (service === 'dynamodb') {
    return accesses.length > 0 ? [need('Decrypt')] : [];
  }
  return [
    ...(accesses.some(({ action }) => action === 's3:PutObject') ? [need('GenerateDataKey')] : []),
    ...(accesses.some(({ action }) => /^s3:GetObject(Version)?$/.test(action)) ? [need('Decrypt')] : []),
  ];
}
