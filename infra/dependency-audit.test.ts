import { expect, test } from 'vitest';
import { judge } from './dependency-audit.ts';

const report = (vulnerabilities: object): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { dependencies: { prod: 120 } } });
const one = (severity: string, fixAvailable: unknown = true) => ({ severity, range: '<2.0.0', fixAvailable });

test('no finding among the packages that were looked at is clean', () => {
  expect(judge(report({}))).toEqual({ outcome: 'clean', packages: 120, findings: [] });
});

test.each([
  ['low', 'tolerable'],
  ['moderate', 'tolerable'],
  ['high', 'bad'],
  ['critical', 'bad'],
])('a finding that is %s makes it %s', (severity, outcome) => {
  expect(judge(report({ 'left-pad': one(severity, false) }))).toEqual({
    outcome,
    packages: 120,
    findings: [`${severity} left-pad <2.0.0`],
  });
});

test('says where a fix is to be had', () => {
  const audit = judge(report({ a: one('low'), b: one('high', { name: 'b', version: '2.0.0' }) }));
  expect(
    audit.outcome === 'bad' && audit.findings.filter((said) => said.includes('a fix is available')),
  ).toHaveLength(2);
});

test.each([
  ['', 'npm said nothing readable'],
  ['<html>', 'npm said nothing readable'],
  ['{"vulnerabilities":{}}', 'npm said nothing readable'],
  [
    '{"message":"405 Method Not Allowed - POST https://registry.example/-/npm/v1/x"}',
    '405 Method Not Allowed - POST …',
  ],
])('%j was no audit', (output, reason) => {
  expect(judge(output)).toEqual({ outcome: 'not-audited', reason });
});
