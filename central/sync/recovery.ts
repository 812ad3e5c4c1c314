// Central after a restore. The backup has forgotten what was lent since, so nothing is lent until every file of every station has
// said hello and brought everything it claimed to have (docs/decisions/0005). What must not be forgotten lies outside the database
// and is played back first. Ends by itself when nothing is missing.

import { erasePerson } from '../people/erase-person.ts'
import type { OutsideLog, OutsideRecord } from '../keys/outside-log.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { stationScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { RecoveryClaim } from '../store/recovery.ts'
import { chainSeed } from './push-batch.ts'

export interface Restore {
  /** Begins only while this is the history; null: in any case. */
  fromHistory: string | null
  newHistory: string
  nowMs: number
}

/** A transaction of its own: no station is locked before. false: somebody has begun it already. */
export async function beginRecovery(transaction: StoreTransaction, outside: Pick<OutsideLog, 'read'>, restore: Restore): Promise<boolean> {
  await transaction.lockEveryStation()
  const { history } = await transaction.lockCentral()
  if (restore.fromHistory !== null && restore.fromHistory !== history) return false
  const changes = await playBack(transaction, outside.read(), restore.nowMs)
  const missing = await transaction.waitForLives(restore.nowMs)
  await transaction.writeCentral({ history: restore.newHistory, recoveringSinceMs: missing === 0 ? null : restore.nowMs, restoredAtMs: restore.nowMs })
  await transaction.appendChanges(changes)
  await eraseAgain(transaction, outside.read(), restore.nowMs)
  return true
}

/** Before anybody is served: a backup that is older than an erasure holds the person still. In the order of their ids, as riders are locked. */
async function eraseAgain(transaction: StoreTransaction, records: readonly OutsideRecord[], nowMs: number): Promise<void> {
  const riders = new Set(records.flatMap((record) => (record.kind === 'person_erased' ? [record.rider] : [])))
  for (const rider of [...riders].toSorted()) await erasePerson(transaction, rider, nowMs)
}

/** What happened to stations after the backup, in its order. */
async function playBack(transaction: StoreTransaction, records: readonly OutsideRecord[], nowMs: number): Promise<ChangedRow[]> {
  const changes: ChangedRow[] = []
  for (const record of records) {
    if (record.kind === 'line_torn' || record.kind === 'history_began') continue
    // After the stations, whose locks come first.
    if (record.kind === 'person_erased') continue
    const { station } = record
    const known = await transaction.findStation(station)
    if (record.kind === 'station_enrolled') {
      if (known?.publicKey === record.publicKey || !(await transaction.isDistrictKnown(record.district))) continue
      const isWritten = await transaction.writeStation(record, nowMs)
      if (isWritten) changes.push({ district: record.district, scope: stationScope(station), kind: 'station', key: station })
    } else if (known !== null) {
      if (record.kind === 'station_revoked') await banStation(transaction, station)
      else await banIncarnation(transaction, { district: known.district, station, incarnation: record.incarnation }, nowMs)
    }
  }
  return changes
}

/** Under the station's lock: from now on nothing of it is believed; what it says is kept. */
export async function banStation(transaction: StoreTransaction, station: string): Promise<void> {
  await transaction.setStationStatus(station, 'revoked')
  const lives = await transaction.readLives(station)
  await transaction.setLifeStates(station, lives.map(({ incarnation }) => incarnation), 'banned')
}

/** Also a life that the backup does not know yet. */
async function banIncarnation(transaction: StoreTransaction, life: { district: string; station: string; incarnation: string }, nowMs: number): Promise<void> {
  const { station, incarnation } = life
  await transaction.beginIncarnation(life, chainSeed(station, incarnation), nowMs)
  await transaction.setLifeStates(station, [incarnation], 'banned')
}

/** A file that has just brought events, or says how far it has got: where that was the last one, recovery is over. */
export async function noteRecoveryProgress(transaction: StoreTransaction, life: { station: string; incarnation: string; lastSeq: number }, nowMs: number): Promise<void> {
  if (await transaction.markBack(life.station, life.incarnation, life.lastSeq, nowMs)) await endWhereNobodyIsMissing(transaction)
}

/** Staff have given the station up, or one of its files: nobody waits for it any more. */
export async function noteGivenUp(transaction: StoreTransaction, station: string, nowMs: number): Promise<void> {
  if (await transaction.stopWaitingFor(station, nowMs)) await endWhereNobodyIsMissing(transaction)
}

/** Recovery was over, and a station that nobody could wait for is here: once more nothing is lent, until it has brought what it has. */
export async function waitForOneMore(transaction: StoreTransaction, claim: Omit<RecoveryClaim, 'isOwnWord'>, nowMs: number): Promise<void> {
  await transaction.claimInRecovery({ ...claim, isOwnWord: true }, nowMs)
  const central = await transaction.lockCentral()
  if (central.recoveringSinceMs === null) await transaction.writeCentral({ ...central, recoveringSinceMs: nowMs })
}

/** While nothing is lent a life turns up that was not waited for, and how far it has got is not known yet: it may have been lent what the backup has forgotten. */
export async function waitWhereRecovering(transaction: StoreTransaction, life: { station: string; district: string; incarnation: string }, nowMs: number): Promise<void> {
  // Locked before it is looked: nobody ends recovery in between.
  if ((await transaction.lockCentral()).recoveringSinceMs !== null) await transaction.waitForLife(life, nowMs)
}

async function endWhereNobodyIsMissing(transaction: StoreTransaction): Promise<void> {
  // Locked before it is counted: of the last two at once, the second sees the first.
  const central = await transaction.lockCentral()
  if (central.recoveringSinceMs !== null && (await transaction.countMissing()) === 0) {
    await transaction.writeCentral({ ...central, recoveringSinceMs: null })
  }
}
