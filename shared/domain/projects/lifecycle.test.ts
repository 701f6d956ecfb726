import { describe, expect, it, test } from 'vitest';
import { textOf, type Refusal } from '../../kernel/refusal.ts';
import type { Result } from '../../kernel/result.ts';
import { moveProject, projectFacts, projectFrom, versionMade } from './lifecycle.ts';
import type { Project, ProjectStage } from './project.ts';
import { sampleContent, sampleProject } from './sample-project.ts';

const at = '2021-11-08T02:00:00.000Z';
const done = (result: Result<Project, Refusal>): Project => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const inStage = (stage: ProjectStage): Project => ({ ...sampleProject(), stage });

describe('a project', () => {
  it('for whose first stage no limit runs has no due date', () => {
    expect(sampleProject({}, { due: undefined })).not.toHaveProperty('due');
    expect(sampleProject()).toHaveProperty('due', '2021-10-19');
  });

  it('stays in its stage unless the event says another', () => {
    const content = sampleContent({ homes: 280 });
    for (const stage of ['in-review', 'recognised'] as const) {
      const changed = done(moveProject('project.changed', inStage(stage), { at, content }));
      expect(changed).toMatchObject({ stage, content });
    }
    expect(moveProject('project.ended', inStage('in-review'), { at }).ok).toBe(false);
  });

  it('is due when its new stage says so, and no longer when the old one said so', () => {
    const staged = (due?: string) =>
      done(moveProject('project.staged', sampleProject(), { at, stage: 'in-review', due }));
    expect(staged('2021-11-09')).toHaveProperty('due', '2021-11-09');
    expect(staged()).not.toHaveProperty('due');
    const ended = moveProject('project.ended', sampleProject(), { at, stage: 'refused', due: '2021-11-09' });
    expect(done(ended)).not.toHaveProperty('due');
  });

  it('keeps the day of its recognition, which no other event sets', () => {
    const later = '2021-12-01T02:00:00.000Z';
    const staged = done(moveProject('project.staged', sampleProject(), { at, stage: 'decided' }));
    expect(staged).not.toHaveProperty('recognisedAt');
    const recognised = done(moveProject('project.recognised', staged, { at }));
    expect(recognised).toMatchObject({ stage: 'recognised', recognisedAt: at });
    const content = sampleContent({ homes: 280 });
    const changed = done(moveProject('project.changed', recognised, { at: later, content }));
    expect(changed).toMatchObject({ recognisedAt: at, updatedAt: later });
  });

  it('lists each filing about it once, the oldest first', () => {
    const move = (before: Project, submission: string) =>
      done(moveProject('project.staged', before, { at, submission }));
    const twice = move(move(sampleProject(), 's-2'), 's-1');
    expect(twice).toMatchObject({ submission: 's-1', submissions: ['s-1', 's-2'] });
  });

  it('does not move to another county, and the refusal says where that was asked', () => {
    const content = sampleContent({ county: '150103' });
    const moved = moveProject('project.changed', inStage('recognised'), { at, content });
    expect(moved).toMatchObject({
      ok: false,
      error: {
        code: 'invalid-request',
        params: { count: 1 },
        errors: [{ code: 'county-fixed', pointer: '/county' }],
      },
    });
    const [said] = moved.ok ? [] : moved.error.errors.map(({ text }) => text);
    expect(said?.zh).toContain('旗县区');
    expect(said?.en).toContain('county');
    // Too late comes before wrong.
    expect(moveProject('project.changed', inStage('revoked'), { at, content })).toMatchObject({
      error: { code: 'project-not-in-stage' },
    });
  });

  it('that is refused a step is told how it stands', () => {
    const late = moveProject('project.staged', inStage('withdrawn'), { at, stage: 'in-review' });
    const said = late.ok ? undefined : textOf(late.error);
    expect(said?.zh).toContain('已撤回申请');
    expect(said?.en).toContain('withdrawn');
  });
});

describe('a project whose certificate ran out', () => {
  const expired = done(moveProject('project.ended', inStage('recognised'), { at, stage: 'expired' }));

  it('stands again when it is renewed, with the due date that it is given', () => {
    const validTo = '2031-11-08';
    const certificate = { id: 'c-1', state: 'valid', validTo };
    const move = { at, stage: 'recognised', due: validTo, certificate } as const;
    const again = done(moveProject('project.renewed', expired, move));
    expect(again).toMatchObject({ stage: 'recognised', due: validTo, certificate });
    expect(again).not.toHaveProperty('endedAt');
  });

  it.each(['cancelled', 'revoked'] as const)('can still be %s', (stage) => {
    const later = '2022-01-10T02:00:00.000Z';
    expect(done(moveProject('project.ended', expired, { at: later, stage }))).toMatchObject({
      stage,
      endedAt: later,
    });
  });

  it('takes no other event, and not the right one with another end', () => {
    for (const [type, stage] of [
      ['project.renewed', undefined],
      ['project.renewed', 'cancelled'],
      ['project.ended', 'refused'],
      ['project.ended', 'recognised'],
      ['project.staged', 'recognised'],
      ['project.changed', 'recognised'],
      ['project.recognised', 'recognised'],
    ] as const) {
      const result = moveProject(type, expired, { at, ...(stage ? { stage } : {}) });
      expect(result, `${type} ${stage}`).toMatchObject({ error: { code: 'project-not-in-stage' } });
    }
  });
});

test('a county that is none makes no project', () => {
  const application = { id: 'p-1', submission: 's-1', ruleSet: 'default/1', at };
  for (const county of ['150100', '999999'])
    expect(() => projectFrom({ ...application, content: sampleContent({ county }) })).toThrow(county);
});

test('the events say the certificate and the due date only where there are some', () => {
  const before = sampleProject();
  const certificate = { id: 'c-1', number: '保租认字〔2021〕150102-0001号', state: 'valid' };
  const after = done(
    moveProject('project.recognised', { ...before, stage: 'decided' }, { at, certificate, reserved: 300 }),
  );
  const facts = projectFacts(before, after);
  expect(facts).toMatchObject({ certificate, stage: 'recognised', reserved: 300 });
  expect(facts).not.toHaveProperty('due');
  const first = projectFacts(undefined, before);
  expect(first).not.toHaveProperty('stageBefore');
  expect(first).not.toHaveProperty('certificate');
  expect(versionMade(before, after)).toBeUndefined();
});
