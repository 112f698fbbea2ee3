import { defineConfig } from 'vitest/config'

/** Milliseconds that a test waits for what is due at once, as others may have the processor. */
const PATIENCE = 15_000

export default defineConfig({
  test: {
    // Next, the stacks and Postgres take their time to stop.
    teardownTimeout: 60_000,
    reporters: ['default', './scripts/test/outcome-reporter.ts'],
    projects: [
      {
        test: {
          name: 'pure',
          maxWorkers: 2,
          // They take milliseconds; a machine that others use may make them wait.
          testTimeout: 30_000,
          expect: { poll: { timeout: PATIENCE } },
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'packages/*/src/**/*.property.test.ts',
            'examples/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'database',
          maxWorkers: 2,
          include: ['packages/*/src/**/*.db.test.ts', 'examples/**/*.db.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['packages/testing/src/start-test-postgres.ts'],
          expect: { poll: { timeout: PATIENCE } },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['conformance/**/*.test.ts'],
          exclude: ['conformance/{browser,studio,supabase-js}/**', '**/node_modules/**'],
          expect: { poll: { timeout: PATIENCE } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file has stacks and ports of its own, and mostly waits.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'drills',
          include: ['drills/**/*.test.ts'],
          expect: { poll: { timeout: PATIENCE } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'supabase-js',
          include: ['conformance/supabase-js/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['conformance/supabase-js/cinema/start-stack.ts'],
          expect: { poll: { timeout: PATIENCE } },
          testTimeout: 30_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          isolate: false,
        },
      },
      {
        test: {
          name: 'studio',
          include: ['conformance/studio/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file has a stack, ports and a browser of its own, and mostly waits: two at a time,
          // in a group of their own, since vitest runs a group's projects with one number of workers.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['conformance/browser/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['conformance/browser/app/start-app.ts'],
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
