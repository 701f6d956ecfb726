/** What is wrong or strange with the numbers that policy measures lay down. */
import type { Text } from '../../kernel/refusal.ts';
import { departmentOf, leadDepartment } from '../identity/departments.ts';
import type { Finding } from '../submissions/kind.ts';
import { hard, soft } from '../submissions/kinds/fields.ts';
import type { MeasuresContent, MeasuresRules } from './measures-rules.ts';
import { regionalDefault, type ModeRules, type StageName } from './rule-set.ts';
import { supplyModeNames, supplyModeTexts, type SupplyModeName } from './supply-modes.ts';

type Rules = NonNullable<MeasuresRules>;
type Numbers = NonNullable<NonNullable<Rules['modes']>[SupplyModeName]>;
type Review = NonNullable<Rules['review']>;

/** 行政许可法: what is missing is told once, within 5 days (§32); a joint handling takes at most 45 (§42). */
const legalDays = { acceptance: 5, together: 45 } as const;

export function findingsOnRules({ matrix, rules }: MeasuresContent): Finding[] {
  if (!rules) return [];
  const ofModes = supplyModeNames.flatMap((mode) => {
    const numbers = rules.modes?.[mode];
    if (!numbers) return [];
    const at = `/rules/modes/${mode}`;
    return matrix[mode] ? ofMode(mode, numbers, at) : [unused(mode, at)];
  });
  return [...ofModes, ...ofReview(rules.review ?? {})];
}

function unused(mode: SupplyModeName, at: string): Finding {
  const { zh, en } = supplyModeTexts[mode];
  return hard(
    'mode-not-used',
    at,
    `未采用${zh}方式，不应填写其数值`,
    `The city does not use ${en}: no numbers for it`,
  );
}

function ofMode(mode: SupplyModeName, numbers: Numbers, at: string): Finding[] {
  const usual = regionalDefault.modes[mode];
  return [
    ...termReversed(numbers, at),
    ...notBelowMarket(numbers, at),
    ...(usual ? caps.flatMap((cap) => aboveDefault(mode, cap, numbers, usual, at)) : []),
  ];
}

function termReversed({ leaseTermMonths }: Numbers, at: string): Finding[] {
  const { least, most } = leaseTermMonths ?? {};
  if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return [];
  return [
    hard(
      'term-reversed',
      `${at}/leaseTermMonths`,
      `最短租期${least}个月长于最长租期${most}个月`,
      `The shortest term of ${least} months is above the longest of ${most}`,
    ),
  ];
}

/** 国办发〔2021〕22号: below the market rent of the same place and quality, whatever the percentage. */
function notBelowMarket({ rentCap }: Numbers, at: string): Finding[] {
  if (typeof rentCap !== 'number' || rentCap < 100) return [];
  return [
    hard(
      'rent-not-below-market',
      `${at}/rentCap`,
      '租金须低于同地段同品质市场租赁住房租金，上限须小于100%',
      'Rent must be below the market: the cap lies under 100 %',
    ),
  ];
}

interface Cap {
  readonly name: string;
  readonly place: string;
  readonly given: (numbers: Numbers) => number | null | undefined;
  readonly usual: (rules: ModeRules) => number | null;
  readonly what: Text;
  readonly unit: Text;
}

