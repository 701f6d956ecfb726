/** Tries proposed policy measures on a city's projects (规则预演): what each would newly miss or meet, before anybody signs them. */
import { civilDateOf } from '../../kernel/civil-date.ts';
import { refusal, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { isRegional, registersIn } from '../../domain/identity/office-place.ts';
import { reportingCities } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { rehearse, type Rehearsal } from '../../domain/policies/rehearse.ts';
import type { ProjectFacts } from '../../domain/policies/requirements.ts';
import { ruleSetInForce } from '../../domain/policies/rule-set.ts';
import { maySeeProject } from '../../domain/projects/may-see.ts';
import { phaseOf, type Project } from '../../domain/projects/project.ts';
import { checkContent } from '../../domain/submissions/kinds/check-content.ts';
import { policyMeasures } from '../../domain/submissions/kinds/policy-measures.ts';
import { walk } from '../registers/walk.ts';
import type { Now, Store } from '../ports.ts';

export interface RehearseInput {
  /** Absent: the caller's own city. */
  readonly city?: string | undefined;
  /** As a filing of policy measures would say it. */
  readonly content: unknown;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Of one page of projects; `cursor`: more follow. */
export type RehearsalPage = Rehearsal & { readonly city: string; readonly cursor?: string };

export async function rehearseRules(
  { store, now }: { readonly store: Store; readonly now: Now },
  actor: Actor,
  asked: RehearseInput,
): Promise<Result<RehearsalPage, Refusal>> {
  const regional = isRegional(actor.office);
  const own = regional ? reportingCities : registersIn(actor.office);
  const city = asked.city ?? (regional ? undefined : own[0]);
  if (city === undefined) return refuse(regional ? notNamed() : refusal('not-allowed'));
  if (!own.includes(city)) return refuse(refusal('not-allowed'));
  const [record, ruleSets] = await Promise.all([store.city(city), store.ruleSetsOf(city)]);
  const findings = checkContent(policyMeasures, asked.content, { city: record, period: '' });
  // What only wants an explanation stops no rehearsal.
  const wrong = findings
    .filter(({ level }) => level === 'hard')
    .map(({ code, pointer, text }) => ({ code, pointer: `/content${pointer}`, text }));
  if (wrong.length > 0) return refuse(refusal('invalid-request', { count: wrong.length }, wrong));
  const proposed = policyMeasures.ruleSet?.(policyMeasures.content().parse(asked.content), {
    city,
    number: (ruleSets.at(-1)?.number ?? 0) + 1,
    submission: '',
    documentNumber: '拟订稿',
  });
  if (!proposed) throw new Error('Policy measures make a rule-set');
  const page = await walk(
    [city],
    asked,
    (place, cursor, limit) => store.projectsOf(place, undefined, cursor, limit),
    (line) =>
      phaseOf(line) !== 'ended' && maySeeProject(actor, { county: line.county, owner: line.owner.code }),
  );
  if (!page.ok) return page;
  const projects = await Promise.all(page.value.items.map(({ id }) => store.project(id)));
  const current = ruleSetInForce(ruleSets, civilDateOf(now()));
  const facts = projects.flatMap((project) => (project ? [factsOf(project)] : []));
  const { cursor } = page.value;
  return ok({ city, ...rehearse(proposed, current, facts), ...(cursor === undefined ? {} : { cursor }) });
}

function factsOf({ id, content }: Project): ProjectFacts {
  const { name, mode, homes, smallHomes, homesByType, floorArea, operatingYears } = content;
  const rents = homesByType.flatMap(({ rent, assessedRent }) =>
    rent === undefined || assessedRent === undefined ? [] : [{ proposed: rent, assessed: assessedRent }],
  );
  return {
    id,
    name,
    mode,
    homes,
    smallHomes,
    homesByArea: homesByType.map(({ area, homes: count }) => ({ area, homes: count })),
    floorArea,
    operatingYears,
    ...(rents.length > 0 ? { rents } : {}),
  };
}

function notNamed(): Refusal {
  const text = { zh: '请指明盟市', en: 'Name the city' };
  return refusal('invalid-request', { count: 1 }, [{ code: 'required', pointer: '/city', text }]);
}
