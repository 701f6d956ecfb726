import { describe, expect, it } from 'vitest';
import { Assembly, type Surroundings } from './template.ts';
import { assemblyOf, temporaryFolder, type SmallStack } from './testing.ts';

const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'records' } };
const unnamedTable = { Type: 'AWS::DynamoDB::Table' };

/** What a value of a property becomes, in a stack with a few neighbours. */
function resolved(
  value: unknown,
  around: Partial<Surroundings> = {},
  more: Partial<SmallStack> = {},
): unknown {
  const assembly = assemblyOf(
    {
      Main: {
        Parameters: {
          Issuer: { Type: 'String', Default: 'https://id.example' },
          Audience: { Type: 'String' },
          Origins: { Type: 'CommaDelimitedList', Default: 'https://a.example, https://b.example' },
        },
        Resources: {
          Subject: { Type: 'AWS::Lambda::Function', Properties: { value } },
          Table: table,
          Unnamed: unnamedTable,
          Files: { Type: 'AWS::S3::Bucket' },
          Key: { Type: 'AWS::KMS::Key' },
          Role: { Type: 'AWS::IAM::Role' },
          Topic: { Type: 'AWS::SNS::Topic' },
          Queries: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'queries' } },
          Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'anju-api' } },
          Tokens: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { Name: 'tokens' } },
          ...more.Resources,
        },
        ...(more.Outputs ? { Outputs: more.Outputs } : {}),
      },
    },
    around,
  );
  return assembly.ofType('AWS::Lambda::Function').find(({ id }) => id === 'Subject')?.properties['value'];
}

const arn = (...parts: string[]) => ['arn', ...parts].join(':');

describe('Ref', () => {
  it.each<[string, unknown]>([
    ['Issuer', 'https://id.example'],
    ['Origins', ['https://a.example', 'https://b.example']],
    ['Table', 'records'],
    ['Unnamed', 'Unnamed'],
    ['Files', 'main-files'],
    ['Queries', 'queries'],
    // These two have a name, but their reference is an id.
    ['Api', 'Api'],
    ['Tokens', 'Tokens'],
    ['AWS::Region', 'local-1'],
    ['AWS::AccountId', '000000000000'],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', 'Main'],
  ])('to %s', (id, expected) => {
    expect(resolved({ Ref: id })).toEqual(expected);
  });

  it('to a parameter takes what is given before what is set', () => {
    expect(resolved({ Ref: 'Issuer' }, { parameters: { Issuer: 'http://local' } })).toBe('http://local');
    expect(resolved({ Ref: 'Audience' }, { parameters: { Audience: '' } })).toBe('');
    expect(() => resolved({ Ref: 'Audience' })).toThrow('Main: Audience is neither');
  });

  it('to nothing names it and the stack', () => {
    expect(() => resolved({ Ref: 'Gone' })).toThrow('Main: Gone is neither');
    expect(() => resolved({ Ref: 'AWS::NoValue' })).toThrow('Main: AWS::NoValue is neither');
  });

  it('follows the partition', () => {
    const china = { partition: 'aws-cn', region: 'cn-north-1' };
    expect(resolved({ Ref: 'AWS::URLSuffix' }, china)).toBe('amazonaws.com.cn');
    expect(resolved({ 'Fn::GetAtt': ['Table', 'Arn'] }, china)).toBe(
      arn('aws-cn', 'dynamodb', 'cn-north-1', '000000000000', 'table/records'),
    );
  });

  it('gives a name that is put together', () => {
    const more = {
      Resources: {
        Composed: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { TableName: { 'Fn::Join': ['-', ['records', { Ref: 'AWS::Region' }]] } },
        },
      },
    };
    expect(resolved({ Ref: 'Composed' }, {}, more)).toBe('records-local-1');
  });
});

describe('Fn::GetAtt', () => {
  it.each<[string, string, string]>([
    ['Table', 'Arn', arn('aws', 'dynamodb', 'local-1', '000000000000', 'table/records')],
    ['Table', 'StreamArn', arn('aws', 'dynamodb', 'local-1', '000000000000', 'table/records/stream/local')],
    ['Files', 'Arn', arn('aws', 's3', '', '', 'main-files')],
    ['Queries', 'Arn', arn('aws', 'lambda', 'local-1', '000000000000', 'function:queries')],
    ['Key', 'Arn', arn('aws', 'kms', 'local-1', '000000000000', 'key/Key')],
    ['Role', 'Arn', arn('aws', 'iam', '', '000000000000', 'role/Role')],
  ])('%s %s', (id, attribute, expected) => {
    expect(resolved({ 'Fn::GetAtt': [id, attribute] })).toBe(expected);
    expect(resolved({ 'Fn::GetAtt': `${id}.${attribute}` })).toBe(expected);
  });

  it('names what it does not know', () => {
    expect(() => resolved({ 'Fn::GetAtt': ['Topic', 'Arn'] })).toThrow('Main: the attribute Topic.Arn');
    expect(() => resolved({ 'Fn::GetAtt': ['Api', 'Endpoint.Address'] })).toThrow('Api.Endpoint.Address');
    expect(() => resolved({ 'Fn::GetAtt': ['Gone', 'Arn'] })).toThrow('Main: Gone is no resource');
    expect(() => resolved({ 'Fn::GetAtt': ['Issuer', 'Arn'] })).toThrow('Main: Issuer is no resource');
  });
});

