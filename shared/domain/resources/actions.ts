/** What can happen to a resource, as a table, and what each does to the record. */
import { refusal, type Reason, type Refusal, type Text } from '../../kernel/refusal.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Holder, Resource, ResourceDetails, ResourceState } from './resource.ts';

interface ResourceAction extends Text {
  /** Empty: it makes the record. */
  readonly from: readonly ResourceState[];
  /** Absent: the state stays. */
  readonly to?: ResourceState;
  readonly event: string;
  /** `keeper`: a command on the register; `filing`: a step of a filing, in its transaction. */
  readonly by: 'keeper' | 'filing';
}

export const resourceActions = {
  register: {
    zh: '登记资源',
    en: 'register',
    from: [],
    to: 'idle',
    event: 'resource.registered',
    by: 'keeper',
  },
  correct: {
    zh: '更正资源信息',
    en: 'correct',
    from: ['idle', 'held', 'used'],
    event: 'resource.corrected',
    by: 'keeper',
  },
  remove: {
    zh: '移出台账',
    en: 'remove',
    from: ['idle'],
    to: 'removed',
    event: 'resource.removed',
    by: 'keeper',
  },
  hold: { zh: '列入项目申请', en: 'hold', from: ['idle'], to: 'held', event: 'resource.held', by: 'filing' },
  use: { zh: '用于项目', en: 'use', from: ['held'], to: 'used', event: 'resource.used', by: 'filing' },
  release: {
    zh: '释放资源',
    en: 'release',
    from: ['held', 'used'],
    to: 'idle',
    event: 'resource.released',
    by: 'filing',
  },
} as const satisfies Record<string, ResourceAction>;
export type ResourceActionName = keyof typeof resourceActions;

/**
 * The resource in the hands of a filing; the very same object when it is there already.
 * @param named whether the caller may see who else holds it: then the refusal says so
 */
export function hold(resource: Resource, by: Holder, named = false): Result<Resource, Refusal> {
  if (resource.heldBy === by) return ok(resource);
  return resource.state === 'idle'
    ? ok({ ...resource, state: 'held', heldBy: by })
    : refuse(taken(resource, named));
}

/** Recognised: what the filing held is the project's. */
export function use(resource: Resource, filing: Holder, project: Holder): Result<Resource, Refusal> {
  if (resource.heldBy === project) return ok(resource);
  return resource.state === 'held' && resource.heldBy === filing
    ? ok({ ...resource, state: 'used', heldBy: project })
    : refuse(taken(resource, false));
}

/** Given back by who holds it; the very same object when nobody does. What another holds is not his to give. */
export function release(resource: Resource, by: Holder): Result<Resource, Refusal> {
  if (resource.heldBy === undefined) return ok(resource);
  if (resource.heldBy !== by) return refuse(taken(resource, false));
  const { heldBy: _by, ...rest } = resource;
  return ok({ ...rest, state: 'idle' });
}

/** What a filing rests on stays as it was when it was filed; the rest may be put right at any time. */
const restedOn = ['kind', 'path', 'county', 'unitNumber', 'landArea', 'floorArea'] as const;

export function correct(resource: Resource, details: ResourceDetails): Result<Resource, Refusal> {
  if (resource.state === 'removed') return refuse(refusal('resource-removed', { resource: resource.id }));
  if (canonicalJson(details) === canonicalJson(resource.details)) {
    const text = { zh: '与现有登记内容相同', en: 'This is what the register says already' };
    return refuse(refusal('invalid-request', { count: 1 }, [{ code: 'no-change', pointer: '', text }]));
  }
  const moved =
    resource.state === 'idle' ? [] : restedOn.filter((name) => details[name] !== resource.details[name]);
  if (moved.length === 0) return ok({ ...resource, details });
  return refuse(
    taken(
      resource,
      false,
      moved.map((name) => ({
        code: 'rested-on',
        pointer: `/${name}`,
        text: { zh: '已有申请或项目以此为依据，不得更改', en: 'A filing or project rests on it' },
      })),
    ),
  );
}

export function remove(resource: Resource, reason: string): Result<Resource, Refusal> {
  if (resource.state === 'removed') return refuse(refusal('resource-removed', { resource: resource.id }));
  return resource.state === 'idle'
    ? ok({ ...resource, state: 'removed', removedBecause: reason })
    : refuse(taken(resource, false));
}

/** What the events of a resource say: nothing that its keeper wrote. */
export function resourceFacts({ city, details, state, heldBy }: Resource): Readonly<Record<string, unknown>> {
  const { county, kind, path } = details;
  return { city, county, kind, path, state, ...(heldBy === undefined ? {} : { heldBy }) };
}

function taken(resource: Resource, named: boolean, errors: readonly Reason[] = []): Refusal {
  const by = named && resource.heldBy !== undefined ? resource.heldBy : undefined;
  return refusal(
    resource.state === 'removed' ? 'resource-removed' : 'resource-taken',
    { resource: resource.id, byZh: by ?? '其他申请或项目', by: by ?? 'another filing or project' },
    errors,
  );
}
