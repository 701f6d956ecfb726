import { describe, expect, test } from 'vitest';
import { creditCodeFits, creditCodeForm } from './credit-code.ts';

describe('the unified social credit code', () => {
  test.each([
    ['a company', '91150102TE5TNMA15J'],
    ['both check digits X', '91150103NMHT0003XX'],
    ['a check digit 0', '91150105NMHT002750'],
    ['an institution', '12150000TE5T00016X'],
    ['a rural collective', 'N2150121NMHT00216H'],
  ])('of %s fits', (_what, code) => {
    expect(creditCodeFits(code)).toBe(true);
  });

  test('finds every single wrong sign', () => {
    const code = '91150102TE5TNMA15J';
    for (let place = 0; place < code.length; place += 1) {
      const wrong = code.charAt(place) === '7' ? '8' : '7';
      expect(creditCodeFits(code.slice(0, place) + wrong + code.slice(place + 1)), String(place)).toBe(false);
    }
  });

  test.each(['', '91150102TE5TNMA15', '91150102TE5TNMA15JX', '9115010ITE5TNMA15J', '91150102te5tnma15j'])(
    'has another form than %j',
    (code) => {
      expect(creditCodeForm.test(code)).toBe(false);
      expect(creditCodeFits(code)).toBe(false);
    },
  );
});
