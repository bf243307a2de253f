import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { TZ: 'UTC' },
    // Far beyond what a test needs: a busy machine is no failure.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // A worker reads each module once for all of its files, not once a file: half of the processor time of the whole run.
    // What a test sets for the process, it takes back.
    isolate: false,
    // Left to itself, the runner keeps one core free: of two, that is half of the time.
    maxWorkers: '100%',
  },
});
