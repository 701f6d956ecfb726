/** What is wrong with a resource's details (refused), and what is strange (shown until it is explained). */
import type { Reason, Text } from '../../kernel/refusal.ts';
import { creditCodeDefect } from '../../kernel/credit-code.ts';
import { realEstateUnitOf } from '../../kernel/real-estate-unit.ts';
import { divisionOf } from '../cities/divisions.ts';
import { landPaths, type LandPath } from './land-paths.ts';
import type { ResourceDetails } from './resource.ts';

/** Everything for which the register refuses the details. */
export function defectsOf({ kind, county, landArea, floorArea }: ResourceDetails): Reason[] {
  const needed = { pointer: kind === 'land' ? '/landArea' : '/floorArea' };
  return [
    ...(divisionOf(county)?.level === 'county'
      ? []
      : [reason('county-unknown', '/county', '没有这个旗县区', 'There is no such county')]),
    ...((kind === 'land' ? landArea : floorArea) === undefined
      ? [reason('area-missing', needed.pointer, '此项必填', 'Required')]
      : []),
  ];
}

export interface ResourceFinding {
  readonly code: string;
  readonly pointer: string;
  readonly text: Text;
  /** What the keeper says to it. */
  readonly explanation?: string;
}

/** What wants an explanation. The forms of both numbers are known from memory or broken by history, so nothing is refused for them. */
export function findingsOf(details: ResourceDetails): readonly ResourceFinding[] {
  const found = [...unitFindings(details), ...holderFindings(details), ...pathFindings(details)];
  return found.map((finding) => {
    const explanation = details.explanations?.[finding.code];
    return explanation === undefined ? finding : { ...finding, explanation };
  });
}

function unitFindings({ unitNumber, county }: ResourceDetails): ResourceFinding[] {
  if (unitNumber === undefined) return [];
  const unit = realEstateUnitOf(unitNumber);
  if (!unit) {
    const zh = '不动产单元号不是28位规定格式，请核对';
    return [reason('unit-number-form', '/unitNumber', zh, 'Not in the usual form of 28 signs')];
  }
  if (unit.county === county) return [];
  const zh = `不动产单元号前六位${unit.county}与所在旗县区${county}不一致`;
  const en = `The number begins with ${unit.county}, the county is ${county}`;
  return [reason('unit-number-elsewhere', '/unitNumber', zh, en)];
}

function holderFindings({ holder: { code } }: ResourceDetails): ResourceFinding[] {
  const defect = code === undefined ? undefined : creditCodeDefect(code);
  if (defect === undefined) return [];
  return [
    defect === 'form'
      ? reason(
          'credit-code-form',
          '/holder/code',
          '统一社会信用代码须为18位，且不含I、O、S、V、Z',
          'A credit code has 18 signs, without I, O, S, V and Z',
        )
      : reason(
          'credit-code-check',
          '/holder/code',
          '统一社会信用代码校验位不符，请核对',
          'The check digit of the credit code does not fit',
        ),
  ];
}

function pathFindings({ kind, path }: ResourceDetails): ResourceFinding[] {
  const { usual, zh, en }: LandPath = landPaths[path];
  if (usual.includes(kind)) return [];
  const what = kind === 'land' ? { zh: '土地', en: 'land' } : { zh: '房屋', en: 'a building' };
  return [
    reason(
      'path-unusual',
      '/path',
      `“${zh}”一般不含${what.zh}，请核对`,
      `“${en}” does not usually mean ${what.en}`,
    ),
  ];
}

function reason(code: string, pointer: string, zh: string, en: string): Reason {
  return { code, pointer, text: { zh, en } };
}
