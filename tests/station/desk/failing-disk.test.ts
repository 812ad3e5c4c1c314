// A real disk of two megabytes (tmpfs) that is full, has room again, or hands back rubbish, under the real file.

import { randomUUID } from 'node:crypto'
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { restock } from '../../../station/acts/restock.ts'
import { applyChanges } from '../../../station/sync/apply-answers.ts'
import { catalogue, giveAllowance, LI, openEmptyCounter, PIN, signPass, strangersKey, temporaryFolder, type TestCounter, WANG, ZHANG } from '../../support/counter.ts'
import { factsOf, openWorkingDesk } from './working-desk.ts'

const zhang = signPass({ holderId: ZHANG })
const DISK_FULL = { code: 'disk_full', works: ['rest'] }
const OUT_OF_ORDER = { ok: false, refusal: { code: 'out_of_order' } }

interface SmallDisk {
  counter: TestCounter
  /** Leaves no byte. */
  fill(): void
  empty(): void
}

function openSmallDisk(): SmallDisk {
  const folder = smallDiskFolder()
  const counter = openEmptyCounter(folder)
  applyChanges(counter, catalogue)
  giveAllowance(counter, ZHANG, 126)
  restock(counter, { request: randomUUID(), staff: WANG, lines: [{ item: 'soap', quantity: 5, expiryDay: null, donor: null }] })
  const ballast = join(folder, 'ballast')
  return {
    counter,
    fill() {
      // The log is put back into the file first: otherwise there is room left inside it.
      counter.database.read.all('PRAGMA wal_checkpoint(TRUNCATE)')
      const file = openSync(ballast, 'w')
      const block = Buffer.alloc(4096)
      while (statfsSync(folder).bavail > 0) writeSync(file, block)
      closeSync(file)
    },
    empty: () => rmSync(ballast),
  }
}

const SHARED_MEMORY = '/dev/shm'
const SHARED_MEMORY_BYTES_MAX = 256 * 1024 * 1024

/** A disk of its own; where a container forbids mounting, the small one that every container has. */
function smallDiskFolder(): string {
  const folder = temporaryFolder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status === 0) {
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', folder])
    })
    return folder
  }
  const { blocks, bsize } = statfsSync(SHARED_MEMORY)
  if (blocks * bsize > SHARED_MEMORY_BYTES_MAX) throw new Error('a full disk is tested on a small tmpfs: run as root')
  const shared = mkdtempSync(join(SHARED_MEMORY, 'boai-'))
  onTestFinished(() => rmSync(shared, { recursive: true, force: true }))
  return shared
}

function tablesOf(counter: TestCounter): unknown {
  const { read } = counter.database
  return ['outbox', 'allowances', 'lots', 'stock_movements', 'redemptions', 'entries', 'entry_lines', 'checkins'].map((table) => read.all(`SELECT * FROM ${table}`))
}

