// Lends a station the points of a rider that lie at central: the allowance. The station's request id is the grant's id, so
// asking again (a lost answer, a restart) gets the same grant and lends nothing twice (invariant 5). A grant is lent to one life of
// the station's file: another one can not ask for it, and a file in quarantine gets nothing.

import type { AllowanceAnswer, AllowanceRequest } from '../../contract/sync/sync-protocol.ts'
import { type Account, grantablePoints } from '../../domain/ledger.ts'
import { ridersScope } from '../store/change-scopes.ts'
import { balanceKey } from '../store/district-account.ts'
import { meetIncarnation } from './meet-incarnation.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'

type GrantOrRefusal = SyncResult<AllowanceAnswer>

export async function grantAllowance(context: SyncContext, asking: KnownStation, request: AllowanceRequest): Promise<GrantOrRefusal> {
  const { rider: riderId, requestId, incarnation } = request
  await meetIncarnation(context, asking, incarnation)
  const nowMs = context.nowMs()
  return context.store.transaction('write', async (transaction): Promise<GrantOrRefusal> => {
    await transaction.lockStation(asking.station)
    if ((await transaction.findIncarnation(asking.station, incarnation))?.state === 'quarantined') return { ok: true, answer: { grant: null } }
    const earlier = await transaction.findGrant(requestId)
    if (earlier !== null) {
      const isSame = earlier.station === asking.station && earlier.incarnation === incarnation && earlier.rider === riderId
      return isSame ? { ok: true, answer: { grant: { id: earlier.id, rider: earlier.rider, points: earlier.points } } } : { ok: false, error: 'bad_request' }
    }
    if (await transaction.isAnyIdTaken([requestId])) return { ok: false, error: 'bad_request' }
    const rider = await transaction.findRider(riderId)
    if (rider === null) return { ok: false, error: 'rider_unknown' }
    // A suspended rider may rest, not spend: nothing is lent for him.
    if (rider.standing === 'suspended') return { ok: true, answer: { grant: null } }

    const { district } = rider
    const from: Account = { kind: 'rider_central', rider: riderId }
    const balances = await transaction.lockBalances([{ district, account: from }])
    const points = grantablePoints(balances.get(balanceKey({ district, account: from })) ?? 0)
    if (points === 0) return { ok: true, answer: { grant: null } }

    const to: Account = { kind: 'rider_station', rider: riderId, station: asking.station }
    await transaction.writePostings([{ eventId: requestId, line: 1, district, transfer: { from, to, points }, bookedAtMs: nowMs }])
    await transaction.writeGrant({ id: requestId, district, rider: riderId, station: asking.station, incarnation, points }, nowMs)
    await transaction.appendChanges([{ district: asking.district, scope: ridersScope(asking.station), kind: 'grant', key: requestId }])
    return { ok: true, answer: { grant: { id: requestId, rider: riderId, points } } }
  })
}
