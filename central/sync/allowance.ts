// Lends a station the points of a rider that lie at central: the allowance. The station's request id is the grant's id, so
// asking again (a lost answer, a restart) gets the same grant and lends nothing twice (invariant 5). A grant is lent to one life of
// the station's file: another one can not ask for it, and a file in quarantine gets nothing.

import type { AllowanceAnswer, AllowanceRequest, MirrorRow } from '../../contract/sync/sync-protocol.ts'
import { type Account, grantablePoints } from '../../domain/ledger.ts'
import { appendChanges, ridersScope } from '../store/changes.ts'
import type { Queryable } from '../store/database.ts'
import { findIncarnation } from '../store/incarnations.ts'
import { balanceKey, lockBalances, writePostings } from '../store/ledger.ts'
import { isAnyIdTaken } from '../store/outboxes.ts'
import { lockStation } from '../store/stations.ts'
import { meetIncarnation } from './meet-incarnation.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'

type GrantOrRefusal = SyncResult<AllowanceAnswer>

export async function grantAllowance(context: SyncContext, asking: KnownStation, request: AllowanceRequest): Promise<GrantOrRefusal> {
  const { rider: riderId, requestId, incarnation } = request
  await meetIncarnation(context, asking, incarnation)
  const nowMs = context.nowMs()
  return context.database.transaction('write', async (transaction): Promise<GrantOrRefusal> => {
    await lockStation(transaction, asking.station)
    if ((await findIncarnation(transaction, asking.station, incarnation))?.state === 'quarantined') return { ok: true, answer: { grant: null } }
    const earlier = await readEarlierGrant(transaction, requestId)
    if (earlier !== null) {
      const isSame = earlier.station === asking.station && earlier.incarnation === incarnation && earlier.grant.rider === riderId
      return isSame ? { ok: true, answer: { grant: earlier.grant } } : { ok: false, error: 'bad_request' }
    }
    if (await isAnyIdTaken(transaction, [requestId])) return { ok: false, error: 'bad_request' }
    const [rider] = await transaction.query<{ district: string; standing: 'active' | 'suspended' }>(
      'SELECT district_id AS district, standing FROM riders WHERE rider_id = $1',
      [riderId],
    )
    if (rider === undefined) return { ok: false, error: 'rider_unknown' }
    // A suspended rider may rest, not spend: nothing is lent for him.
    if (rider.standing === 'suspended') return { ok: true, answer: { grant: null } }

    const { district } = rider
    const from: Account = { kind: 'rider_central', rider: riderId }
    const balances = await lockBalances(transaction, [{ district, account: from }])
    const points = grantablePoints(balances.get(balanceKey({ district, account: from })) ?? 0)
    if (points === 0) return { ok: true, answer: { grant: null } }

    const to: Account = { kind: 'rider_station', rider: riderId, station: asking.station }
    await writePostings(transaction, [{ eventId: requestId, line: 1, district, transfer: { from, to, points }, bookedAtMs: nowMs }])
    await transaction.query(
      'INSERT INTO grants (grant_id, district_id, rider_id, station_id, incarnation, points, granted_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [requestId, district, riderId, asking.station, incarnation, points, nowMs],
    )
    await appendChanges(transaction, [{ district: asking.district, scope: ridersScope(asking.station), kind: 'grant', key: requestId }])
    return { ok: true, answer: { grant: { id: requestId, rider: riderId, points } } }
  })
}

interface EarlierGrant {
  station: string
  incarnation: string | null
  grant: MirrorRow<'grant'>
}

async function readEarlierGrant(transaction: Queryable, id: string): Promise<EarlierGrant | null> {
  const [row] = await transaction.query<MirrorRow<'grant'> & { station: string; incarnation: string | null }>(
    'SELECT grant_id AS id, rider_id AS rider, station_id AS station, incarnation, points FROM grants WHERE grant_id = $1',
    [id],
  )
  if (row === undefined) return null
  return { station: row.station, incarnation: row.incarnation, grant: { id: row.id, rider: row.rider, points: row.points } }
}
