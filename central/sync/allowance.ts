// Lends a station the points of a rider that lie at central: the allowance. The station's request id is the grant's id, so
// asking again (a lost answer, a restart) gets the same grant and lends nothing twice (invariant 5). A grant is lent to one
// life of the station's file. What lies at other stations is recalled: asked for, never taken (docs/decisions/0005).

import { type AllowanceAnswer, type AllowanceRequest, RECALL_MS_MAX } from '../../contract/sync/sync-protocol.ts'
import { type Account, grantablePoints } from '../../domain/ledger.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import { balanceKey } from '../store/district-account.ts'
import type { GrantRow } from '../store/grants.ts'
import type { RiderRow } from '../store/riders.ts'
import { HELLO_NEEDED, hasSaidHello } from './meet-incarnation.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'

type GrantOrRefusal = SyncResult<AllowanceAnswer>

const ELSEWHERE_MAX = 5
/** A holder that was told of a recall is told again when half of its time is over. */
const RECALL_AGAIN_MS = RECALL_MS_MAX / 2

export async function grantAllowance(context: SyncContext, asking: KnownStation, request: AllowanceRequest): Promise<GrantOrRefusal> {
  if (!(await hasSaidHello(context, asking, request.incarnation))) return HELLO_NEEDED
  const nowMs = context.nowMs()
  return context.store.transaction('write', (transaction) => answerRequest(transaction, asking, request, nowMs))
}

async function answerRequest(transaction: StoreTransaction, asking: KnownStation, request: AllowanceRequest, nowMs: number): Promise<GrantOrRefusal> {
  const { rider: riderId, requestId, incarnation } = request
  await transaction.lockStation(asking.station)
  const life = await transaction.findIncarnation(asking.station, incarnation)
  const rider = await transaction.findRider(riderId)
  if (rider === null) return refused('rider_unknown')
  const earlier = await transaction.findGrant(requestId)
  if (earlier !== null) {
    const isSame = earlier.station === asking.station && earlier.incarnation === incarnation && earlier.rider === riderId
    if (!isSame) return refused('bad_request')
    // Two copies of a file in quarantine would both spend what it was lent.
    return life?.state === 'quarantined' || life?.state === 'banned' ? withheld('not_active') : granted(earlier, [])
  }
  if ((await transaction.readIdsTaken([requestId])).size > 0) return refused('bad_request')
  if (life?.state !== 'active') return withheld('not_active')
  // A suspended rider may rest, not spend: nothing is lent for him.
  if (rider.standing === 'suspended') return withheld('suspended')
  if (await transaction.readRecovering()) return withheld('recovering')

  const changes: ChangedRow[] = []
  const grant = await lend(transaction, asking, request, rider, nowMs)
  if (grant !== null) changes.push({ district: asking.district, scope: ridersScope(asking.station), kind: 'grant', key: grant.id })
  const elsewhere = await transaction.readSlicesElsewhere(riderId, asking.station, ELSEWHERE_MAX)
  const recalls = elsewhere.map(({ station, district }) => ({ rider: riderId, holder: station, district, asker: asking.station, askedAtMs: nowMs }))
  const told = await transaction.writeRecalls(recalls, nowMs - RECALL_AGAIN_MS)
  for (const { holder, district } of told) changes.push({ district, scope: ridersScope(holder), kind: 'recall', key: riderId })
  await transaction.appendChanges(changes)
  return granted(grant, elsewhere.map(({ district: _district, ...place }) => place))
}

/** null: nothing of his lies at central. */
async function lend(transaction: StoreTransaction, asking: KnownStation, request: AllowanceRequest, rider: RiderRow, nowMs: number): Promise<GrantRow | null> {
  const { district } = rider
  const { station } = asking
  const { rider: riderId, requestId, incarnation } = request
  const from: Account = { kind: 'rider_central', rider: riderId }
  const balances = await transaction.lockBalances([{ district, account: from }])
  const topUpPointsMax = (await transaction.readRuleValues(asking.district)).get('top_up_points_max')
  const points = grantablePoints(balances.get(balanceKey({ district, account: from })) ?? 0, topUpPointsMax)
  if (points === 0) return null
  const to: Account = { kind: 'rider_station', rider: riderId, station, incarnation }
  await transaction.writePostings([{ eventId: requestId, line: 1, district, transfer: { from, to, points }, bookedAtMs: nowMs }])
  const grant: GrantRow = { id: requestId, district, rider: riderId, station, incarnation, points }
  await transaction.writeGrants([grant], nowMs)
  return grant
}

function granted(grant: GrantRow | null, elsewhere: AllowanceAnswer['elsewhere']): GrantOrRefusal {
  return { ok: true, answer: { grant: grant === null ? null : { id: grant.id, rider: grant.rider, points: grant.points }, withheld: null, elsewhere } }
}

function withheld(why: NonNullable<AllowanceAnswer['withheld']>): GrantOrRefusal {
  return { ok: true, answer: { grant: null, withheld: why, elsewhere: [] } }
}

function refused(error: 'rider_unknown' | 'bad_request'): GrantOrRefusal {
  return { ok: false, error }
}
