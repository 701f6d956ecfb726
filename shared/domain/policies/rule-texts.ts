/** What each rule is called and how its value is said, in the words of both languages. */
import type { Text } from '../../kernel/refusal.ts';
import { departmentOf } from '../identity/departments.ts';
import { stageNames, unverified, type Issuer, type StageName } from './rule-set.ts';
import { supplyModeTexts, type SupplyModeName } from './supply-modes.ts';

export interface RuleText {
  readonly label: Text;
  /** The value in words; `null` and what is absent included. */
  readonly say: (value: unknown) => Text;
}

export const stageTexts = {
  acceptance: { zh: '受理', en: 'acceptance' },
  review: { zh: '部门联审', en: 'joint review' },
  planCheck: { zh: '计划核对', en: 'check against the plan' },
  notice: { zh: '公示', en: 'public notice' },
  decision: { zh: '决定并出具认定书', en: 'decision and issue' },
  correction: { zh: '补正', en: 'correction' },
} as const satisfies Record<StageName, Text>;

export const issuerTexts = {
  county: { zh: '旗县（市、区）人民政府', en: "the county's government" },
  city: { zh: '盟行政公署、市人民政府', en: "the league's or city's government" },
} as const satisfies Record<Issuer, Text>;

const both = (text: string): Text => ({ zh: text, en: text });
const words = (label: Text): RuleText => ({ label, say: (value) => both(String(value)) });

function measured(label: Text, bound: 'most' | 'least', zhUnit: string, enUnit: string): RuleText {
  const [zh, en] = bound === 'most' ? ['不超过', 'at most'] : ['不少于', 'at least'];
  return {
    label,
    say: (value) =>
      typeof value === 'number'
        ? { zh: `${zh}${value}${zhUnit}`, en: `${en} ${value}${enUnit}` }
        : { zh: '不作限制', en: 'no limit' },
  };
}

const days = (stage: StageName): RuleText => ({
  label: { zh: `${stageTexts[stage].zh}时限`, en: `limit for ${stageTexts[stage].en}` },
  say: (value) =>
    stage === 'notice' && value === 0
      ? { zh: '不公示', en: 'none' }
      : { zh: `${String(value)}个工作日`, en: `${String(value)} working day(s)` },
});

function listed(label: Text, none: Text, name: (code: string) => Text): RuleText {
  return {
    label,
    say: (value) => {
      const all = (value as readonly string[]).map(name);
      if (all.length === 0) return none;
      return { zh: all.map(({ zh }) => zh).join('、'), en: all.map(({ en }) => en).join('; ') };
    },
  };
}

/** @param names of the papers, by code; a paper that it does not know is called by its code */
export function latePapersText(names: Readonly<Record<string, Text>> = {}): RuleText {
  return listed(
    { zh: '可容缺受理的材料', en: 'papers that may be promised by a day' },
    { zh: '无', en: 'none' },
    (code) => (Object.hasOwn(names, code) ? names[code] : undefined) ?? both(code),
  );
}

/** By their place within the rules of a mode, in the order in which people ask for them. */
export const modeRuleTexts: Readonly<Record<string, RuleText>> = {
  entry: words({ zh: '准入条件', en: 'entry' }),
  exit: words({ zh: '退出条件', en: 'exit' }),
  workflow: words({ zh: '申请审核工作流程', en: 'workflow' }),
  smallUnitArea: measured({ zh: '小户型建筑面积标准', en: 'small-unit area' }, 'most', '平方米', ' m²'),
  smallUnitShare: measured({ zh: '小户型套数占比', en: 'share of small units' }, 'least', '%', ' %'),
  rentCap: measured(
    { zh: '租金占同地段同品质市场评估租金的比例', en: 'rent, of the assessed market rent' },
    'most',
    '%',
    ' %',
  ),
  riseCap: measured({ zh: '租金年涨幅', en: 'yearly rise of the rent' }, 'most', '%', ' %'),
  depositMonths: measured({ zh: '押金', en: 'deposit' }, 'most', '个月租金', ' month(s) of rent'),
  'leaseTermMonths/least': measured({ zh: '最短租期', en: 'shortest term' }, 'least', '个月', ' months'),
  'leaseTermMonths/most': measured({ zh: '最长租期', en: 'longest term' }, 'most', '个月', ' months'),
  'smallestProject/homes': measured(
    { zh: '项目最小规模', en: 'smallest project' },
    'least',
    '套（间）',
    ' homes',
  ),
  'smallestProject/floorArea': measured(
    { zh: '项目最小建筑面积', en: 'smallest floor area of a project' },
    'least',
    '平方米',
    ' m²',
  ),
  shortestOperatingYears: measured({ zh: '运营年限', en: 'operating term' }, 'least', '年', ' years'),
};

/** By their place within the rules of the review. */
export const reviewRuleTexts: Readonly<Record<string, RuleText>> = {
  panel: listed(
    { zh: '联审部门', en: 'departments that opine' },
    { zh: '未规定', en: 'none' },
    (code) => departmentOf(code) ?? both(code),
  ),
  ...Object.fromEntries(stageNames.map((stage) => [`days/${stage}`, days(stage)])),
  issuer: {
    label: { zh: '认定书出具单位', en: 'who issues the certificate' },
    say: (value) => issuerTexts[value as Issuer],
  },
  silenceConsents: {
    label: { zh: '部门逾期不答复', en: 'a department that stays silent' },
    say: (value) =>
      value === true
        ? { zh: '视为同意', en: 'is taken to agree' }
        : { zh: '不视为同意，逐级催办', en: 'is not taken to agree: it is reminded, and its superiors told' },
  },
  latePapers: latePapersText(),
  latePaperDays: {
    label: { zh: '容缺材料补齐时限', en: 'limit for what was promised' },
    say: (value) => ({
      zh: `受理后${String(value)}个工作日`,
      en: `${String(value)} working days after acceptance`,
    }),
  },
};

/** The text of the rule at a pointer into a rule-set: `/modes/newBuild/rentCap`, `/review/days/notice`. */
export function ruleTextAt(pointer: string): RuleText | undefined {
  const [, part, first = '', ...rest] = pointer.split('/');
  if (part === 'review') return reviewRuleTexts[[first, ...rest].join('/')];
  const mode = supplyModeTexts[first as SupplyModeName] as Text | undefined;
  const text = modeRuleTexts[rest.join('/')];
  return (
    mode &&
    text && {
      label: { zh: `${mode.zh}：${text.label.zh}`, en: `${mode.en}: ${text.label.en}` },
      say: text.say,
    }
  );
}

/** Where a value comes from, as people read it: the document's number, or that it waits to be confirmed. */
export function sourceText(source: string): Text {
  return source === unverified ? { zh: '待核实', en: 'unverified' } : both(source);
}
