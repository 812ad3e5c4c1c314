// A rider is erased, because he asked for it: his key and with it every word of his, his name, his phone, his wishes, his cards.
// What he did stays, under a reference that says nobody any more: ledger and chains are whole. Every station that mirrored him
// hears of it first in its next pull. It is written outside the database too, because a backup is older.

import type { StoreTransaction } from '../store/central-store.ts'
import { DISTRICT_SCOPE, ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import { revokedCardKey } from '../store/mirror-changes.ts'
import { leaveTrainings } from '../trainings/tend-trainings.ts'
import { eraseWishesOf } from '../wishes/rider-wishes.ts'

export type ErasureResult = { ok: true; district: string; isNew: boolean } | { ok: false; error: 'rider_unknown' }

const CARDS_MAX = 100

/** Again it is a success that changes nothing. */
export async function erasePerson(transaction: StoreTransaction, rider: string, nowMs: number): Promise<ErasureResult> {
  // Trainings are locked ahead of who is locked alone.
  const places = await leaveTrainings(transaction, rider, nowMs)
  if (!(await transaction.lockRider(rider))) return { ok: false, error: 'rider_unknown' }
  const known = await transaction.findRider(rider)
  if (known === null) return { ok: false, error: 'rider_unknown' }
  const { district } = known
  if ((await transaction.readErased([rider])).has(rider)) return { ok: true, district, isNew: false }
  // Who mirrors him hears of what becomes of his wishes too.
  await eraseWishesOf(transaction, rider, nowMs)
  const mirroring = (await transaction.stationsThatMirror([rider])).get(rider) ?? []
  await transaction.erasePerson(rider, nowMs)
  const cards = await transaction.readRevokedCards(rider, CARDS_MAX)
  const districts = [...new Set([district, ...mirroring.map((one) => one.district)])]
  await transaction.appendChanges([
    ...places,
    ...districts.flatMap((where) => cards.map((card): ChangedRow => ({ district: where, scope: DISTRICT_SCOPE, kind: 'revoked_card', key: revokedCardKey(rider, card) }))),
    ...mirroring.flatMap(({ station, district: where }): ChangedRow[] => [
      { district: where, scope: ridersScope(station), kind: 'erasure', key: rider }, { district: where, scope: ridersScope(station), kind: 'rider', key: rider },
    ]),
  ])
  return { ok: true, district, isNew: true }
}
