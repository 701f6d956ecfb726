import { expect, it } from 'vitest';
import { realEstateUnitOf } from './real-estate-unit.ts';

it('is read part by part', () => {
  expect({ ...realEstateUnitOf('150102001002GB00003F00010001') }).toEqual({
    county: '150102',
    zone: '001',
    subZone: '002',
    parcelKind: 'GB',
    parcel: '00003',
    fixture: 'F',
    fixtureUnit: '00010001',
  });
});

it.each([
  '',
  '150102001002GB00003F0001000',
  '150102001002GB00003F000100011',
  '15010A001002GB00003F00010001',
  '150102001002gb00003F00010001',
  '150102001002GB0000XF00010001',
])('%j has another form', (number) => {
  expect(realEstateUnitOf(number)).toBeUndefined();
});
