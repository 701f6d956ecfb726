// The arrows of the house (see infra/decisions/0001): who may import whom. A new arrow is a decision, not an edit here.
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

const rooms = [
  { type: 'kernel', pattern: 'shared/kernel/**' },
  { type: 'domain', pattern: 'shared/domain/**' },
  { type: 'app', pattern: 'shared/app/**' },
  { type: 'adapters', pattern: 'shared/adapters/**' },
  { type: 'http', pattern: 'shared/http/**' },
  { type: 'observability', pattern: 'shared/observability/**' },
  { type: 'events', pattern: 'events/**' },
  { type: 'functions', pattern: 'functions/**' },
  { type: 'infra', pattern: 'infra/**' },
  { type: 'test', pattern: 'test/**' },
];

const arrows = {
  kernel: ['kernel'],
  domain: ['domain', 'kernel'],
  app: ['app', 'domain', 'kernel', 'events'],
  adapters: ['adapters', 'app', 'domain', 'kernel', 'observability'],
  http: ['http', 'kernel'],
  observability: ['observability', 'kernel'],
  events: ['events', 'domain', 'kernel'],
  functions: ['functions', 'app', 'domain', 'kernel', 'adapters', 'http', 'observability', 'events'],
  // The operators' commands ask the same queries as the functions do; alarms name the metrics that the functions log.
  infra: ['infra', 'functions', 'adapters', 'app', 'domain', 'observability', 'events', 'kernel'],
  test: [
    'test',
    'infra',
    'functions',
    'app',
    'domain',
    'kernel',
    'adapters',
    'http',
    'observability',
    'events',
  ],
};

export default tseslint.config(
  { ignores: ['node_modules', 'cdk.out', '.build', '.anju', '**/*.mjs', 'eslint.config.js'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { boundaries },
    settings: {
      'boundaries/elements': rooms.map((room) => ({ ...room, partialMatch: false })),
      'import/resolver': { node: { extensions: ['.ts', '.json'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(arrows).map(([type, allow]) => ({
            from: { element: { type } },
            allow: allow.map((to) => ({ to: { element: { type: to } } })),
          })),
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A port's methods are asynchronous by contract, whether or not this one has to wait.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use an `as const` table.' },
        { selector: 'Literal[value=/arn:aws:/]', message: 'No hard-coded partition.' },
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier",
          message: "import * as z from 'zod': the named form adds 445 KB to a bundle.",
        },
      ],
    },
  },
  {
    // Tests stand beside their file and may use the samples of test/support.
    files: ['**/*.test.ts'],
    rules: { 'boundaries/dependencies': 'off' },
  },
  {
    // The domain takes time, identity and randomness as arguments.
    files: ['shared/domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'crypto'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
      ],
    },
  },
);
