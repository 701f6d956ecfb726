import { describe, expect, it } from 'vitest';
import { reasonsOf } from '../../kernel/zod-reasons.ts';
import { issuerInputs, type IssuerActionName } from './lifecycle.ts';

function faults(action: IssuerActionName, input: object): string[] {
  const parsed = issuerInputs[action]().safeParse(input);
  return parsed.success ? [] : reasonsOf(parsed.error).map(({ code, pointer }) => `${code} ${pointer}`);
}

const decision = { reason: '发现出租对象不符', document: '演发〔2022〕3号' };
const sealed = { version: 1, form: 'scan', submission: 's', document: 'd' };

describe.each(['suspend', 'resume', 'revoke'] as const)('to %s a certificate', (action) => {
  it('takes a reason and the number of the decision, without the spaces around them', () => {
    const spaced = { reason: ` ${decision.reason} `, document: ` ${decision.document} ` };
    expect(issuerInputs[action]().parse(spaced)).toStrictEqual(decision);
    expect(faults(action, { reason: '由'.repeat(1000), document: '号'.repeat(100) })).toEqual([]);
  });

  it.each([
    ['neither of them', {}, ['invalid-type /reason', 'invalid-type /document']],
    ['no reason but spaces', { ...decision, reason: '  ' }, ['too-small /reason']],
    ['a reason beyond 1000 signs', { ...decision, reason: '由'.repeat(1001) }, ['too-big /reason']],
    ['a number beyond 100 signs', { ...decision, document: '号'.repeat(101) }, ['too-big /document']],
    ['anything else besides', { ...decision, by: 'x' }, ['unknown-field /by']],
  ])('is refused with %s', (_what, input, found) => {
    expect(faults(action, input)).toEqual(found);
  });
});

describe('to bind the sealed print', () => {
  it.each(['scan', 'ofd'])('takes its version, its form %s, and where it was uploaded', (form) => {
    expect(issuerInputs.seal().parse({ ...sealed, form })).toStrictEqual({ ...sealed, form });
  });

  it('is refused with every reason at once', () => {
    expect(
      faults('seal', { version: 0, form: 'stamp', submission: 's'.repeat(61), document: 'd'.repeat(61) }),
    ).toEqual(['too-small /version', 'invalid-value /form', 'too-big /submission', 'too-big /document']);
  });
});
