/** What counts as a change of a project that stands. */
import { describe, expect, it } from 'vitest';
import { sampleProject } from '../../projects/sample-project.ts';
import { change } from './change.ts';
import { checkContent } from './check-content.ts';
import { projectOf } from './recognition-outcome.ts';
import type { Recognition } from './recognition-fields.ts';
import { factsOf } from './sample-contents.ts';
import { sampleRecognition } from './sample-recognition.ts';

const county = '150102';
const content = sampleRecognition as Recognition;
const project = { ...sampleProject(), content: projectOf(content, { county }) };
const facts = { ...factsOf('p-1', { code: '150100' }), county, project };

function found(changes: object): string[] {
  const asked = { changes: ['homes'], reason: '调整户型', ...content, ...changes };
  return checkContent(change, asked, facts).map(({ level, code, pointer }) => `${level} ${code} ${pointer}`);
}

describe('the homes change', () => {
  const [one, two] = content.types;

  it.each([
    ['a type has another name', [{ ...one, name: '单间' }, two]],
    ['a type has another area', [{ ...one, area: 36 }, two]],
    [
      'the types have other numbers of homes',
      [
        { ...one, homes: 81 },
        { ...two, homes: 39 },
      ],
    ],
  ])('when %s, though there are as many in all', (_what, types) => {
    expect(found({ types })).toEqual([]);
    expect(found({ types, changes: ['schedule'] })).toEqual(['soft change-not-named-homes /changes']);
  });
});

it('another name is a change, though it belongs to no aspect', () => {
  expect(found({ project: { ...content.project, name: '演示·新名公寓' } })).toEqual([]);
  expect(found({})).toEqual(['hard nothing-changes /changes']);
});

it('a change of several aspects brings the papers of each', () => {
  const papers = change.papers.filter(
    ({ required }) =>
      typeof required === 'object' &&
      required.when({ ...content, changes: ['rent', 'owner', 'other'], reason: '转让' }),
  );
  expect(papers.map(({ code }) => code)).toEqual(['licence', 'transfer', 'rent-assessment']);
});
