/** Begins a filing: one live filing for a city, kind and period; an amendment only of what is published. */
import { refusal, type Reason, type Refusal } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { chain } from '../../domain/audit/entry.ts';
import { cityAtFirst } from '../../domain/cities/city.ts';
import { reportingCityOf } from '../../domain/identity/office-place.ts';
import { officeOf } from '../../domain/identity/offices.ts';
import type { Actor } from '../../domain/identity/roles.ts';
import { otherEventTypes } from '../../domain/submissions/event-types.ts';
import { notOpenFor } from '../../domain/projects/open-for.ts';
import type { Project } from '../../domain/projects/project.ts';
import { placeOf, type Kind } from '../../domain/submissions/kind.ts';
import { kindOf } from '../../domain/submissions/kinds/index.ts';
import { periodFits } from '../../domain/submissions/periods.ts';
import type { Head } from '../../domain/submissions/submission.ts';
import { runCommand, type CommandRequest, type Decided, type Deps } from '../command.ts';
import { deskChanges } from '../desk-changes.ts';
import type { Answer, CommandLoad, Slot } from '../ports.ts';
import { answerWith } from './view.ts';

export interface CreateInput {
  readonly kind: string;
  /** Of what founds a project none: the platform numbers it. Of what concerns one, its number. */
  readonly period?: string | undefined;
  /** The county of the project, for what founds one. */
  readonly county?: string | undefined;
  /** The published filing that this one amends. */
  readonly amends?: string | undefined;
}

export async function createSubmission(
  deps: Deps,
  command: CommandRequest,
  input: CreateInput,
): Promise<Result<Answer, Refusal>> {
  const owner = command.actor.office;
  const kind = kindOf(input.kind);
  const founds = kind?.period === 'new-project';
  const id = deps.newId();
  const period = founds ? id : (input.period ?? '');
  const project =
    kind?.period === 'project' && periodFits('project', period)
      ? await deps.store.project(period)
      : undefined;
  const city = (founds ? reportingCityOf(input.county ?? '') : project?.city) ?? owner;
  const slot = { owner, kind: kind ? placeOf(kind) : input.kind, period };
  return runCommand(deps, command, { city, slot }, (_head, loaded) =>
    decideCreate(deps, command.actor, { ...input, id, period, project, given: input.period }, loaded),
  );
}

/** What is asked for, with the numbers that the platform gives. */
type Numbered = CreateInput & {
  readonly id: string;
  readonly period: string;
  /** The project that it concerns. */
  readonly project?: Project | undefined;
  /** The period that the caller gave. */
  readonly given?: string | undefined;
};

