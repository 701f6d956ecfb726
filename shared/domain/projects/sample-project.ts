/** A project for tests and demonstrations: invented. */
import { projectFrom, type Application } from './lifecycle.ts';
import type { Project, ProjectContent } from './project.ts';

export function sampleContent(given: Partial<ProjectContent> = {}): ProjectContent {
  return {
    name: '演示·青年公寓一期',
    address: '演示路1号',
    county: '150102',
    owner: { code: '91150102TE5TNMA15J', name: '演示租赁有限公司', kind: 'rental-company' },
    mode: 'conversion',
    path: 'building',
    resources: ['r-1'],
    homes: 300,
    beds: 300,
    homesByType: [
      { type: '单间', area: 28, homes: 200 },
      { type: '一居室', area: 45, homes: 100 },
    ],
    smallHomes: 300,
    floorArea: 12_600.5,
    investment: 4200,
    schedule: { start: '2021-11-15', finish: '2022-08-31' },
    operatingYears: 10,
    planYear: 2021,
    ...given,
  };
}

/** As its first filing makes it. */
export function sampleProject(
  content: Partial<ProjectContent> = {},
  given: Partial<Application> = {},
): Project {
  return projectFrom({
    id: 'p-1',
    submission: 's-1',
    content: sampleContent(content),
    ruleSet: 'default/1',
    due: '2021-10-19',
    at: '2021-10-12T01:00:00.000Z',
    ...given,
  });
}
