// Random calls of the store, one way to make arguments for each: ids from a small town, so that calls meet each other's rows,
// and now and then one that nobody knows. A call without its way here does not compile.

import fc from 'fast-check'
import type { StoreTransaction } from '../../../central/store/central-store.ts'
import { ridersScope, stationScope } from '../../../central/store/change-scopes.ts'
import type { DistrictAccount } from '../../../central/store/district-account.ts'
import type { MirrorReader } from '../../../central/store/mirror-changes.ts'
import type { ChainedEvent } from '../../../central/store/outboxes.ts'
import { CHANGE_ORDER, CHECKED_KINDS, type EventOutcome } from '../../../contract/sync/sync-protocol.ts'
import type { Account } from '../../../domain/ledger.ts'
import { staffCallArguments } from './random-staff-calls.ts'
import { peopleCallArguments } from './random-people-calls.ts'
import { wordCallArguments } from './random-word-calls.ts'
import { trainingCallArguments } from './random-training-calls.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'
import { wishCallArguments } from './random-wish-calls.ts'
import { townArbitraries } from './town-arbitraries.ts'

export type CallName = keyof StoreTransaction
export type CallArguments = { [Name in CallName]: fc.Arbitrary<Parameters<StoreTransaction[Name]>> }

export interface StoreCall {
  name: CallName
  given: readonly unknown[]
}

/** Answers without an order of their own. */
export const UNORDERED: ReadonlySet<CallName> = new Set<CallName>(['readMirrorFacts'])

export function storeCalls(town: SmallTown, isWanted: (name: CallName) => boolean): fc.Arbitrary<StoreCall> {
  const ways = callArguments(town)
  const names = (Object.keys(ways) as CallName[]).filter(isWanted)
  return fc.constantFrom(...names).chain((name) => (ways[name] as fc.Arbitrary<readonly unknown[]>).map((given) => ({ name, given })))
}

