import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'threads',
    maxWorkers: 2,
    // What functions log in a test's own process; the platform's functions run in workers with an environment of their own.
    env: { POWERTOOLS_LOG_LEVEL: 'ERROR' },
    projects: [
      {
        extends: true,
        // Rules and their adapters keep no state between files: one worker reads the modules once for all of them.
        test: { name: 'rooms', include: ['{functions,shared,events}/**/*.test.ts'], isolate: false },
      },
      { extends: true, test: { name: 'house', include: ['{infra,test}/**/*.test.ts'] } },
    ],
  },
});
