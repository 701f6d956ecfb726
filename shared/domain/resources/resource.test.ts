import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { textOf } from '../../kernel/refusal.ts';
import type { Result } from '../../kernel/result.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { correct, hold, release, remove, resourceActions, resourceFacts, use } from './actions.ts';
import { defectsOf, findingsOf } from './findings.ts';
import { landPaths } from './land-paths.ts';
import { Resource, ResourceDetails, type Holder } from './resource.ts';
import { sampleDetails, sampleResource } from './sample-resource.ts';

function done(result: Result<Resource, Refusal>): Resource {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const codeOf = (result: Result<unknown, Refusal>): string | undefined =>
  result.ok ? undefined : result.error.code;

const idle = sampleResource();
const filing: Holder = 'submission:s-1';
const other: Holder = 'submission:s-2';
const project: Holder = 'project:p-1';

describe('a resource', () => {
  it('goes from hand to hand: held by the filing, used by the project, given back', () => {
    const held = done(hold(idle, filing));
    expect(held).toMatchObject({ state: 'held', heldBy: filing });
    const used = done(use(held, filing, project));
    expect(used).toMatchObject({ state: 'used', heldBy: project });
    const free = done(release(used, project));
    expect(free).toEqual(idle);
    expect(Resource().parse(used)).toEqual(used);
  });

  it('is held once: the same hand changes nothing, another is refused', () => {
    const held = done(hold(idle, filing));
    expect(done(hold(held, filing))).toBe(held);
    expect(codeOf(hold(held, other))).toBe('resource-taken');
    expect(codeOf(use(held, other, project))).toBe('resource-taken');
    expect(codeOf(release(held, other))).toBe('resource-taken');
    expect(codeOf(use(idle, filing, project))).toBe('resource-taken');
    expect(done(release(idle, filing))).toBe(idle);
  });

  it('names who holds it only to who may see him', () => {
    const held = done(hold(idle, filing));
    const said = (named: boolean): string => {
      const refused = hold(held, other, named);
      return refused.ok ? '' : textOf(refused.error).zh;
    };
    expect(said(true)).toContain(filing);
    expect(said(false)).not.toContain('s-1');
    expect(said(false)).toContain('其他申请或项目');
  });

  it('whoever does what to it, is held by one hand or none, and a removed one by none', () => {
    const hands: Holder[] = [filing, other, project, 'project:p-2'];
    const step = fc.tuple(
      fc.constantFrom('hold', 'use', 'release', 'remove', 'correct'),
      fc.constantFrom(...hands),
      fc.constantFrom(...hands),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let now = idle;
        for (const [action, one, two] of steps) {
          const before = now;
          const result = {
            hold: () => hold(now, one),
            use: () => use(now, one, two),
            release: () => release(now, one),
            remove: () => remove(now, '拆除'),
            correct: () => correct(now, sampleDetails({ name: `${one} ${two}` })),
          }[action]();
          if (result.ok) now = result.value;
          expect(now.heldBy !== undefined).toBe(now.state === 'held' || now.state === 'used');
          // No one takes it from another's hand but the project that its own filing becomes.
          if (before.heldBy !== undefined && now.heldBy !== before.heldBy) expect(one).toBe(before.heldBy);
          if (before.state === 'removed') expect(now).toBe(before);
        }
      }),
    );
  });

  it('is corrected while it is held only in what the filing does not rest on', () => {
    const held = done(hold(idle, filing));
    const named = done(correct(held, sampleDetails({ name: '演示·三号楼（更名）' })));
    expect(named).toMatchObject({ state: 'held', heldBy: filing });
    const moved = correct(held, sampleDetails({ floorArea: 1, county: '150103' }));
    expect(codeOf(moved)).toBe('resource-taken');
    expect(!moved.ok && moved.error.errors.map(({ pointer }) => pointer)).toEqual(['/county', '/floorArea']);
    expect(codeOf(correct(idle, sampleDetails({ floorArea: 1, county: '150103' })))).toBeUndefined();
    expect(codeOf(correct(idle, sampleDetails()))).toBe('invalid-request');
  });

  it('leaves the register only when nobody holds it, and does not come back', () => {
    expect(codeOf(remove(done(hold(idle, filing)), '拆除'))).toBe('resource-taken');
    const removed = done(remove(idle, '拆除'));
    expect(removed).toMatchObject({ state: 'removed', removedBecause: '拆除' });
    for (const again of [
      remove(removed, '拆除'),
      hold(removed, filing),
      correct(removed, sampleDetails({ name: 'x' })),
    ])
      expect(codeOf(again)).toBe('resource-removed');
  });

  it('tells nothing of what its keeper wrote in its events', () => {
    const facts = resourceFacts(done(hold(idle, filing)));
    expect(facts).toEqual({
      city: '150100',
      county: '150102',
      kind: 'building',
      path: 'building',
      state: 'held',
      heldBy: filing,
    });
  });
});

test('every action has its own event, and only registering makes a record', () => {
  const all = Object.values(resourceActions);
  expect(new Set(all.map(({ event }) => event)).size).toBe(all.length);
  expect(all.filter(({ from }) => from.length === 0)).toEqual([resourceActions.register]);
});

test('the five ways and another are data with their source', () => {
  expect(Object.keys(landPaths)).toHaveLength(6);
  for (const { source } of Object.values(landPaths)) expect(source).toContain('unverified');
});

describe('details', () => {
  it('are refused for a county that is none, and without the area that matters', () => {
    expect(defectsOf(sampleDetails())).toEqual([]);
    const { floorArea: _area, ...without } = sampleDetails({ county: '150101' });
    expect(defectsOf(without).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['county-unknown', '/county'],
      ['area-missing', '/floorArea'],
    ]);
    expect(defectsOf({ ...without, county: '152201', kind: 'land' }).map(({ pointer }) => pointer)).toEqual([
      '/landArea',
    ]);
  });

  const codes = (given: Partial<ResourceDetails>): string[] =>
    findingsOf(sampleDetails(given)).map(({ code }) => code);

  it('that are strange are shown, and with them what the keeper says to it', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ county: '150103' })).toEqual(['unit-number-elsewhere']);
    expect(codes({ unitNumber: '150102' })).toEqual(['unit-number-form']);
    expect(codes({ holder: { name: '演示', code: '91150102TE5TNMA15K' } })).toEqual(['credit-code-check']);
    expect(codes({ holder: { name: '演示', code: 'N2150121NMHT00216H' } })).toEqual([]);
    expect(codes({ holder: { name: '演示', code: '123' } })).toEqual(['credit-code-form']);
    expect(codes({ path: 'park' })).toEqual(['path-unusual']);
    expect(codes({ path: 'other' })).toEqual([]);
    const explanations = { 'unit-number-form': '旧证，尚未换发' };
    expect(findingsOf(sampleDetails({ unitNumber: '1', explanations }))).toMatchObject([
      { code: 'unit-number-form', pointer: '/unitNumber', explanation: '旧证，尚未换发' },
    ]);
  });

  it('have a form of their own', () => {
    expect(ResourceDetails().safeParse(sampleDetails()).success).toBe(true);
    for (const wrong of [
      { floorArea: 0 },
      { county: '15' },
      { unitNumber: '' },
      { name: ' ' },
      { surplus: 1 },
    ])
      expect(ResourceDetails().safeParse({ ...sampleDetails(), ...wrong }).success).toBe(false);
  });
});