/** Every call by its name. */
export function callArguments(town: SmallTown): CallArguments {
  const { ids, few, station, rider, district, outbox, event, grant, request, item, nowMs, points, hash, seq, districtOf } = townArbitraries(town)

  const account: fc.Arbitrary<DistrictAccount> = fc.tuple(rider, outbox, fc.nat(6)).map(([who, holder, kind]) => {
    const accounts: Account[] = [
      { kind: 'program' }, { kind: 'discrepancy' }, { kind: 'rider_central', rider: who }, { kind: 'rider_central', rider: who },
      { kind: 'rider_station', rider: who, station: holder.station, incarnation: holder.incarnation },
      { kind: 'program_station', station: holder.station, incarnation: holder.incarnation }, { kind: 'redeemed_station', station: holder.station },
    ]
    return { district: districtOf(who), account: accounts[kind] ?? { kind: 'program' } }
  })
  const chained: fc.Arbitrary<ChainedEvent> = fc.record({ seq, id: event, hash, text: fc.constantFrom('{}', '{"a":1}', '字') }).map(({ seq: place, id, hash: known, text }) => ({
    header: { seq: place, id, kind: 'checkin.recorded', version: 1, wallMs: FIRST_MS, monotonicMs: 1, boot: 1 }, headerLine: `{"seq":${place}}`, body: Buffer.from(text), hash: known,
  }))
  const outcomeOf = (place: number): fc.Arbitrary<EventOutcome> =>
    fc.constantFrom<EventOutcome>({ seq: place, outcome: 'recorded' }, { seq: place, outcome: 'flagged', code: 'overdrawn' }, { seq: place, outcome: 'parked', code: 'kind_unknown' })
  const recorded = fc.uniqueArray(chained, { selector: ({ header }) => header.seq, minLength: 1, maxLength: 3 }).chain((events) =>
    fc.tuple(...events.map(({ header }) => outcomeOf(header.seq))).map((outcomes) => ({ events, outcomes })),
  )
  const change = fc.tuple(district, station, fc.nat(2), fc.constantFrom(...CHANGE_ORDER), fc.oneof(rider, grant, event), item).map(([where, which, scope, kind, id, name]) => ({
    district: where, scope: ['district', stationScope(which), ridersScope(which)][scope] ?? '', kind, key: kind === 'item' ? name : id,
  }))
  const mirrorKey = fc.oneof(
    rider, grant, item, fc.constantFrom(...town.stations, ...town.staff, ...town.donors, 'rules', '1'), ids('past', 5), ids('wish', 4), ids('training', 3), ids('block', 4), ids('certificate', 4), event, rider.map((holder) => `${holder}:1`),
  )
  const reader: fc.Arbitrary<MirrorReader> = fc.tuple(outbox, nowMs, nowMs).map(([asking, entriesSinceMs, recallsSinceMs]) => ({
    ...asking, includedSeq: 3, entriesSinceMs: entriesSinceMs - 7_200_000, recallsSinceMs: recallsSinceMs - 7_200_000,
    trainingsSinceMs: entriesSinceMs,
  }))
  /** Keys that the kind cannot have are the asker's mistake: SQL would refuse them as no UUID. */
  const factsAsked = fc.constantFrom(...CHANGE_ORDER).chain((kind) => {
    const isId = kind !== 'item' && kind !== 'rules' && kind !== 'pass_key' && kind !== 'revoked_card' && kind !== 'sealing_key' && kind !== 'consent'
    const keys = kind === 'signup' ? few(fc.tuple(ids('training', 3), rider).map((pair) => pair.join(':'))) : few(mirrorKey).map((all) =>
      kind === 'pass_key' ? all.map((_, index) => String(index)) : kind === 'revoked_card' ? all.filter((key) => key.includes(':')) : isId ? all.filter((key) => /^[\da-f-]{36}$/.test(key)) : all,
    )
    return fc.tuple(fc.constant(kind), reader, keys)
  })
  const recall = fc.record({ rider, holder: station, district, asker: station, askedAtMs: nowMs })
  const movement = fc.record({
    item, lot: fc.integer({ min: 1, max: 3 }), quantity: fc.integer({ min: -5, max: 20 }), expiryDay: fc.option(fc.integer({ min: 20_000, max: 20_003 })),
    donor: fc.option(fc.constantFrom(...town.donors)),
  })
  const at = fc.nat(100).map((later) => FIRST_MS + later)

  return {
    ...staffCallArguments(town),
    ...wishCallArguments(town),
    ...wordCallArguments(town),
    ...peopleCallArguments(town),
    ...trainingCallArguments(town),
    findStation: fc.tuple(station),
    findIncarnation: outbox.map(({ station: which, incarnation }) => [which, incarnation]),
    readPullHead: fc.tuple(outbox, fc.nat(30), fc.integer({ min: 1, max: 20 })).map(([asking, after, limit]) => [{ ...asking, after, limit }]),
    lockStation: fc.tuple(station),
    beginIncarnation: fc.tuple(outbox, hash, nowMs),
    lockStations: fc.tuple(few(station)),
    findIncarnations: fc.tuple(few(outbox)),
    advanceIncarnations: fc.tuple(fc.uniqueArray(fc.record({ outbox, lastSeq: seq, lastHash: hash }), { selector: ({ outbox: life }) => life.incarnation, minLength: 1, maxLength: 3 }), nowMs),
    quarantine: fc.tuple(outbox, few(chained), nowMs),
    readRecorded: fc.tuple(few(fc.record({ outbox, first: seq, last: seq }))),
    readIdsTaken: fc.tuple(few(fc.oneof(event, grant, ids('past', 5)))),
    insertEvents: fc.tuple(outbox, recorded, nowMs).map(([which, { events, outcomes }, now]) => [
      events.map((one, index) => ({ outbox: which, event: one, outcome: outcomes[index] ?? { seq: 0, outcome: 'recorded' } })), now,
    ]),
    readParkedLives: fc.constant([]),
    readParked: fc.record({ outbox, after: fc.nat(4), limit: fc.integer({ min: 1, max: 3 }) }).map((question) => [question]),
    settleParked: fc.tuple(outbox, fc.uniqueArray(seq, { maxLength: 3 }).chain((places) => fc.tuple(...places.map(outcomeOf)))),
    keepBatchProofs: fc.tuple(few(fc.record({ outbox, firstSeq: seq, lastSeq: seq, lastHash: hash, signature: hash })), nowMs),
    lockBalances: fc.tuple(few(account)),
    writePostings: fc.tuple(
      few(fc.record({ eventId: fc.oneof(event, grant), line: fc.integer({ min: 1, max: 3 }), from: account, to: account, points, bookedAtMs: nowMs })),
      fc.array(fc.record({ moved: account, by: fc.integer({ min: -9, max: 9 }) }), { maxLength: 2 }),
    ).map(([postings, redeemed]) => [
      postings.map(({ from, to, eventId, line, points: moved, bookedAtMs }) => ({
        eventId, line, district: from.district, transfer: { from: from.account, to: to.account, points: moved }, bookedAtMs,
      })),
      redeemed.map(({ moved, by }) => ({ ...moved, points: by })),
    ]),
    writeEntries: few(
      fc.record({
        id: event, district, rider, atMs: at, bookedAtMs: nowMs, points: fc.integer({ min: -60, max: 60 }), reason: fc.constantFrom('redemption', 'service', 'undone'),
        what: fc.option(fc.constant({ zh: '帮忙', en: 'Help' })), lines: fc.nat(1).map((count) => [{ item: 'tea', quantity: 1, points: 5 }].slice(count)), station: fc.option(station),
      }),
    ).map((entries) => [entries]),
    appendChanges: fc.tuple(few(change)),
    readChanges: fc.record({ district, station, after: fc.nat(30), limit: fc.integer({ min: 1, max: 20 }) }).map((question) => [question]),
    readNumbers: fc.tuple(district, station, few(fc.record({ kind: fc.constantFrom('rider' as const, 'grant' as const, 'entry' as const), key: fc.oneof(rider, grant, ids('past', 5)) }))).map(
      ([where, which, rows]) => [{ district: where, scope: ridersScope(which), rows }],
    ),
    readScopeSum: fc.record({ district, station, scope: fc.constantFrom('district', 'station', 'riders'), kinds: fc.subarray([...CHECKED_KINDS]) }).map((question) => [question]),
    readHistory: fc.constant([]),
    readReached: fc.constant([]),
    readMirrorFacts: factsAsked,
    readRidersKnown: fc.tuple(few(rider)),
    readItemsKnown: fc.tuple(district, few(item)),
    readStaffKnown: fc.tuple(few(fc.constantFrom(...town.staff, town.id('nobody', 0)))),
    readGrants: fc.tuple(few(grant)),
    readRequestsKnown: fc.tuple(few(fc.record({ station, request }))),
    writeRedemptions: fc.tuple(
      outbox,
      few(
        fc.record({
          event, request, rider, points: fc.integer({ min: 5, max: 60 }), overdrawnPoints: fc.integer({ min: 0, max: 6 }), atMs: at,
          lines: fc.nat(1).map((count) => [{ item: 'tea', quantity: 1, points: 5, lots: [[1, 1]] as [number, number][] }].slice(count)),
          booked: fc.option(nowMs),
        }),
      ),
    ).map(([life, written]) => [written.map(({ booked, ...one }) => ({ ...life, ...one, paid: booked === null || one.overdrawnPoints > 0 ? null : { ledger: districtOf(one.rider), bookedAtMs: booked } }))]),
    writeStockMovements: fc.tuple(few(fc.tuple(outbox, movement).map(([life, one]) => ({ ...life, ...one })))),
    readRedemptions: fc.tuple(few(event)),
    writeUndone: fc.tuple(few(fc.record({ district, redemption: event, event, atMs: at }))),
    writeEarnings: fc.tuple(outbox, few(fc.record({ event, request, rider, service: fc.constant('help'), points, inSlice: fc.boolean(), atMs: at }))).map(([life, earned]) => [
      earned.map((one) => ({ ...life, ...one })),
    ]),
    readRelendingDebts: fc.tuple(few(rider)),
    readEarningRequestsKnown: fc.tuple(few(fc.record({ station, request }))),
    readServiceNames: fc.tuple(district, few(fc.constantFrom('help', 'nothing'))),
    markGrantsReceived: fc.tuple(few(grant), nowMs),
    findRider: fc.tuple(rider),
    lockRider: fc.tuple(rider),
    beginToMirror: fc.tuple(outbox, rider, nowMs).map(([mirroring, who, now]) => [{ station: mirroring.station, district: mirroring.district }, who, now]),
    stationsThatMirror: fc.tuple(few(rider)),
    readRevokedCards: fc.tuple(rider, fc.integer({ min: 1, max: 2 })),
    recentEntryKeys: fc.tuple(few(rider), nowMs, fc.integer({ min: 1, max: 5 })),
    findGrant: fc.tuple(grant),
    writeGrants: fc.tuple(outbox, few(fc.tuple(grant, rider, points)), nowMs).map(([holder, lent, now]) => [
      lent.map(([id, who, lentPoints]) => ({ id, district: districtOf(who), rider: who, station: holder.station, incarnation: holder.incarnation, points: lentPoints })), now,
    ]),
    findEarningSlice: fc.tuple(grant),
    writeEarningSlice: fc.tuple(outbox, grant, points, nowMs).map(([holder, id, lent, now]) => [{ ...holder, id, points: lent }, now]),
    readEarningSlices: fc.tuple(few(grant)),
    markEarningSlicesReceived: fc.tuple(few(grant), nowMs),
    readSlicesElsewhere: fc.tuple(rider, station, fc.integer({ min: 1, max: 3 })),
    writeRecalls: fc.tuple(fc.uniqueArray(recall, { selector: ({ rider: who, holder }) => `${who} ${holder}`, minLength: 1, maxLength: 4 }), nowMs),
    closeRecalls: fc.tuple(few(fc.record({ rider, holder: station }))),
    readStandingDue: fc.tuple(outbox, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 })).map(([holder, day, limit]) => [
      { station: holder.station, incarnation: holder.incarnation, day, limit },
    ]),
    markStandingRenewed: fc.tuple(fc.uniqueArray(rider, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 3 })).map(([renewed, day]) => [
      renewed.map((who) => ({ rider: who, district: districtOf(who) })), day,
    ]),
    readRuleValues: fc.tuple(district),
    readRecovering: fc.constant([]),
  }
}
