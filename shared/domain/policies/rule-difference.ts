/** What changes from one rule-set to another, rule by rule, in plain words. */
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Text } from '../../kernel/refusal.ts';
import { sourcedValues, type RuleSet, type Sourced } from './rule-set.ts';
import { ruleTextAt, sourceText } from './rule-texts.ts';
import { supplyModeNames, supplyModeTexts } from './supply-modes.ts';

export interface RuleChange {
  /** JSON Pointer into the rule-set. */
  readonly pointer: string;
  readonly label: Text;
  /** Only the source is another: the rule stays what it was. */
  readonly sourceOnly: boolean;
  /** Absent: there was none. */
  readonly before?: Sourced<unknown>;
  readonly after?: Sourced<unknown>;
  readonly text: Text;
}

export function ruleSetDifference(before: RuleSet, after: RuleSet): readonly RuleChange[] {
  const [was, is] = [sourcedValues(before), sourcedValues(after)];
  const rules = [...new Set([...was.keys(), ...is.keys()])].flatMap((pointer) => {
    // The rules of a way of supply that was given up went with it: one line says so.
    const [, part, mode] = pointer.split('/');
    if (part === 'modes' && supplyModeNames.some((name) => name === mode && !after.modes[name])) return [];
    return changeAt(pointer, was.get(pointer), is.get(pointer)) ?? [];
  });
  return [...effectiveChange(before, after), ...modeChanges(before, after), ...rules];
}

function effectiveChange(before: RuleSet, after: RuleSet): RuleChange[] {
  if (before.effectiveFrom === after.effectiveFrom) return [];
  const label = { zh: '施行日期', en: 'effective from' };
  const of = ({ id, effectiveFrom, documentNumber = id }: RuleSet): Sourced<string> => ({
    value: effectiveFrom,
    source: documentNumber,
  });
  const day = ({ effectiveFrom }: RuleSet): Text => ({ zh: effectiveFrom, en: effectiveFrom });
  const text = said(label, day(before), day(after));
  return [
    { pointer: '/effectiveFrom', label, sourceOnly: false, before: of(before), after: of(after), text },
  ];
}

function modeChanges(before: RuleSet, after: RuleSet): RuleChange[] {
  return supplyModeNames.flatMap((mode) => {
    const [had, has] = [before.modes[mode] !== null, after.modes[mode] !== null];
    if (had === has) return [];
    const label = supplyModeTexts[mode];
    const text = has
      ? { zh: `新增采用${label.zh}方式`, en: `${label.en} comes into use` }
      : { zh: `不再采用${label.zh}方式`, en: `${label.en} is no longer used` };
    return [{ pointer: `/modes/${mode}`, label, sourceOnly: false, text }];
  });
}

function changeAt(
  pointer: string,
  before: Sourced<unknown> | undefined,
  after: Sourced<unknown> | undefined,
): RuleChange | undefined {
  const rule = ruleTextAt(pointer);
  const same = valueOf(before) === valueOf(after);
  if (!rule || (same && before?.source === after?.source)) return undefined;
  const say = (one: Sourced<unknown> | undefined): Text => (one ? rule.say(one.value) : notLaidDown);
  const text =
    same && before && after
      ? {
          zh: `${rule.label.zh}仍为${say(after).zh}，依据由${sourceText(before.source).zh}变为${sourceText(after.source).zh}`,
          en: `${rule.label.en} stays ${say(after).en}; its source was ${sourceText(before.source).en}, now ${sourceText(after.source).en}`,
        }
      : said(rule.label, say(before), say(after));
  return {
    pointer,
    label: rule.label,
    sourceOnly: same,
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
    text,
  };
}

/** `null` is a value of its own: no limit. The order of a list says nothing. */
function valueOf(one: Sourced<unknown> | undefined): string | undefined {
  const value = Array.isArray(one?.value) ? one.value.toSorted() : one?.value;
  return value === undefined ? undefined : canonicalJson(value);
}

const notLaidDown: Text = { zh: '未规定', en: 'not laid down' };

function said(label: Text, before: Text, after: Text): Text {
  return {
    zh: `${label.zh}由“${before.zh}”改为“${after.zh}”`,
    en: `${label.en}: was “${before.en}”, is “${after.en}”`,
  };
}
