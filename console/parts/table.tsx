// A table of rows with its search, filters, order and pages. On a phone each row stands as a card with its headings beside the
// values. Keys: / goes to the search, N and P turn pages.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { SEARCH_SIGNS_MAX, type TableDoor } from '../../contract/console/console-door.ts'
import type { ExportColumn } from '../../contract/console/export.ts'
import { frameWords } from '../text/frame-words.ts'
import { useWords } from '../text/language.tsx'
import { Choose, type Choice } from './field.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { Loading, RefusalSaid } from './said.tsx'
import type { Table } from './use-table.ts'

export interface Column<Row> {
  id: string
  heading: string
  show: (row: Row) => ReactNode
  /** A sort of the door. */
  sort?: string
  /** `time`: never broken over two lines. */
  kind?: 'number' | 'time'
  /** How it stands in an exported file: a key of the row, and words for its values. Absent: it does not. */
  out?: (keyof Row & string) | { key: keyof Row & string; words: Readonly<Record<string, string>> }
}

export interface Filter {
  id: string
  label: string
  choices: readonly Choice[]
}

export interface TableProps<Row> {
  door: TableDoor<string, Row>
  table: Table<Row>
  label: string
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** What can be searched for; absent: nothing. */
  searchLabel?: string
  filters?: readonly Filter[]
  children?: ReactNode
}

export function TableOf<Row>({ door, table, label, columns, rowKey, searchLabel, filters = [], children }: TableProps<Row>): ReactNode {
  const frame = useWords(frameWords)
  const search = useRef<HTMLInputElement>(null)
  useTableKeys(table, search)
  const rows = table.answer?.rows ?? []
  return (
    <div className="table-part">
      <div className="table-tools">
        {searchLabel !== undefined && <Search key={table.wanted.search === '' ? 'empty' : 'searched'} inputRef={search} label={searchLabel} table={table} />}
        {filters.map(({ id, label: filterLabel, choices }) => (
          <Choose
            key={id}
            label={filterLabel}
            value={table.wanted.filters[id] ?? ''}
            choices={[{ value: '', label: frame.all }, ...choices]}
            onChange={(event) => table.want({ filters: withFilter(table.wanted.filters, id, event.target.value) })}
          />
        ))}
        {children}
        {columns.some(({ out }) => out !== undefined) && <ExportButtons table={door.name} wanted={table.wanted} columns={columns.flatMap(exportedColumn)} />}
      </div>
      {table.error !== null && <RefusalSaid error={table.error} again={table.again} />}
      {table.answer === null && table.error === null && <Loading />}
      {table.answer !== null && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={label} aria-busy={table.isAsking}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <Heading key={column.id} column={column} table={table} />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={rowKey(row)}>
                  {columns.map(({ id, heading, show, kind }) => (
                    <td key={id} data-heading={heading} data-kind={kind}>
                      {show(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length === 0 && <p className="empty">{table.wanted.search === '' && Object.keys(table.wanted.filters).length === 0 ? frame.empty : frame.none}</p>}
        </div>
      )}
      {table.answer !== null && <Pages table={table} />}
    </div>
  )
}

function exportedColumn<Row>({ heading, out }: Column<Row>): ExportColumn[] {
  if (out === undefined) return []
  return [typeof out === 'string' ? { key: out, heading } : { key: out.key, heading, words: out.words }]
}

function withFilter(filters: Readonly<Record<string, string>>, id: string, value: string): Record<string, string> {
  const { [id]: _before, ...others } = filters
  return value === '' ? others : { ...others, [id]: value }
}

function Search<Row>({ label, table, inputRef }: { label: string; table: Table<Row>; inputRef: React.RefObject<HTMLInputElement | null> }): ReactNode {
  const frame = useWords(frameWords)
  const [typed, setTyped] = useState(table.wanted.search)
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        table.want({ search: typed })
      }}
    >
      <label className="field-label" htmlFor="table-search">
        {label}
      </label>
      <div className="search-row">
        <input id="table-search" ref={inputRef} type="search" value={typed} maxLength={SEARCH_SIGNS_MAX * 3} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        <button type="submit" className="button">
          {frame.search}
        </button>
        {table.wanted.search !== '' && (
          <button type="button" className="button" onClick={() => table.want({ search: '' })}>
            {frame.clear}
          </button>
        )}
      </div>
    </form>
  )
}

function Heading<Row>({ column, table }: { column: Column<Row>; table: Table<Row> }): ReactNode {
  const frame = useWords(frameWords)
  const { sort } = column
  if (sort === undefined) {
    return (
      <th scope="col" data-kind={column.kind}>
        {column.heading}
      </th>
    )
  }
  const isSorted = table.wanted.sort === sort
  return (
    <th scope="col" data-kind={column.kind} aria-sort={isSorted ? (table.wanted.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="sort" title={frame.sortBy(column.heading)} onClick={() => table.want({ sort, descending: isSorted ? !table.wanted.descending : false })}>
        {column.heading}
        <span aria-hidden="true" className="sort-mark">
          {isSorted ? (table.wanted.descending ? '↓' : '↑') : '↕'}
        </span>
      </button>
    </th>
  )
}

function Pages<Row>({ table }: { table: Table<Row> }): ReactNode {
  const frame = useWords(frameWords)
  return (
    <div className="pages" role="group" aria-label={frame.pages}>
      <button type="button" className="button" disabled={table.page === 1} onClick={table.previous}>
        {frame.previous}
      </button>
      <span role="status">
        {frame.page(table.page)}
        {table.count !== null && <span className="count"> · {frame.count(table.count.rows, table.count.isMore)}</span>}
      </span>
      <button type="button" className="button" disabled={!table.hasNext} onClick={table.next}>
        {frame.next}
      </button>
    </div>
  )
}

function useTableKeys<Row>(table: Table<Row>, search: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, select, textarea, dialog') !== null
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '/' && search.current !== null) {
        event.preventDefault()
        search.current.focus()
      } else if (event.key === 'n') table.next()
      else if (event.key === 'p') table.previous()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [table, search])
}
