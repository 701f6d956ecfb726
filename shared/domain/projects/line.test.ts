import { describe, expect, it } from 'vitest';
import { isNamed, projectLine } from './line.ts';
import { sampleProject } from './sample-project.ts';

describe('the line of a project', () => {
  const project = sampleProject();

  it('shows what the list needs, and nothing else of the project', () => {
    expect(projectLine(project)).toStrictEqual({
      id: 'p-1',
      city: '150100',
      county: '150102',
      name: '演示·青年公寓一期',
      owner: { code: '91150102TE5TNMA15J', name: '演示租赁有限公司' },
      mode: 'conversion',
      path: 'building',
      homes: 300,
      planYear: 2021,
      stage: 'applied',
      due: '2021-10-19',
      updatedAt: '2021-10-12T01:00:00.000Z',
    });
  });

  it('has a due date while a limit runs, and none once the project has ended', () => {
    expect(projectLine(sampleProject({}, { due: undefined }))).not.toHaveProperty('due');
    expect(projectLine({ ...project, stage: 'recognised' })).toHaveProperty('due', '2021-10-19');
    expect(projectLine({ ...project, stage: 'cancelled' })).not.toHaveProperty('due');
  });

  it('says the number and the state of its certificate, as far as there is one', () => {
    const certificateOf = (certificate: { id: string; number?: string; state: string; validTo?: string }) =>
      projectLine({ ...project, certificate }).certificate;
    const number = '保租认字〔2021〕150102-0001号';
    expect(certificateOf({ id: 'c-1', number, state: 'valid', validTo: '2031-11-08' })).toStrictEqual({
      number,
      state: 'valid',
    });
    expect(certificateOf({ id: 'c-1', state: 'pending' })).toStrictEqual({ state: 'pending' });
    expect(projectLine(project)).not.toHaveProperty('certificate');
  });
});

it.each([
  ['青年公寓（一期）', '公寓(一期)', true],
  ['ＡＢ·公寓', 'ab公寓', true],
  ['ab公寓', 'Ａ Ｂ', true],
  ['青年公寓', '青年公寓一期', false],
  ['青年公寓', '公寓青年', false],
])('of a name %s is found by %s: %s', (name, sought, found) => {
  expect(isNamed({ name }, sought)).toBe(found);
});
