import { describe, expect, it } from 'vitest';
import { certificateStates, type CertificateState } from '../certificates/certificate.ts';
import { notOpenFor } from './open-for.ts';

const actions = ['issue', 'amend', 'renew', 'cancel'] as const;
const of = (state: string) => ({ certificate: { id: 'c-1', state } });

describe('a further filing about a project', () => {
  it.each<[(typeof actions)[number], readonly CertificateState[]]>([
    ['issue', ['pending']],
    ['amend', ['valid', 'suspended']],
    ['renew', ['valid', 'expired']],
    ['cancel', ['valid', 'suspended', 'expired']],
  ])('to %s can be made in some states of its certificate and in no other', (action, open) => {
    const states = Object.keys(certificateStates) as CertificateState[];
    expect(states.filter((state) => notOpenFor(action, of(state)) === undefined)).toEqual(open);
  });

  it.each(actions)(
    'to %s cannot be made without a certificate, and says that there is none yet',
    (action) => {
      const reason = notOpenFor(action, {});
      expect(reason).toMatchObject({ code: 'project-not-open', pointer: '/period' });
      expect(reason?.text.zh).toContain('尚无');
      expect(reason?.text.en).toContain('there is none yet');
    },
  );

  it('is shown at the project that was named, with what was asked and how its certificate stands', () => {
    const reason = notOpenFor('amend', of('revoked'));
    expect(reason).toMatchObject({ code: 'project-not-open', pointer: '/period' });
    expect(reason?.text.zh).toContain('变更');
    expect(reason?.text.zh).toContain('已撤销');
    expect(reason?.text.en).toContain('amend');
    expect(reason?.text.en).toContain('revoked');
  });
});
