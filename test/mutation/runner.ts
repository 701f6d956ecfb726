/** A runner for Stryker: the pure tests of a context in the process that Stryker starts, see harness.ts. */
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstrumenterContext, MutantCoverage } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
} from '@stryker-mutator/api/test-runner';
import { forgetWritten, writtenIn, type WrittenTest } from './harness.ts';
import { forgetWhatWasMade } from './once-afresh.ts';

/** How often the code was loaded: a change that shows only then needs it afresh. */
let loaded = 0;

const harness = new URL('./harness.ts', import.meta.url).href;
const onceAfresh = new URL('./once-afresh.ts', import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    const test = context.parentURL?.includes('.test.ts');
    if (test && specifier === 'vitest') return { url: harness, shortCircuit: true };
    // Its own test has to see the true one.
    if (!test && specifier.endsWith('/kernel/once.ts')) return { url: onceAfresh, shortCircuit: true };
    const found = next(specifier, context);
    return /\/shared\/(kernel|domain)\/[^?]*$/.test(found.url)
      ? { ...found, url: `${found.url}?loaded=${loaded}` }
      : found;
  },
});

/** What Stryker's changes in the code ask: which of them is on, and who came by. */
const state: InstrumenterContext = ((
  globalThis as typeof globalThis & { __stryker__?: InstrumenterContext }
).__stryker__ ??= {});

class PureTests implements TestRunner {
  static readonly inject = [] as const;
  #tests: readonly WrittenTest[] | undefined;
  #changed = false;

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  async dryRun(_options: DryRunOptions): Promise<DryRunResult> {
    const tests = await this.#load();
    const done: TestResult[] = [];
    for (const one of tests) {
      state.currentTestId = one.id;
      done.push(await resultOf(one));
      delete state.currentTestId;
    }
    const mutantCoverage: MutantCoverage = state.mutantCoverage ?? { static: {}, perTest: {} };
    return { status: DryRunStatus.Complete, tests: done, mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, hitLimit } = options;
    delete state.activeMutant;
    // A change that is on while the code is loaded stays in what was made of it. Of such a one no single tests are known;
    // `mutantActivation` does not say so when Stryker was given test files.
    const lasting = !testFilter?.some((one) => one.includes('#'));
    if (lasting || this.#changed) this.#tests = undefined;
    this.#changed = lasting;
    if (lasting) state.activeMutant = activeMutant.id;
    let tests: readonly WrittenTest[];
    try {
      tests = await this.#load();
    } catch (error) {
      // What no longer loads was noticed by everyone.
      const failureMessage = error instanceof Error ? error.message : String(error);
      return { status: MutantRunStatus.Killed, killedBy: [], failureMessage, nrOfTests: 0 };
    }
    state.activeMutant = activeMutant.id;
    state.hitCount = 0;
    // Stryker waits for a hundred times the work; ten times is endless enough, and told sooner.
    const limit = hitLimit === undefined ? undefined : Math.ceil(hitLimit / 10);
    if (limit === undefined) delete state.hitLimit;
    else state.hitLimit = limit;
    // Tests by their ids, or files whole.
    const asked = testFilter && new Set(testFilter);
    const done: TestResult[] = [];
    for (const one of tests.filter(
      ({ id, file }) => !asked || asked.has(id) || asked.has(path.resolve(file)),
    )) {
      const result = await resultOf(one);
      done.push(result);
      if (result.status === TestStatus.Failed && !options.disableBail) break;
    }
    const endless = determineHitLimitReached(state.hitCount, limit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: done });
  }

  async #load(): Promise<readonly WrittenTest[]> {
    if (this.#tests) return this.#tests;
    loaded += 1;
    forgetWritten();
    const found: WrittenTest[] = [];
    for (const file of globSync(`shared/${process.env['ANJU_MUTATED']}/**/*.test.ts`).sort())
      found.push(...(await writtenIn(file, () => import(pathToFileURL(path.resolve(file)).href))));
    return (this.#tests = found);
  }
}

async function resultOf(one: WrittenTest): Promise<TestResult> {
  const began = performance.now();
  const { id, file } = one;
  const told = { id, name: id.slice(file.length + 1), fileName: path.resolve(file) };
  try {
    forgetWhatWasMade();
    await one.run();
    return { ...told, timeSpentMs: performance.now() - began, status: TestStatus.Success };
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : String(error);
    return { ...told, timeSpentMs: performance.now() - began, status: TestStatus.Failed, failureMessage };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'pure', PureTests)];