describe('the other intrinsics', () => {
  const parts = { 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] };

  it('joins, splits and selects, one inside the other', () => {
    expect(resolved({ 'Fn::Join': ['/', ['integrations', { Ref: 'Table' }, 7]] })).toBe(
      'integrations/records/7',
    );
    expect(resolved({ 'Fn::Join': ['|', { Ref: 'Origins' }] })).toBe('https://a.example|https://b.example');
    expect(resolved(parts)).toEqual(['arn', 'aws', 'dynamodb', 'local-1', '000000000000', 'table/records']);
    expect(resolved({ 'Fn::Select': [5, parts] })).toBe('table/records');
    expect(resolved({ 'Fn::Select': ['0', ['a', 'b']] })).toBe('a');
    expect(() => resolved({ 'Fn::Select': [9, parts] })).toThrow('Main: Fn::Select finds nothing at 9');
  });

  it('substitutes references, attributes and its own variables, and leaves literals', () => {
    expect(resolved({ 'Fn::Sub': '${AWS::Partition}/${Table}/${Issuer}' })).toBe(
      'aws/records/https://id.example',
    );
    expect(resolved({ 'Fn::Sub': 'at ${Files.Arn}.' })).toBe(`at ${arn('aws', 's3', '', '', 'main-files')}.`);
    const own = { Table: { 'Fn::Select': [0, ['own']] }, Word: 'word' };
    expect(resolved({ 'Fn::Sub': ['${Table} ${Word} ${Unnamed}', own] })).toBe('own word Unnamed');
    expect(resolved({ 'Fn::Sub': '${!Table} and ${Table}' })).toBe('${Table} and records');
  });

  it('resolves in lists and objects, and leaves other values as they are', () => {
    const given = { a: [{ Ref: 'Table' }, 1, null, true], b: { Ref: 'Table', other: 1 }, c: {} };
    expect(resolved(given)).toEqual({ a: ['records', 1, null, true], b: { Ref: 'Table', other: 1 }, c: {} });
  });

  it('names one that it does not know, and the stack', () => {
    expect(() => resolved({ 'Fn::Cidr': ['10.0.0.0/8', 1, 8] })).toThrow('Main: Fn::Cidr is not supported');
    expect(() => resolved({ 'Fn::If': ['InChina', 'a', 'b'] })).toThrow('Main: Fn::If is not supported');
  });
});

describe('an assembly', () => {
  const exported = {
    TableArn: {
      Value: { 'Fn::GetAtt': ['Table', 'Arn'] },
      Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Arn' } },
    },
    TableName: { Value: { Ref: 'Table' } },
  };

  it('carries values from stack to stack, whichever is read first', () => {
    const importing = {
      Resources: {
        Reader: {
          Type: 'AWS::Lambda::Function',
          Properties: { table: { 'Fn::ImportValue': { 'Fn::Join': [':', ['Data', 'Arn']] } } },
        },
      },
    };
    const assembly = assemblyOf({ Api: importing, Data: { Resources: { Table: table }, Outputs: exported } });
    const [reader] = assembly.ofType('AWS::Lambda::Function');
    expect(reader).toMatchObject({
      stack: 'Api',
      id: 'Reader',
      properties: { table: arn('aws', 'dynamodb', 'local-1', '000000000000', 'table/records') },
    });
    expect(assembly.output('TableName')).toBe('records');
    expect(() => assembly.output('Gone')).toThrow('No stack has an output Gone');
    expect(() => assemblyOf({ Api: importing })).toThrow('Api: nothing exports Data:Arn');
  });

  it('leaves out what only AWS runs, unresolved', () => {
    const alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { name: { 'Fn::Cidr': [] } } };
    const assembly = assemblyOf({ Main: { Resources: { Table: table, Alarm: alarm } } });
    expect(assembly.resources.map(({ id }) => id)).toEqual(['Table']);
  });

  it('refuses a resource that depends on a condition', () => {
    const conditional = { ...table, Condition: 'InChina' };
    expect(() => assemblyOf({ Main: { Resources: { Table: conditional } } })).toThrow(
      'Main/Table: a Condition',
    );
  });

  it('knows where the code of a function lies', () => {
    const hosted = (key: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: key } } });
    const assembly = assemblyOf(
      { Main: { Resources: { A: hosted('1f.zip'), B: hosted('2e.zip') } } },
      {},
      {
        '1f': { source: { path: 'asset.1f' }, destinations: { here: { objectKey: '1f.zip' } } },
      },
    );
    const [a, b] = assembly.ofType('AWS::Lambda::Function');
    expect(a && assembly.codeOf(a)).toMatch(/\/asset\.1f$/);
    expect(() => b && assembly.codeOf(b)).toThrow('Main/B: no asset 2e.zip');
  });

  it('says which folder has no assembly', () => {
    const { folder, remove } = temporaryFolder();
    expect(
      () => new Assembly(folder, { partition: 'aws', region: 'r', account: 'a', parameters: {} }),
    ).toThrow(folder);
    remove();
  });
});
