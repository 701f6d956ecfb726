/** A certificate as it is kept: what was written is read back whole, and nothing is left out. */
import { describe, expect, it } from 'vitest';
import { Certificate, stateSince, versionOf } from './certificate.ts';
import { pendingCertificate } from './sample-certificate.ts';

const paper = { submission: 's-1', document: 'd-1', sha256: 'x' };

const first = {
  version: 1,
  issuedAt: '2021-11-09T02:00:00.000Z',
  submission: 's-1',
  validFrom: '2021-11-08',
  validTo: '2031-11-07',
  content: 'c'.repeat(64),
  kid: 'k',
  print: { key: 'certificates/x.pdf', sha256: 'f', bytes: 9 },
  seal: { form: 'ofd' as const, at: '2021-11-10T02:00:00.000Z', ...paper },
};

/** With everything that a certificate can have. */
const whole = pendingCertificate({
  number: '保租认字〔2021〕150102-0001号',
  state: 'suspended',
  version: 1,
  drafted: { version: 2, by: 'renew', validTo: '2041-11-07' },
  reminded: 90,
  issuedAt: first.issuedAt,
  versions: [first],
  history: [
    { state: 'pending', at: '2021-11-08T02:00:00.000Z' },
    { state: 'suspended', at: '2022-03-01T02:00:00.000Z', reason: '核查', document: '演发〔2022〕3号' },
  ],
  evidence: { grade: 'B', remark: '存档不全', scan: paper },
});

describe('a certificate that was kept', () => {
  it('is read back with all of its parts', () => {
    expect(Certificate().parse(whole)).toStrictEqual(whole);
  });

  it('is read back without the parts that it need not have', () => {
    const {
      submission: _none,
      drafted: _signed,
      ...bare
    } = pendingCertificate({
      evidence: { grade: 'C' },
    });
    const { submission: _paper, kid: _unsigned, print: _unprinted, seal: _unsealed, ...imported } = first;
    const read = { ...bare, versions: [imported] };
    expect(Certificate().parse(read)).toStrictEqual(read);
  });

  it.each(['issue', 'amend', 'renew'])('may wait for a version that was drafted by %s', (by) => {
    const drafted = { version: 2, by, validTo: '2041-11-07' };
    expect(Certificate().parse({ ...whole, drafted }).drafted).toEqual(drafted);
  });

  it.each([
    ['a draft by anything else', { drafted: { version: 2, by: 'seal', validTo: '2041-11-07' } }],
    ['a state that there is not', { state: 'lost' }],
    ['a seal of another form', { versions: [{ ...first, seal: { ...first.seal, form: 'stamp' } }] }],
    ['a print without its hash', { versions: [{ ...first, print: { key: 'k', bytes: 9 } }] }],
    ['a grade that there is not', { evidence: { grade: 'D' } }],
  ])('is not read with %s', (_what, changed) => {
    expect(Certificate().safeParse({ ...whole, ...changed }).success).toBe(false);
  });
});

describe('of a certificate', () => {
  it('the version in force is found, or the one that is asked for, or none', () => {
    const second = { ...first, version: 2 };
    const renewed = { ...whole, version: 2, versions: [first, second] };
    expect(versionOf(renewed)).toBe(second);
    expect(versionOf(renewed, 1)).toBe(first);
    expect(versionOf(renewed, 3)).toBeUndefined();
    expect(versionOf(pendingCertificate())).toBeUndefined();
  });

  it('its state began with the last entry of its history, or with the decision', () => {
    expect(stateSince(whole)).toBe('2022-03-01T02:00:00.000Z');
    expect(stateSince({ ...whole, history: [] })).toBe(whole.decidedAt);
  });
});
