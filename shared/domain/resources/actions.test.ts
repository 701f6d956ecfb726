import { describe, expect, it } from 'vitest';
import { textOf, type Refusal } from '../../kernel/refusal.ts';
import type { Result } from '../../kernel/result.ts';
import { correct, hold, release, remove, resourceFacts, use } from './actions.ts';
import type { Holder, Resource, ResourceState } from './resource.ts';
import { sampleDetails, sampleResource } from './sample-resource.ts';

const filing: Holder = 'submission:s-1';
const project: Holder = 'project:p-1';
const inHands = (state: ResourceState, heldBy: Holder): Resource => sampleResource({ state, heldBy });
const held = inHands('held', filing);
const used = inHands('used', project);
const removed = sampleResource({ state: 'removed', removedBecause: '拆除' });

function refusalOf(result: Result<unknown, Refusal>): Refusal {
  if (result.ok) throw new Error('it was done');
  return result.error;
}

describe('a resource in another’s hands', () => {
  it.each<[string, () => Result<Resource, Refusal>]>([
    ['held', () => hold(held, 'submission:s-2')],
    ['used', () => use(held, 'submission:s-2', 'project:p-2')],
    ['given back', () => release(held, 'submission:s-2')],
    ['corrected in what it rests on', () => correct(held, sampleDetails({ floorArea: 1 }))],
    ['removed', () => remove(held, '拆除')],
  ])('is not %s, and nobody is told whose hands', (_what, asked) => {
    const refused = refusalOf(asked());
    expect(refused.code).toBe('resource-taken');
    const { zh, en } = textOf(refused);
    expect(zh).toContain('r-1已由其他申请或项目占用');
    expect(en).toContain('r-1 is held by another filing or project');
    expect(JSON.stringify(refused)).not.toContain('s-1');
  });

  it('is named to who may see them', () => {
    const { zh, en } = textOf(refusalOf(hold(held, 'submission:s-2', true)));
    expect(zh).toContain(`由${filing}占用`);
    expect(en).toContain(`held by ${filing}`);
  });

  it('is refused without reasons of its own, unless it is corrected', () => {
    expect(refusalOf(hold(held, 'submission:s-2')).errors).toEqual([]);
    expect(refusalOf(remove(held, '拆除')).errors).toEqual([]);
    const moved = correct(used, sampleDetails({ kind: 'land', path: 'park', landArea: 8000 }));
    const reasons = refusalOf(moved).errors;
    expect(reasons.map(({ pointer }) => pointer)).toEqual(['/kind', '/path', '/landArea']);
    for (const { code, text } of reasons) {
      expect(code).toBe('rested-on');
      expect(text.zh).toContain('不得更改');
      expect(text.en).toContain('rests on it');
    }
  });
});

describe('a used resource', () => {
  it('is the project’s already, however often that is said', () => {
    const again = use(used, filing, project);
    expect(again.ok && again.value).toBe(used);
  });

  it('does not pass from one project to the next', () => {
    expect(refusalOf(use(used, project, 'project:p-2')).code).toBe('resource-taken');
    expect(refusalOf(hold(used, filing)).code).toBe('resource-taken');
  });

  it('may be put right in what the project does not rest on', () => {
    const details = sampleDetails({ presentUse: '改建中', address: '演示路1号院' });
    const result = correct(used, details);
    expect(result.ok && result.value).toEqual({ ...used, details });
  });
});

it('a correction that changes nothing is refused as a whole', () => {
  for (const resource of [sampleResource(), held]) {
    const refused = refusalOf(correct(resource, sampleDetails()));
    expect(refused).toMatchObject({ code: 'invalid-request', params: { count: 1 } });
    expect(refused.errors).toMatchObject([{ code: 'no-change', pointer: '' }]);
    expect(refused.errors[0]?.text.zh).toContain('相同');
    expect(refused.errors[0]?.text.en).toContain('already');
  }
});

it.each<[string, () => Result<Resource, Refusal>]>([
  ['held', () => hold(removed, filing, true)],
  ['used', () => use(removed, filing, project)],
  ['corrected', () => correct(removed, sampleDetails({ name: '演示·三号楼' }))],
  ['removed again', () => remove(removed, '拆除')],
])('a removed resource is not %s, and the refusal names it', (_what, asked) => {
  const refused = refusalOf(asked());
  expect(refused.code).toBe('resource-removed');
  expect(textOf(refused).zh).toContain('资源r-1');
});

it('the events name who holds it only while someone does', () => {
  expect(resourceFacts(used)).toHaveProperty('heldBy', project);
  expect(resourceFacts(sampleResource())).not.toHaveProperty('heldBy');
  expect(resourceFacts(removed)).toStrictEqual({
    city: '150100',
    county: '150102',
    kind: 'building',
    path: 'building',
    state: 'removed',
  });
});
