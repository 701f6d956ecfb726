import { expect, test } from 'vitest';
import type { PublicCertificate } from './ports.ts';
import { standingOf } from './public-view.ts';

const version = (number: number, issuedOn: string) => ({
  version: number,
  issuedOn,
  validFrom: '2021-11-08',
  validTo: '2031-11-07',
  content: String(number).repeat(64),
  kid: 'k',
});

function certificate(given: Partial<PublicCertificate> = {}): PublicCertificate {
  return {
    number: '保租认字〔2021〕150102-0001号',
    state: 'valid',
    since: '2021-11-09',
    version: 2,
    versions: [version(1, '2021-11-09'), version(2, '2022-05-01')],
    issuer: '新城区人民政府',
    project: { name: '演示项目', place: '呼和浩特市新城区' },
    owner: '演示公司',
    validFrom: '2021-11-08',
    validTo: '2031-11-07',
    ...given,
  };
}

const today = '2023-01-01';
const state = (given: Partial<PublicCertificate>, asked?: number, on = today) => {
  const standing = standingOf(certificate(given), asked, on);
  return standing && [standing.state, standing.since, standing.version];
};

test('the version in force is told by itself, an older one as changed since the next was issued', () => {
  expect(state({})).toEqual(['valid', '2021-11-09', 2]);
  expect(state({}, 2)).toEqual(['valid', '2021-11-09', 2]);
  expect(state({}, 1)).toEqual(['changed', '2022-05-01', 1]);
  expect(standingOf(certificate(), 1, today)).toMatchObject({ currentVersion: 2, content: '1'.repeat(64) });
  expect(state({}, 3)).toBeUndefined();
});

test('an end of the certificate is the end of each version, with the number of its decision', () => {
  const revoked = { state: 'revoked' as const, since: '2022-09-01', document: '演发〔2022〕9号' };
  expect(state(revoked)).toEqual(['revoked', '2022-09-01', 2]);
  expect(state(revoked, 1)).toEqual(['revoked', '2022-09-01', 1]);
  expect(standingOf(certificate(revoked), 1, today)).toMatchObject({ document: '演发〔2022〕9号' });
  expect(state({ state: 'cancelled', since: '2022-09-01' }, 1)).toEqual(['cancelled', '2022-09-01', 1]);
  expect(state({ state: 'suspended', since: '2022-09-01' })).toEqual(['suspended', '2022-09-01', 2]);
});

test('it runs out by the clock, on the day after its last, whatever was recorded', () => {
  expect(state({}, undefined, '2031-11-07')).toEqual(['valid', '2021-11-09', 2]);
  expect(state({}, undefined, '2031-11-08')).toEqual(['expired', '2031-11-08', 2]);
  expect(state({ state: 'suspended', since: '2022-09-01' }, 2, '2032-01-01')).toEqual([
    'expired',
    '2031-11-08',
    2,
  ]);
});
