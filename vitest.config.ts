import { defineConfig } from 'vitest/config';
import { SlowFilesFirst } from './.ci/slow-files-first.ts';

const shared = {
  // Real sockets, processes and browsers, on machines that may be busy: these end what hangs, and nothing that is slow.
  testTimeout: 900_000,
  hookTimeout: 900_000,
  // A test without an assertion fails.
  expect: { poll: { timeout: 600_000 }, requireAssertions: true },
  pool: 'forks' as const,
  setupFiles: ['test/support/setup.ts'],
};

/** One process runs many files, which halves the CPU time. So what a test stubs or spies on is undone after it. */
const undone = { isolate: false, restoreMocks: true, unstubEnvs: true, unstubGlobals: true };

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    // Many end-to-end tests wait for most of their time, so a third worker keeps two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: SlowFilesFirst },
    reporters: ['default', './.ci/plain-summary.ts'],
    coverage: {
      provider: 'v8',
      include: ['{shared,functions,infra,local,packages/*/src}/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      {
        test: {
          ...shared,
          ...undone,
          name: 'parts',
          include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          globalSetup: ['test/support/compile-cache.ts', 'test/support/dynoxide.ts', 'test/support/templates.ts'],
        },
      },
      // The stack is synthesized once, and only when one of these runs.
      {
        test: {
          ...shared,
          ...undone,
          name: 'e2e',
          // Most polls ask the facade, which costs each time.
          expect: { ...shared.expect, poll: { ...shared.expect.poll, interval: 200 } },
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/compile-cache.ts', 'test/support/global-twin.ts'],
        },
      },
    ],
  },
});
