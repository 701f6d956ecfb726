import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** What takes minutes begins first, so that no core waits for it at the end. */
const longest = [
  'test/simulation/simulation.test.ts',
  'test/machine/story-killed.test.ts',
  'test/api/story.test.ts',
  'test/api/matrix.test.ts',
  'test/api/evaluation.test.ts',
  'test/api/invited-opinions.test.ts',
  'test/api/invitations.test.ts',
  'test/machine/killed.test.ts',
  'test/api/duplicates.test.ts',
  'test/contract/fuzz.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((file) => moduleId.endsWith(file));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'threads',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // What functions log in a test's own process; the platform's functions run in workers with an environment of their own.
    env: { POWERTOOLS_LOG_LEVEL: 'ERROR' },
    // A worker reads the modules once for all of its files: so a file may leave nothing behind in one.
    isolate: false,
    include: ['{functions,shared,events,infra,test}/**/*.test.ts'],
  },
});
