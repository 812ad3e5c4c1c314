// Wishes for the district of a bench: as many as are asked for, of all its riders, most of them approved and in every state, on a
// wall that is as full as it may be.

import wishes from '../resources/demo/wishes.json' with { type: 'json' }
import { WALL_WISHES_MAX } from '../contract/sync/wish-rows.ts'
import { WISH_CATEGORIES } from '../contract/kiosk/wish-view.ts'
import { NEW_WISH, type WishStage } from '../domain/wish.ts'
import { appendChanges, type ChangedRow, DISTRICT_SCOPE, ridersScope } from '../central/store/changes.ts'
import type { Database } from '../central/store/database.ts'
import { insertWishes, refreshWall, type WishRow } from '../central/store/wishes.ts'
import { derivedId } from '../central/sync/derived-id.ts'

const AT_ONCE = 500
const HOUR_MS = 3_600_000
const STAGES: readonly WishStage[] = ['open', 'open', 'open', 'claimed', 'fulfilled', 'confirmed', 'confirmed', 'confirmed', 'withdrawn', 'new']

export interface WishesOrder {
  district: string
  /** Each at home at this station. */
  station: string
  riders: readonly string[]
  wishes: number
  nowMs: number
}

export async function insertDistrictWishes(database: Database, order: WishesOrder): Promise<void> {
  const rows = Array.from({ length: order.wishes }, (_, index) => wishOf(order, index))
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await database.transaction('write', (transaction) => insertWishes(transaction, rows.slice(from, from + AT_ONCE)))
  }
  await database.transaction('write', async (transaction) => {
    const { moved } = await refreshWall(transaction, order.district, [], WALL_WISHES_MAX)
    await appendChanges(transaction, [
      ...rows.map(({ id }): ChangedRow => ({ district: order.district, scope: ridersScope(order.station), kind: 'own_wish', key: id })),
      ...moved.map((key): ChangedRow => ({ district: order.district, scope: DISTRICT_SCOPE, kind: 'wall_wish', key })),
    ])
  })
}

function wishOf({ district, station, riders, nowMs }: WishesOrder, index: number): WishRow {
  const stage = STAGES[index % STAGES.length] ?? 'open'
  const isApproved = stage !== 'new'
  const postedAtMs = nowMs - index * HOUR_MS
  const isHeld = stage === 'claimed' || stage === 'fulfilled' || stage === 'confirmed'
  return {
    ...NEW_WISH, id: derivedId(`boai/bench/wish/${district}/${index}`), district, station, rider: riders[index % riders.length] ?? '',
    category: WISH_CATEGORIES[index % WISH_CATEGORIES.length] ?? 'other', shown: index % 2 === 0 ? 'named' : 'anonymous', reach: 'station', postedAtMs, changedAtMs: postedAtMs, stage,
    review: isApproved ? 'approved' : 'in_review', approvedVersion: isApproved ? 1 : 0, claim: isHeld ? 1 : 0, untilMs: isHeld ? nowMs + 7 * 24 * HOUR_MS : null,
    isPublic: isApproved && stage !== 'withdrawn', publicText: isApproved ? `${wishes[index % wishes.length]?.text ?? ''}（${index}）` : null, publicWho: index % 2 === 0 ? '张*' : null,
    staffWords: null, fulfilmentWords: null, fulfilmentPhoto: null, lines: 0,
  }
}
