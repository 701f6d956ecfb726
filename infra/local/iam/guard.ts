/**
 * The guard of the local engines: every call of a function is judged by its role and by the policy of what it asks for. The
 * machine's own tools, which sign with the owner's key, are not.
 */
import type { Assembly, Resource } from '../template.ts';
import {
  keyAccess,
  objectAccess,
  streamAccess,
  tableAccess,
  type ObjectRequest,
  type Place,
} from './access.ts';
import { judge, type Access, type Statement } from './policy.ts';

/** What was asked and allowed, for whoever compares it with what was granted. */
export interface UsedAccess {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
}

export interface GuardOptions {
  readonly place: Omit<Place, 'dataKey'>;
  /** Access keys of functions are this one, a hyphen and the function's name. */
  readonly owner: string;
  readonly warn: (line: string) => void;
  readonly used?: (access: UsedAccess) => void;
}

export class AccessGuard {
  readonly #place: Place;
  readonly #options: GuardOptions;
  /** By the function's name. */
  readonly #roles = new Map<string, readonly Statement[]>();
  /** By ARN of the bucket or key. */
  readonly #resources = new Map<string, readonly Statement[]>();
  readonly #judged = new Map<string, string | undefined>();

  constructor(assembly: Assembly, options: GuardOptions) {
    this.#options = options;
    const roles = new Map(
      assembly.ofType('AWS::IAM::Role').map((role) => [assembly.arnOf(role), statementsOf(role)]),
    );
    for (const lambda of assembly.ofType('AWS::Lambda::Function'))
      this.#roles.set(assembly.nameOf(lambda), roles.get(String(lambda.properties['Role'])) ?? []);
    for (const policy of assembly.ofType('AWS::S3::BucketPolicy')) {
      const bucket = `arn:${options.place.partition}:s3:::${String(policy.properties['Bucket'])}`;
      this.#resources.set(bucket, documentOf(policy.properties['PolicyDocument']));
    }
    for (const key of assembly.ofType('AWS::KMS::Key'))
      this.#resources.set(assembly.arnOf(key), documentOf(key.properties['KeyPolicy']));
    const encrypted = assembly
      .ofType('AWS::DynamoDB::Table')
      .map(
        ({ properties }) =>
          (properties['SSESpecification'] as { KMSMasterKeyId?: string } | undefined)?.KMSMasterKeyId,
      );
    this.#place = { ...options.place, dataKey: encrypted[0] };
  }

  /** @returns why not; undefined when it may be done */
  refusesTable(caller: string, operation: string, input: unknown): string | undefined {
    return this.#refuses(caller, operation, () =>
      tableAccess(operation, (input ?? {}) as Record<string, unknown>, this.#place),
    );
  }

  refusesObject(caller: string, request: ObjectRequest): string | undefined {
    return this.#refuses(caller, request.operation, () => objectAccess(request, this.#place));
  }

  refusesKey(caller: string, operation: string, keyArn: string): string | undefined {
    return this.#refuses(caller, operation, () => keyAccess(operation, keyArn));
  }

  /** What AWS itself does in a function's name: it reads the stream of an encrypted table. */
  refusesStream(name: string, stream: string): string | undefined {
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    for (const access of streamAccess(actions, stream, this.#place)) {
      const refused = this.#judge(name, access);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  #refuses(
    caller: string,
    operation: string,
    asked: () => readonly Access[] | undefined,
  ): string | undefined {
    const { owner } = this.#options;
    if (caller === owner) return undefined;
    const name = caller.startsWith(`${owner}-`) ? caller.slice(owner.length + 1) : '';
    const accesses = asked();
    if (!accesses) return this.#refused(name, `${operation} is for no function`);
    for (const access of accesses) {
      const refused = this.#judge(name, access);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  #judge(name: string, access: Access): string | undefined {
    const { action, resource, context } = access;
    const asked = `${name} ${action} ${resource} ${context ? JSON.stringify(context) : ''}`;
    if (!this.#judged.has(asked)) {
      // Keys of objects and partitions are many: what was judged long ago is judged again.
      if (this.#judged.size > 20_000) this.#judged.clear();
      this.#judged.set(asked, this.#judgement(name, access));
    }
    const refused = this.#judged.get(asked);
    if (refused === undefined) this.#options.used?.({ function: name, action, resource });
    return refused;
  }

  #judgement(name: string, access: Access): string | undefined {
    const own = this.#roles.get(name);
    if (!own) return this.#refused(name, 'nobody knows this function');
    const bySelf = judge(own, access);
    // Within one account the role suffices; what the resource's own policy denies is denied all the same.
    const byResource = judge(this.#policyOf(access.resource).filter(speaksOfFunctions), access);
    const said = `is not authorized to perform: ${access.action} on resource: ${access.resource}`;
    if (bySelf === 'denied' || byResource === 'denied')
      return this.#refused(name, `${said} with an explicit deny`);
    return bySelf === 'allowed'
      ? undefined
      : this.#refused(name, `${said} because no identity-based policy allows the ${access.action} action`);
  }

  #policyOf(resource: string): readonly Statement[] {
    const [bucket = ''] = resource.split('/');
    return this.#resources.get(resource) ?? this.#resources.get(bucket) ?? [];
  }

  #refused(name: string, why: string): string {
    const { partition, account } = this.#options.place;
    const sentence = `User: arn:${partition}:sts::${account}:assumed-role/${name} ${why}`;
    this.#options.warn(
      `{"level":"ERROR","message":"IAM: access denied","function":"${name}","detail":${JSON.stringify(sentence)}}\n`,
    );
    return sentence;
  }
}

/** Statements for services, such as the delivery of logs, do not speak of functions. */
function speaksOfFunctions({ Principal }: Statement): boolean {
  return Principal === undefined || Principal === '*' || 'AWS' in Principal;
}

function statementsOf({ properties }: Resource): readonly Statement[] {
  const inline = (properties['Policies'] ?? []) as { PolicyDocument: unknown }[];
  if (properties['ManagedPolicyArns'] !== undefined)
    throw new Error('IAM: managed policies are not understood on one machine');
  return inline.flatMap(({ PolicyDocument }) => documentOf(PolicyDocument));
}

function documentOf(document: unknown): readonly Statement[] {
  return [(document as { Statement?: Statement | Statement[] } | undefined)?.Statement ?? []].flat();
}
