import { describe, expect, it } from 'vitest';
import { cities, countiesOf, divisionOf, divisions } from './divisions.ts';

describe('the leagues, cities and counties', () => {
  it('are the twelve and their 103 counties, each once', () => {
    expect(cities).toHaveLength(12);
    expect(divisions).toHaveLength(12 + 103);
    expect(new Set(divisions.map(({ code }) => code)).size).toBe(divisions.length);
  });

  it('are read with code, parent, level and both names', () => {
    expect(divisionOf('152500')).toEqual({
      code: '152500',
      parent: '150000',
      level: 'city',
      name: '锡林郭勒盟',
      nameEn: 'Xilingol League',
    });
    expect(divisionOf('150102')).toEqual({
      code: '150102',
      parent: '150100',
      level: 'county',
      name: '新城区',
      nameEn: '',
    });
    expect(divisionOf('110000')).toBeUndefined();
  });

  it('lie each within its own: the counties of the twelve are all counties there are', () => {
    expect(cities.flatMap(({ code }) => countiesOf(code)).map(({ code }) => code)).toEqual(
      divisions.filter(({ level }) => level === 'county').map(({ code }) => code),
    );
    expect(countiesOf('150300').map(({ name }) => name)).toEqual(['海勃湾区', '海南区', '乌达区']);
    // A county has none of its own.
    expect(countiesOf('150302')).toEqual([]);
  });
});
