// The slower tier: the same schedule over central's real SQL, on both databases, and over stations' real files. Not only must it
// hold; it must be the same run, answer for answer, as over the store in memory.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { ENGINES, type Engine, startDatabases, type TestDatabases } from '../support/central-databases.ts'
import { temporaryFolder } from '../support/counter.ts'
import { ALL_FAULTS, simulate, type SimulationOptions, type SimulationOutcome } from './simulate.ts'
import { openMemoryState } from './world/memory-state.ts'
import { openSqlState } from './world/sql-state.ts'
import { stationFilesIn } from './world/station-files.ts'

/** The real database is not set back within a run. */
const FAULTS = ALL_FAULTS.filter((name) => name !== 'central_restored')
const SMALL: Omit<SimulationOptions, 'openCentral'> = { seed: '8', stations: 2, riders: 8, days: 1, faults: FAULTS, traceLinesKept: 100_000 }

let databases: Record<Engine, TestDatabases>
let inMemory: SimulationOutcome
beforeAll(async () => {
  databases = { pglite: await startDatabases('pglite'), postgres: await startDatabases('postgres') }
  inMemory = await simulate({ ...SMALL, openCentral: openMemoryState })
})
afterAll(() => Promise.all(ENGINES.map((engine) => databases[engine].stop())))

const over = (engine: Engine): SimulationOptions => ({ ...SMALL, openCentral: async (rows) => openSqlState(await databases[engine].create(), rows) })
const answers = ({ lastLines }: SimulationOutcome): string[] => lastLines.filter((line) => line.includes(' '))

test('a schedule over the real SQL holds, and is answered byte for byte as over the store in memory', { timeout: 120_000 }, async () => {
  const inSql = await simulate(over('pglite'))
  expect(inSql.violations).toEqual([])
  expect(answers(inSql)).toEqual(answers(inMemory))
})

test('it holds on PostgreSQL, and is the same until several claim one wish at once: there the database says who was first', { timeout: 120_000 }, async () => {
  const inPostgres = await simulate(over('postgres'))
  expect(inPostgres.violations).toEqual([])
  const contest = answers(inMemory).findIndex((line) => / claim .*,/.test(line))
  expect(contest).toBeGreaterThan(100)
  expect(answers(inPostgres).slice(0, contest)).toEqual(answers(inMemory).slice(0, contest))
})

// A power loss leaves of a file what was written where SQLite was told to force it to the disk; whether the disk keeps that is not
// tried here. Kill, full disk, BUSY, older and copied images are as in memory.
test('it holds over stations’ files on the disk, each recovered from file and log as a kill, a power loss or a copy found them, and is the same run', { timeout: 120_000 }, async () => {
  const files = stationFilesIn(temporaryFolder())
  const inFiles = await simulate({ ...over('pglite'), openImage: files.open })
  expect(inFiles.violations).toEqual([])
  expect(answers(inFiles)).toEqual(answers(inMemory))
  expect(Math.min(inFiles.faults['station_kill'] ?? 0, inFiles.faults['station_power_loss'] ?? 0, inFiles.faults['restored_image'] ?? 0)).toBeGreaterThan(0)
  expect(files.recovered()).toBeGreaterThan(5)
})
