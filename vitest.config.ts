import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Starts PostgreSQL when the first test file asks for a database.
    globalSetup: 'test/cluster.ts',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'program',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
        },
      },
      { extends: true, test: { name: 'browser', include: ['e2e/**/*.test.ts'] } },
    ],
  },
});
