import { defineConfig } from 'vitest/config';

/** The pure tests, which lie beside what they test. */
export default defineConfig({
  test: { include: ['shared/{kernel,domain}/**/*.test.ts'], pool: 'threads', maxWorkers: 1 },
});
