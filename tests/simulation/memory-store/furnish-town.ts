// Something in every table of a small town, in one transaction, so that random calls find rows and meet their limits. The times
// and ids are those that random calls choose from.

import type { StoreTransaction } from '../../../central/store/central-store.ts'
import { ridersScope } from '../../../central/store/change-scopes.ts'
import type { Outbox } from '../../../central/store/outboxes.ts'
import type { WishRow } from '../../../central/store/wishes.ts'
import type { Account } from '../../../domain/ledger.ts'
import { NEW_WISH } from '../../../domain/wish.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'

const HASH_BYTES = 32

export async function furnishTown(transaction: StoreTransaction, town: SmallTown): Promise<void> {
  const [near = '', far = ''] = town.districts
  const [one = '', two = ''] = town.riders
  const lives = town.stations.map((station, index): Outbox => ({ district: index < 2 ? near : far, station, incarnation: town.incarnations[index]?.[0] ?? '' }))
  const [first, second] = lives
  if (first === undefined || second === undefined) throw new Error('a town has stations')
  await transaction.lockStations(town.stations)
  for (const life of [...lives, { ...first, incarnation: town.incarnations[0]?.[1] ?? '' }]) await transaction.beginIncarnation(life, hashOf(0), FIRST_MS)
  await writeFacts(transaction, town, first)

  const slice = (rider: string, holder: Outbox): Account => ({ kind: 'rider_station', rider, station: holder.station, incarnation: holder.incarnation })
  const central = (rider: string): Account => ({ kind: 'rider_central', rider })
  const lent = [{ id: town.id('grant', 0), rider: one, holder: first, points: 40 }, { id: town.id('grant', 1), rider: two, holder: second, points: 20 }]
  await transaction.writePostings([
    ...lent.map(({ id, rider, holder, points }) => ({
      eventId: id, line: 1, district: near, transfer: { from: central(rider), to: slice(rider, holder), points }, bookedAtMs: FIRST_MS,
    })),
    {
      eventId: town.id('grant', 2), line: 1, district: near, bookedAtMs: FIRST_MS,
      transfer: { from: { kind: 'program' }, to: { kind: 'program_station', station: first.station, incarnation: first.incarnation }, points: 60 },
    },
    {
      eventId: town.id('event', 1), line: 1, district: near, bookedAtMs: FIRST_MS,
      transfer: { from: { kind: 'discrepancy' }, to: { kind: 'redeemed_station', station: first.station }, points: 5 },
    },
  ])
  await transaction.writeGrants(lent.map(({ holder, ...grant }) => ({ ...grant, ...holder, district: near })), FIRST_MS)
  await transaction.markGrantsReceived([town.id('grant', 1)], FIRST_MS)
  await transaction.writeEarningSlice({ ...first, id: town.id('grant', 2), points: 60 }, FIRST_MS)
  await transaction.beginToMirror({ station: second.station, district: near }, one, FIRST_MS)
  await transaction.writeRecalls([{ rider: one, holder: first.station, district: near, asker: second.station, askedAtMs: FIRST_MS }], FIRST_MS)
  await transaction.markStandingRenewed([{ rider: two, district: near }], 2)

  await transaction.waitForLives(FIRST_MS)
  await transaction.claimInRecovery({ ...first, claimedSeq: 2, isOwnWord: true }, FIRST_MS)
  await transaction.markBack(first.station, first.incarnation, 2, FIRST_MS)
  await transaction.claimInRecovery({ ...second, claimedSeq: 2, isOwnWord: true }, FIRST_MS)
  await transaction.keepSnapshot(
    { id: town.id('request', 0), station: first.station, district: near, parts: [{ sha256: town.id('nobody', 10), bytes: Buffer.from('part') }] }, FIRST_MS, FIRST_MS,
  )
  await transaction.beginBackup(FIRST_MS)
  await furnishWishes(transaction, town)
  await transaction.appendChanges([
    { district: near, scope: ridersScope(first.station), kind: 'grant', key: town.id('grant', 0) }, { district: near, scope: ridersScope(first.station), kind: 'recall', key: one },
    ...[0, 1].map((index) => ({ district: near, scope: ridersScope(second.station), kind: 'entry' as const, key: town.id('event', index) })),
    { district: near, scope: ridersScope(second.station), kind: 'rider', key: one },
  ])
}

