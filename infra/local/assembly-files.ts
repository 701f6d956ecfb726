/** A cloud assembly as it lies on disk: the manifest, and of each stack the template and the list of assets. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Stack {
  readonly name: string;
  readonly resources: Record<
    string,
    { Type: string; Condition?: string; Properties?: Record<string, unknown> }
  >;
  readonly parameters: Record<string, { Default?: string; Type: string }>;
  readonly outputs: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
  /** The folder of each asset, by its object key. */
  readonly assets: Record<string, string>;
}

interface Manifest {
  readonly artifacts: Record<string, { readonly type: string }>;
}

/** The stacks of an assembly, in the order of its manifest. */
export function stackNames(outdir: string): string[] {
  const manifest = JSON.parse(readFileSync(path.join(outdir, 'manifest.json'), 'utf8')) as Manifest;
  return Object.entries(manifest.artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([name]) => name);
}

export function readStack(outdir: string, name: string): Stack {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(outdir, file), 'utf8'));
  const template = read(`${name}.template.json`) as {
    Resources: Stack['resources'];
    Parameters?: Stack['parameters'];
    Outputs?: Stack['outputs'];
  };
  const { files } = read(`${name}.assets.json`) as {
    files: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
  };
  const assets = Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(
      ({ objectKey }) => [objectKey, path.resolve(outdir, source.path)] as const,
    ),
  );
  return {
    name,
    resources: template.Resources,
    parameters: template.Parameters ?? {},
    outputs: template.Outputs ?? {},
    assets: Object.fromEntries(assets),
  };
}
