// Wishes and walls: the memory's side of central/store/wishes.ts.

import type { WishRows } from '../../../central/store/central-store.ts'
import type { ClaimMemberRow, ClaimRow, WishRow } from '../../../central/store/wishes.ts'
import { ConstraintError } from './constraint-error.ts'
import { compareText, type MemoryTables } from './memory-tables.ts'

type StoredWish = Parameters<MemoryTables['wishes']['insert']>[0]
type StoredClaim = Parameters<MemoryTables['claims']['insert']>[0]

export function wishCalls(tables: MemoryTables): WishRows {
  const { wishes, wish_versions: versions, wish_history: history, claim_news: news, claims, claim_members: members, wall_places: places } = tables
  return {
    async readWishRiders(wanted) {
      return new Map(wanted.flatMap((id) => wishes.get(id) ?? []).map((row) => [row.wish_id, row.rider_id]))
    },

    async lockWishes(wanted) {
      const found = wanted.map((id) => wishes.get(id)).filter((row) => row !== undefined)
      return new Map(found.map((row) => [row.wish_id, wishOf(row)]))
    },

    async insertWishes(written) {
      for (const wish of written) wishes.insert(storedWish(wish))
    },

    async updateWishes(written) {
      for (const wish of written) {
        const row = wishes.get(wish.id)
        if (row === undefined) continue
        const { wish_id: _id, district_id: _district, rider_id: _rider, station_id: _station, category: _category, shown: _shown, reach: _reach, posted_at_ms: _posted, ...change } = storedWish(wish)
        wishes.update(row, change)
      }
    },

    async writeWishVersions(written) {
      for (const { wish, version, district, wordsRef, commitment, writtenAtMs } of written) {
        versions.insert({ wish_id: wish, version, district_id: district, words_ref: wordsRef, commitment, written_at_ms: writtenAtMs })
      }
    },

    async writeWishLines(written) {
      for (const { wish, line, district, atMs, act, claim, version, untilMs, partner, account, event, flag, words } of written) {
        history.insert({
          wish_id: wish, line, district_id: district, at_ms: atMs, act, claim, version, until_ms: untilMs, partner_id: partner, account_id: account, event_id: event, flag, words,
        })
      }
    },

    async writeClaimNews(written) {
      for (const { wish, line, district, claim, what, took, atMs } of written) {
        news.insert({ wish_id: wish, line, district_id: district, claim, what, took, at_ms: atMs, seen_at_ms: null })
      }
    },

    async writeClaims(written) {
      for (const { wish, number, district, grantedAtMs, untilMs, fulfilledAtMs, endedAtMs, endedAs } of written) {
        const times = { until_ms: untilMs, fulfilled_at_ms: fulfilledAtMs, ended_at_ms: endedAtMs, ended_as: endedAs }
        const row = claims.get(wish, number)
        if (row === undefined) claims.insert({ wish_id: wish, number, district_id: district, granted_at_ms: grantedAtMs, ...times })
        else claims.update(row, times)
        if (claims.find(['wish_id'], wish).filter((claim) => claim.ended_at_ms === null).length > 1) throw new ConstraintError('unique', 'claims', 'one claim holds')
      }
    },

    async readHoldingClaims(wanted) {
      const holding = wanted.flatMap((id) => claims.find(['wish_id'], id)).filter((row) => row.ended_at_ms === null)
      return new Map(holding.map((row) => [row.wish_id, claimOf(row)]))
    },

    async writeClaimMembers(written) {
      for (const { wish, number, partner, district, name, joinedAtMs, leftAtMs } of written) {
        const row = members.get(wish, number, partner)
        if (row === undefined) members.insert({ wish_id: wish, number, partner_id: partner, district_id: district, name, joined_at_ms: joinedAtMs, left_at_ms: leftAtMs })
        else members.update(row, { left_at_ms: leftAtMs })
      }
    },

    async readClaimMembers(wish, number) {
      return members
        .find(['wish_id', 'number'], wish, number)
        .toSorted((one, other) => one.joined_at_ms - other.joined_at_ms || compareText(one.partner_id, other.partner_id))
        .map((row): ClaimMemberRow => ({
          wish: row.wish_id, number: row.number, partner: row.partner_id, district: row.district_id, name: row.name, joinedAtMs: row.joined_at_ms, leftAtMs: row.left_at_ms,
        }))
    },

    async readLapsedWishes(nowMs, limit) {
      return wishes
        .find(['stage'], 'claimed')
        .filter((row) => (row.until_ms ?? Infinity) <= nowMs)
        .toSorted((one, other) => (one.until_ms ?? 0) - (other.until_ms ?? 0) || compareText(one.wish_id, other.wish_id))
        .slice(0, limit)
        .map((row) => row.wish_id)
    },

    async readWishesHeldBy(partner) {
      return members
        .find(['partner_id'], partner)
        .filter((row) => row.left_at_ms === null && claims.get(row.wish_id, row.number)?.ended_at_ms === null)
        .map((row) => row.wish_id)
        .toSorted(compareText)
    },

    async markClaimNewsSeen(wish, claim, nowMs) {
      for (const row of news.find(['wish_id'], wish)) if (row.claim === claim && row.seen_at_ms === null) news.update(row, { seen_at_ms: nowMs })
    },

    async eraseWishWords(wanted) {
      for (const row of wanted.flatMap((id) => history.find(['wish_id'], id))) if (row.words !== null) history.update(row, { words: null })
    },

    async readWishesOfRiders(riders, limit) {
      return [...new Set(riders)]
        .flatMap((rider) => wishes.find(['rider_id'], rider))
        .toSorted((one, other) => other.posted_at_ms - one.posted_at_ms || compareText(one.wish_id, other.wish_id))
        .slice(0, limit)
        .map((row) => row.wish_id)
    },

    async refreshWall(district, touched, placesMax) {
      const open = wishes.find(['district_id', 'is_public'], district, true)
      const waiting = firstOf(
        open.filter(({ stage }) => stage === 'open' || stage === 'claimed'), placesMax,
        (one, other) => Number(other.again) - Number(one.again) || one.changed_at_ms - other.changed_at_ms || compareText(one.wish_id, other.wish_id),
      )
      const lit = firstOf(
        open.filter(({ stage }) => stage === 'fulfilled' || stage === 'confirmed'), placesMax - waiting.length,
        (one, other) => other.changed_at_ms - one.changed_at_ms || compareText(one.wish_id, other.wish_id),
      )
      const wanted = new Set([...waiting, ...lit].map((row) => row.wish_id))
      const moved = new Set<string>()
      for (const row of places.find(['district_id'], district)) {
        if (wanted.has(row.wish_id)) continue
        moved.add(row.wish_id)
        places.delete(row)
      }
      for (const id of wanted) if (places.insertIfNew({ wish_id: id, district_id: district })) moved.add(id)
      const stayed = [...new Set(touched)].filter((id) => !moved.has(id) && places.get(id)?.district_id === district)
      return { moved: [...moved].toSorted(compareText), stayed: stayed.toSorted(compareText) }
    },
  }
}

