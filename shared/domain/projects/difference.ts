/** What changed between two versions of a project, field by field, in plain words. */
import * as z from 'zod';
import { pointerParts } from '../../kernel/json-pointer.ts';
import { once } from '../../kernel/once.ts';
import type { Text } from '../../kernel/refusal.ts';
import { divisionOf } from '../cities/divisions.ts';
import { landPaths } from '../resources/land-paths.ts';
import { differenceIn, type Change } from '../submissions/kinds/difference.ts';
import { supplyModeTexts } from '../policies/supply-modes.ts';
import { ownerKinds, ProjectContent } from './project.ts';

export interface ProjectChange extends Change {
  /** `房源总数（套、间）：由300改为280` */
  readonly text: Text;
}

const schema = once(() => z.toJSONSchema(ProjectContent(), { io: 'input' }) as Record<string, unknown>);

export function projectDifference(a: ProjectContent, b: ProjectContent): readonly ProjectChange[] {
  return differenceIn(schema(), a, b).map((change) => {
    const [was, is] = [valueText(change.pointer, change.before), valueText(change.pointer, change.after)];
    const row = rowOf(change.pointer);
    const { zh, en } = change.label;
    const name = { zh: row ? `${row}·${zh}` : zh, en: row ? `${en} (${row})` : en };
    return { ...change, text: sentence(name, was, is) };
  });
}

function sentence(name: Text, was: Text | undefined, is: Text | undefined): Text {
  if (!was) return { zh: `${name.zh}：新增${is?.zh ?? ''}`, en: `${name.en}: ${is?.en ?? ''} added` };
  if (!is) return { zh: `${name.zh}：删除${was.zh}`, en: `${name.en}: ${was.en} taken away` };
  return { zh: `${name.zh}：由${was.zh}改为${is.zh}`, en: `${name.en}: from ${was.en} to ${is.en}` };
}

/** Of a row of the list by type, its name. */
function rowOf(pointer: string): string | undefined {
  const [list, row, field] = pointerParts(pointer);
  return list === 'homesByType' && field !== undefined ? row : undefined;
}

/** Codes in the field's words. */
const words: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  '/mode': supplyModeTexts,
  '/path': landPaths,
  '/owner/kind': ownerKinds,
};

function valueText(pointer: string, value: unknown): Text | undefined {
  if (value === undefined || value === null) return undefined;
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  if (pointer === '/county') {
    const division = divisionOf(plain);
    return division ? { zh: division.name, en: division.nameEn || plain } : { zh: plain, en: plain };
  }
  const word = words[pointer]?.[plain];
  return word ? { zh: `“${word.zh}”`, en: `“${word.en}”` } : { zh: plain, en: plain };
}
