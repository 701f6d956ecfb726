import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{infra,functions,shared,events,test}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'threads',
    maxWorkers: 2,
    // What functions log in a test's own process; the platform's functions run in workers with an environment of their own.
    env: { POWERTOOLS_LOG_LEVEL: 'ERROR' },
  },
});
