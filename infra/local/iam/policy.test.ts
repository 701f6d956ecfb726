import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isLike, judge, type Access, type Statement } from './policy.ts';

const access: Access = {
  action: 's3:GetObject',
  resource: 'arn:aws-cn:s3:::ledger/evaluations/2021.1/report.pdf',
};
const allow: Statement = {
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws-cn:s3:::ledger/evaluations/*',
};

describe('a judgement', () => {
  it('is no without a statement, and without one that speaks of the request', () => {
    expect(judge([], access)).toBe('not-allowed');
    expect(judge([{ ...allow, Action: 's3:PutObject' }], access)).toBe('not-allowed');
    expect(judge([{ ...allow, Resource: 'arn:aws-cn:s3:::ledger/roots/*' }], access)).toBe('not-allowed');
  });

  it('allows what a statement allows, whatever the case of the action', () => {
    expect(judge([allow], access)).toBe('allowed');
    expect(judge([{ ...allow, Action: ['kms:Decrypt', 'S3:getobject'] }], access)).toBe('allowed');
    expect(judge([{ ...allow, Action: 's3:Get*' }], access)).toBe('allowed');
  });

  it('keeps the case of what it is done to', () => {
    expect(judge([{ ...allow, Resource: 'arn:aws-cn:s3:::Ledger/*' }], access)).toBe('not-allowed');
  });

  it('understands what is left out', () => {
    const { Action: _action, ...rest } = allow;
    expect(judge([{ ...rest, NotAction: 's3:DeleteObject' }], access)).toBe('allowed');
    expect(judge([{ ...rest, NotAction: 's3:*' }], access)).toBe('not-allowed');
    const { Resource: _resource, ...other } = allow;
    expect(judge([{ ...other, NotResource: 'arn:aws-cn:s3:::ledger/*' }], access)).toBe('not-allowed');
    expect(judge([{ ...other, NotResource: 'arn:aws-cn:s3:::clean/*' }], access)).toBe('allowed');
  });

  it('lets a denial win wherever it stands', () => {
    const deny: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };
    expect(judge([allow, deny], access)).toBe('denied');
    expect(judge([deny, allow], access)).toBe('denied');
  });

  it('does not guess', () => {
    expect(() => judge([{ ...allow, NotPrincipal: '*' }], access)).toThrow('NotPrincipal');
    expect(() => judge([{ ...allow, Condition: { DateLessThan: { k: '1' } } }], access)).toThrow(
      'DateLessThan',
    );
  });
});

describe('a condition', () => {
  const under = (Condition: Statement['Condition'] & object, context: Access['context'] & object) =>
    judge([{ ...allow, Condition }], { ...access, context });

  test.each([
    [{ StringEquals: { k: 'a' } }, { k: ['a'] }, true],
    [{ StringEquals: { k: ['a', 'b'] } }, { K: ['b'] }, true],
    [{ StringEquals: { k: 'a' } }, { k: ['A'] }, false],
    [{ StringEquals: { k: 'a' } }, {}, false],
    [{ StringEqualsIfExists: { k: 'a' } }, {}, true],
    [{ StringNotEquals: { k: 'a' } }, {}, true],
    [{ StringNotEquals: { k: 'a' } }, { k: ['a'] }, false],
    [{ StringLike: { k: 's3.*.amazonaws.com*' } }, { k: ['s3.cn-north-1.amazonaws.com.cn'] }, true],
    [{ Bool: { k: false } }, { k: ['false'] }, true],
    [{ NumericLessThan: { k: '1.2' } }, { k: ['1.3'] }, false],
    [{ 'ForAllValues:StringLike': { k: 'PUBLIC#*' } }, { k: ['PUBLIC#plans', 'PUBLIC#cities'] }, true],
    [{ 'ForAllValues:StringLike': { k: 'PUBLIC#*' } }, { k: ['PUBLIC#plans', 'SUB#1'] }, false],
    [{ 'ForAnyValue:StringLike': { k: 'PUBLIC#*' } }, { k: ['PUBLIC#plans', 'SUB#1'] }, true],
    [{ 'ForAnyValue:StringLike': { k: 'PUBLIC#*' } }, {}, false],
    [{ StringEquals: { k: 'a' }, Bool: { l: true } }, { k: ['a'], l: ['false'] }, false],
  ] as const)('%j over %j holds: %s', (condition, context, holds) => {
    expect(under(condition, context) === 'allowed').toBe(holds);
  });
});

const statement = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
  Action: fc.constantFrom('s3:*', 's3:GetObject', 'kms:*', '*'),
  Resource: fc.constantFrom('*', 'arn:aws-cn:s3:::ledger/*', 'arn:aws-cn:s3:::clean/*'),
});

test('one more permission takes nothing away, one more denial gives nothing', () => {
  fc.assert(
    fc.property(fc.array(statement), statement, (before, one) => {
      const [was, is] = [judge(before, access), judge([...before, one], access)];
      if (one.Effect === 'Allow') expect(was === 'allowed').toBe(was === 'allowed' && is === 'allowed');
      else expect(is === 'allowed' && was !== 'allowed').toBe(false);
    }),
  );
});

test('a pattern without stars is the text itself', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/[*?]/.test(text));
      expect(isLike(text, text)).toBe(true);
      expect(isLike(text, `${text}x`)).toBe(false);
    }),
  );
});
