/** Proposed measures are tried on the projects that are there, before anybody signs them (规则预演). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bureau, type Json } from '../support/bureau.ts';
import { sampleOfKind } from '../support/contents.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await Bureau.open('2021-10-12T09:00:00+08:00');
});
afterAll(() => bureau.close());

describe('a rehearsal', { timeout: 120_000 }, () => {
  const { content } = sampleOfKind('policy-measures');
  const { newBuild } = content['matrix'] as Json;
  const rehearse = (user: string, body: Json) => bureau.call(user, 'POST /rule-sets/rehearse', { body });
  /** 120 homes let at 18 of 22 and 17 of 21 yuan: about 82 percent. */
  const proposal = (conversion: Json): Json => ({
    ...content,
    matrix: { ...(content['matrix'] as Json), conversion: newBuild },
    rules: { modes: { conversion } },
  });

  test('says which project would newly miss which rule, and writes nothing', async () => {
    await bureau.recognition('submitted');
    await bureau.platform.drain();
    const strict = proposal({ rentCap: 80, smallestProject: { homes: 200, floorArea: null } });
    const { status, body } = await rehearse('hohhot-drafter', { content: strict });
    expect([status, body['city'], body['counts']]).toEqual([
      200,
      '150100',
      { projects: 1, newlyMissing: 1, newlyMeeting: 0, unchanged: 0 },
    ]);
    const [project] = body['projects'] as { newlyMissed: { requirement: string; source: string }[] }[];
    expect(project?.newlyMissed.map(({ requirement, source }) => [requirement, source])).toEqual([
      ['homes', '拟订稿'],
      ['rent-cap', '拟订稿'],
    ]);
    expect((body['changes'] as Json[]).length).toBeGreaterThan(0);
    const mild = await rehearse('housing-supervisor', { city: '150100', content: proposal({ rentCap: 90 }) });
    expect(mild.body['counts']).toMatchObject({ projects: 1, newlyMissing: 0 });
    const rules = await bureau.call('hohhot-drafter', 'GET /rule-sets');
    expect((rules.body['items'] as Json[])[0]).toMatchObject({ inForce: 'default/1', versions: [] });
  });

  test('is for the offices of the place, with measures that are in order', async () => {
    expect((await rehearse('baotou-drafter', { city: '150100', content })).status).toBe(403);
    expect((await rehearse('company-drafter', { city: '150100', content })).status).toBe(403);
    expect((await rehearse('company-drafter', { content })).status).toBe(403);
    const unnamed = await rehearse('housing-supervisor', { content });
    expect([unnamed.status, (unnamed.body['errors'] as Json[])[0]]).toMatchObject([
      422,
      { pointer: '/city' },
    ]);
    const wrong = await rehearse('hohhot-drafter', { content: { ...content, effectiveFrom: 'soon' } });
    expect([wrong.status, (wrong.body['errors'] as Json[])[0]]).toMatchObject([
      422,
      { pointer: '/content/effectiveFrom' },
    ]);
    const others = await rehearse('baotou-drafter', { content });
    expect(others.body['counts']).toMatchObject({ projects: 0 });
    expect((await rehearse('hohhot-drafter', { content, cursor: 'nowhere' })).status).toBe(400);
  });
});
