/** The edges of a renewal, beside what `later-kinds.test.ts` says of it. */
import { expect, it } from 'vitest';
import { sampleProject } from '../../projects/sample-project.ts';
import type { Facts } from '../kind.ts';
import { checkContent } from './check-content.ts';
import { renewal } from './renewal.ts';
import { factsOf, renewalSample } from './sample-contents.ts';

function found(years: number, facts: Partial<Facts>): string[] {
  const about = { ...factsOf('p-1', { code: '150100' }), ...facts };
  return checkContent(renewal, { ...renewalSample, years }, about).map(
    ({ level, code, pointer }) => `${level} ${code} ${pointer}`,
  );
}

it('a project may reach seventy years in all, to the year', () => {
  const project = sampleProject({ operatingYears: 41 });
  expect(found(29, { project })).toEqual([]);
  expect(found(30, { project })).toEqual(['hard term-too-long /years']);
});

it('a renewal is not late while there is no certificate that ends', () => {
  const project = sampleProject();
  expect(project.certificate).toBeUndefined();
  expect(found(5, { project, today: '2099-12-31' })).toEqual([]);
  expect(found(5, { project: { ...project, certificate: { id: 'c', state: 'valid' } } })).toEqual([]);
});
