/** What an application for recognition makes when it is decided: the project as the register keeps it, and what the certificate says. */
import { civilDateOf, lastDayOfYears } from '../../../kernel/civil-date.ts';
import { mostConditions, standingTerms, type CertificateTerms } from '../../certificates/content.ts';
import { enabledPolicies, opinionVerdicts, standingRestrictions } from '../../certificates/terms.ts';
import { divisionOf } from '../../cities/divisions.ts';
import { departmentOf } from '../../identity/departments.ts';
import { officeOf } from '../../identity/offices.ts';
import type { RuleSet } from '../../policies/rule-set.ts';
import type { ProjectContent } from '../../projects/project.ts';
import type { Certified } from '../kind.ts';
import { conditionTimes } from '../joint-review/review-file.ts';
import { deciderOf } from '../parties.ts';
import { sum } from './fields.ts';
import type { Recognition } from './recognition-fields.ts';

/** 国办发〔2021〕22号: mainly at most 70 ㎡, where a city has said nothing. */
const nationalSmallUnit = 70;

function smallHomesIn(content: Recognition, rules: RuleSet | undefined): number {
  const limit = rules?.modes[content.supplyMode]?.smallUnitArea?.value ?? nationalSmallUnit;
  return sum(content.types.filter(({ area }) => area <= limit).map(({ homes }) => homes));
}

/** The project as it is applied for. */
export function projectOf(
  content: Recognition,
  { county, rules }: { readonly county: string; readonly rules?: RuleSet | undefined },
): ProjectContent {
  const { project, owner, operator, types } = content;
  return {
    name: project.name,
    address: project.address,
    county,
    owner: { code: owner.creditCode, name: owner.name, kind: owner.kind },
    ...(operator ? { operator: { code: operator.creditCode, name: operator.name } } : {}),
    mode: content.supplyMode,
    path: content.landPath,
    resources: content.resources,
    homes: content.homes,
    ...(content.beds > 0 ? { beds: content.beds } : {}),
    homesByType: types.map(({ name, area, homes, proposedRent, assessedRent }) => ({
      type: name,
      area,
      homes,
      ...(proposedRent === null ? {} : { rent: proposedRent }),
      ...(assessedRent === null ? {} : { assessedRent }),
    })),
    smallHomes: smallHomesIn(content, rules),
    landArea: content.landArea,
    floorArea: content.floorArea,
    investment: content.investment,
    schedule: { start: content.startDate, finish: content.finishDate },
    operatingYears: content.operatingYears,
    planYear: Number(content.planYear),
  };
}

/** 凭认定书落实的政策: those of S-13 for what uses non-residential buildings; credit (S-14) and subsidy (S-15) for what is in the plan. */
function policiesFor({ landPath, supplyMode }: Recognition): CertificateTerms['policies'] {
  const linked = landPath === 'building' || supplyMode === 'conversion';
  const all = Object.keys(enabledPolicies) as CertificateTerms['policies'];
  return all.filter((policy) => linked || policy === 'loan' || policy === 'subsidy');
}

/** What every decision says of itself: who took it, when, under which rules, on whose opinions, under which conditions. */
export function decidedBy({
  head,
  review,
  now,
}: Certified): Pick<CertificateTerms, 'issuer' | 'decidedOn' | 'ruleSet' | 'opinions' | 'conditions'> {
  const issuer = deciderOf(head);
  return {
    issuer: { code: issuer, name: officeOf(issuer)?.zh ?? issuer },
    decidedOn: civilDateOf(now),
    ruleSet: head.terms?.rules ?? '',
    opinions: head.opinions
      .filter(({ verdict }) => verdict in opinionVerdicts)
      .map(({ office, verdict }) => ({
        department: departmentOf(office.split('-')[1] ?? '')?.zh ?? office,
        verdict: verdict as keyof typeof opinionVerdicts,
      })),
    conditions: withinRoom(
      (review?.conditions ?? [])
        .filter(({ state, before }) => (state === 'open' || state === 'proved') && before !== 'decision')
        .map(({ text, before }) => `${conditionTimes[before].zh}：${text}`.slice(0, 300)),
    ),
  };
}

/** A certificate has room for twenty conditions; where there are more, the last line says where the others stand. */
export function withinRoom(conditions: string[]): string[] {
  if (conditions.length <= mostConditions) return conditions;
  const shown = conditions.slice(0, mostConditions - 1);
  return [...shown, `其余${conditions.length - shown.length}项附带条件见部门联审会签表`];
}

/** League or city, and county: those that report for themselves lie in a league, too. */
function placeOf(county: string): string {
  const division = divisionOf(county);
  return `${divisionOf(division?.parent ?? '')?.name ?? ''}${division?.name ?? ''}`;
}

/** What the deciding government certifies, of the day of its decision. */
export function termsOf(content: Recognition, approved: Certified): CertificateTerms {
  const { head, rules, now } = approved;
  const county = head.county ?? '';
  const decidedOn = civilDateOf(now);
  const small = smallHomesIn(content, rules);
  const { rentCap } = rules?.modes[content.supplyMode] ?? {};
  return {
    ...decidedBy(approved),
    validFrom: decidedOn,
    validTo: lastDayOfYears(decidedOn, content.operatingYears),
    project: {
      id: head.period,
      ...content.project,
      county,
      place: placeOf(county),
    },
    unitNumbers: content.realEstateUnits,
    owner: content.owner,
    ...(content.operator ? { operator: content.operator } : {}),
    mode: content.supplyMode,
    landPath: content.landPath,
    extent: { boundaries: content.boundaries, buildings: content.buildings.map(({ name }) => name) },
    landArea: twoDecimals(content.landArea),
    buildingArea: twoDecimals(content.floorArea),
    homes: content.homes,
    rooms: 0,
    beds: content.beds,
    smallShare: content.homes === 0 ? 0 : twoDecimals((small / content.homes) * 100),
    type: content.form,
    investment: twoDecimals(content.investment),
    startsOn: content.startDate,
    finishesOn: content.finishDate,
    operatingYears: content.operatingYears,
    rent:
      typeof rentCap?.value === 'number'
        ? `不高于同地段同品质市场评估租金的${rentCap.value}%`
        : '低于同地段同品质市场租赁住房租金',
    targetGroup: content.targetGroup.slice(0, 200),
    policies: policiesFor(content),
    restrictions: [...standingRestrictions],
  };
}

/** What it says after a change: all anew, but for how long it runs. */
export function amendedTermsOf(content: Recognition, approved: Certified): CertificateTerms {
  const { validFrom, validTo } = standingTerms(approved.standing);
  return { ...termsOf(content, approved), validFrom, validTo };
}

const twoDecimals = (value: number): number => Math.round(value * 100) / 100;
