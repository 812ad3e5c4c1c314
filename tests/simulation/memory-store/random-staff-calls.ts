// Random calls of the store for who is who: lives, joining, recovery, staff's acts, snapshots.

import fc from 'fast-check'
import type { JoiningRows, LifeRows, RecoveryRows, SnapshotRows, StaffActRows } from '../../../central/store/central-store.ts'
import { WRITE_OFF_REASONS } from '../../../central/store/staff-acts.ts'
import { INCARNATION_STATES } from '../../../contract/sync/sync-protocol.ts'
import type { CallArguments } from './random-calls.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'
import { townArbitraries } from './town-arbitraries.ts'

type StaffCalls = keyof (LifeRows & JoiningRows & RecoveryRows & StaffActRows & SnapshotRows)

export function staffCallArguments(town: SmallTown): Pick<CallArguments, StaffCalls> {
  const { ids, few, station, district, outbox, event, nowMs, points, seq } = townArbitraries(town)
  const life = outbox.map(({ station: which, incarnation }) => [which, incarnation] as const)
  const details = fc.constantFrom('站', '新站').map((zh) => ({
    name: { zh, en: 'Station' },
    brand: { key: 'boai', name: { zh, en: zh }, programme: { zh, en: zh }, accent: '#D8452B', accentDeep: '#862411', tint: '#F7DFD2', mark: 'house-heart' },
    hotline: '0991', facilities: ['seats'], panelPitchMm: 0.25,
  }))
  const who = fc.oneof(station, ids('nobody', 2))
  const codeHash = fc.nat(2).map((index) => `${town.id('nobody', index)}${'a'.repeat(28)}`)
  const sha256 = fc.nat(2).map((index) => town.id('nobody', 10 + index))
  const staff = fc.constantFrom(...town.staff)
  const sinceMs = fc.nat(3).map((hours) => FIRST_MS + hours * 3_600_000)
  return {
    readLives: fc.tuple(station),
    setLifeStates: fc.tuple(outbox, fc.constantFrom(...INCARNATION_STATES)).map(([{ station: which, incarnation }, state]) => [which, [incarnation, town.id('nobody', 0)], state]),
    writeHello: fc.tuple(outbox, seq, fc.boolean(), nowMs).map(([{ station: which, incarnation }, claimedSeq, isNow, now]) => [
      {
        station: which, incarnation, claimedSeq, clockOffsetMs: -claimedSeq, program: '0.2.0', previous: isNow ? town.id('nobody', claimedSeq) : null,
        history: isNow ? HISTORY : town.id('nobody', 5),
      },
      now,
    ]),
    readOwnEvents: fc.tuple(life, fc.nat(3), fc.integer({ min: 1, max: 3 })).map(([[which, incarnation], after, limit]) => [which, incarnation, after, limit]),
    setStationStatus: fc.tuple(station, fc.constantFrom('active', 'revoked')),
    admitNext: fc.tuple(station),
    takeAdmission: fc.tuple(station),

    isDistrictKnown: fc.tuple(fc.oneof(district, ids('nobody', 1))),
    writeStation: fc.tuple(who, district, fc.integer({ min: 1, max: 5 }), details, nowMs).map(([which, where, number, known, now]) => [
      { station: which, district: where, number, publicKey: `key ${number}`, details: known }, now,
    ]),
    nextStationNumber: fc.tuple(district),
    isNumberTaken: fc.tuple(district, fc.integer({ min: 1, max: 5 })),
    readStationDetails: fc.tuple(who),
    readNeighbourDetails: fc.tuple(district),
    writeEnrolmentCode: fc.tuple(codeHash, who, district, details, nowMs, sinceMs).map(([code, which, where, known, now, expiresAtMs]) => [
      { codeHash: code, district: where, station: which, number: 4, details: known, expiresAtMs }, now,
    ]),
    forgetEnrolmentCodes: fc.tuple(sinceMs),
    lockEnrolmentCode: fc.tuple(codeHash),
    markEnrolmentCodeUsed: fc.tuple(codeHash, fc.constant('key'), nowMs),

    lockEveryStation: fc.constant([]),
    lockCentral: fc.constant([]),
    writeCentral: fc.tuple(fc.option(nowMs), fc.option(nowMs)).map(([recoveringSinceMs, restoredAtMs]) => [{ history: HISTORY, recoveringSinceMs, restoredAtMs }]),
    readRestoredAtMs: fc.constant([]),
    waitForLives: fc.tuple(nowMs),
    waitForLife: fc.tuple(outbox, nowMs),
    claimInRecovery: fc.tuple(outbox, seq, fc.boolean(), nowMs).map(([claiming, claimedSeq, isOwnWord, now]) => [{ ...claiming, claimedSeq, isOwnWord }, now]),
    markBack: fc.tuple(life, seq, nowMs).map(([[which, incarnation], lastSeq, now]) => [which, incarnation, lastSeq, now]),
    stopWaitingFor: fc.tuple(station, nowMs),
    countMissing: fc.constant([]),

    lockHeldSlices: life.map(([which, incarnation]) => [which, incarnation]),
    countWriteOffs: life.map(([which, incarnation]) => [which, incarnation]),
    insertWriteOff: fc.tuple(ids('grant', 4), outbox, staff, staff, fc.constantFrom(...WRITE_OFF_REASONS), points, nowMs).map(([id, holder, one, two, reason, lost, now]) => [
      { id, ...holder, staff: [one, two], reason, riders: 1, riderPoints: lost, programPoints: 0 }, now,
    ]),
    readActiveStaff: fc.tuple(district, few(fc.oneof(staff, ids('nobody', 1)))),
    findLateFact: fc.tuple(event),
    writeRemedy: fc.tuple(fc.record({ event, district, points }), nowMs),
    beginBackup: fc.tuple(nowMs),
    confirmBackup: fc.tuple(fc.integer({ min: 1, max: 40 }), nowMs),
    lastBackupMs: fc.constant([]),
    writeOperatorAct: fc.tuple(ids('request', 9), nowMs).map(([id, now]) => [{ id, act: 'revoke', subject: { station: id }, result: 'done' }, now]),

    readSnapshotKeys: fc.tuple(outbox, fc.constantFrom('district', 'station', 'riders'), sinceMs, fc.integer({ min: 1, max: 3 })).map(([reading, scope, since, entriesMax]) => [
      { ...reading, scope, entriesSinceMs: since - 7_200_000, entriesMax },
    ]),
    keepSnapshot: fc.tuple(ids('request', 9), outbox, fc.uniqueArray(sha256), nowMs, sinceMs).map(([id, { station: which, district: where }, parts, now, staleBeforeMs]) => [
      { id, station: which, district: where, parts: parts.map((sha) => ({ sha256: sha, bytes: Buffer.from(sha) })) }, now, staleBeforeMs,
    ]),
    findSnapshotPart: fc.tuple(ids('request', 9), station, sha256).map(([snapshot, which, sha]) => [{ snapshot, station: which, sha256: sha }]),
  }
}

/** The history that a database of this test begins with. */
export const HISTORY = '0192f0c0-0000-4000-8000-000000000001'
