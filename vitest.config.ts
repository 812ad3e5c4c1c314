// Four kinds of tests by what they need (architecture: Style, "Tests"): nothing, a PostgreSQL, a Chromium, an Electron.

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Small files that take long: begun last, each would have the machine to itself at the end. */
const LONG = ['e2e/torture.pg', 'renderer/gallery.browser', 'phone/pages.browser', 'bench/fleet.pg', 'e2e/start', 'simulation/planted-bugs', 'station/sync/sync-loop', 'bench/pinyin'].map((name) => `/tests/${name}.test.ts`)

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((name) => moduleId.endsWith(name))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

const needing = ['tests/**/*.pg.test.ts', 'tests/**/*.browser.test.ts', 'tests/**/*.electron.test.ts']
/** They measure the memory of their own process: it is to be a fresh one. All others share theirs, file after file: nothing in them is changed for good. */
const MEASURED = ['tests/central/media/read-photo.test.ts']

export default defineConfig({
  test: {
    sequence: { sequencer: LongFilesFirst },
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: [...needing, ...MEASURED], testTimeout: 20_000, isolate: false } },
      { test: { name: 'unit-alone', include: MEASURED, testTimeout: 20_000 } },
      { test: { name: 'pg', include: ['tests/**/*.pg.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, isolate: false } },
      { test: { name: 'browser', include: ['tests/**/*.browser.test.ts'], testTimeout: 90_000, hookTimeout: 90_000 } },
      // Real windows on one display: one file at a time.
      { test: { name: 'electron', include: ['tests/**/*.electron.test.ts'], testTimeout: 90_000, hookTimeout: 90_000, fileParallelism: false } },
    ],
  },
})
