import { describe, expect, it } from 'vitest';
import { latePapersText, ruleTextAt } from './rule-texts.ts';

const said = (pointer: string, value: unknown): string | undefined => ruleTextAt(pointer)?.say(value).en;

describe('a rule in words', () => {
  it('of a notice of no days says that there is none; of another stage it is a limit', () => {
    expect(said('/review/days/notice', 0)).toBe('none');
    expect(said('/review/days/notice', 1)).toBe('1 working day(s)');
    expect(said('/review/days/planCheck', 0)).toBe('0 working day(s)');
  });

  it('of a panel names its departments, an unknown one by its code, and says when there are none', () => {
    expect(said('/review/panel', ['TAX', 'X-1'])).toMatch(/^[^;]+; X-1$/);
    expect(ruleTextAt('/review/panel')?.say(['TAX', 'X-1']).zh).toBe('税务、X-1');
    expect(ruleTextAt('/review/panel')?.say([])).toEqual({ zh: '未规定', en: 'none' });
  });

  it('of papers that may come later calls them by name, or by code, and says when there are none', () => {
    const { say } = latePapersText({ known: { zh: '鉴定报告', en: 'appraisal' } });
    expect(say(['known', 'other', 'toString'])).toEqual({
      zh: '鉴定报告、other、toString',
      en: 'appraisal; other; toString',
    });
    expect(say([])).toEqual({ zh: '无', en: 'none' });
  });

  it('of a mode is labelled with it', () => {
    expect(ruleTextAt('/modes/conversion/rentCap')?.label).toEqual({
      zh: '改建：租金占同地段同品质市场评估租金的比例',
      en: 'conversion: rent, of the assessed market rent',
    });
  });

  it.each(['/modes/palace/rentCap', '/modes/newBuild/colour', '/review/days/sleep', '/effectiveFrom', ''])(
    'is none at %j',
    (pointer) => {
      expect(ruleTextAt(pointer)).toBeUndefined();
    },
  );
});
