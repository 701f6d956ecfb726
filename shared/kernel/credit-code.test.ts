import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditCheckDigit, creditCodeDefect, organisationCheckDigit } from './credit-code.ts';

const samples = [
  '91150102TE5TNMA15J',
  '91150103NMHT0003XX',
  '91150105NMHT002750',
  '12150000TE5T00016X',
  'N2150121NMHT00216H',
];

describe('a unified social credit code', () => {
  it.each(samples)('%s holds, of a company, an institution or a rural collective', (code) => {
    expect(creditCodeDefect(code)).toBeUndefined();
  });

  it.each(['', '9115', `${samples[0]}0`, '91150102TE5TNMA15I', '91150102TE5TNMA15j', '９1150102TE5TNMA15J'])(
    '%j is none by its form',
    (code) => expect(creditCodeDefect(code)).toBe('form'),
  );

  it('with one sign changed is found out', () => {
    const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat({ max: 17 }),
        fc.constantFrom(...signs),
        (code, at, sign) => {
          fc.pre(code[at] !== sign);
          const changed = code.slice(0, at) + sign + code.slice(at + 1);
          expect(creditCodeDefect(changed)).toBe('check-digit');
        },
      ),
    );
  });

  it('whose whole fits may still hold a false organisation code', () => {
    const body = '91150102TE5TNMA10';
    expect(creditCodeDefect(body + creditCheckDigit(body))).toBe('organisation-digit');
  });

  it('has for every body one check digit that fits', () => {
    const sign = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY');
    fc.assert(
      fc.property(fc.array(sign, { minLength: 16, maxLength: 16 }), (signs) => {
        const organisation = signs.slice(8).join('');
        const body = signs.slice(0, 8).join('') + organisation + organisationCheckDigit(organisation);
        expect(creditCodeDefect(body + creditCheckDigit(body))).toBeUndefined();
      }),
    );
  });
});
