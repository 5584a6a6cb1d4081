import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/**
 * Files of few lines that take long. vitest begins with the files of most lines: one of these
 * begun last would keep a single core at work in the end.
 */
const slowForTheirSize = [
  'e2e/examples.test.ts',
  'test/crash/crash.test.ts',
  'test/house/crawl.test.ts',
  'test/house/matrix.test.ts',
  'test/house/races.test.ts',
  'test/house/real-routes.test.ts',
  'src/cli/run.test.ts',
  'src/platform/db/embedded/embedded.test.ts',
  'src/platform/db/pgbouncer.store.test.ts',
  'src/platform/db/tables.store.test.ts',
  'src/rooms/plans/actions/import-killed.test.ts',
  'src/serve.test.ts',
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) =>
      slowForTheirSize.some((file) => moduleId.endsWith(`/${file}`));
    const sorted = await super.sort(files);
    // A worker keeps what it has read as long as the project is the same.
    return [...new Set(sorted.map(({ project }) => project))].flatMap((project) => {
      const own = sorted.filter((file) => file.project === project);
      return [...own.filter(isSlow), ...own.filter((file) => !isSlow(file))];
    });
  }
}

export default defineConfig({
  test: {
    // Starts PostgreSQL when the first test file asks for a database.
    globalSetup: 'test/cluster.ts',
    // For what hangs. A machine that does much else takes half a minute to start a program.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Tests wait for the database as often as they compute: one worker leaves a core idle.
    maxWorkers: 2,
    // Reading the program anew for each file took longer than most files. So no file changes
    // a module, a global or the environment without putting it back.
    isolate: false,
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        extends: true,
        // A journey is many pages, and a busy machine is slow at each.
        test: { name: 'browser', include: ['e2e/**/*.test.ts'], testTimeout: 180_000 },
      },
      {
        extends: true,
        test: {
          name: 'program',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
        },
      },
      {
        extends: true,
        // The oldest PostgreSQL that we promise to run on; what tries our SQL is tried here too.
        test: { name: 'store-on-15', include: ['{src,test}/**/*.store.test.ts'] },
      },
    ],
  },
});
