import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { TZ: 'UTC' },
    testTimeout: 60_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // Left to itself, the runner keeps one core free: of two, that is half of the time.
    maxWorkers: '100%',
  },
});
