import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../kernel/refusal.ts';
import { giveBack, planUseAtFirst, PlanUse, reserve } from './plan-use.ts';

const empty = planUseAtFirst('150100', 2022);

describe('the use of a plan', () => {
  it('takes what the plan has, to the last home', () => {
    const some = reserve(empty, 260, 300);
    expect(some).toEqual({ ok: true, value: { ...empty, reserved: 260, projects: 1 } });
    if (!some.ok) return;
    expect(reserve(some.value, 40, 300).ok).toBe(true);
    const full = reserve(some.value, 41, 300);
    expect(!full.ok && full.error.code).toBe('plan-full');
    expect(!full.ok && textOf(full.error).zh).toBe(
      '2022年度计划300套（间），已占用260套（间），不足以列入41套（间）。',
    );
  });

  it('has no room without a plan', () => {
    expect(reserve(empty, 1, 0).ok).toBe(false);
  });

  it('lets a project grow and shrink without counting it twice', () => {
    const taken = { ...empty, reserved: 100, projects: 1 };
    expect(reserve(taken, 20, 300, 0)).toEqual({ ok: true, value: { ...taken, reserved: 120 } });
    expect(giveBack(taken, 20, 0)).toEqual({ ...taken, reserved: 80 });
    expect(giveBack(taken, 100)).toEqual(empty);
  });

  it('never goes above the plan nor below nothing, and what goes and comes back leaves it as it was', () => {
    const homes = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.array(homes, { maxLength: 30 }), fc.integer({ min: 0, max: 1000 }), (asks, planned) => {
        const taken: number[] = [];
        let use = empty;
        for (const ask of asks) {
          const done = reserve(use, ask, planned);
          if (!done.ok) continue;
          use = done.value;
          taken.push(ask);
          expect(use.reserved).toBeLessThanOrEqual(planned);
          expect(PlanUse().safeParse(use).success).toBe(true);
        }
        expect(use.projects).toBe(taken.length);
        for (const one of taken) use = giveBack(use, one);
        expect(use).toEqual(empty);
      }),
    );
  });

  it('says loudly that the count was lost', () => {
    expect(() => giveBack(empty, 1)).toThrow(RangeError);
    expect(() => giveBack({ ...empty, reserved: 5, projects: 0 }, 5)).toThrow(RangeError);
    const taken = { ...empty, reserved: 5, projects: 1 };
    expect(() => giveBack(taken, 6)).toThrow('plan-use:150100/2022 has 5 homes taken, 6 come back');
    expect(() => giveBack({ ...taken, projects: 0 }, 1)).toThrow('plan-use:150100/2022');
    for (const odd of [0, -1, 1.5, Number.NaN]) {
      expect(() => reserve(empty, odd, 9)).toThrow(RangeError);
      expect(() => giveBack(taken, odd, 0)).toThrow(RangeError);
    }
  });

  it('is kept whole, and never counts below nothing', () => {
    const taken = { ...empty, reserved: 5, projects: 1, seq: 3, hash: 'h' };
    expect(PlanUse().parse(taken)).toEqual(taken);
    for (const odd of [{ reserved: -1 }, { projects: -1 }, { reserved: 0.5 }, { year: undefined }])
      expect(PlanUse().safeParse({ ...taken, ...odd }).success, JSON.stringify(odd)).toBe(false);
  });
});