async function decideCreate(
  deps: Deps,
  actor: Actor,
  input: Numbered,
  { city = cityAtFirst(actor.office), slot }: CommandLoad,
): Promise<Result<Decided, Refusal>> {
  const kind = kindOf(input.kind);
  if (!kind) return refuse(refusal('kind-unknown', { kind: input.kind }));
  const misplaced = wrongFiler(actor, kind, input);
  if (misplaced) return refuse(misplaced);
  if (kind.period !== 'new-project' && !periodFits(kind.period, input.period))
    return refuse(refusal('period-invalid', { period: input.period }));
  const { project } = input;
  const closed = kind.certificate && kind.period === 'project' && notOpen(actor, kind, project);
  if (closed) return refuse(closed);
  const calendar = await deps.store.calendar();
  const path = kind.path(city);
  if (typeof path === 'object') {
    const office = officeOf(actor.office);
    return refuse(
      refusal('kind-not-open', {
        city: office?.en ?? actor.office,
        cityZh: office?.zh ?? actor.office,
        why: path.refused.en,
        whyZh: path.refused.zh,
      }),
    );
  }
  const taken = refusedBySlot(kind, slot, input.amends);
  if (taken) return refuse(taken);

  const now = deps.now();
  const fresh: Head = {
    id: input.id,
    kind: kind.code,
    owner: actor.office,
    period: input.period,
    path,
    tier: city.tier,
    state: 'draft',
    ...(kind.period === 'new-project' && input.county ? { county: input.county } : {}),
    ...(project ? { county: project.content.county } : {}),
    ...(input.amends ? { amends: input.amends } : {}),
    version: 1,
    frozen: 0,
    hands: {},
    clocks: [],
    opinions: [],
    asked: [],
    extensions: [],
    corrections: 0,
    received: false,
    noted: false,
    createdAt: now,
    updatedAt: now,
    seq: 0,
    hash: '',
  };
  const facts = {
    kind: kind.code,
    owner: fresh.owner,
    period: fresh.period,
    path,
    ...(input.amends ? { amends: input.amends } : {}),
  };
  const { record: head, entry } = chain(
    `submission:${fresh.id}`,
    undefined,
    fresh,
    { type: otherEventTypes.created, facts },
    { sub: actor.sub, office: actor.office, role: 'drafter' },
    now,
  );
  const held = holding(slot, head, kind);
  return ok({
    commit: {
      changes: [{ kind: 'submission', after: head, entry }],
      // Revoked at the same moment, it is nothing to change any more.
      ...(project ? { unchanged: [{ record: `project:${project.id}`, seq: project.seq }] } : {}),
      slots: [{ ...(slot ? { before: slot } : {}), after: held }],
      desks: deskChanges(undefined, head, kind, calendar),
    },
    answer: answerWith(head, kind, actor, 201),
  });
}

/** A kind is of the leagues and cities, or of organisations; what founds a project says where it lies, and nothing else does. */
function wrongFiler(actor: Actor, kind: Kind, { county, given }: Numbered): Refusal | undefined {
  const wanted = kind.filedBy ?? 'city';
  if (officeOf(actor.office)?.level !== wanted)
    return refusal('kind-not-yours', { kindZh: kind.name.zh, kind: kind.name.en });
  const founds = kind.period === 'new-project';
  const reasons: Reason[] = [];
  if (founds && (county === undefined || reportingCityOf(county) === undefined))
    reasons.push(
      wrong('county-unknown', '/county', '请填写项目所在旗县区代码', 'Name the county of the project'),
    );
  if (founds && given !== undefined)
    reasons.push(wrong('period-given', '/period', '新项目不填期间', 'What founds a project has no period'));
  if (!founds && county !== undefined)
    reasons.push(wrong('county-given', '/county', '此类申报不填旗县区', 'This kind names no county'));
  return reasons.length > 0 ? refusal('invalid-request', { count: reasons.length }, reasons) : undefined;
}

function wrong(code: string, pointer: string, zh: string, en: string): Reason {
  return { code, pointer, text: { zh, en } };
}

/** Why nothing can be filed about this project; what others own does not exist for this filer. */
function notOpen(actor: Actor, kind: Kind, project: Project | undefined): Refusal | undefined {
  const own = project?.content.owner.code === actor.office ? project : undefined;
  const reason = own
    ? kind.certificate && notOpenFor(kind.certificate, own)
    : wrong('project-unknown', '/period', '没有这个项目', 'There is no such project');
  return reason && refusal('invalid-request', { count: 1 }, [reason]);
}

/** Why the place is taken, if it is. */
function refusedBySlot(kind: Kind, slot: Slot | undefined, amends: string | undefined): Refusal | undefined {
  if (slot?.underWay) return refusal('already-filed', { id: slot.underWay });
  if (kind.period === 'project') return amends ? refusal('not-amendable') : undefined;
  if (amends) return slot?.inForce === amends ? undefined : refusal('not-amendable');
  return slot?.inForce ? refusal('already-filed', { id: slot.inForce }) : undefined;
}

function holding(slot: Slot | undefined, head: Head, kind: Kind): Slot {
  return {
    owner: head.owner,
    kind: placeOf(kind),
    period: head.period,
    ...(slot?.inForce ? { inForce: slot.inForce } : {}),
    underWay: head.id,
    revision: (slot?.revision ?? 0) + 1,
  };
}
