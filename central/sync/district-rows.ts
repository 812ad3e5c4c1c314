// Copies of rows that every station of a district reads alike (nothing personal), for the moment after one has changed and all
// ask for it at once: the first asks the database, the others wait for its answer. A copy is of a row at a number of the log; a
// row that changes gets a new number, so a copy is never of another content. Kept for seconds, because a database that is set
// back gives the same numbers again.

import { CHANGE_ORDER, type Change, type MirrorKind } from '../../contract/sync/sync-protocol.ts'
import type { CentralStore } from '../store/central-store.ts'
import { DISTRICT_SCOPE } from '../store/change-scopes.ts'
import type { NumberedChange } from '../store/changes.ts'
import { type MirrorReader, readMirrorChanges } from '../store/mirror-changes.ts'

const SHARED_KINDS: ReadonlySet<MirrorKind> = new Set<MirrorKind>(['pass_key', 'sealing_key', 'rules', 'item', 'donor', 'wall_wish', 'training'])
const ROWS_MAX = 4_096
const KEPT_MS = 10_000

export interface DistrictRowsQuestion {
  store: CentralStore
  history: string
  reader: MirrorReader
  wanted: readonly NumberedChange[]
  nowMs: number
}

export interface DistrictRows {
  /** In the order in which a station applies them. null: some of it is personal, or has changed again. */
  read(question: DistrictRowsQuestion): Promise<Change[] | null>
}

export function createDistrictRows(rowsMax: number = ROWS_MAX): DistrictRows {
  const kept = new Map<string, { row: Promise<Change | null>; atMs: number }>()

  /** Together, in one snapshot; null for those that no longer stand at their number. */
  function load({ store, reader, nowMs }: DistrictRowsQuestion, missing: ReadonlyMap<string, NumberedChange>): void {
    const wanted = [...missing.values()]
    const loading = store.transaction('snapshot', async (snapshot) => {
      const now = await snapshot.readNumbers({ district: reader.district, scope: DISTRICT_SCOPE, rows: wanted })
      const standing = new Set(now.map(({ kind, key, number }) => `${kind} ${key} ${number}`))
      return readMirrorChanges(snapshot, reader, wanted.filter(({ kind, key, number }) => standing.has(`${kind} ${key} ${number}`)))
    })
    for (const [name, { kind, key }] of missing) {
      const row = loading.then((changes) => changes.find((change) => change.kind === kind && change.key === key) ?? null)
      // Whoever waits gets the error; who comes later asks again.
      row.catch(() => kept.delete(name))
      const [oldest] = kept.keys()
      if (kept.size >= rowsMax && oldest !== undefined) kept.delete(oldest)
      kept.set(name, { row, atMs: nowMs })
    }
  }

  return {
    async read(question) {
      const { history, reader, wanted, nowMs } = question
      if (wanted.some(({ scope, kind }) => scope !== DISTRICT_SCOPE || !SHARED_KINDS.has(kind))) return null
      if (wanted.length > rowsMax) return null
      const inOrder = CHANGE_ORDER.flatMap((kind) => wanted.filter((change) => change.kind === kind))
      const names = inOrder.map(({ kind, key, number }) => `${history} ${reader.district} ${kind} ${number} ${key}`)
      const missing = new Map<string, NumberedChange>()
      inOrder.forEach((change, index) => {
        const name = names[index] ?? ''
        const known = kept.get(name)
        if (known !== undefined && nowMs >= known.atMs && nowMs - known.atMs <= KEPT_MS) return
        kept.delete(name)
        missing.set(name, change)
      })
      if (missing.size > 0) load(question, missing)
      const rows = await Promise.all(names.map((name) => kept.get(name)?.row ?? Promise.resolve(null)))
      const changes = rows.filter((row) => row !== null)
      return changes.length === rows.length ? changes : null
    },
  }
}
