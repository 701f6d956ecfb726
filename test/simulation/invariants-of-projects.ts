/** What must hold between projects, certificates, resources and plans, however their commands met. */
import type { PublicCertificate } from '../../shared/app/certificates/ports.ts';
import type { Certificate } from '../../shared/domain/certificates/certificate.ts';
import { parseNumber } from '../../shared/domain/certificates/number.ts';
import type { PlanUse } from '../../shared/domain/projects/plan-use.ts';
import { phaseOf, type Project } from '../../shared/domain/projects/project.ts';
import type { Notice } from '../../shared/domain/reminders/notice.ts';
import { tidingFor, tidingKey } from '../../shared/domain/reminders/tiding.ts';
import type { Head } from '../../shared/domain/submissions/submission.ts';
import type { Records } from './records.ts';

export function projectFaults(records: Records): string[] {
  const projects = records.all<Project>('project');
  const certificates = records.all<Certificate>('certificate');
  return [
    ...numberFaults(certificates),
    ...standingFaults(projects, certificates, records),
    ...planFaults(projects, records),
    ...publicFaults(certificates, records),
    ...tidingFaults(certificates, records),
  ];
}

/** Numbers of a county and year: 1, 2, 3 …, none twice, none left out; nothing waits for one. */
function numberFaults(certificates: readonly Certificate[]): string[] {
  const waiting = certificates.filter(({ number, drafted }) => number === null || drafted);
  const given = certificates.flatMap(({ number }) => parseNumber(number ?? '') ?? []);
  const series = Map.groupBy(given, (one) => `${one.county} ${one.year}`);
  return [
    ...waiting.map(({ id }) => `certificate: ${id} still waits for its number or its version`),
    ...[...series].flatMap(([name, numbers]) => {
      const inOrder = numbers.map(({ sequence }) => sequence).sort((a, b) => a - b);
      return inOrder.every((sequence, index) => sequence === index + 1)
        ? []
        : [`number: ${name} has ${inOrder.join()}`];
    }),
    ...certificates
      .filter(({ versions }) => versions.some(({ version, print }, index) => version !== index + 1 || !print))
      .map(({ id }) => `certificate: ${id} has a version without print, or out of order`),
  ];
}

const endsAs: Readonly<Record<string, string>> = {
  revoked: 'revoked',
  cancelled: 'cancelled',
  expired: 'expired',
};

/** A project and its certificate say the same; a filing that was decided came to its end. */
function standingFaults(
  projects: readonly Project[],
  certificates: readonly Certificate[],
  records: Records,
): string[] {
  const faults: string[] = [];
  for (const certificate of certificates) {
    const { id, state, project: name } = certificate;
    const project = projects.find((one) => one.id === name);
    const shown = project?.certificate;
    if (shown?.id !== id || shown.state !== state || shown.number !== certificate.number)
      faults.push(`project: ${name} says ${JSON.stringify(shown)} of a certificate that is ${state}`);
    const stage = endsAs[state] ?? 'recognised';
    if (project?.stage !== stage)
      faults.push(`project: ${name} is ${project?.stage ?? ''}, certificate ${state}`);
  }
  for (const { id, period, state } of records.all<Head>('submission'))
    if (state === 'decided') {
      const project = projects.find((one) => one.id === period);
      // Revoked in the moment between decision and version, nothing is issued on it any more.
      if (project?.stage !== 'revoked') faults.push(`filing: ${id} was decided and never issued`);
    }
  return faults;
}

/** What is spoken for in a plan is what the projects that stand in it hold, home by home. */
function planFaults(projects: readonly Project[], records: Records): string[] {
  return records.all<PlanUse>('plan-use').flatMap(({ city, year, reserved, projects: count }) => {
    const inPlan = projects.filter(
      (one) => one.city === city && one.content.planYear === year && one.reserved > 0,
    );
    const sum = inPlan.reduce((all, one) => all + one.reserved, 0);
    const faults =
      sum === reserved && inPlan.length === count
        ? []
        : [`plan: ${reserved} homes of ${count} are taken, projects hold ${sum} of ${inPlan.length}`];
    const under = inPlan.filter((one) => phaseOf(one) === 'recognised' && one.reserved < one.content.homes);
    return [...faults, ...under.map(({ id }) => `plan: ${id} has more homes than it holds`)];
  });
}

/** What anyone reads of a certificate is what it is. */
function publicFaults(certificates: readonly Certificate[], { items }: Records): string[] {
  return certificates
    .filter(({ number }) => number !== null)
    .flatMap(({ number, state, version }) => {
      const item = items.find(({ PK }) => PK === `PUBLIC#certificate#${number ?? ''}`);
      const shown = item?.['data'] as PublicCertificate | undefined;
      return shown?.state === state && shown.version === version
        ? []
        : [
            `public: ${number ?? ''} is ${state} ${version}, shown ${shown?.state ?? 'not at all'} ${shown?.version ?? ''}`,
          ];
    });
}

/** Its owner was told of everything that became of it, each once. */
function tidingFaults(certificates: readonly Certificate[], records: Records): string[] {
  const told = records
    .all<Notice>('notice')
    .filter(({ role }) => role === 'signatory')
    .flatMap(({ tidings = [] }) => tidings.map(tidingKey));
  return certificates.flatMap(({ id }) =>
    (records.chains.get(`certificate:${id}`) ?? [])
      .filter(({ type }) => tidingFor(type) !== undefined)
      .flatMap(({ seq, type }) => {
        const times = told.filter((key) => key === tidingKey({ certificate: id, event: seq })).length;
        return times === 1 ? [] : [`tiding: ${type} of ${id} was told ${times} times`];
      }),
  );
}
