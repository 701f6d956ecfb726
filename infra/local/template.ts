/**
 * Reads the synthesized CloudFormation: all stacks of an assembly, parameters, intrinsics, cross-stack values. What
 * cannot be resolved is an error that names it.
 */
import { readStack, stackNames, type Stack } from './assembly-files.ts';

export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
}

export interface Surroundings {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The resources of every stack, with all values resolved, and where each function's code lies. */
export class Assembly {
  readonly resources: readonly Resource[];
  readonly #stacks: readonly Stack[];
  readonly #around: Surroundings;
  readonly #exports = new Map<string, { stack: Stack; value: unknown }>();

  constructor(outdir: string, around: Surroundings) {
    this.#around = around;
    this.#stacks = stackNames(outdir).map((name) => readStack(outdir, name));
    for (const stack of this.#stacks) {
      for (const { Value: value, Export: exported } of Object.values(stack.outputs)) {
        if (exported) this.#exports.set(String(this.#resolve(stack, exported.Name)), { stack, value });
      }
    }
    this.resources = this.#stacks.flatMap((stack) =>
      Object.entries(stack.resources)
        .filter(([, { Type: type }]) => runs.some((prefix) => type.startsWith(prefix)))
        .map(([id, { Type: type, Condition: condition, Properties: properties }]) => {
          if (condition !== undefined)
            throw new Error(`${stack.name}/${id}: a Condition is not supported on one machine`);
          return {
            stack: stack.name,
            id,
            type,
            properties: this.#resolve(stack, properties ?? {}) as Record<string, unknown>,
          };
        }),
    );
  }

  ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The folder of a function's code. */
  codeOf(resource: Resource): string {
    const key = String((resource.properties['Code'] as { S3Key: string }).S3Key);
    const folder = this.#stacks.find((stack) => stack.name === resource.stack)?.assets[key];
    if (!folder) throw new Error(`${resource.stack}/${resource.id}: no asset ${key}`);
    return folder;
  }

  /** The output of a stack, by name. */
  output(name: string): string {
    for (const stack of this.#stacks) {
      const output = stack.outputs[name];
      if (output) return String(this.#resolve(stack, output.Value));
    }
    throw new Error(`No stack has an output ${name}`);
  }

  /** What `Ref` gives: a physical name that stays the same over restarts. */
  nameOf(resource: Resource): string {
    return this.#ref(this.#stackOf(resource.stack), resource.id);
  }

  arnOf(resource: Resource): string {
    return this.#attribute(this.#stackOf(resource.stack), resource.id, 'Arn');
  }

  #stackOf(name: string): Stack {
    const stack = this.#stacks.find((one) => one.name === name);
    if (!stack) throw new Error(`No stack ${name}`);
    return stack;
  }

  #resolve(stack: Stack, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#resolve(stack, one));
    if (typeof value !== 'object' || value === null) return value;
    const [name, ...others] = Object.keys(value);
    const argument = (value as Record<string, unknown>)[name ?? ''];
    if (others.length === 0 && name !== undefined) {
      if (name === 'Ref') return this.#refValue(stack, String(argument));
      if (name.startsWith('Fn::')) return this.#intrinsic(stack, name, argument);
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.#resolve(stack, one)]));
  }

