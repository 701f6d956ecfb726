// npm run mutate: changes the rules in small ways and sees whether a test notices. Only what is pure is changed; see
// test/mutation/run.ts, which runs this once for each context and gives the files.
const tables = process.env.ANJU_MUTATED_TABLES !== undefined;
const context = `${(process.env.ANJU_MUTATED ?? 'kernel').replaceAll('/', '-')}${tables ? '-tables' : ''}`;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'pure',
  plugins: ['./test/mutation/runner.ts'],
  ignorePatterns: ['.build', '.anju', 'cdk.out', '/coverage', '/reports'],
  coverageAnalysis: 'perTest',
  // What runs while a module is loaded is a table mostly; those mutants would run every test, one after the other.
  ignoreStatic: !tables,
  // Most texts stand in two languages and are for people; codes are compared by name in the tests anyway.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 2,
  // The machine may be busy with other things: only what never ends is a timeout.
  timeoutMS: 20_000,
  incremental: true,
  incrementalFile: `.build/mutation/${context}-incremental.json`,
  tempDirName: `.build/mutation/${context}-sandbox`,
  jsonReporter: { fileName: `.build/mutation/${context}.json` },
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false, skipFull: true },
};
