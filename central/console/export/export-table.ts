// Streams a whole table page by page. No transaction is held meanwhile (a slow reader must not hold the database), so a row that
// changes its place in the order while it is read may be missing or there twice; each page by itself is of one moment.

import type { AskedOf, TableAnswer, TableQuestion } from '../../../contract/console/console-door.ts'
import { EXPORT_ROWS_MAX, type exportDoor } from '../../../contract/console/export.ts'
import type { Database } from '../../store/database.ts'
import type { ServedTable } from '../keyset-table.ts'
import type { OfficeMoment } from '../office-moment.ts'
import { CSV_BEGIN, csvLine } from './csv.ts'
import { cellsOf, type CellWords } from './export-cells.ts'
import { beginWorkbook } from './xlsx.ts'

const ROWS_AT_ONCE = 2_000

export type ExportAsked = AskedOf<typeof exportDoor>

export async function* exportTable(database: Database, table: ServedTable, moment: OfficeMoment, asked: ExportAsked, words: CellWords): AsyncGenerator<Uint8Array> {
  const headings = asked.columns.map(({ heading }) => heading)
  if (asked.format === 'csv') {
    yield Buffer.from(CSV_BEGIN + csvLine(headings.map((value) => ({ kind: 'text', value }))))
    for await (const rows of pagesOf(database, table, moment, asked)) yield Buffer.from(rows.map((row) => csvLine(cellsOf(row, asked.columns, words))).join(''))
    return
  }
  const written: Uint8Array[] = []
  let failure: Error | null = null
  const workbook = beginWorkbook(headings, (bytes) => written.push(bytes), (error) => {
    failure = error
  })
  for await (const rows of pagesOf(database, table, moment, asked)) {
    for (const row of rows) workbook.row(cellsOf(row, asked.columns, words))
    yield* written.splice(0)
  }
  workbook.end()
  if (failure !== null) throw failure
  yield* written.splice(0)
}

async function* pagesOf(database: Database, table: ServedTable, moment: OfficeMoment, asked: ExportAsked): AsyncGenerator<Record<string, unknown>[]> {
  const { search, sort, descending, filters } = asked
  let after: string | null = null
  for (let rows = 0; rows < EXPORT_ROWS_MAX; rows += ROWS_AT_ONCE) {
    const question: TableQuestion = { search, sort, descending, filters, after, limit: ROWS_AT_ONCE }
    const page: TableAnswer<unknown> | null = await database.transaction('snapshot', (sql) => table.page(sql, { ...moment, sql }, question, { isCounted: false }))
    if (page === null) throw new Error('a page of a table was not found by its own place')
    yield page.rows as Record<string, unknown>[]
    if (page.next === null) return
    after = page.next
  }
}
