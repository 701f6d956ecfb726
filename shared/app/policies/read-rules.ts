/** Rule-sets: which versions a city has, which holds on a day, what one says, and what changed from another. */
import { civilDateOf, type CivilDate } from '../../kernel/civil-date.ts';
import { refusal, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { officeOf, reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { ruleSetDifference, type RuleChange } from '../../domain/policies/rule-difference.ts';
import {
  regionalDefault,
  ruleSetInForce,
  sourcedValues,
  type RuleSet,
} from '../../domain/policies/rule-set.ts';
import { ruleSetId } from '../../domain/policies/rule-set-from.ts';
import { ruleSetSays } from '../../domain/policies/rule-set-says.ts';
import { ruleTextAt, sourceText } from '../../domain/policies/rule-texts.ts';
import type { Now, Store } from '../ports.ts';

interface Deps {
  readonly store: Pick<Store, 'ruleSet' | 'ruleSetsOf'>;
  readonly now: Now;
}

export interface CityRules {
  readonly city: string;
  readonly name: Text;
  /** Id of the version in force, the region's default among them. */
  readonly inForce: string;
  readonly byDefault: boolean;
  readonly says: Text;
  readonly versions: readonly RuleSetSummary[];
}

export type RuleSetSummary = Pick<RuleSet, 'id' | 'number' | 'effectiveFrom'> &
  Partial<Pick<RuleSet, 'documentNumber' | 'submission' | 'replaces'>> & { readonly inForce: boolean };

/** Of one city, or of all; a city's officer who names none sees his own. Measures are public, so nobody sees less. */
export async function readRuleSets(
  deps: Deps,
  actor: Actor,
  asked: { readonly city?: string | undefined; readonly on?: CivilDate | undefined },
): Promise<{ readonly on: CivilDate; readonly items: readonly CityRules[] }> {
  const on = asked.on ?? civilDateOf(deps.now());
  const own = reportingCities.includes(actor.office) ? actor.office : undefined;
  const city = asked.city ?? own;
  const cities = city === undefined ? reportingCities : [city];
  return { on, items: await Promise.all(cities.map((code) => rulesOf(deps, code, on))) };
}

async function rulesOf({ store }: Deps, city: string, on: CivilDate): Promise<CityRules> {
  const all = await store.ruleSetsOf(city);
  const inForce = ruleSetInForce(all, on);
  const office = officeOf(city);
  return {
    city,
    name: { zh: office?.zh ?? city, en: office?.en ?? city },
    inForce: inForce.id,
    byDefault: inForce.city === null,
    says: ruleSetSays(all, on),
    versions: all.map(({ id, number, effectiveFrom, documentNumber, submission, replaces }) => ({
      id,
      number,
      effectiveFrom,
      ...(documentNumber === undefined ? {} : { documentNumber }),
      ...(submission === undefined ? {} : { submission }),
      ...(replaces === undefined ? {} : { replaces }),
      inForce: id === inForce.id,
    })),
  };
}

export type RuleSetView = Omit<RuleSet, 'seq' | 'hash'> & {
  readonly byDefault: boolean;
  /** Each value in words, with its place and its source. */
  readonly lines: readonly {
    readonly pointer: string;
    readonly label: Text;
    readonly text: Text;
    readonly source: string;
    readonly sourceText: Text;
  }[];
};

/** @param city a code, or `default` */
export async function readRuleSet(
  deps: Pick<Deps, 'store'>,
  city: string,
  number: string,
): Promise<Result<RuleSetView, Refusal>> {
  const found = await deps.store.ruleSet(`${city}/${number}`);
  if (!found) return refuse(refusal('not-found'));
  const { seq: _seq, hash: _hash, ...rules } = found;
  const lines = [...sourcedValues(found)].flatMap(([pointer, { value, source }]) => {
    const text = ruleTextAt(pointer);
    return text
      ? [{ pointer, label: text.label, text: text.say(value), source, sourceText: sourceText(source) }]
      : [];
  });
  return ok({ ...rules, byDefault: rules.city === null, lines });
}

export interface RuleSetDifference {
  readonly from: string;
  readonly to: string;
  readonly changes: readonly RuleChange[];
}

/** @param from `default`, or the number of a version of the same city; absent: the one before, of the first the default */
export async function readRuleDifference(
  deps: Pick<Deps, 'store'>,
  city: string,
  number: string,
  from: string | undefined,
): Promise<Result<RuleSetDifference, Refusal>> {
  const earlier = from ?? (number === '1' ? 'default' : String(Number(number) - 1));
  const [before, after] = await Promise.all([
    deps.store.ruleSet(earlier === 'default' ? regionalDefault.id : ruleSetId(city, Number(earlier))),
    deps.store.ruleSet(`${city}/${number}`),
  ]);
  if (!before || !after) return refuse(refusal('not-found'));
  return ok({ from: before.id, to: after.id, changes: ruleSetDifference(before, after) });
}
