/** A resource for tests and demonstrations: invented. */
import type { Resource, ResourceDetails } from './resource.ts';

export function sampleDetails(given: Partial<ResourceDetails> = {}): ResourceDetails {
  return {
    kind: 'building',
    path: 'building',
    name: '演示·原纺织厂三号楼',
    address: '演示路1号',
    county: '150102',
    unitNumber: '150102001002GB00003F00010001',
    floorArea: 5200.5,
    presentUse: '闲置厂房',
    holder: { name: '演示纺织有限公司', code: '91150102TE5TNMA15J' },
    ...given,
  };
}

export function sampleResource(given: Partial<Resource> = {}): Resource {
  const at = '2021-10-12T01:00:00.000Z';
  return {
    id: 'r-1',
    city: '150100',
    details: sampleDetails(),
    state: 'idle',
    registeredAt: at,
    updatedAt: at,
    seq: 0,
    hash: '',
    ...given,
  };
}
