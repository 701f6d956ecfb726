/** Synthesizes the platform with empty bundles: what the templates say does not depend on what the functions do. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { afterAll } from 'vitest';
import { makeApp } from '../../infra/app.ts';
import { configOf, type Settings, type Target } from '../../infra/config.ts';

export const functionNames = [
  'certificates',
  'commands',
  'daily',
  'delivery',
  'description',
  'documents',
  'exports',
  'follow-up',
  'inspection',
  'invitations',
  'journal',
  'prints',
  'public',
  'queries',
  'registers',
  'reports',
  'steering',
] as const;

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface Assembly {
  readonly app: App;
  /** By the name of the stack. */
  readonly stacks: Readonly<Record<string, Template>>;
  /** All templates as one text. */
  readonly text: string;
}

/** A scanner for the target that has none of its own. */
export const scannerUrl = 'https://scanner.example.cn/scan';

const folder = mkdtempSync(path.join(tmpdir(), 'anju-assembly-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The app, not yet synthesized. */
export function appOf(target: Target, settings: Settings = {}): App {
  const bundles = path.join(folder, 'bundles');
  for (const name of functionNames) {
    mkdirSync(path.join(bundles, name), { recursive: true });
    writeFileSync(path.join(bundles, name, 'index.mjs'), `export const handler = () => '${name}';`);
  }
  const scanner = target === 'aws-cn' ? { scannerUrl } : {};
  const config = configOf(target, { ...scanner, ...settings });
  return makeApp({ config, bundles, outdir: mkdtempSync(path.join(folder, 'out-')) });
}

export function assemblyOf(target: Target, settings: Settings = {}): Assembly {
  const app = appOf(target, settings);
  const texts = app
    .synth()
    .stacks.map((stack) => [stack.stackName, readFileSync(stack.templateFullPath, 'utf8')] as const);
  return {
    app,
    stacks: Object.fromEntries(texts.map(([name, text]) => [name, JSON.parse(text) as Template])),
    text: texts.map(([, text]) => text).join('\n'),
  };
}

/** The stack of this name. */
export function stackOf({ stacks }: Assembly, name: string): Template {
  const found = stacks[name];
  if (!found) throw new Error(`There is no stack ${name}.`);
  return found;
}

/** The resources of a type in a template, with their logical ids. */
export function resourcesOf(template: Template, type: string): (Resource & { readonly id: string })[] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ id, ...resource }));
}

/** The resources of a type in all stacks. */
export function allOf({ stacks }: Assembly, type: string): (Resource & { readonly id: string })[] {
  return Object.values(stacks).flatMap((template) => resourcesOf(template, type));
}

/** The one resource of a type whose logical id starts like this. */
export function one(template: Template, type: string, start = ''): Resource & { readonly id: string } {
  const found = resourcesOf(template, type).filter(({ id }) => id.startsWith(start));
  if (found.length !== 1 || !found[0])
    throw new Error(`${found.length} resources ${type} start with '${start}', not one.`);
  return found[0];
}

/**
 * A value of a template as people would write it: `<Table>/index/by-owner`, with references by the start of their logical
 * id (its hash left out) and pseudo parameters as `<Partition>`.
 */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [[operation, operand] = ['', undefined]] = Object.entries(value);
  switch (operation) {
    case 'Ref':
      return `<${nameOf(String(operand).replace('AWS::', ''))}>`;
    case 'Fn::GetAtt': {
      const [id, attribute] = operand as [string, string];
      return `<${nameOf(id)}${attribute === 'Arn' ? '' : `.${attribute}`}>`;
    }
    case 'Fn::ImportValue':
      return `<${imported(String(operand))}>`;
    case 'Fn::Join':
      return (operand as [string, unknown[]])[1].map(readable).join('');
    default:
      return JSON.stringify(value);
  }
}

/** `AnjuData:ExportsOutputFnGetAttTableCD117FA1StreamArnB270E65B` is the table's `StreamArn`. */
function imported(output: string): string {
  const parts = /ExportsOutput(?:Ref|FnGetAtt)(?<id>\w+?)[0-9A-F]{8}(?<attribute>\w*?)[0-9A-F]{8}$/.exec(
    output,
  )?.groups;
  if (!parts) throw new Error(`Not the name of an export: ${output}`);
  const attribute = parts['attribute'] ?? '';
  return `${parts['id']}${attribute === '' || attribute === 'Arn' ? '' : `.${attribute}`}`;
}

function nameOf(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, '');
}
