/**
 * The platform as a CDK app. Run directly it makes the assembly for one target, as the CDK command does with
 * `-c target=aws-cn -c scannerUrl=https://…`; imported, it gives `makeApp`.
 */
import { App } from 'aws-cdk-lib';
import path from 'node:path';
import { ConfigError, configOf, settingsFrom, targetNamed, type Config } from './config.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { JobsStack } from './stacks/jobs-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import { PublicStack } from './stacks/public-stack.ts';

export interface AppOptions {
  readonly config: Config;
  /** The folder with one bundle a function. */
  readonly bundles: string;
  /** Where the assembly goes; the CDK command says it by itself. */
  readonly outdir?: string;
}

/** The switches of the CDK that change a template, held still. */
const features = {
  '@aws-cdk/core:target-partitions': ['aws', 'aws-cn'],
  // A stack whose values others use cannot be taken away under them.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  // Access logs by bucket policy: the buckets know no ACLs.
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
};

/** The app with all stacks of a target, not yet synthesized. */
export function makeApp({ config, bundles, outdir }: AppOptions): App {
  const app = new App({
    ...(outdir ? { outdir } : {}),
    analyticsReporting: false,
    // An app that could not be made whole is not written at exit.
    autoSynth: false,
    stackTraces: false,
    treeMetadata: false,
    postCliContext: features,
  });
  const description = `Anju, the platform for affordable rental housing (${config.target})`;
  const data = new DataStack(app, 'AnjuData', { description, terminationProtection: true, config });
  const { api } = new ApiStack(app, 'AnjuApi', { description, data, bundles });
  const publicApi = config.publicApi
    ? new PublicStack(app, 'AnjuPublic', { description, data, bundles }).api
    : undefined;
  new JobsStack(app, 'AnjuJobs', { description, config, data, bundles });
  new ObservabilityStack(app, 'AnjuObservability', { description, data, api, publicApi });
  return app;
}

/** As the CDK command runs it: bundles, then one target with the settings of the context. */
async function main(): Promise<void> {
  const { bundleFunctions } = await import('./bundle.ts');
  const root = path.dirname(import.meta.dirname);
  const context = new App({ autoSynth: false }).node;
  const text = (name: string): string | undefined => {
    const value: unknown = context.tryGetContext(name);
    // The command line gives text; cdk.json may give true and false as such.
    return typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : undefined;
  };
  const config = configOf(targetNamed(text('target') ?? 'aws'), settingsFrom(text));
  const bundles = await bundleFunctions({
    functions: path.join(root, 'functions'),
    build: path.join(root, '.build'),
  });
  const app = makeApp({ config, bundles });
  const { applyChecks } = await import('./checks.ts');
  applyChecks(app);
  app.synth();
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof ConfigError ? `anju: ${error.message}` : error);
    process.exitCode = 1;
  });
}
