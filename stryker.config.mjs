// npm run mutate: changes the rules in small ways and sees whether a test notices. Only what is pure is changed.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: [
    'shared/{kernel,domain}/**/*.ts',
    '!shared/{kernel,domain}/**/*.test.ts',
    // Helpers of tests.
    '!shared/domain/submissions/{sample-filing,kinds/sample-contents}.ts',
    // Texts in two languages, and proposals of numbers: data, whose words no test repeats.
    '!shared/kernel/refusal-texts.ts',
    '!shared/domain/evaluation/schemes/proposal.ts',
    '!shared/domain/identity/offices.ts',
  ],
  ignorePatterns: ['.build', '.anju', 'cdk.out', '/coverage', '/reports'],
  coverageAnalysis: 'perTest',
  // What runs while a module is loaded is a table mostly; those mutants would run every test, one after the other.
  ignoreStatic: true,
  // Most texts stand in two languages and are for people; codes are compared by name in the tests anyway.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 2,
  incremental: true,
  incrementalFile: '.build/mutation/incremental.json',
  tempDirName: '.build/mutation/sandbox',
  jsonReporter: { fileName: '.build/mutation/mutation.json' },
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false, skipFull: true },
  thresholds: { high: 90, low: 85, break: 85 },
};