  #intrinsic(stack: Stack, name: string, argument: unknown): unknown {
    const list = Array.isArray(argument) ? (argument as unknown[]) : [argument];
    switch (name) {
      case 'Fn::GetAtt':
        return this.#attributeAt(stack, list.map(String).join('.'));
      case 'Fn::Join':
        return (this.#resolve(stack, list[1]) as unknown[]).map(String).join(String(list[0]));
      case 'Fn::Select': {
        const index = Number(this.#resolve(stack, list[0]));
        const chosen = (this.#resolve(stack, list[1]) as unknown[])[index];
        if (chosen === undefined) throw new Error(`${stack.name}: Fn::Select finds nothing at ${index}`);
        return chosen;
      }
      case 'Fn::Split':
        return String(this.#resolve(stack, list[1])).split(String(list[0]));
      case 'Fn::Sub':
        return this.#substituted(stack, String(list[0]), (list[1] ?? {}) as Record<string, unknown>);
      case 'Fn::ImportValue': {
        const wanted = String(this.#resolve(stack, argument));
        const found = this.#exports.get(wanted);
        if (!found) throw new Error(`${stack.name}: nothing exports ${wanted}`);
        return this.#resolve(found.stack, found.value);
      }
      default:
        throw new Error(`${stack.name}: ${name} is not supported on one machine`);
    }
  }

  #substituted(stack: Stack, template: string, own: Record<string, unknown>): string {
    return template.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(own, name)) return String(this.#resolve(stack, own[name]));
      return name.includes('.') ? this.#attributeAt(stack, name) : this.#ref(stack, name);
    });
  }

  /** A parameter that is a list gives its members, everything else text. */
  #refValue(stack: Stack, id: string): string | string[] {
    const value = this.#ref(stack, id);
    const isList = /^(CommaDelimitedList|List<.*>)$/.test(stack.parameters[id]?.Type ?? '');
    return isList ? value.split(',').map((one) => one.trim()) : value;
  }

  #ref(stack: Stack, id: string): string {
    const { partition, region, account, parameters } = this.#around;
    const pseudo: Record<string, string> = {
      'AWS::Partition': partition,
      'AWS::Region': region,
      'AWS::AccountId': account,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': stack.name,
    };
    const known = pseudo[id] ?? parameters[id] ?? stack.parameters[id]?.Default;
    if (known !== undefined) return known;
    const resource = stack.resources[id];
    if (!resource) throw new Error(`${stack.name}: ${id} is neither a parameter with a value nor a resource`);
    const named = resource.Properties?.[nameProperties[resource.Type] ?? ''];
    if (named !== undefined) return String(this.#resolve(stack, named));
    // Bucket names are lower case; for the others the logical id serves as it is.
    return resource.Type === 'AWS::S3::Bucket' ? `${stack.name}-${id}`.toLowerCase() : id;
  }

  /** @param reference `LogicalId.Attribute`; the attribute may itself have dots */
  #attributeAt(stack: Stack, reference: string): string {
    const dot = reference.indexOf('.');
    return this.#attribute(stack, reference.slice(0, dot), reference.slice(dot + 1));
  }

  #attribute(stack: Stack, id: string, attribute: string): string {
    const { partition, region, account } = this.#around;
    const type = stack.resources[id]?.Type;
    if (type === undefined) throw new Error(`${stack.name}: ${id} is no resource, so it has no ${attribute}`);
    const name = this.#ref(stack, id);
    const arn = (service: string, rest: string): string =>
      ['arn', partition, service, region, account, rest].join(':');
    if (type === 'AWS::S3::Bucket' && attribute === 'Arn')
      return ['arn', partition, 's3', '', '', name].join(':');
    if (type === 'AWS::DynamoDB::Table' && attribute === 'Arn') return arn('dynamodb', `table/${name}`);
    if (type === 'AWS::DynamoDB::Table' && attribute === 'StreamArn')
      return arn('dynamodb', `table/${name}/stream/local`);
    if (type === 'AWS::Lambda::Function' && attribute === 'Arn') return arn('lambda', `function:${name}`);
    if (type === 'AWS::KMS::Key' && attribute === 'Arn') return arn('kms', `key/${name}`);
    if (type === 'AWS::IAM::Role' && attribute === 'Arn')
      return ['arn', partition, 'iam', '', account, `role/${name}`].join(':');
    throw new Error(`${stack.name}: the attribute ${id}.${attribute} is not known on one machine`);
  }
}

/** The kinds that may be given a name which `Ref` then gives; the others go by their logical id. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
};

/** The kinds of resource that the runtime runs; logs and alarms are for AWS alone. */
const runs = [
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Events::Rule',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::GuardDuty::MalwareProtectionPlan',
  'AWS::IAM::Role',
  'AWS::S3::BucketPolicy',
];
