// The embedded central's own backup: whole, proven, kept fourteen times, and what stations may forget follows from it.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backUp, BACKUPS_KEPT } from '../../../central/backups/nightly-backup.ts'
import { askDump, openPglite, type PgliteDatabase } from '../../../central/store/pglite-database.ts'
import { sqlStore } from '../../../central/store/sql-store.ts'
import { demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

let folder: string
let database: PgliteDatabase
let central: TestCentral

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boai-backup-'))
  database = await openPglite(join(folder, 'data'))
  central = await startTestCentral(database)
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const parts = () => ({ database, store: sqlStore(database), folder: join(folder, 'backups'), nowMs: () => NOW_MS })

test('it holds every event that was here, can be opened, is its owner’s only, and stations hear how far it reaches', async () => {
  const { first } = central
  first.redeem(demoRider('li'), 1)
  first.redeem(demoRider('li'), 1)
  await first.push()
  const { file, number } = await backUp(parts())
  const events = await askDump(readFileSync(file), (dump) => dump.query<{ seq: number }>('SELECT seq FROM events ORDER BY seq'))
  expect({ number, events, mode: statSync(file).mode & 0o777, names: readdirSync(join(folder, 'backups')) }).toEqual({
    number: 1, events: [{ seq: 1 }, { seq: 2 }], mode: 0o600, names: ['central-20261121T040000Z-1.tar.gz'],
  })
  expect(await first.hello()).toMatchObject({ lastSeq: 2, backedUpSeq: 2 })
  // Whoever runs goes on as the program, not as the owner.
  expect(await database.query('SELECT current_user::text AS name')).toEqual([{ name: 'boai_program' }])
}, 120_000)

test('a dump that is damaged, or lacks events, is no backup: nothing is told, nothing is put in place', async () => {
  const { first } = central
  first.redeem(demoRider('li'), 1)
  const before = await database.dump()
  await first.push()
  await expect(backUp({ ...parts(), database: { dump: () => Promise.resolve(before) } })).rejects.toThrow('does not hold its own mark')
  await expect(backUp({ ...parts(), database: { dump: () => Promise.resolve(before.subarray(0, 10_000)) } })).rejects.toThrow()
  expect(await first.hello()).toMatchObject({ lastSeq: 3, backedUpSeq: 2 })
  expect(readdirSync(join(folder, 'backups'))).toEqual(['central-20261121T040000Z-1.tar.gz'])
}, 120_000)

test('the last fourteen stay, by when they were made and not by their number', async () => {
  const backups = join(folder, 'backups')
  for (let day = 10; day < 24; day += 1) writeFileSync(join(backups, `central-202610${day}T190000Z-${900 + day}.tar.gz`), '')
  writeFileSync(join(backups, 'a note of somebody'), '')
  await backUp({ ...parts(), nowMs: () => NOW_MS + 1000 })
  const names = readdirSync(backups).toSorted()
  expect({ kept: names.length, oldest: names[1], newest: names.at(-1) }).toEqual({
    kept: BACKUPS_KEPT + 1, oldest: 'central-20261012T190000Z-912.tar.gz', newest: expect.stringMatching(/^central-20261121T040001Z-\d+\.tar\.gz$/),
  })
}, 120_000)
