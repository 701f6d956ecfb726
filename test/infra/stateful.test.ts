/** What keeps data keeps its logical id: under a new one CloudFormation would make it anew, and empty. */
import { expect, test } from 'vitest';
import { targets } from '../../infra/config.ts';
import { assemblyOf, resourcesOf } from './assembly.ts';

const stateful = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key'];

test.each(targets)('the logical ids of table, buckets and keys are those of every version (%s)', (target) => {
  const found = Object.entries(assemblyOf(target).stacks).flatMap(([stack, template]) =>
    stateful.flatMap((type) => resourcesOf(template, type).map(({ id }) => `${stack} ${type} ${id}`)),
  );
  expect(found.toSorted()).toMatchInlineSnapshot(`
    [
      "AnjuData AWS::DynamoDB::Table TableCD117FA1",
      "AnjuData AWS::KMS::Key CertificateKeyF39219A0",
      "AnjuData AWS::KMS::Key DataKey17AFBB84",
      "AnjuData AWS::KMS::Key PersonalDataKeyAF90130A",
      "AnjuData AWS::S3::Bucket AccessLogs8B620ECA",
      "AnjuData AWS::S3::Bucket Clean5C95EE93",
      "AnjuData AWS::S3::Bucket Failures8A3E1A2F",
      "AnjuData AWS::S3::Bucket LedgerB7379752",
      "AnjuData AWS::S3::Bucket Quarantine23FF09FE",
      "AnjuData AWS::S3::Bucket WorkBF636A8B",
      "AnjuObservability AWS::KMS::Key AlarmKeyE05DE300",
    ]
  `);
});
