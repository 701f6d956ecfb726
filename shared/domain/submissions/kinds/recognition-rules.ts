/** What is wrong or strange with an application for recognition, against itself and against the rules of its city (S-11). */
import { compareToPercent } from '../../../kernel/fraction.ts';
import { creditCodeDefect } from '../../../kernel/credit-code.ts';
import type { ModeRules, RuleSet, Sourced } from '../../policies/rule-set.ts';
import type { Facts, Finding } from '../kind.ts';
import { addsUp, hard, soft, sum } from './fields.ts';
import type { Recognition } from './recognition-fields.ts';

export function recognitionFindings(content: Recognition, facts: Facts): readonly Finding[] {
  const rules = facts.rules?.modes[content.supplyMode];
  return [
    ...ofNumbers(content),
    ...ofCodes(content),
    ...ofDates(content),
    ...(facts.rules === undefined
      ? []
      : rules
        ? [...ofHomes(content, rules), ...ofRents(content, rules)]
        : [modeNotUsed(facts.rules)]),
    ...(facts.rules ? ofPromises(content, facts.rules) : []),
  ];
}

function ofNumbers({ homes, beds, floorArea, buildings, types }: Recognition): Finding[] {
  const of = (name: 'homes' | 'beds'): number[] => buildings.map((building) => building[name]);
  const built = sum(buildings.map((building) => building.floorArea));
  return [
    ...addsUp(homes, of('homes'), 'buildings-do-not-add-up', '/buildings', {
      zh: '各楼栋套（间）数',
      en: 'The homes of the buildings',
    }),
    ...addsUp(beds, of('beds'), 'beds-do-not-add-up', '/buildings', {
      zh: '各楼栋床位数',
      en: 'The beds of the buildings',
    }),
    ...addsUp(
      homes,
      types.map((type) => type.homes),
      'types-do-not-add-up',
      '/types',
      { zh: '各户型套（间）数', en: 'The homes of the types' },
    ),
    ...(Math.abs(built - floorArea) > 0.01 * floorArea
      ? [
          soft(
            'floor-area-differs',
            '/floorArea',
            `各楼栋建筑面积合计${built}平方米，与总建筑面积${floorArea}平方米不一致`,
            `The buildings add up to ${built} m², not to ${floorArea} m²`,
          ),
        ]
      : []),
  ];
}

/** Some codes of the first years fail their check: so it is to be explained, not refused (GB 32100). */
function ofCodes({ owner, operator }: Recognition): Finding[] {
  const checked = [
    ['/owner/creditCode', owner.creditCode],
    ...(operator ? [['/operator/creditCode', operator.creditCode] as const] : []),
  ] as const;
  return checked.flatMap(([pointer, code]) =>
    creditCodeDefect(code) === undefined
      ? []
      : [
          soft(
            `credit-code-${pointer.split('/')[1] ?? ''}`,
            pointer,
            `统一社会信用代码${code}校验不符`,
            `The check digit of the credit code ${code} does not fit`,
          ),
        ],
  );
}

function ofDates({ startDate, finishDate, planYear }: Recognition): Finding[] {
  return [
    ...(finishDate < startDate
      ? [hard('finish-before-start', '/finishDate', '竣工日期早于开工日期', 'It ends before it begins')]
      : []),
    ...(startDate.slice(0, 4) < planYear
      ? [
          soft(
            'start-before-plan',
            '/startDate',
            '开工早于所列入的计划年度',
            'Works begin before the year of the plan',
          ),
        ]
      : []),
  ];
}

function modeNotUsed({ id }: RuleSet): Finding {
  return hard(
    'mode-not-used',
    '/supplyMode',
    `本市规则（${id}）未采用这种建设方式`,
    `The rules (${id}) do not use this mode`,
  );
}

function ofHomes({ homes, floorArea, operatingYears, types }: Recognition, rules: ModeRules): Finding[] {
  const { smallestProject, shortestOperatingYears, smallUnitArea, smallUnitShare } = rules;
  const small = smallUnitArea
    ? sum(types.filter(({ area }) => area <= smallUnitArea.value).map((type) => type.homes))
    : homes;
  return [
    ...belowRule('homes-below-rule', '/homes', homes, smallestProject.homes, '套（间）', 'homes'),
    ...belowRule('floor-area-below-rule', '/floorArea', floorArea, smallestProject.floorArea, '平方米', 'm²'),
    ...belowRule('term-below-rule', '/operatingYears', operatingYears, shortestOperatingYears, '年', 'years'),
    ...(smallUnitShare
      ? belowRule(
          'small-share-below-rule',
          '/types',
          (small / homes) * 100,
          smallUnitShare,
          '%（小户型占比）',
          '% of small units',
          (limit) => compareToPercent(small, homes, limit) >= 0,
        )
      : []),
    ...(smallUnitArea && small < homes
      ? [
          soft(
            'homes-above-small-unit',
            '/types',
            `${homes - small}套（间）超过小户型标准${smallUnitArea.value}平方米（${smallUnitArea.source}）`,
            `${homes - small} homes are above the small-unit area of ${smallUnitArea.value} m² (${smallUnitArea.source})`,
          ),
        ]
      : []),
  ];
}

/** What a confirmed rule forbids stops the filing; what nobody has confirmed wants an explanation. */
function belowRule(
  code: string,
  pointer: string,
  is: number,
  rule: Sourced<number | null>,
  zhUnit: string,
  enUnit: string,
  reaches = (limit: number): boolean => is >= limit,
): Finding[] {
  if (rule.value === null || reaches(rule.value)) return [];
  const find = rule.source === 'unverified' ? soft : hard;
  return [
    find(
      code,
      pointer,
      `${round(is)}低于规则要求的${rule.value}${zhUnit}（${rule.source}）`,
      `${round(is)} is below the ${rule.value} ${enUnit} of the rules (${rule.source})`,
    ),
  ];
}

function ofRents({ types }: Recognition, { rentCap }: ModeRules): Finding[] {
  return types.flatMap(({ name, proposedRent, assessedRent }, index) => {
    if (proposedRent === null || assessedRent === null || rentCap.value === null) return [];
    if (compareToPercent(proposedRent, assessedRent, rentCap.value) <= 0) return [];
    const share = (proposedRent / assessedRent) * 100;
    const find = rentCap.source === 'unverified' ? soft : hard;
    return [
      find(
        `rent-above-cap-${index}`,
        `/types/${index}/proposedRent`,
        `${name}拟定租金为评估租金的${round(share)}%，超过${rentCap.value}%（${rentCap.source}）`,
        `The rent of ${name} is ${round(share)} % of the assessed rent, above ${rentCap.value} % (${rentCap.source})`,
      ),
    ];
  });
}

/** 容缺受理: only the papers that the rules name. */
function ofPromises({ promised }: Recognition, { review }: RuleSet): Finding[] {
  return promised.flatMap(({ paper }, index) =>
    review.latePapers.value.includes(paper)
      ? []
      : [
          hard(
            'paper-not-late',
            `/promised/${index}/paper`,
            `规则不允许此项材料容缺：${paper}`,
            `The rules do not let this paper come later: ${paper}`,
          ),
        ],
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
