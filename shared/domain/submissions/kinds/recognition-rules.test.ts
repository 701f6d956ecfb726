/** What is found on an application for recognition, against itself and against the rules of its city. */
import { describe, expect, it } from 'vitest';
import { regionalDefault, type ModeRules, type RuleSet } from '../../policies/rule-set.ts';
import { madeOf } from '../../policies/sample-rules.ts';
import type { Finding } from '../kind.ts';
import { checkContent } from './check-content.ts';
import { recognition } from './recognition.ts';
import { factsOf } from './sample-contents.ts';
import { company, sampleRecognition } from './sample-recognition.ts';

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const [building] = sampleRecognition.buildings;
/** Their rents are assessed later, so that what is found is not about rents. */
const [one, two] = sampleRecognition.types.map((type) => ({ ...type, proposedRent: null }));

/** So many homes of 35 m², and so many of another size. */
function sized(small: number, others = 0, area = 60): object {
  const homes = small + others;
  const types = [
    { ...one, homes: small },
    { ...two, area, homes: others },
  ];
  return { homes, buildings: [{ ...building, homes }], types };
}

const sizedFloor = (floorArea: number) => ({ floorArea, buildings: [{ ...building, floorArea }] });

const application = { ...sampleRecognition, ...sized(120) };

function findingsOf(changes: object, rules?: RuleSet): readonly Finding[] {
  const facts = { ...factsOf('p', { code: '150100' }), ...(rules ? { rules } : {}) };
  return checkContent(recognition, { ...application, ...changes }, facts);
}

function found(changes: object, rules?: RuleSet): string[] {
  return findingsOf(changes, rules).map(({ level, code, pointer }) => `${level} ${code} ${pointer}`);
}

const said = (changes: object, rules?: RuleSet): string[] =>
  findingsOf(changes, rules).map(({ text }) => text.en);

const city = madeOf({
  modes: {
    conversion: {
      smallestProject: { homes: 100, floorArea: 5000 },
      shortestOperatingYears: 8,
      smallUnitShare: 80,
      rentCap: 80,
    },
  },
});

/** The city's rules, but for what the test lays down for conversions. */
function withRules(changes: Partial<ModeRules>): RuleSet {
  const { conversion } = city.modes;
  return { ...city, modes: { ...city.modes, conversion: conversion && { ...conversion, ...changes } } };
}

describe('a limit', () => {
  const source = '演示';

  // Each of these shares, computed the plain way, comes out a hair below itself.
  it.each([
    [57, 43],
    [58, 42],
    [29, 21],
    [114, 86],
  ])('of small homes is kept by %i beside %i others', (small, others) => {
    const value = (small * 100) / (small + others);
    const rules = withRules({ smallUnitArea: { value: 35, source }, smallUnitShare: { value, source } });
    const codes = (changes: object) => found(changes, rules).filter((one) => one.includes('share'));
    expect(codes(sized(small, others))).toEqual([]);
    expect(codes(sized(small - 1, others + 1))).toEqual(['hard small-share-below-rule /types']);
  });

  it.each([
    [9.63, 10.7],
    [10.98, 12.2],
    [19.26, 21.4],
  ])('of 90 %% for rents is kept by %d of %d', (proposedRent, assessedRent) => {
    const rules = withRules({ rentCap: { value: 90, source } });
    const rented = (rent: number) => ({ types: [{ ...one, homes: 120, proposedRent: rent, assessedRent }] });
    const codes = (rent: number) => found(rented(rent), rules).filter((code) => code.includes('rent'));
    expect(codes(proposedRent)).toEqual([]);
    expect(codes(proposedRent + 0.01)).toEqual(['hard rent-above-cap-0 /types/0/proposedRent']);
  });
});

describe('an application against itself', () => {
  it('has as many homes and beds as its buildings, and as its types', () => {
    expect(found({ buildings: [{ ...building, homes: 119, beds: 2 }], types: [one] })).toEqual([
      'hard buildings-do-not-add-up /buildings',
      'hard beds-do-not-add-up /buildings',
      'hard types-do-not-add-up /types',
    ]);
  });

  it('is told what does not add up', () => {
    const texts = findingsOf({ buildings: [{ ...building, homes: 119, beds: 2 }], types: [one] });
    expect(texts.map(({ text }) => text)).toEqual([
      { zh: like(/楼栋套.*119.*120/), en: like(/homes.*buildings/) },
      { zh: like(/楼栋床位.*2.*0/), en: like(/beds.*buildings/) },
      { zh: like(/户型套.*80.*120/), en: like(/homes.*types/) },
    ]);
  });

  it.each([
    [5939, ['soft floor-area-differs /floorArea']],
    [5940, []],
    [6060, []],
    [6061, ['soft floor-area-differs /floorArea']],
  ])('may differ by one per cent from the floor area of its buildings: %d of 6000 m²', (built, findings) => {
    const halves = [
      { ...building, floorArea: 3000, homes: 60 },
      { ...building, floorArea: built - 3000, homes: 60 },
    ];
    expect(found({ buildings: halves })).toEqual(findings);
  });

  it('explains a credit code whose check digit does not fit, of owner and operator apart', () => {
    const wrong = `${company.slice(0, 17)}K`;
    const owner = { ...sampleRecognition.owner, creditCode: wrong };
    const operator = { name: '演示运营有限公司', creditCode: company };
    expect(found({ owner })).toEqual(['soft credit-code-owner /owner/creditCode']);
    expect(found({ operator })).toEqual([]);
    expect(found({ owner, operator: { ...operator, creditCode: wrong } })).toEqual([
      'soft credit-code-owner /owner/creditCode',
      'soft credit-code-operator /operator/creditCode',
    ]);
  });

  it('does not end before it begins; it may end on the day', () => {
    expect(found({ startDate: '2021-11-15', finishDate: '2021-11-15' })).toEqual([]);
    expect(found({ startDate: '2021-11-15', finishDate: '2021-11-14' })).toEqual([
      'hard finish-before-start /finishDate',
    ]);
  });

  it('explains works that begin before the year of its plan', () => {
    const planned = { planYear: '2022', finishDate: '2022-12-31' };
    expect(found({ ...planned, startDate: '2022-01-01' })).toEqual([]);
    expect(found({ ...planned, startDate: '2021-12-31' })).toEqual(['soft start-before-plan /startDate']);
  });
});

