import { describe, expect, it } from 'vitest';
import { projectDifference } from './difference.ts';
import type { ProjectContent } from './project.ts';
import { sampleContent } from './sample-project.ts';

const said = (before: Partial<ProjectContent>, after: Partial<ProjectContent>) =>
  projectDifference(sampleContent(before), sampleContent(after));

describe('what changed', () => {
  it('says what was taken away, and names it', () => {
    const [change, ...more] = said({ rooms: 320 }, {});
    expect(more).toEqual([]);
    expect(change).toMatchObject({ pointer: '/rooms', before: 320 });
    expect(change).not.toHaveProperty('after');
    expect(change?.text.zh).toBe('居室数（间）：删除320');
    expect(change?.text.en).toContain('320 taken away');
  });

  it('says of a type that goes each of its parts', () => {
    const [, second] = sampleContent().homesByType;
    const gone = said({}, { homesByType: second ? [second] : [] });
    expect(gone.map(({ pointer }) => pointer)).toEqual([
      '/homesByType/单间/type',
      '/homesByType/单间/area',
      '/homesByType/单间/homes',
    ]);
    for (const { text } of gone) {
      expect(text.zh).toMatch(/^单间·.*：删除/);
      expect(text.en).toMatch(/\(单间\): .* taken away$/);
    }
  });

  it('keeps apart the field and the name of its row, whatever sign that has', () => {
    const [single, ...rest] = sampleContent().homesByType;
    const rows = (homes: number) => ({
      homesByType: [{ area: 28, ...single, type: '单间/开间~A', homes }, ...rest],
    });
    expect(said(rows(200), rows(210))).toMatchObject([
      {
        pointer: '/homesByType/单间~1开间~0A/homes',
        text: { zh: '单间/开间~A·套（间）数：由200改为210' },
      },
    ]);
  });

  it('names a county by its name, and by its code where there is no name', () => {
    // Counties have no English name yet.
    expect(said({}, { county: '150103' })[0]?.text).toEqual({
      zh: '旗县区代码：由新城区改为回民区',
      en: 'County code: from 150102 to 150103',
    });
    expect(said({ county: '150199' }, { county: '150100' })[0]?.text).toEqual({
      zh: '旗县区代码：由150199改为呼和浩特市',
      en: 'County code: from 150199 to Hohhot',
    });
  });

  it('says a number of a text field as it was written', () => {
    expect(said({ name: '12号' }, { name: '012' })[0]?.text.zh).toBe('项目名称：由12号改为012');
  });
});
