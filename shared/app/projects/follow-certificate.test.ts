import { describe, expect, it } from 'vitest';
import { refusal } from '../../kernel/refusal.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { systemActor } from '../../domain/audit/entry.ts';
import { pendingCertificate } from '../../domain/certificates/sample-certificate.ts';
import { planUseAtFirst, type PlanUse } from '../../domain/projects/plan-use.ts';
import type { Project } from '../../domain/projects/project.ts';
import { sampleProject } from '../../domain/projects/sample-project.ts';
import { followCertificate } from './follow-certificate.ts';

const certificate = { ...pendingCertificate(), project: 'p-1' };
const project: Project = {
  ...sampleProject(),
  stage: 'recognised',
  reserved: 300,
  certificate: { id: certificate.id, state: 'valid', validTo: '2031-11-07' },
};
const doing = { by: systemActor, now: '2022-03-01T01:00:00.000Z' };

function revoked(use: Partial<PlanUse>) {
  const store = {
    project: () => Promise.resolve(project),
    resource: () => Promise.resolve(undefined),
    planUse: () => Promise.resolve({ ...planUseAtFirst('150100', 2021), ...use }),
  };
  return followCertificate(store, { ...certificate, state: 'revoked' }, doing);
}

describe('a certificate that is revoked', () => {
  it('ends its project and gives back its homes', async () => {
    const followed = await revoked({ reserved: 500, projects: 2 });
    expect(followed).toMatchObject(
      ok({
        changes: [
          { kind: 'plan-use', after: { reserved: 200, projects: 1 } },
          { kind: 'project', after: { stage: 'revoked', reserved: 0 } },
        ],
      }),
    );
  });

  it.each([
    ['homes', { reserved: 299, projects: 2 }],
    ['projects', { reserved: 500, projects: 0 }],
  ])(
    'asks for another look when the plan has fewer %s: they were given back since the project was read',
    async (_what, use) => {
      expect(await revoked(use)).toEqual(refuse(refusal('busy')));
    },
  );
});
