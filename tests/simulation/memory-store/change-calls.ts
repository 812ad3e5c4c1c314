// The log that stations read: the memory's side of changes.ts. One list a scope in the order of numbers, made from the table
// and made anew whenever the table went back; a place in it counts only while the row still has that number.

import { hash } from 'node:crypto'
import type { ChangeLog } from '../../../central/store/central-store.ts'
import { scopesOfReader } from '../../../central/store/change-scopes.ts'
import { type NumberedChange, numberedFromOne } from '../../../central/store/changes.ts'
import { type Change, checksumText } from '../../../contract/sync/sync-protocol.ts'
import type { MemoryTables } from './memory-tables.ts'

type ChangesRow = Parameters<MemoryTables['changes']['insert']>[0]
type ToldRow = Parameters<MemoryTables['entry_changes']['insert']>[0]

const SUM_BYTES = 8

export function changeCalls({ changes, entry_changes: told, change_counters: counters, centrals }: MemoryTables): ChangeLog {
  let inOrder = new Map<string, ChangesRow[]>()
  let rewindsSeen = -1
  /** Since the lists were made. */
  let writtenOver = new WeakSet<ChangesRow>()
  /** By district, scope and kind, until one of them is written. */
  let kindSums = new Map<string, { rows: number; sum: bigint }>()
  const sums = new WeakMap<ChangesRow, bigint>()

  const isFresh = (): boolean => rewindsSeen === changes.rewinds + told.rewinds

  const logOf = (district: string, scope: string): ChangesRow[] => {
    if (!isFresh()) {
      inOrder = new Map()
      writtenOver = new WeakSet()
      kindSums = new Map()
      for (const row of [...changes.rows(), ...[...told.rows()].flatMap(rowsOfEntries)].toSorted((left, right) => left.number - right.number)) push(inOrder, row)
      rewindsSeen = changes.rewinds + told.rewinds
    }
    return inOrder.get(`${district} ${scope}`) ?? []
  }

  const isLatest = (row: ChangesRow): boolean => !writtenOver.has(row)

  const sumOf = (row: ChangesRow): bigint => {
    const known = sums.get(row)
    if (known !== undefined) return known
    const sum = hash('sha256', checksumText(row), 'buffer').subarray(0, SUM_BYTES).readBigUInt64BE()
    sums.set(row, sum)
    return sum
  }

  /** After `logOf`. */
  const kindSum = (district: string, scope: string, kind: string): { rows: number; sum: bigint } => {
    const name = `${district} ${scope} ${kind}`
    const known = kindSums.get(name)
    if (known !== undefined) return known
    const rows = changes.find(['district_id', 'scope', 'kind'], district, scope, kind)
    const made = { rows: rows.length, sum: rows.reduce((total, row) => total + sumOf(row), 0n) }
    kindSums.set(name, made)
    return made
  }

  const write = (row: ChangesRow): void => {
    const before = changes.get(row.district_id, row.scope, row.kind, row.key)
    if (before === undefined) changes.insert(row)
    else changes.update(before, row)
    const written = changes.get(row.district_id, row.scope, row.kind, row.key)
    if (!isFresh() || written === undefined) return
    push(inOrder, written)
    if (before !== undefined) writtenOver.add(before)
    kindSums.delete(`${row.district_id} ${row.scope} ${row.kind}`)
  }

  const writeEntries = (row: ToldRow): void => {
    told.insert(row)
    if (isFresh()) for (const entry of rowsOfEntries(row)) push(inOrder, entry)
  }

  return {
    async appendChanges(appended) {
      for (const { district, rows, told: entries, count } of numberedFromOne(appended)) {
        const counter = counters.get(district)
        const before = counter?.number ?? 0
        if (counter === undefined) counters.insert({ district_id: district, number: count })
        else counters.update(counter, { number: before + count })
        rows.forEach(({ scope, kind, key }, index) => write({ district_id: district, scope, kind, key, number: before + index + 1 }))
        for (const { scope, keys, last } of entries) writeEntries({ district_id: district, scope, number: before + last, keys })
      }
    },

    async readChanges({ district, station, after, limit }) {
      const rows = scopesOfReader(station).flatMap((scope) => {
        const log = logOf(district, scope)
        const found: ChangesRow[] = []
        for (let index = firstAfter(log, after); index < log.length && found.length < limit; index += 1) {
          const row = log[index]
          if (row !== undefined && isLatest(row)) found.push(row)
        }
        return found
      })
      return { rows: rows.toSorted((left, right) => left.number - right.number).slice(0, limit).map(numbered), upTo: counters.get(district)?.number ?? 0 }
    },

    async readNumbers({ district, scope, rows }) {
      const wanted = [...new Map(rows.map(({ kind, key }) => [
        `${kind} ${key}`, kind === 'entry' ? logOf(district, scope).findLast((row) => row.kind === kind && row.key === key) : changes.get(district, scope, kind, key),
      ])).values()]
      return wanted.filter((row) => row !== undefined).toSorted((left, right) => left.number - right.number).map(numbered)
    },

    async readScopeSum({ district, station, scope: name, kinds }) {
      const scope = name === 'district' ? name : `${name}@${station}`
      const newest = logOf(district, scope).findLast(isLatest)?.number ?? 0
      let [rows, sum] = [0, 0n]
      for (const kind of new Set(kinds)) {
        const own = kindSum(district, scope, kind)
        rows += own.rows
        sum += own.sum
      }
      return { rows, sum: BigInt.asUintN(64, sum).toString(16).padStart(16, '0'), newest }
    },

    async readHistory() {
      const [row] = centrals.rows()
      if (row === undefined) throw new Error('the database has no history yet: it was not prepared')
      return row.history
    },

    async readReached() {
      const [row] = centrals.rows()
      if (row === undefined) throw new Error('the database has no history yet: it was not prepared')
      return { history: row.history, changes: [...counters.rows()].reduce((sum, { number }) => sum + number, 0) }
    },
  }
}

/** Of a row of entries, each as it would stand in the log by itself. */
export function rowsOfEntries({ district_id, scope, number, keys }: ToldRow): ChangesRow[] {
  return keys.map((key, index) => ({ district_id, scope, kind: 'entry', key, number: number - keys.length + index + 1 }))
}

function push(inOrder: Map<string, ChangesRow[]>, row: ChangesRow): void {
  const name = `${row.district_id} ${row.scope}`
  const log = inOrder.get(name)
  if (log === undefined) inOrder.set(name, [row])
  else log.push(row)
}

/** The place of the first row whose number is above `after`. */
function firstAfter(log: readonly ChangesRow[], after: number): number {
  let [low, high] = [0, log.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((log[middle]?.number ?? Infinity) > after) high = middle
    else low = middle + 1
  }
  return low
}

const SCOPES: readonly Change['scope'][] = ['district', 'station', 'riders']

function numbered({ scope, kind, key, number }: ChangesRow): NumberedChange {
  const name = SCOPES.find((known) => known === scope.split('@')[0])
  if (name === undefined) throw new Error(`the log has a scope that no station reads: ${scope}`)
  return { scope: name, kind, key, number }
}
