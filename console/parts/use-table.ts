// A table's question and the way through its pages: what is searched, sorted and filtered begins at the first page again; the
// places of the pages before are kept, so that one can go back.

import { useState } from 'react'
import type { TableAnswer, TableDoor, TableQuestion } from '../../contract/console/console-door.ts'
import { type Asked, useDoor } from '../app/session.tsx'

export const ROWS_SHOWN = 50

type Wanted = Pick<TableQuestion, 'search' | 'sort' | 'descending' | 'filters'>

export interface Table<Row> extends Asked<TableAnswer<Row>> {
  wanted: Wanted
  want: (change: Partial<Wanted>) => void
  page: number
  hasNext: boolean
  next: () => void
  previous: () => void
  count: TableAnswer<Row>['count']
}

export function useTable<Row>(door: TableDoor<string, Row>, begin: Partial<Wanted> = {}): Table<Row> {
  const [wanted, setWanted] = useState<Wanted>({ search: '', sort: door.sorts[0] ?? '', descending: false, filters: {}, ...begin })
  const [places, setPlaces] = useState<readonly string[]>([])
  const asked = useDoor<TableQuestion, TableAnswer<Row>>(door, { ...wanted, after: places.at(-1) ?? null, limit: ROWS_SHOWN })
  // Counted with the first page only.
  const [count, setCount] = useState<TableAnswer<Row>['count']>(null)
  const counted = asked.answer?.count ?? null
  if (counted !== null && (counted.rows !== count?.rows || counted.isMore !== count.isMore)) setCount(counted)
  const next = asked.answer?.next ?? null
  return {
    ...asked,
    wanted,
    want: (change) => {
      setPlaces([])
      setWanted((before) => ({ ...before, ...change }))
    },
    page: places.length + 1,
    hasNext: next !== null && !asked.isAsking,
    next: () => {
      if (next !== null && !asked.isAsking) setPlaces((before) => [...before, next])
    },
    previous: () => setPlaces((before) => before.slice(0, -1)),
    count,
  }
}
