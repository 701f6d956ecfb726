/** The edges of the form of an application for recognition. */
import { describe, expect, it } from 'vitest';
import { checkContent } from './check-content.ts';
import { recognition } from './recognition.ts';
import { recognitionContent } from './recognition-fields.ts';
import { factsOf } from './sample-contents.ts';
import { company, sampleRecognition } from './sample-recognition.ts';

function found(changes: object): string[] {
  const content = { ...sampleRecognition, ...changes };
  return checkContent(recognition, content, factsOf('p', { code: '150100' })).map(
    ({ level, code, pointer }) => `${level} ${code} ${pointer}`,
  );
}

const owned = (creditCode: string) => ({ owner: { ...sampleRecognition.owner, creditCode } });

describe('the credit code of an owner', () => {
  it.each(['I', 'O', 'S', 'V', 'Z'])('has no %s, which no certificate could say', (letter) => {
    expect(found(owned(`${company.slice(0, 17)}${letter}`))).toEqual([
      'hard invalid-format /owner/creditCode',
    ]);
  });

  it.each([`0${company}`, `${company}0`, company.slice(1), company.toLowerCase()])('is not %s', (code) => {
    expect(found(owned(code))).toEqual(['hard invalid-format /owner/creditCode']);
  });

  it('may have blanks around it, which do not count', () => {
    expect(found(owned(` ${company} `))).toEqual([]);
    expect(recognitionContent().parse({ ...sampleRecognition, ...owned(` ${company} `) }).owner).toEqual(
      sampleRecognition.owner,
    );
  });
});

it('a number of a real-estate unit is measured without the blanks around it', () => {
  expect(found({ realEstateUnits: [` ${'9'.repeat(40)} `] })).toEqual([]);
  expect(found({ realEstateUnits: ['9'.repeat(41)] })).toEqual(['hard too-big /realEstateUnits/0']);
  expect(found({ realEstateUnits: ['  '] })).toEqual(['hard too-small /realEstateUnits/0']);
});

it.each(['2021', '2029', '2030', '2099'])('a plan may be of the year %s', (planYear) => {
  expect(found({ planYear }).filter((one) => one.startsWith('hard'))).toEqual([]);
});

it.each(['12021', '20210', '1921', '2020'])('no plan is of the year %s', (planYear) => {
  expect(found({ planYear })).toEqual(['hard invalid-format /planYear']);
});

it('a project has one building at least and sixty at most', () => {
  const [whole] = sampleRecognition.buildings;
  const split = (count: number): object => ({
    buildings: Array.from({ length: count }, (_, index) => ({
      ...whole,
      name: `${index + 1}号楼`,
      floorArea: 6000 / count,
      homes: 120 / count,
    })),
  });
  expect(found({ buildings: [] })).toEqual(['hard too-small /buildings']);
  expect(found(split(2))).toEqual([]);
  expect(found(split(60))).toEqual([]);
  expect(found({ buildings: Array.from({ length: 61 }, () => whole) })).toEqual(['hard too-big /buildings']);
});