test('on a full disk a redemption is refused as out of order, with nothing half-written, and taken by itself once there is room', async () => {
  const disk = openSmallDisk()
  const at = openWorkingDesk({ counter: disk.counter })
  at.scan(zhang)
  const { session } = at.session()
  const request = randomUUID()
  disk.fill()
  const before = tablesOf(disk.counter)
  expect(await at.redeemSoap(session, request)).toEqual(OUT_OF_ORDER)
  expect(tablesOf(disk.counter)).toEqual(before)
  expect(at.view()).toMatchObject({ trouble: DISK_FULL, session: { session, points: { here: 126 } } })
  expect(at.problems).toEqual(['disk_full: the disk is full'])

  disk.empty()
  expect(await at.redeemSoap(session, request)).toMatchObject({ ok: true, output: { receipt: { points: 20, balanceAfter: 106 } } })
  expect(at.view().trouble).toBeNull()
  expect(disk.counter.database.read.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

test('on a full disk a rider is greeted all the same, a forged code refused, and every session ended', async () => {
  const disk = openSmallDisk()
  const at = openWorkingDesk({ counter: disk.counter })
  disk.fill()
  const facts = factsOf(disk.counter)
  expect(at.scan(zhang)).toEqual([{ kind: 'session_opened' }])
  expect(at.view()).toMatchObject({ trouble: DISK_FULL, session: { maskedName: '张*', points: { balance: 126 }, visitToday: 1 } })
  expect(at.scan(signPass({ holderId: LI }, strangersKey()))).toEqual([{ kind: 'refused', verdict: 'forged', detail: null }])
  expect(at.scan(signPass({ holderId: LI }))).toEqual([{ kind: 'knocked' }])
  expect(await at.ask('answer_knock', { knock: 1, letIn: true })).toEqual({ ok: true, output: {} })
  expect(at.session()).toMatchObject({ maskedName: '李*' })
  at.desk.screenGone()
  expect(at.view()).toMatchObject({ session: null, trouble: DISK_FULL })
  expect(factsOf(disk.counter)).toEqual(facts)
})

test('on a full disk a volunteer does not sign in and no wrong PIN is free', async () => {
  const disk = openSmallDisk()
  const at = openWorkingDesk({ counter: disk.counter })
  at.scan(signPass({ holder: 'staff', holderId: WANG }))
  const { session } = at.session()
  disk.fill()
  expect(await at.ask('sign_in', { session, pin: PIN })).toEqual(OUT_OF_ORDER)
  expect(at.view()).toMatchObject({ trouble: DISK_FULL, session: { signedIn: false } })
})

test('trouble stays in the view until a write reached the disk, whatever succeeds without one, and goes by itself', async () => {
  const disk = openSmallDisk()
  const at = openWorkingDesk({ counter: disk.counter })
  at.scan(zhang)
  const { session } = at.session()
  const request = randomUUID()
  const recorded = await at.redeemSoap(session, request)
  disk.fill()
  expect(await at.redeemSoap(session)).toEqual(OUT_OF_ORDER)
  // None of these needs room: the request that was recorded, the end of the session, the clock.
  expect(await at.redeemSoap(session, request)).toEqual(recorded)
  expect(at.view().trouble).toEqual(DISK_FULL)
  await at.ask('end_session', { session })
  at.desk.tick()
  expect(at.view().trouble).toEqual(DISK_FULL)

  disk.empty()
  const changes = at.changes()
  at.desk.tick()
  expect([at.view().trouble, at.changes() - changes]).toEqual([null, 1])
  expect(disk.counter.database.read.all('SELECT * FROM uncounted_checkins')).toEqual([])
})

/** Rubbish where the file's pages were, and a write of somebody else's that makes SQLite read them again. */
function spoil(counter: TestCounter): void {
  const path = join(counter.folder, 'station.db')
  counter.database.read.all('PRAGMA wal_checkpoint(TRUNCATE)')
  const other = new Database(path)
  other.exec('CREATE TABLE other (id INTEGER) STRICT; DROP TABLE other')
  const { size } = statSync(path)
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096)
  closeSync(file)
  other.close()
}

test('a file that can not be read any more kills nothing: the last view stays, with nobody in it and the trouble said', async () => {
  const at = openWorkingDesk({ counter: openStocked() })
  at.scan(zhang)
  const shown = at.view()
  spoil(at.counter)
  expect(at.scan(signPass({ holderId: LI }))).toEqual([])
  expect(at.view()).toEqual({ ...shown, revision: expect.any(Number) as number, nowMs: at.counter.clock.wallMs(), session: null, trouble: { code: 'storage_failing', works: ['rest'] } })
  expect(await at.redeemSoap(shown.session?.session ?? '')).toEqual(OUT_OF_ORDER)
})

function openStocked(): TestCounter {
  const counter = openEmptyCounter()
  applyChanges(counter, catalogue)
  return counter
}
