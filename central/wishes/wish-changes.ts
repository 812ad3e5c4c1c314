// Whom stations are told of when wishes have changed: the rider's own row to every station that mirrors him, and what came to
// the wall, left it, or changed on it to the whole district.

import { WALL_WISHES_MAX } from '../../contract/sync/wish-rows.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { DISTRICT_SCOPE, ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'

export interface TouchedWish {
  id: string
  district: string
  rider: string
}

/** After the wishes are written: locks the wall of each district, by id. To be appended in the same transaction. */
export async function changesOfWishes(transaction: StoreTransaction, touched: readonly TouchedWish[]): Promise<ChangedRow[]> {
  if (touched.length === 0) return []
  const readers = await transaction.stationsThatMirror([...new Set(touched.map(({ rider }) => rider))])
  const own = touched.flatMap(({ id, rider }) =>
    (readers.get(rider) ?? []).map(({ station, district }): ChangedRow => ({ district, scope: ridersScope(station), kind: 'own_wish', key: id })),
  )
  const wall: ChangedRow[] = []
  for (const district of [...new Set(touched.map((wish) => wish.district))].toSorted()) {
    const ids = [...new Set(touched.filter((wish) => wish.district === district).map(({ id }) => id))]
    const { moved, stayed } = await transaction.refreshWall(district, ids, WALL_WISHES_MAX)
    wall.push(...[...moved, ...stayed].map((key): ChangedRow => ({ district, scope: DISTRICT_SCOPE, kind: 'wall_wish', key })))
  }
  return [...own, ...wall]
}
