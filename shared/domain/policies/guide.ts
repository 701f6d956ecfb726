/**
 * The operating guide (操作指引, S-12), made of the rules in force: who may apply, what each way of supply asks for, papers,
 * stages with their limits, who issues, and what the law says. It is made anew for every reader, so it is never out of date.
 */
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Text } from '../../kernel/refusal.ts';
import type { Development } from '../cities/city.ts';
import type { Kind } from '../submissions/kind.ts';
import { ruleSetInForce, sourcedValues, stageNames, unverified, type RuleSet } from './rule-set.ts';
import { ruleSetSays } from './rule-set-says.ts';
import { legalNotes, whoMayApply } from './guide-texts.ts';
import { latePapersText, modeRuleTexts, ruleTextAt, sourceText, stageTexts } from './rule-texts.ts';
import { supplyModeNames, supplyModeTexts } from './supply-modes.ts';

export interface GuideLine {
  readonly label: Text;
  readonly value: Text;
  /** Where the value comes from; absent of what is no rule of a city. */
  readonly source?: string;
  readonly sourceText?: Text;
}

export interface GuideSection {
  readonly code: 'applicants' | 'modes' | 'papers' | 'stages' | 'issuer' | 'notes';
  readonly title: Text;
  readonly paragraphs: readonly Text[];
  readonly tables: readonly { readonly title: Text; readonly lines: readonly GuideLine[] }[];
}

export interface Guide {
  readonly city: string;
  readonly cityName: Text;
  readonly title: Text;
  /** The day for which it holds, in Asia/Shanghai. */
  readonly on: CivilDate;
  readonly ruleSet: string;
  readonly effectiveFrom: CivilDate;
  readonly documentNumber?: string;
  /** The region's default holds: the city has no measures in force. */
  readonly byDefault: boolean;
  /** Which rules these are, in a sentence. */
  readonly says: readonly Text[];
  readonly sections: readonly GuideSection[];
}

/** A paper (材料) as an applicant reads of it. */
export interface GuidePaper {
  readonly code: string;
  readonly name: Text;
  readonly when: Text;
}

export interface GuideAbout {
  readonly city: string;
  readonly cityName: Text;
  readonly development: Development;
  readonly on: CivilDate;
  /** What an application for recognition needs; empty while there is no such kind of submission. */
  readonly papers: readonly GuidePaper[];
}

/** @param all every version of the city's rules, in any order */
export function operatingGuide(all: readonly RuleSet[], about: GuideAbout): Guide {
  const { city, cityName, on, papers, development } = about;
  const rules = ruleSetInForce(all, on);
  // S-03: 没有需求的城市不要盲目发展.
  const none =
    development === 'not-developing'
      ? [
          {
            zh: '本地已说明不发展保障性租赁住房，主要以公租房形式继续做好住房保障；以下内容仅供参考。',
            en: 'This city has declared that it does not develop affordable rental housing and goes on with public rental housing: what follows is for information only.',
          },
        ]
      : [];
  return {
    city,
    cityName,
    title: {
      zh: `${cityName.zh}保障性租赁住房项目认定操作指引`,
      en: `Operating guide to the recognition of affordable rental housing projects: ${cityName.en}`,
    },
    on,
    ruleSet: rules.id,
    effectiveFrom: rules.effectiveFrom,
    ...(rules.documentNumber === undefined ? {} : { documentNumber: rules.documentNumber }),
    byDefault: rules.city === null,
    says: [...none, ruleSetSays(all, on)],
    sections: [
      {
        code: 'applicants',
        title: { zh: '谁可以申请', en: 'Who may apply' },
        paragraphs: whoMayApply,
        tables: [],
      },
      modesSection(rules),
      papersSection(rules, papers),
      stagesSection(rules),
      issuerSection(rules),
      {
        code: 'notes',
        title: { zh: '有关规定', en: 'What the law says' },
        paragraphs: legalNotes,
        tables: [],
      },
    ],
  };
}

/** The papers of a kind of submission; none while the kind is not there. */
export function guidePapersOf(kind: Kind | undefined): readonly GuidePaper[] {
  return (kind?.papers ?? []).map(({ code, name, required }) => ({
    code,
    name,
    when:
      required === 'always'
        ? { zh: '必须提交', en: 'always' }
        : (required?.says ?? { zh: '如有', en: 'if there is one' }),
  }));
}

