import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openStationDatabase } from '../../../station/store/database.ts'
import { rulesRow } from '../../../station/store/mirror.ts'
import { outboxState } from '../../../station/store/outbox.ts'
import { allowancePoints } from '../../../station/store/rider-points.ts'
import { currentCursor, syncState } from '../../../station/store/sync-state.ts'
import { releasedStation } from '../../support/released-station.ts'

const REBUILT = ['outcomes', 'grants', 'lots', 'stock_movements', 'redemptions', 'restocks', 'entries', 'entry_lines', 'checkins', 'outbox', 'allowances', 'items', 'barcodes']

function rowsOf(database: { all: (sql: string) => unknown[] }, columns: ReadonlyMap<string, string>): Record<string, unknown[]> {
  return Object.fromEntries(REBUILT.map((table) => [table, database.all(`SELECT ${columns.get(table)} FROM ${table} ORDER BY 1, 2`)]))
}

test('a file of 0.1.0 is opened with every row it had, and without one reference to its outbox', () => {
  const released = releasedStation('0.1.0')
  const before = new Database(released.file)
  const columns = new Map(REBUILT.map((table) => [table, before.prepare(`SELECT group_concat(name) FROM pragma_table_info('${table}')`).pluck().get() as string]))
  const old = rowsOf({ all: (sql) => before.prepare(sql).all() }, columns)
  const riders = before.prepare('SELECT rider, points FROM allowances').all() as { rider: string; points: number }[]
  before.close()

  const database = openStationDatabase({ file: released.file })
  const { read } = database
  expect(rowsOf({ all: (sql) => read.all(sql) }, columns)).toEqual(old)
  expect(read.all('PRAGMA foreign_key_check')).toEqual([])
  expect(read.all("SELECT m.name FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" IN ('outbox', 'items') AND m.name <> 'barcodes'")).toEqual([])
  expect([outboxState(read).depth, riders.map(({ rider }) => allowancePoints(read, rider))]).toEqual([10_000, riders.map(({ points }) => points)])
  // All rows are to come once more: what is here knows no home and no version.
  expect([currentCursor(read), syncState(read).fence, rulesRow(read).standingPoints, rulesRow(read).outboxEventsMax]).toEqual([null, null, 50, 20_000])
  const again = (): unknown => database.write((writer) => writer.run("UPDATE outbox SET kind = 'other' WHERE seq = 1"))
  expect(again).toThrow('never rewritten')
  database.close()
})

test('a file of 0.1.0 that was in quarantine stays fenced', () => {
  const released = releasedStation('0.1.0')
  const before = new Database(released.file)
  before.exec('UPDATE sync_state SET quarantined = 1, acknowledged_seq = 12')
  before.close()
  const database = openStationDatabase({ file: released.file })
  expect(syncState(database.read)).toMatchObject({ fence: 'quarantined', acknowledgedSeq: 12, highestAcknowledgedSeq: 12 })
  database.close()
})
