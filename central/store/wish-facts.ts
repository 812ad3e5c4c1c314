// Wishes as stations mirror them: what the tables hold, and the rider's row made of it.

import type { MirrorRow } from '../../contract/sync/sync-protocol.ts'
import type { OwnWishState } from '../../contract/kiosk/wish-view.ts'
import type { Wish } from '../../domain/wish.ts'
import type { Queryable } from './database.ts'
import type { MirrorReader } from './mirror-changes.ts'

export interface WishFacts extends Pick<MirrorRow<'own_wish'>, 'id' | 'rider' | 'category' | 'staffWords' | 'claim' | 'postedAtMs' | 'notYet'>, Pick<Wish, 'stage' | 'review' | 'untilMs'> {
  isPublic: boolean
  publicText: string | null
  by: string[]
  fulfilmentWords: string | null
  fulfilmentPhoto: string | null
}

export async function readWallFacts(snapshot: Queryable, reader: MirrorReader, keys: readonly string[]): Promise<MirrorRow<'wall_wish'>[]> {
  return snapshot.query(
    `SELECT wishes.wish_id AS id, category, public_text AS text, public_who AS who, stations.name AS "stationName", stage AS state, claim, again,
       posted_at_ms AS "postedAtMs", changed_at_ms AS "changedAtMs"
     FROM wall_places JOIN wishes USING (wish_id) LEFT JOIN stations USING (station_id)
     WHERE wall_places.district_id = $1 AND wishes.wish_id = ANY($2::uuid[])`,
    [reader.district, keys],
  )
}

export async function readOwnFacts(snapshot: Queryable, reader: MirrorReader, keys: readonly string[]): Promise<WishFacts[]> {
  return snapshot.query(
    `SELECT wishes.wish_id AS id, wishes.rider_id AS rider, category, staff_words AS "staffWords", claim, posted_at_ms AS "postedAtMs", not_yet AS "notYet", stage, review,
       until_ms AS "untilMs", is_public AS "isPublic", public_text AS "publicText", fulfilment_words AS "fulfilmentWords", fulfilment_photo AS "fulfilmentPhoto",
       coalesce((SELECT json_agg(name->>'zh' ORDER BY joined_at_ms, partner_id) FROM claim_members
         WHERE claim_members.wish_id = wishes.wish_id AND claim_members.number = wishes.claim AND left_at_ms IS NULL), '[]') AS by
     FROM wishes JOIN station_riders ON station_riders.rider_id = wishes.rider_id AND station_riders.station_id = $1
     WHERE wishes.wish_id = ANY($2::uuid[])`,
    [reader.station, keys],
  )
}

const NAMES_MAX = 20

export function ownWishRow(facts: WishFacts, includedSeq: number): MirrorRow<'own_wish'> {
  const { id, rider, category, staffWords, claim, postedAtMs, notYet, stage, isPublic, publicText, untilMs, by } = facts
  const isHeld = stage === 'claimed' || stage === 'fulfilled' || stage === 'confirmed'
  const isLit = stage === 'fulfilled' || stage === 'confirmed'
  return {
    id, rider, category, text: isPublic ? publicText : null, state: stateOfWish(facts), staffWords, claim, postedAtMs, notYet, includedSeq,
    lease: isHeld && untilMs !== null ? { by: by.slice(0, NAMES_MAX), untilMs } : null,
    fulfilment: isLit ? { words: facts.fulfilmentWords, photo: facts.fulfilmentPhoto } : null,
  }
}

/** As the rider knows it: while his newest words wait, that is what he waits for. */
export function stateOfWish({ stage, review }: Pick<WishFacts, 'stage' | 'review'>): Exclude<OwnWishState, 'unsent'> {
  if (stage !== 'new' && stage !== 'open') return stage
  if (review === 'in_review' || review === 'asked_back') return review
  return stage === 'new' ? 'refused' : 'open'
}