/** What protects the tenant: a city that is looser than the default says why. */
const caps: readonly Cap[] = [
  {
    name: 'rent-cap',
    place: 'rentCap',
    given: ({ rentCap }) => rentCap,
    usual: ({ rentCap }) => rentCap.value,
    what: { zh: '租金上限', en: 'rent cap' },
    unit: { zh: '%', en: ' %' },
  },
  {
    name: 'rise-cap',
    place: 'riseCap',
    given: ({ riseCap }) => riseCap,
    usual: ({ riseCap }) => riseCap.value,
    what: { zh: '租金年涨幅上限', en: 'cap on the yearly rise' },
    unit: { zh: '%', en: ' %' },
  },
  {
    name: 'deposit',
    place: 'depositMonths',
    given: ({ depositMonths }) => depositMonths,
    usual: ({ depositMonths }) => depositMonths.value,
    what: { zh: '押金上限', en: 'deposit cap' },
    unit: { zh: '个月租金', en: ' month(s) of rent' },
  },
  {
    name: 'longest-term',
    place: 'leaseTermMonths/most',
    given: ({ leaseTermMonths }) => leaseTermMonths?.most,
    usual: ({ leaseTermMonths }) => leaseTermMonths.most.value,
    what: { zh: '最长租期', en: 'longest term' },
    unit: { zh: '个月', en: ' months' },
  },
];

function aboveDefault(
  mode: SupplyModeName,
  { name, place, given, usual: usualOf, what, unit }: Cap,
  numbers: Numbers,
  rules: ModeRules,
  at: string,
): Finding[] {
  const [value, usual] = [given(numbers), usualOf(rules)];
  if (value === undefined || usual === null || (value !== null && value <= usual)) return [];
  // 100 % is no cap at all: that is a defect of its own.
  if (name === 'rent-cap' && value !== null && value >= 100) return [];
  const said =
    value === null
      ? { zh: '不设限', en: 'has no limit' }
      : { zh: `为${value}${unit.zh}`, en: `is ${value}${unit.en}` };
  return [
    soft(
      `${name}-above-default-${mode}`,
      `${at}/${place}`,
      `${supplyModeTexts[mode].zh}的${what.zh}${said.zh}，宽于自治区默认规则的${usual}${unit.zh}（待核实）`,
      `The ${what.en} for ${supplyModeTexts[mode].en} ${said.en}; the regional default is ${usual}${unit.en} (unverified)`,
    ),
  ];
}

function ofReview(review: Review): Finding[] {
  return [...ofPanel(review.panel ?? []), ...ofDays(review), ...ofSilence(review)];
}

function ofPanel(panel: readonly string[]): Finding[] {
  return panel.flatMap((code, index) => {
    const at = `/rules/review/panel/${index}`;
    if (!departmentOf(code))
      return [hard('department-unknown', at, `没有代码为${code}的部门`, `There is no department ${code}`)];
    if (code === leadDepartment)
      return [
        hard(
          'lead-on-panel',
          at,
          '住房城乡建设部门牵头，不列入联审部门',
          'The housing department leads and is not on the panel',
        ),
      ];
    return panel.indexOf(code) === index
      ? []
      : [hard('department-repeated', at, `部门${code}重复`, `Department ${code} is repeated`)];
  });
}

function ofDays({ days = {} }: Review): Finding[] {
  const limit = (stage: StageName): number => days[stage] ?? regionalDefault.review.days[stage].value;
  const together = limit('review') + limit('planCheck') + limit('notice') + limit('decision');
  return [
    ...(limit('acceptance') > legalDays.acceptance
      ? [
          soft(
            'acceptance-above-five-days',
            '/rules/review/days/acceptance',
            `受理时限${limit('acceptance')}个工作日，长于行政许可法第三十二条的五日`,
            `${limit('acceptance')} working days for acceptance are above the five of the Licensing Law, §32`,
          ),
        ]
      : []),
    ...(together > legalDays.together
      ? [
          soft(
            'review-above-45-days',
            '/rules/review/days',
            `受理后各环节合计${together}个工作日，长于行政许可法第四十二条联合办理的四十五日`,
            `${together} working days after acceptance are above the 45 of a joint handling (Licensing Law, §42)`,
          ),
        ]
      : []),
  ];
}

function ofSilence({ silenceConsents }: Review): Finding[] {
  return silenceConsents === true
    ? [
        soft(
          'silence-consents',
          '/rules/review/silenceConsents',
          '规定部门逾期不答复视为同意，请说明依据',
          'A department that stays silent is taken to agree: please say on what ground',
        ),
      ]
    : [];
}
