/** What is wrong or strange with a change: what it may not touch, what it says it changes, and all that the recognition asks for. */
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { ProjectContent } from '../../projects/project.ts';
import type { Facts, Finding } from '../kind.ts';
import { changeAspects, type ChangeAspect, type ProjectChange } from './change-fields.ts';
import { hard, soft } from './fields.ts';
import { projectOf } from './recognition-outcome.ts';
import { recognitionFindings } from './recognition-rules.ts';

export function changeFindings(content: ProjectChange, facts: Facts): readonly Finding[] {
  const standing = facts.project?.content;
  return [
    ...recognitionFindings(content, facts),
    ...(standing
      ? [...ofWhatStays(content, standing), ...ofWhatChanges(content, standing, facts.county ?? '')]
      : []),
  ];
}

/** With one of these changed it is another project, or another procedure: the homes count in the plan that they were recognised in. */
function ofWhatStays(content: ProjectChange, standing: ProjectContent): Finding[] {
  const fixed = [
    ['/supplyMode', content.supplyMode === standing.mode, '建设方式', 'the supply mode'],
    ['/landPath', content.landPath === standing.path, '用地用房路径', 'the way to land or building'],
    ['/planYear', Number(content.planYear) === standing.planYear, '列入的年度计划', 'the plan that it is in'],
  ] as const;
  const term: Finding[] =
    content.operatingYears === standing.operatingYears
      ? []
      : [
          hard(
            'term-by-renewal',
            '/operatingYears',
            `运营期限为${standing.operatingYears}年，延长的请申请续期`,
            `The term is ${standing.operatingYears} years: a longer one is a renewal`,
          ),
        ];
  return [
    ...fixed.flatMap(([pointer, same, zh, en]) =>
      same ? [] : [hard('fixed-by-recognition', pointer, `${zh}不得变更`, `A change does not touch ${en}`)],
    ),
    ...term,
  ];
}

/** What of the register belongs to which aspect; of what is `other` it keeps nothing to compare. */
const partsOf: Readonly<Record<Exclude<ChangeAspect, 'other'>, (project: ProjectContent) => unknown>> = {
  owner: ({ owner }) => owner,
  operator: ({ operator }) => operator,
  extent: ({ address, landArea, floorArea, resources }) => [address, landArea, floorArea, resources],
  homes: ({ homes, beds, homesByType }) => [
    homes,
    beds,
    homesByType.map((row) => [row.type, row.area, row.homes]),
  ],
  schedule: ({ schedule, investment }) => [schedule, investment],
  rent: ({ homesByType }) => homesByType.map(({ rent, assessedRent }) => [rent, assessedRent]),
};

function ofWhatChanges(content: ProjectChange, standing: ProjectContent, county: string): Finding[] {
  const next = projectOf(content, { county });
  const changed = (Object.keys(partsOf) as (keyof typeof partsOf)[]).filter(
    (aspect) => !same(partsOf[aspect](next), partsOf[aspect](standing)),
  );
  const unnamed = changed.filter((aspect) => !content.changes.includes(aspect));
  if (changed.length === 0 && next.name === standing.name && !content.changes.includes('other'))
    return [
      hard(
        'nothing-changes',
        '/changes',
        '与现行认定内容一致，没有变更',
        'It is as it stands: nothing changes',
      ),
    ];
  return unnamed.map((aspect) =>
    soft(
      `change-not-named-${aspect}`,
      '/changes',
      `内容与现行认定不同，但变更事项未列明：${changeAspects[aspect].zh}`,
      `It differs from what stands, and is not named among the changes: ${changeAspects[aspect].en}`,
    ),
  );
}

function same(one: unknown, other: unknown): boolean {
  return canonicalJson([one]) === canonicalJson([other]);
}
