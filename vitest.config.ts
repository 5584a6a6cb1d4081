import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Starts PostgreSQL when the first test file asks for a database.
    globalSetup: 'test/cluster.ts',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Tests wait for the database as often as they compute: one worker leaves a core idle.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'program',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
        },
      },
      {
        extends: true,
        // A journey is many pages, and a busy machine is slow at each.
        test: { name: 'browser', include: ['e2e/**/*.test.ts'], testTimeout: 180_000 },
      },
    ],
  },
});
