import { defineConfig } from 'vitest/config'

/** Told in the demonstration, in a browser. */
const journeys = { setupFiles: 'tests/support/demo-database.ts', testTimeout: 240_000 }
const timed = 'tests/journeys/convoke.test.ts'

export default defineConfig({
  test: {
    env: { MSJ_ENV: 'test', TZ: 'UTC', LOG_LEVEL: 'silent' },
    globalSetup: 'tests/support/postgres.ts',
    // A browser and a server wait for each other half the time: a third keeps two cores busy.
    maxWorkers: 3,
    // Already one file, and for Node.
    server: { deps: { external: [/build\/admin\/adminjs\.mjs/] } },
    reporters: ['default', './tests/support/count-reporter.ts'],
    // Machines of two busy cores: a slow answer is not a failure here, figures come from the bench.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'house',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/journeys/**', 'tests/bench/**'],
          setupFiles: 'tests/support/database.ts',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          ...journeys,
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          exclude: [timed],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...journeys,
          name: 'journeys-timed',
          include: [timed],
          // Alone on the machine: it measures answer times.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
