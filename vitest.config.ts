// Four kinds of tests by what they need (architecture: Style, "Tests"): nothing, a PostgreSQL, a Chromium, an Electron.

import { defineConfig } from 'vitest/config'

const needing = ['tests/**/*.pg.test.ts', 'tests/**/*.browser.test.ts', 'tests/**/*.electron.test.ts']

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: needing, testTimeout: 20_000 } },
      { test: { name: 'pg', include: ['tests/**/*.pg.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      // Real windows and real processes: one file at a time, so that a busy machine does not turn into a wrong verdict.
      { test: { name: 'browser', include: ['tests/**/*.browser.test.ts'], testTimeout: 90_000, hookTimeout: 90_000, fileParallelism: false } },
      { test: { name: 'electron', include: ['tests/**/*.electron.test.ts'], testTimeout: 90_000, hookTimeout: 90_000, fileParallelism: false } },
    ],
  },
})