function modesSection(rules: RuleSet): GuideSection {
  const values = sourcedValues(rules);
  const tables = supplyModeNames.flatMap((mode) => {
    if (!rules.modes[mode]) return [];
    const lines = Object.entries(modeRuleTexts).flatMap(([place, { label, say }]) => {
      const found = values.get(`/modes/${mode}/${place}`);
      // That nobody has laid down a limit is nothing to confirm.
      const silent = found?.value === null && found.source === unverified;
      return found && !silent ? [sourcedLine(label, say(found.value), found.source)] : [];
    });
    return [{ title: supplyModeTexts[mode], lines }];
  });
  const unused = supplyModeNames.filter((mode) => !rules.modes[mode]).map((mode) => supplyModeTexts[mode]);
  return {
    code: 'modes',
    title: { zh: '建设方式与要求', en: 'Ways of supply and what they ask for' },
    paragraphs:
      unused.length === 0
        ? []
        : [
            {
              zh: `未采用的方式：${unused.map(({ zh }) => zh).join('、')}。`,
              en: `Not used: ${unused.map(({ en }) => en).join(', ')}.`,
            },
          ],
    tables,
  };
}

function papersSection(rules: RuleSet, papers: readonly GuidePaper[]): GuideSection {
  const { value: late, source } = rules.review.latePapers;
  const lines = papers.map(({ code, name, when }) => ({
    label: name,
    value: late.includes(code)
      ? { zh: `${when.zh}；可容缺受理`, en: `${when.en}; may be promised by a day` }
      : when,
  }));
  const none = {
    zh: '材料清单随项目认定申报种类一并公布。',
    en: 'The list is published with the kind of submission for the recognition of projects.',
  };
  const { label, say } = latePapersText(Object.fromEntries(papers.map(({ code, name }) => [code, name])));
  return {
    code: 'papers',
    title: { zh: '申请材料', en: 'Papers' },
    paragraphs: lines.length === 0 ? [none] : [],
    tables: [
      ...(lines.length === 0 ? [] : [{ title: { zh: '材料', en: 'Papers' }, lines }]),
      {
        title: { zh: '容缺受理', en: 'What may come later' },
        lines: [
          sourcedLine(label, say(late), source),
          ...(late.length > 0 ? reviewLine(rules, 'latePaperDays') : []),
        ],
      },
    ],
  };
}

function stagesSection(rules: RuleSet): GuideSection {
  const { days } = rules.review;
  const whole =
    days.acceptance.value +
    days.review.value +
    days.planCheck.value +
    days.notice.value +
    days.decision.value;
  return {
    code: 'stages',
    title: { zh: '办理环节与时限', en: 'Stages and their limits' },
    paragraphs: [
      {
        zh: `申请由项目所在旗县（市、区）住房和城乡建设部门受理并牵头联审，各环节合计不超过${whole}个工作日，补正和补充材料的时间不计算在内。`,
        en: `The county's housing department accepts the application and leads the joint review. All stages together take at most ${whole} working days, not counting the time for corrections and supplements.`,
      },
    ],
    tables: [
      {
        title: { zh: '各环节时限', en: 'Limits by stage' },
        lines: stageNames.flatMap((stage) =>
          reviewLine(rules, `days/${stage}`).map((line) => ({ ...line, label: stageTexts[stage] })),
        ),
      },
      {
        title: { zh: '部门联审', en: 'Joint review' },
        lines: ['panel', 'silenceConsents'].flatMap((place) => reviewLine(rules, place)),
      },
    ],
  };
}

function issuerSection(rules: RuleSet): GuideSection {
  return {
    code: 'issuer',
    title: { zh: '由谁出具认定书', en: 'Who issues the certificate' },
    paragraphs: [],
    tables: [{ title: { zh: '出具单位', en: 'Issuer' }, lines: reviewLine(rules, 'issuer') }],
  };
}

function reviewLine(rules: RuleSet, place: string): GuideLine[] {
  const pointer = `/review/${place}`;
  const [found, text] = [sourcedValues(rules).get(pointer), ruleTextAt(pointer)];
  return found && text ? [sourcedLine(text.label, text.say(found.value), found.source)] : [];
}

function sourcedLine(label: Text, value: Text, source: string): GuideLine {
  return { label, value, source, sourceText: sourceText(source) };
}

/** Whether anything in the guide still waits to be confirmed. */
export function hasUnverified({ sections }: Guide): boolean {
  return sections.some(({ tables }) =>
    tables.some(({ lines }) => lines.some(({ source }) => source === unverified)),
  );
}
