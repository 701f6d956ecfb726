import { describe, expect, it } from 'vitest';
import { defectsOf, findingsOf } from './findings.ts';
import type { ResourceDetails } from './resource.ts';
import { sampleDetails } from './sample-resource.ts';

function plot(given: Partial<ResourceDetails> = {}): ResourceDetails {
  const { floorArea: _floor, ...rest } = sampleDetails({ kind: 'land', path: 'park', landArea: 8000 });
  return { ...rest, ...given };
}

describe('the area that matters', () => {
  it('is the plot’s of land, and the floor’s of a building', () => {
    const pointers = (details: ResourceDetails) => defectsOf(details).map(({ pointer }) => pointer);
    const { landArea: _land, ...bare } = plot();
    expect(pointers(plot())).toEqual([]);
    expect(pointers({ ...bare, floorArea: 5200 })).toEqual(['/landArea']);
    expect(pointers({ ...bare, kind: 'building', landArea: 8000 })).toEqual(['/floorArea']);
    expect(pointers(sampleDetails({ landArea: 8000 }))).toEqual([]);
  });
});

describe('what is strange', () => {
  it('is nothing about a number that was not given', () => {
    const { unitNumber: _unit, ...without } = sampleDetails({ holder: { name: '演示纺织有限公司' } });
    expect(findingsOf(without)).toEqual([]);
  });

  it('carries an explanation only where the keeper gave one to it', () => {
    const details = sampleDetails({
      unitNumber: '1',
      path: 'park',
      explanations: { 'path-unusual': '园区内的存量厂房' },
    });
    const [unit, path, ...more] = findingsOf(details);
    expect(more).toEqual([]);
    expect(unit?.code).toBe('unit-number-form');
    expect(unit).not.toHaveProperty('explanation');
    expect(path).toMatchObject({ code: 'path-unusual', explanation: '园区内的存量厂房' });
  });

  it('says of a number from elsewhere both counties', () => {
    const [found] = findingsOf(sampleDetails({ county: '150103' }));
    expect(found).toMatchObject({ code: 'unit-number-elsewhere', pointer: '/unitNumber' });
    for (const said of [found?.text.zh, found?.text.en]) {
      expect(said).toContain('150102');
      expect(said).toContain('150103');
    }
  });

  it.each([
    ['building', 'park', '产业园区配套用地', '房屋', 'a building'],
    ['building', 'state-new', '新供应国有建设用地', '房屋', 'a building'],
    ['land', 'building', '非居住存量房屋', '土地', 'land'],
  ] as const)('about %s that comes the way of %s says both', (kind, path, way, zh, en) => {
    const [found, ...more] = findingsOf(plot({ kind, path }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'path-unusual', pointer: '/path' });
    expect(found?.text.zh).toContain(`“${way}”一般不含${zh}`);
    expect(found?.text.en).toMatch(new RegExp(`does not usually mean ${en}$`));
  });

  it.each(['collective', 'institution', 'park', 'state-new', 'other'] as const)(
    'is not that land comes the way of %s',
    (path) => expect(findingsOf(plot({ path }))).toEqual([]),
  );
});
