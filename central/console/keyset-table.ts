// A table of the office, paged in the database: each page begins after the last row of the one before, so that the last page
// of 100,000 rows costs what the first one does. What may be sorted by is a closed list, each with an index beneath it.
// First the page's rows are found, then the dearer columns are read for these alone.

import type { TableAnswer, TableDoor, TableQuestion } from '../../contract/console/console-door.ts'
import { COUNTED_ROWS_MAX } from '../../contract/console/console-door.ts'
import type { Queryable, SqlValue } from '../store/database.ts'
import { answered, type OfficeMoment, refuse, type ServedDoor } from './office-moment.ts'

type KeyType = 'uuid' | 'text' | 'bigint' | 'integer'

interface Key {
  sql: string
  type: KeyType
}

/** Adds a value to the statement and answers its place. */
export type Bind = (value: SqlValue) => string

export interface TableSource<Row, Raw> {
  /** What the rows are taken from, with the names that the other parts use. */
  from: string | ((moment: OfficeMoment, bind: Bind) => string)
  /** One for each row. */
  id: Key
  sorts: Readonly<Record<string, Key>>
  /** What is read of the rows of a page, and from where besides. */
  columns: string
  columnsFrom?: string
  /** Where the row's id alone does not find it. */
  columnsWhere?: string
  /** Conditions, all of which hold: whose rows the asker may see, what is searched, what is filtered. */
  where(moment: OfficeMoment, question: TableQuestion, bind: Bind): string[]
  rows(raws: readonly Raw[], moment: OfficeMoment): Row[] | Promise<Row[]>
}

export interface ServedTable extends ServedDoor {
  /** Pages of any size, for exports: the table's own limit is the door's. */
  page(sql: Queryable, moment: OfficeMoment, question: TableQuestion, options?: { isCounted: boolean }): Promise<TableAnswer<unknown> | null>
}

export function isServedTable(served: ServedDoor): served is ServedTable {
  return 'page' in served
}

export function servesTable<Row, Raw>(door: TableDoor<string, Row>, source: TableSource<Row, Raw>): ServedTable {
  const page = (sql: Queryable, moment: OfficeMoment, question: TableQuestion, { isCounted } = { isCounted: true }): Promise<TableAnswer<Row> | null> =>
    readPage(sql, source, { ...moment, sql }, question, isCounted)
  return {
    door,
    mode: 'snapshot',
    page,
    answer: async (moment, asked) => {
      const found = await page(moment.sql, moment, asked as TableQuestion)
      return found === null ? refuse('bad_request') : answered(found)
    },
  }
}

/** null: what is said of the page before was never told here. */
async function readPage<Row, Raw>(sql: Queryable, source: TableSource<Row, Raw>, moment: OfficeMoment, question: TableQuestion, isCounted: boolean): Promise<TableAnswer<Row> | null> {
  const sort = source.sorts[question.sort]
  if (sort === undefined) return null
  const place = question.after === null ? null : readPlace(question.after, [sort.type, source.id.type])
  if (question.after !== null && place === null) return null
  const values: SqlValue[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const from = typeof source.from === 'string' ? source.from : source.from(moment, bind)
  const conditions = source.where(moment, question, bind)
  const count = place === null && isCounted ? await countRows(sql, from, conditions, values.slice()) : null
  const [before, direction] = question.descending ? ['<', 'DESC'] : ['>', 'ASC']
  const isById = sort.sql === source.id.sql
  const after =
    place === null ? []
      : isById ? [`${source.id.sql} ${before} ${bind(place[1])}::${source.id.type}`]
        : [`(${sort.sql}, ${source.id.sql}) ${before} (${bind(place[0])}::${sort.type}, ${bind(place[1])}::${source.id.type})`]
  const order = (sorted: string, id: string): string => (isById ? `${id} ${direction}` : `${sorted} ${direction}, ${id} ${direction}`)
  const rows = await sql.query<Raw & { page_id: string; page_sort: string }>(
    `WITH page AS MATERIALIZED (
       SELECT ${source.id.sql} AS page_id, ${sort.sql} AS page_sort FROM ${from} ${whereSql([...conditions, ...after])}
       ORDER BY ${order(sort.sql, source.id.sql)} LIMIT ${bind(question.limit + 1)}
     )
     SELECT page.page_id::text AS page_id, page.page_sort::text AS page_sort, ${source.columns}
     FROM page JOIN ${source.columnsFrom ?? from} ON ${source.id.sql} = page.page_id ${whereSql(source.columnsWhere === undefined ? [] : [source.columnsWhere])} ORDER BY ${order('page.page_sort', 'page.page_id')}`,
    values,
  )
  const shown = rows.slice(0, question.limit)
  const last = shown.at(-1)
  return {
    rows: await source.rows(shown.map(({ page_id: _id, page_sort: _sort, ...raw }) => raw as Raw), moment),
    next: rows.length > question.limit && last !== undefined ? writePlace([last.page_sort, last.page_id]) : null,
    count,
  }
}

/** No further than anybody reads: counting all of a district at each question would cost more than the page. */
async function countRows(sql: Queryable, from: string, conditions: readonly string[], values: readonly SqlValue[]): Promise<TableAnswer<unknown>['count']> {
  const [row] = await sql.query<{ rows: number }>(
    `SELECT count(*) AS rows FROM (SELECT 1 FROM ${from} ${whereSql(conditions)} LIMIT ${COUNTED_ROWS_MAX + 1}) AS counted`,
    values,
  )
  const rows = row?.rows ?? 0
  return { rows: Math.min(rows, COUNTED_ROWS_MAX), isMore: rows > COUNTED_ROWS_MAX }
}

function whereSql(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
}

type Place = readonly [string, string]

function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

const FITS: Record<KeyType, RegExp> = { uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, text: /^[^\0]*$/s, bigint: /^-?\d{1,18}$/, integer: /^-?\d{1,9}$/ }

function readPlace(text: string, types: readonly [KeyType, KeyType]): Place | null {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(place) || place.length !== 2) return null
    const [sorted, id] = place as unknown[]
    return typeof sorted === 'string' && typeof id === 'string' && FITS[types[0]].test(sorted) && FITS[types[1]].test(id) ? [sorted, id] : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