/** Which they are; where all of them are, in no order. */
function firstOf<Row>(rows: readonly Row[], count: number, compare: (one: Row, other: Row) => number): readonly Row[] {
  if (rows.length <= count) return rows
  return count === 0 ? [] : rows.toSorted(compare).slice(0, count)
}

function wishOf(row: StoredWish): WishRow {
  return {
    id: row.wish_id, district: row.district_id, rider: row.rider_id, station: row.station_id, category: row.category, shown: row.shown, reach: row.reach,
    postedAtMs: row.posted_at_ms, stage: row.stage, claim: row.claim, untilMs: row.until_ms, extensions: row.extensions, again: row.again, version: row.version,
    review: row.review, approvedVersion: row.approved_version, seenVersion: row.seen_version, notYet: row.not_yet, changedAtMs: row.changed_at_ms, isPublic: row.is_public,
    publicText: row.public_text, publicWho: row.public_who, staffWords: row.staff_words, fulfilmentWords: row.fulfilment_words, fulfilmentPhoto: row.fulfilment_photo,
    lines: row.lines,
  }
}

function storedWish(wish: WishRow): StoredWish {
  return {
    wish_id: wish.id, district_id: wish.district, rider_id: wish.rider, station_id: wish.station, category: wish.category, shown: wish.shown, reach: wish.reach,
    posted_at_ms: wish.postedAtMs, stage: wish.stage, claim: wish.claim, until_ms: wish.untilMs, extensions: wish.extensions, again: wish.again, version: wish.version,
    review: wish.review, approved_version: wish.approvedVersion, seen_version: wish.seenVersion, not_yet: wish.notYet, changed_at_ms: wish.changedAtMs, is_public: wish.isPublic,
    public_text: wish.publicText, public_who: wish.publicWho, staff_words: wish.staffWords, fulfilment_words: wish.fulfilmentWords, fulfilment_photo: wish.fulfilmentPhoto,
    lines: wish.lines,
  }
}

function claimOf(row: StoredClaim): ClaimRow {
  return {
    wish: row.wish_id, number: row.number, district: row.district_id, grantedAtMs: row.granted_at_ms, untilMs: row.until_ms, fulfilledAtMs: row.fulfilled_at_ms,
    endedAtMs: row.ended_at_ms, endedAs: row.ended_as,
  }
}
