/** What operators read is what is deployed: alarms, objectives, dashboard, runbook and the page on deploying agree. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { targets } from '../../infra/config.ts';
import { objectives } from '../../infra/objectives.ts';
import { routes } from '../../functions/routes.ts';
import { assemblyOf, resourcesOf, stackOf } from './assembly.ts';

const pageOf = (name: string): string => readFileSync(path.join('infra', name), 'utf8');
const pages = {
  'runbook.md': pageOf('runbook.md'),
  'deploy.md': pageOf('deploy.md'),
  'scale.md': pageOf('scale.md'),
};
const assemblies = { aws: assemblyOf('aws'), 'aws-cn': assemblyOf('aws-cn') };

/** Cells of the first column of a page's tables, those in code style. */
const firstCells = (text: string): string[] =>
  [...text.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, cell = '']) => cell);

function sectionOf(text: string, heading: string): string {
  const from = text.indexOf(`\n## ${heading}\n`);
  const to = text.indexOf('\n## ', from + 1);
  return from < 0 ? '' : text.slice(from, to < 0 ? undefined : to);
}

describe.each(targets)('alarms (%s)', (target) => {
  const template = stackOf(assemblies[target], 'AnjuObservability');
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ Properties: properties }) => ({
    id: String(properties['AlarmName']).replace(/^anju-/, ''),
    description: String(properties['AlarmDescription']),
  }));
  const public_ = target === 'aws';

  it('each belong to one objective, and no objective asks for another', () => {
    const claimed = objectives
      .filter((objective) => public_ || !objective.public)
      .flatMap(({ shows, also }) => [...shows, ...also]);
    expect(claimed.toSorted()).toEqual(alarms.map(({ id }) => id).toSorted());
  });

  it('each lead to a section of the runbook, in Chinese first', () => {
    for (const { id, description } of alarms) {
      expect(description, id).toMatch(/^\p{sc=Han}[^]* \/ .*runbook: infra\/runbook\.md#[a-z-]+$/u);
      const section = description.split('#').at(-1) ?? '';
      expect(sectionOf(pages['runbook.md'], section), section).not.toBe('');
    }
  });

  it('stand on the dashboard with every objective', () => {
    const [page] = resourcesOf(template, 'AWS::CloudWatch::Dashboard');
    const body = JSON.stringify(page?.Properties['DashboardBody']);
    for (const { text, public: isPublic } of objectives)
      expect(body.includes(text.zh), text.zh).toBe(public_ || !isPublic);
  });
});

test('the runbook has no section without an alarm, and speaks of every function', () => {
  const [template] = [stackOf(assemblies.aws, 'AnjuObservability')];
  const led = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ Properties: properties }) =>
    String(properties['AlarmDescription']).split('#').at(-1),
  );
  const headings = [...pages['runbook.md'].matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings.toSorted()).toEqual([...new Set(led)].toSorted());
  const functions = Object.values(assemblies.aws.stacks).flatMap((stack) =>
    resourcesOf(stack, 'AWS::Lambda::Function').map(({ Properties: properties }) =>
      String(properties['FunctionName']).replace(/^anju-/, ''),
    ),
  );
  const named = firstCellsOfFunctions();
  expect(named.toSorted()).toEqual(functions.toSorted());
});

function firstCellsOfFunctions(): string[] {
  return [...pages['runbook.md'].matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
  );
}

describe('the page on deploying', () => {
  const page = pages['deploy.md'];

  it('explains every parameter of the templates, and no other', () => {
    const parameters = Object.entries(assemblies.aws.stacks).flatMap(([stack, template]) =>
      Object.keys(template.Parameters ?? {})
        .filter((name) => name !== 'BootstrapVersion' && !name.startsWith('SsmParameterValue'))
        .map((name) => `${name} ${stack}`),
    );
    const explained = [...sectionOf(page, 'Parameters').matchAll(/^\| `(\w+)` +\| (\w+) +\|/gm)].map(
      ([, name, stack]) => `${name ?? ''} ${stack ?? ''}`,
    );
    expect(explained.toSorted()).toEqual(parameters.toSorted());
  });

  it('explains every choice', () => {
    const choices = ['target', 'scannerUrl', 'publicApi', 'ledgerLock'];
    expect(firstCells(sectionOf(page, 'Choices'))).toEqual(choices);
    // What `npm run synth` takes from the environment is the same.
    const synth = readFileSync('infra/cli/synth.ts', 'utf8');
    for (const [, variable = ''] of page.matchAll(/`(ANJU_[A-Z_]+)`/g)) expect(synth).toContain(variable);
    expect([...synth.matchAll(/'(ANJU_[A-Z_]+)'/g)].length).toBe(choices.length - 1);
  });
});

describe.each(Object.entries(pages))('%s', (name, page) => {
  it('names routes, commands, outputs, files and sections that there are', () => {
    const known = new Set(routes.map(({ method, path: at }) => `${method} ${at}`));
    for (const [, route = ''] of page.matchAll(/`((?:GET|POST|PUT|DELETE) \/[^`\s?]*)`/g))
      expect(known, route).toContain(route);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    for (const [, script = ''] of page.matchAll(/npm run ([a-z:]+)/g))
      expect(Object.keys(scripts)).toContain(script);
    const outputs = Object.values(assemblies.aws.stacks).flatMap((stack) => Object.keys(stack.Outputs ?? {}));
    for (const [, variable = ''] of page.matchAll(/\$([A-Z][a-z]\w+)/g)) expect(outputs).toContain(variable);
    for (const [, file = '', section] of page.matchAll(/\]\((\w[\w./-]*)?(?:#([\w-]+))?\)/g)) {
      expect(file === '' || existsSync(path.join('infra', file)), file).toBe(true);
      const there = file === '' ? page : readFileSync(path.join('infra', file), 'utf8');
      const headings = [...there.matchAll(/^## (.+)$/gm)].map(([, text = '']) =>
        text.toLowerCase().replaceAll(' ', '-'),
      );
      if (section !== undefined) expect(headings, name).toContain(section);
    }
    for (const [, file = ''] of page.matchAll(/`((?:infra|shared|test)\/[\w./-]+)`/g))
      expect(existsSync(file), file).toBe(true);
  });
});
