// Once a day, asked by the station: what it keeps to be able to serve while it is cut off. Standing allowances for the riders
// whose home it is, never for one who has points at another station, and the programme's slice for earnings. Both are lent as
// changes and received by facts. Their ids are derived from file, rider and day: asking twice lends nothing twice.

import type { RenewalsAnswer, RenewalsRequest } from '../../contract/sync/hello.ts'
import { dayOf } from '../../domain/calendar.ts'
import { type Account, standingAllowancePoints } from '../../domain/ledger.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope, stationScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import { balanceKey } from '../store/district-account.ts'
import type { GrantRow } from '../store/grants.ts'
import type { Posting } from '../store/ledger.ts'
import { derivedId } from './derived-id.ts'
import { HELLO_NEEDED, hasSaidHello } from './meet-incarnation.ts'
import type { KnownStation, SyncContext, SyncResult } from './sync-context.ts'

export const RIDERS_A_RENEWAL_MAX = 500

interface Renewal {
  transaction: StoreTransaction
  asking: KnownStation
  incarnation: string
  rules: ReadonlyMap<string, number>
  day: number
  nowMs: number
}

export async function renewSlices(context: SyncContext, asking: KnownStation, { incarnation }: RenewalsRequest): Promise<SyncResult<RenewalsAnswer>> {
  if (!(await hasSaidHello(context, asking, incarnation))) return HELLO_NEEDED
  const nowMs = context.nowMs()
  return context.store.transaction('write', async (transaction): Promise<SyncResult<RenewalsAnswer>> => {
    await transaction.lockStation(asking.station)
    if ((await transaction.findIncarnation(asking.station, incarnation))?.state !== 'active') return nothing('not_active')
    if (await transaction.readRecovering()) return nothing('recovering')
    const rules = await transaction.readRuleValues(asking.district)
    // Central's own calendar: a station's clock may be years off.
    const day = dayOf(nowMs, rules.get('utc_offset_minutes') ?? 0)
    const renewal: Renewal = { transaction, asking, incarnation, rules, day, nowMs }
    const standing = await renewStanding(renewal)
    const slice = await renewEarningSlice(renewal)
    await transaction.appendChanges([...standing.changes, ...slice])
    return { ok: true, answer: { granted: standing.changes.length + slice.length, more: standing.more, withheld: null } }
  })
}

async function renewStanding({ transaction, asking, incarnation, rules, day, nowMs }: Renewal): Promise<{ changes: ChangedRow[]; more: boolean }> {
  const { station } = asking
  const due = await transaction.readStandingDue({ station, incarnation, day, limit: RIDERS_A_RENEWAL_MAX })
  const central = (rider: string): Account => ({ kind: 'rider_central', rider })
  const balances = await transaction.lockBalances(due.map(({ rider, district }) => ({ district, account: central(rider) })))
  const idOf = (rider: string): string => derivedId(`boai/standing/1\n${station}\n${incarnation}\n${rider}\n${day}`)
  // Lent on this day already: a clock was set back, or central was restored and has heard of it again from the station.
  const lent = await transaction.readGrants(due.map(({ rider }) => idOf(rider)))
  const postings: Posting[] = []
  const grants: GrantRow[] = []
  for (const { rider, district, herePoints } of due) {
    const id = idOf(rider)
    if (lent.has(id)) continue
    // Read again under the lock: another station may have been quicker.
    const centralPoints = balances.get(balanceKey({ district, account: central(rider) })) ?? 0
    const target = standingAllowancePoints(centralPoints + herePoints, rules.get('standing_allowance_points') ?? 0)
    const points = Math.min(centralPoints, target - herePoints)
    if (points <= 0) continue
    const to: Account = { kind: 'rider_station', rider, station, incarnation }
    postings.push({ eventId: id, line: 1, district, transfer: { from: central(rider), to, points }, bookedAtMs: nowMs })
    grants.push({ id, district, rider, station, incarnation, points })
  }
  await transaction.writePostings(postings)
  await transaction.writeGrants(grants, nowMs)
  await transaction.markStandingRenewed(due.map(({ rider, district }) => ({ rider, district })), day)
  const scope = ridersScope(station)
  return { changes: grants.map(({ id }): ChangedRow => ({ district: asking.district, scope, kind: 'grant', key: id })), more: due.length === RIDERS_A_RENEWAL_MAX }
}

async function renewEarningSlice({ transaction, asking, incarnation, rules, day, nowMs }: Renewal): Promise<ChangedRow[]> {
  const { station, district } = asking
  const id = derivedId(`boai/earning-slice/1\n${station}\n${incarnation}\n${day}`)
  if ((await transaction.findEarningSlice(id)) !== null) return []
  const account: Account = { kind: 'program_station', station, incarnation }
  const balances = await transaction.lockBalances([{ district, account }])
  const points = (rules.get('earning_slice_points') ?? 0) - (balances.get(balanceKey({ district, account })) ?? 0)
  if (points <= 0) return []
  await transaction.writePostings([{ eventId: id, line: 1, district, transfer: { from: { kind: 'program' }, to: account, points }, bookedAtMs: nowMs }])
  await transaction.writeEarningSlice({ id, district, station, incarnation, points }, nowMs)
  return [{ district, scope: stationScope(station), kind: 'earning_slice', key: id }]
}

function nothing(withheld: NonNullable<RenewalsAnswer['withheld']>): SyncResult<RenewalsAnswer> {
  return { ok: true, answer: { granted: 0, more: false, withheld } }
}
