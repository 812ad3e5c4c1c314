// Wishes as stations mirror them: the memory's side of central/store/wish-facts.ts.

import type { MirrorReader } from '../../../central/store/mirror-changes.ts'
import type { WishFacts } from '../../../central/store/wish-facts.ts'
import type { MirrorRow } from '../../../contract/sync/sync-protocol.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

export function wishFactCalls({ wishes, wall_places: places, stations, station_riders: mirroring, claim_members: members }: MemoryTables) {
  return {
    wall_wish: (reader: MirrorReader, keys: readonly string[]): MirrorRow<'wall_wish'>[] =>
      [...new Set(keys)].flatMap((key) => {
        const row = places.get(key)?.district_id === reader.district ? wishes.get(key) : undefined
        if (row === undefined) return []
        return [{
          id: row.wish_id, category: row.category, text: row.public_text as string, who: row.public_who, stationName: row.station_id === null ? null : (stations.get(row.station_id)?.name ?? null),
          state: row.stage as MirrorRow<'wall_wish'>['state'], claim: row.claim, again: row.again, postedAtMs: row.posted_at_ms, changedAtMs: row.changed_at_ms,
        }]
      }),

    own_wish: (reader: MirrorReader, keys: readonly string[]): WishFacts[] =>
      [...new Set(keys)].flatMap((key) => {
        const row = wishes.get(key)
        if (row === undefined || mirroring.get(reader.station, row.rider_id) === undefined) return []
        const by = members
          .find(['wish_id', 'number'], key, row.claim)
          .filter(({ left_at_ms: left }) => left === null)
          .toSorted((one, other) => one.joined_at_ms - other.joined_at_ms || compareText(one.partner_id, other.partner_id))
        return [{
          id: row.wish_id, rider: row.rider_id, category: row.category, staffWords: row.staff_words, claim: row.claim, postedAtMs: row.posted_at_ms, notYet: row.not_yet,
          stage: row.stage, review: row.review, untilMs: row.until_ms, isPublic: row.is_public, publicText: row.public_text, fulfilmentWords: row.fulfilment_words,
          fulfilmentPhoto: row.fulfilment_photo, by: by.map(({ name }) => name.zh),
        }]
      }),
  }
}