describe('the rules of its city', () => {
  it('measure nothing while no rules are known', () => {
    expect(found({ ...sized(1), operatingYears: 1 })).toEqual([]);
  });

  it('refuse a way of supply that they do not use, and measure nothing else', () => {
    const changes = { ...sized(1), supplyMode: 'renovation' };
    expect(found(changes, city)).toEqual(['hard mode-not-used /supplyMode']);
    expect(said(changes, city)).toEqual([expect.stringContaining('150600/1')]);
  });

  it.each([
    ['homes', sized(100), sized(99), 'homes-below-rule /homes'],
    ['floor area', sizedFloor(5000), sizedFloor(4999), 'floor-area-below-rule /floorArea'],
    ['years', { operatingYears: 8 }, { operatingYears: 7 }, 'term-below-rule /operatingYears'],
    ['small homes for a hundred', sized(80, 20), sized(79, 21), 'small-share-below-rule /types'],
  ])('refuse fewer %s than they confirm', (_what, least, less, finding) => {
    const refused = (changes: object) => found(changes, city).filter((line) => line.startsWith('hard'));
    expect(refused(least)).toEqual([]);
    expect(refused(less)).toEqual([`hard ${finding}`]);
  });

  it('of the region, which nobody has confirmed, want an explanation instead', () => {
    expect(found(sized(50), regionalDefault)).toEqual([]);
    expect(found(sized(49), regionalDefault)).toEqual(['soft homes-below-rule /homes']);
    const dear = { types: [{ ...one, proposedRent: 91, assessedRent: 100, homes: 120 }] };
    expect(found(dear, regionalDefault)).toEqual(['soft rent-above-cap-0 /types/0/proposedRent']);
  });

  it('set no limit where they lay none down', () => {
    const none = { value: null, source: 'x' };
    const open = withRules({
      smallestProject: { homes: none, floorArea: none },
      shortestOperatingYears: none,
      rentCap: none,
    });
    const types = [{ ...one, homes: 1, proposedRent: 30, assessedRent: 10 }];
    expect(found({ ...sized(1), types, operatingYears: 1 }, open)).toEqual([]);
  });

  it('count a home of exactly the small-unit area among the small, and ask about each above it', () => {
    expect(found(sized(100, 20, 50), city)).toEqual([]);
    expect(found(sized(100, 20, 50.1), city)).toEqual(['soft homes-above-small-unit /types']);
    expect(findingsOf(sized(100, 20, 50.1), city).map(({ text }) => text)).toEqual([
      { zh: like(/^20套.*50平方米/), en: like(/^20 homes .*50 m²/) },
    ]);
  });

  it('say the share that falls short with two decimals', () => {
    expect(said(sized(100, 50), city)[0]).toMatch(/^66\.67 is below the 80 %/);
  });

  it('find no share of small units too small in a project of beds alone', () => {
    const beds = { beds: 10, homes: 0, buildings: [{ ...building, homes: 0, beds: 10 }] };
    expect(found({ ...beds, types: [{ ...one, homes: 0 }] }, city)).toEqual(['hard homes-below-rule /homes']);
  });
});

describe('a rent', () => {
  const asked = (proposedRent: number | null, assessedRent: number | null) => ({
    types: [
      { ...one, proposedRent: 10, assessedRent: 20 },
      { ...two, area: 50, proposedRent, assessedRent },
    ],
  });

  it('may reach the cap of the market rent that the city confirms, and not exceed it', () => {
    expect(found(asked(16, 20), city)).toEqual([]);
    expect(found(asked(16.01, 20), city)).toEqual(['hard rent-above-cap-1 /types/1/proposedRent']);
    expect(said(asked(16.01, 20), city)).toEqual([expect.stringMatching(/80\.05 %.*above 80 %/)]);
  });

  it.each([
    ['proposed', null, 20],
    ['assessed', 30, null],
    ['proposed nor assessed', null, null],
  ])('that is not yet %s is measured later', (_what, proposed, assessed) => {
    expect(found(asked(proposed, assessed), city)).toEqual([]);
  });
});
