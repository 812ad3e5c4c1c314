// The slower tier: the same schedule over central's real SQL. Not only must it hold; it must be the same run, answer for answer,
// as over the store in memory.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { ALL_FAULTS, simulate, type SimulationOptions } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'
import { openSqlState } from './world/sql-state.ts'

let databases: TestDatabases
beforeAll(async () => {
  databases = await startDatabases('pglite')
})
afterAll(() => databases.stop())

/** The real database is not set back within a run. */
const FAULTS = ALL_FAULTS.filter((name) => name !== 'central_restored')
const SMALL: Omit<SimulationOptions, 'openCentral'> = { seed: '8', stations: 2, riders: 8, days: 1, faults: FAULTS }

test('a schedule over the real SQL holds, and is answered byte for byte as over the store in memory', { timeout: 120_000 }, async () => {
  const answers = ({ lastLines }: { lastLines: string[] }): string[] => lastLines.filter((line) => line.includes(' '))
  const inMemory = await simulate({ ...SMALL, traceLinesKept: 100_000, openCentral: openMemoryState })
  const inSql = await simulate({ ...SMALL, traceLinesKept: 100_000, openCentral: async (rows) => openSqlState(await databases.create(), rows) })
  expect(inSql.violations).toEqual([])
  expect(answers(inSql)).toEqual(answers(inMemory))
})
