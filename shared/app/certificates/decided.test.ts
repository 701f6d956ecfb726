import { describe, expect, it } from 'vitest';
import { sampleTerms } from '../../domain/certificates/sample-certificate.ts';
import { certifiable } from './decided.ts';

describe('what was decided', () => {
  it('is certifiable as it is', () => {
    expect(certifiable(sampleTerms)).toEqual({ ok: true, value: sampleTerms });
  });

  it('is not when a certificate could not say it, and each reason is told', () => {
    const unfit = { ...sampleTerms, operatingYears: 71, unitNumbers: [''] };
    expect(certifiable(unfit)).toMatchObject({
      ok: false,
      error: {
        code: 'incomplete',
        params: { count: 2 },
        errors: [{ pointer: '/unitNumbers/0' }, { pointer: '/operatingYears' }],
      },
    });
  });
});
