/** For tests: small assemblies, functions of a few lines, and folders that go away. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PlatformClock } from './clock.ts';
import { FunctionError, HostedFunction, type FunctionSpec, type Invocable } from './function-host.ts';
import { Assembly, type Surroundings } from './template.ts';

const surroundings: Surroundings = {
  partition: 'aws',
  region: 'local-1',
  account: '000000000000',
  parameters: {},
};

export interface SmallResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Record<string, unknown>;
}

export interface SmallStack {
  readonly Resources: Record<string, SmallResource>;
  readonly Parameters?: Record<string, unknown>;
  readonly Outputs?: Record<string, unknown>;
}

export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'local-'));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the stacks as if the CDK had synthesized them. */
export function assemblyOf(
  stacks: Record<string, SmallStack>,
  around: Partial<Surroundings> = {},
  files: Record<string, unknown> = {},
): Assembly {
  const { folder, remove } = temporaryFolder();
  const write = (name: string, value: unknown): void => {
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  };
  try {
    const artifacts = Object.keys(stacks).map(
      (name) => [name, { type: 'aws:cloudformation:stack' }] as const,
    );
    write('manifest.json', {
      artifacts: { ...Object.fromEntries(artifacts), Tree: { type: 'cdk:tree' } },
    });
    for (const [name, stack] of Object.entries(stacks)) {
      write(`${name}.template.json`, stack);
      write(`${name}.assets.json`, { files });
    }
    return new Assembly(folder, { ...surroundings, ...around });
  } finally {
    remove();
  }
}

/** Hosts functions written out as text. Close it after the test. */
export class FunctionBench {
  readonly clock = new PlatformClock();
  readonly log: string[] = [];
  readonly #hosted: HostedFunction[] = [];
  readonly #place = temporaryFolder();

  /** @param code the text of `index.mjs`, which exports `handler` */
  host(code: string, spec: Partial<FunctionSpec> = {}): HostedFunction {
    const name = spec.name ?? `function-${this.#hosted.length}`;
    const folder = path.join(this.#place.folder, name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'index.mjs'), code);
    const hosted = new HostedFunction(
      {
        name,
        arn: arnOf(name),
        folder,
        handler: 'index.handler',
        timeoutSeconds: 20,
        memoryMb: 512,
        environment: {},
        maxWorkers: 1,
        ...spec,
      },
      this.clock.shared,
      (line) => this.log.push(line),
    );
    this.#hosted.push(hosted);
    return hosted;
  }

  async close(): Promise<void> {
    await Promise.all(this.#hosted.map((hosted) => hosted.close()));
    this.#place.remove();
  }
}

/** The ARN of a function of the small assemblies. */
export function arnOf(functionName: string): string {
  return ['arn', 'aws', 'lambda', 'local-1', '000000000000', `function:${functionName}`].join(':');
}

/** A function that runs in place: what it throws comes out as from a worker. */
export function inPlace(name: string, handler: (event: never) => unknown): Invocable {
  const spec: FunctionSpec = {
    name,
    arn: arnOf(name),
    folder: '',
    handler: 'index.handler',
    timeoutSeconds: 1,
    memoryMb: 512,
    environment: {},
    maxWorkers: 1,
  };
  return {
    spec,
    async invoke(event) {
      try {
        return await handler(event as never);
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        throw new FunctionError({ errorType, errorMessage, stackTrace: [] });
      }
    },
  };
}

export function byArn(...functions: readonly Invocable[]): ReadonlyMap<string, Invocable> {
  return new Map(functions.map((one) => [one.spec.arn, one]));
}
