// Lends a station the points of a rider that lie at central: the allowance. The station's request id is the grant's id, so
// asking again (a lost answer, a restart) gets the same grant and lends nothing twice (invariant 5).

import type { AllowanceAnswer, AllowanceRequest, MirrorRow } from '../../contract/sync/sync-protocol.ts'
import { type Account, grantablePoints } from '../../domain/ledger.ts'
import { appendChanges, ridersScope } from '../store/changes.ts'
import type { Queryable } from '../store/database.ts'
import { balanceKey, lockBalances, writePostings } from '../store/ledger.ts'
import { isAnyIdTaken } from '../store/outboxes.ts'
import { lockStation } from '../store/stations.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'

type GrantOrRefusal = SyncResult<AllowanceAnswer>

export async function grantAllowance(context: SyncContext, asking: KnownStation, request: AllowanceRequest): Promise<GrantOrRefusal> {
  const nowMs = context.nowMs()
  return context.database.transaction('write', async (transaction): Promise<GrantOrRefusal> => {
    await lockStation(transaction, asking.station)
    const earlier = await readEarlierGrant(transaction, request.requestId)
    if (earlier !== null) {
      const isSame = earlier.station === asking.station && earlier.grant.rider === request.rider
      return isSame ? { ok: true, answer: { grant: earlier.grant } } : { ok: false, error: 'bad_request' }
    }
    if (await isAnyIdTaken(transaction, [request.requestId])) return { ok: false, error: 'bad_request' }
    const [rider] = await transaction.query<{ district: string; standing: 'active' | 'suspended' }>(
      'SELECT district_id AS district, standing FROM riders WHERE rider_id = $1',
      [request.rider],
    )
    if (rider === undefined) return { ok: false, error: 'rider_unknown' }
    // A suspended rider may rest, not spend: nothing is lent for him.
    if (rider.standing === 'suspended') return { ok: true, answer: { grant: null } }

    const { district } = rider
    const from: Account = { kind: 'rider_central', rider: request.rider }
    const balances = await lockBalances(transaction, [{ district, account: from }])
    const points = grantablePoints(balances.get(balanceKey({ district, account: from })) ?? 0)
    if (points === 0) return { ok: true, answer: { grant: null } }

    const to: Account = { kind: 'rider_station', rider: request.rider, station: asking.station }
    await writePostings(transaction, [{ eventId: request.requestId, line: 1, district, transfer: { from, to, points }, bookedAtMs: nowMs }])
    await transaction.query(
      'INSERT INTO grants (grant_id, district_id, rider_id, station_id, points, granted_at_ms) VALUES ($1, $2, $3, $4, $5, $6)',
      [request.requestId, district, request.rider, asking.station, points, nowMs],
    )
    await appendChanges(transaction, [{ district: asking.district, scope: ridersScope(asking.station), kind: 'grant', key: request.requestId }])
    return { ok: true, answer: { grant: { id: request.requestId, rider: request.rider, points } } }
  })
}

async function readEarlierGrant(transaction: Queryable, id: string): Promise<{ station: string; grant: MirrorRow<'grant'> } | null> {
  const [row] = await transaction.query<MirrorRow<'grant'> & { station: string }>(
    'SELECT grant_id AS id, rider_id AS rider, station_id AS station, points FROM grants WHERE grant_id = $1',
    [id],
  )
  return row === undefined ? null : { station: row.station, grant: { id: row.id, rider: row.rider, points: row.points } }
}