async function writeFacts(transaction: StoreTransaction, town: SmallTown, outbox: Outbox): Promise<void> {
  const [rider = ''] = town.riders
  const outcomes = [{ seq: 1, outcome: 'recorded' }, { seq: 2, outcome: 'flagged', code: 'overdrawn' }, { seq: 3, outcome: 'parked', code: 'kind_unknown' }] as const
  await transaction.insertEvents(
    outcomes.map((outcome) => ({
      outbox, outcome,
      event: {
        header: { seq: outcome.seq, id: town.id('event', outcome.seq - 1), kind: 'checkin.recorded', version: 1, wallMs: FIRST_MS, monotonicMs: 1, boot: 1 },
        headerLine: `{"seq":${outcome.seq}}`, body: Buffer.from('{}'), hash: hashOf(outcome.seq),
      },
    })),
    FIRST_MS,
  )
  await transaction.advanceIncarnations([{ outbox, lastSeq: 3, lastHash: hashOf(3) }], FIRST_MS)
  const lines = [{ item: 'tea', quantity: 1, points: 5 }]
  await transaction.writeEntries([0, 1].map((index) => ({
    id: town.id('event', index), district: outbox.district, rider, atMs: FIRST_MS, bookedAtMs: FIRST_MS, points: 0, reason: 'redemption' as const, what: null, lines,
    station: outbox.station,
  })))
  await transaction.writeRedemptions([0, 1].map((index) => ({
    ...outbox, event: town.id('event', index), request: town.id('request', index), rider, points: 5, overdrawnPoints: 5 * index, atMs: FIRST_MS,
    lines: [{ item: 'tea', quantity: 1, points: 5, lots: [[1, 1]] }], paid: null,
  })))
  await transaction.writeRedemptions([{
    ...outbox, event: town.id('event', 4), request: town.id('request', 4), rider, points: 5, overdrawnPoints: 0, atMs: FIRST_MS + 9, lines: [{ item: 'tea', quantity: 1, points: 5, lots: [[1, 1]] }],
    paid: { ledger: outbox.district, bookedAtMs: FIRST_MS },
  }])
  await transaction.writeUndone([{ district: outbox.district, redemption: town.id('event', 1), event: town.id('event', 2), atMs: FIRST_MS }])
  await transaction.writeEarnings([
    { ...outbox, event: town.id('event', 2), request: town.id('request', 2), rider, service: 'help', points: 10, inSlice: true, atMs: FIRST_MS },
  ])
  await transaction.writeStockMovements([{ ...outbox, item: 'tea', lot: 1, quantity: 9, expiryDay: null, donor: null }])
}

function hashOf(byte: number): Uint8Array {
  return new Uint8Array(HASH_BYTES).fill(byte)
}

/** One that is open, and one that a partner holds. */
async function furnishWishes(transaction: StoreTransaction, town: SmallTown): Promise<void> {
  const [near = ''] = town.districts
  const wishes = (['open', 'claimed'] as const).map((stage, index): WishRow => ({
    ...NEW_WISH, id: town.id('wish', index), district: near, rider: town.riders[index] ?? '', station: town.stations[0] ?? '', category: 'small_need', shown: 'named', reach: 'station',
    postedAtMs: FIRST_MS, stage, claim: index, untilMs: index === 0 ? null : FIRST_MS, review: 'approved', approvedVersion: 1, changedAtMs: FIRST_MS, isPublic: true, publicText: '手套',
    publicWho: '张*', staffWords: null, fulfilmentWords: null, fulfilmentPhoto: null, lines: 1,
  }))
  await transaction.insertWishes(wishes)
  const [, held = ''] = wishes.map(({ id }) => id)
  await transaction.writeClaims([{ wish: held, number: 1, district: near, grantedAtMs: FIRST_MS, untilMs: FIRST_MS, fulfilledAtMs: null, endedAtMs: null, endedAs: null }])
  await transaction.writeClaimMembers([{ wish: held, number: 1, partner: town.id('partner', 0), district: near, name: { zh: '书店', en: 'Books' }, joinedAtMs: FIRST_MS, leftAtMs: null }])
  await transaction.writeWishLines([{
    wish: held, line: 1, district: near, atMs: FIRST_MS, act: 'posted', claim: 0, version: null, untilMs: null, partner: null, account: null, event: null, flag: null, words: null,
  }])
  await transaction.refreshWall(near, [held], 3)
}
