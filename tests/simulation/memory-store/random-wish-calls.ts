// Arguments for the store's calls about wishes: three wishes of a small town, their leases, and rows that meet the limits of the
// tables now and then.

import fc from 'fast-check'
import type { WishRows } from '../../../central/store/central-store.ts'
import type { ClaimMemberRow, ClaimRow, WishLine, WishRow } from '../../../central/store/wishes.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'
import { townArbitraries } from './town-arbitraries.ts'

type WishArguments = { [Name in keyof WishRows]: fc.Arbitrary<Parameters<WishRows[Name]>> }

const HOUR_MS = 3_600_000

export function wishCallArguments(town: SmallTown): WishArguments {
  const { ids, few, rider, district, nowMs, districtOf, event } = townArbitraries(town)
  const wish = ids('wish', 4)
  const partner = ids('partner', 3)
  const number = fc.integer({ min: 1, max: 2 })
  const words = fc.option(fc.constantFrom('想要一双手套', "<b>'"), { nil: null })
  const wishRow: fc.Arbitrary<WishRow> = fc.record({
    id: wish, rider: fc.constantFrom(...town.riders), station: fc.option(fc.constantFrom(...town.stations)), category: fc.constantFrom('small_need' as const, 'hard_meal' as const),
    shown: fc.constantFrom('named' as const, 'anonymous' as const), reach: fc.constantFrom('station' as const, 'staff_phone' as const), postedAtMs: nowMs,
    stage: fc.constantFrom('new', 'open', 'open', 'claimed', 'claimed', 'fulfilled', 'confirmed', 'withdrawn'), claim: fc.nat(2), untilMs: fc.option(nowMs, { freq: 6 }),
    extensions: fc.nat(2), again: fc.boolean(), version: fc.integer({ min: 2, max: 3 }), review: fc.constantFrom('in_review', 'approved', 'approved', 'refused'),
    approvedVersion: fc.constantFrom(1, 1, 2), seenVersion: fc.nat(1), notYet: fc.boolean(), changedAtMs: nowMs, isPublic: fc.boolean(), publicText: fc.option(fc.constant('手套'), { freq: 6 }),
    publicWho: words, staffWords: words, fulfilmentWords: words, fulfilmentPhoto: fc.constant(null), lines: fc.nat(5),
  }).map((row) => ({ ...row, district: districtOf(row.rider) }))
  const distinct = <Row>(one: fc.Arbitrary<Row>, key: (row: Row) => string) => fc.uniqueArray(one, { selector: key, minLength: 1, maxLength: 3 })
  const claim: fc.Arbitrary<ClaimRow> = fc.record({
    wish, number, district, grantedAtMs: nowMs, untilMs: nowMs, fulfilledAtMs: fc.option(nowMs), end: fc.option(fc.constantFrom('lapsed' as const, 'confirmed' as const)),
  }).map(({ end, ...row }) => ({ ...row, endedAtMs: end === null ? null : FIRST_MS, endedAs: end }))
  const member: fc.Arbitrary<ClaimMemberRow> = fc.record({
    wish, number, partner, district, name: fc.constant({ zh: '书店', en: 'Books' }), joinedAtMs: nowMs, leftAtMs: fc.option(nowMs),
  })
  const line: fc.Arbitrary<WishLine> = fc.record({
    wish, line: fc.integer({ min: 1, max: 5 }), district, atMs: nowMs, act: fc.constantFrom('posted' as const, 'claimed' as const), claim: fc.nat(2), version: fc.option(fc.constant(1)),
    untilMs: fc.option(nowMs), partner: fc.option(partner), account: fc.constant(null), event: fc.option(event), flag: fc.option(fc.constant('claim_stale' as const)), words,
  })
  return {
    readWishRiders: fc.tuple(few(wish)),
    lockWishes: fc.tuple(few(wish)),
    insertWishes: fc.tuple(few(wishRow)),
    updateWishes: fc.tuple(distinct(wishRow, ({ id }) => id)),
    writeWishVersions: fc.tuple(few(fc.record({ wish, version: fc.integer({ min: 1, max: 4 }), district, wordsRef: event, commitment: fc.constant('ab'), writtenAtMs: nowMs }))),
    writeWishLines: fc.tuple(few(line)),
    writeClaimNews: fc.tuple(few(fc.record({ wish, line: fc.integer({ min: 1, max: 5 }), district, claim: fc.nat(2), what: fc.constant('edited' as const), took: fc.boolean(), atMs: nowMs }))),
    writeClaims: fc.tuple(distinct(claim, ({ wish: id, number: place }) => `${id} ${place}`)),
    readHoldingClaims: fc.tuple(few(wish)),
    writeClaimMembers: fc.tuple(distinct(member, (row) => `${row.wish} ${row.number} ${row.partner}`)),
    readClaimMembers: fc.tuple(wish, number),
    readLapsedWishes: fc.tuple(fc.nat(3).map((hours) => FIRST_MS + hours * HOUR_MS), fc.integer({ min: 1, max: 3 })),
    readWishesHeldBy: fc.tuple(partner),
    markClaimNewsSeen: fc.tuple(wish, fc.nat(2), nowMs),
    eraseWishWords: fc.tuple(few(wish)),
    readWishesOfRiders: fc.tuple(few(rider), fc.integer({ min: 1, max: 3 })),
    refreshWall: fc.tuple(district, few(wish), fc.integer({ min: 1, max: 3 })),
  }
}
