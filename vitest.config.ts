import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'e2e/**/*.test.ts', 'demo/**/*.test.ts'],
    // Starts PostgreSQL when the first test file asks for a database.
    globalSetup: 'test/cluster.ts',
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
