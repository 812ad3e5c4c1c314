// The books of one station's events while they are planned: what central knows of the things the events name, the balances
// under lock, and everything that is to be written. Nothing is written here.

import type { EventBody, EventName } from '../../contract/sync/event-bodies.ts'
import type { IncarnationState } from '../../contract/sync/sync-protocol.ts'
import type { Account, Booking, Transfer } from '../../domain/ledger.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { balanceKey, type DistrictAccount } from '../store/district-account.ts'
import type { EntryRow } from '../store/entries.ts'
import type { EarningSliceRow, GrantRow } from '../store/grants.ts'
import type { Posting } from '../store/ledger.ts'
import type { ChainedEvent, Outbox } from '../store/outboxes.ts'
import type { EarningRow, RecordedRedemption, RedemptionRow, StockMovement, UndoneRow } from '../store/station-facts.ts'

export type ReadEvent = { [Name in EventName]: { name: Name; body: EventBody<Name>; event: ChainedEvent } }[EventName]

/** What central is in while it books: of the incarnation, and whether it was restored and may have forgotten what it lent. */
export interface BookingMoment {
  state: IncarnationState
  recovering: boolean
  nowMs: number
}

export interface Books {
  outbox: Outbox
  moment: BookingMoment
  riderDistricts: ReadonlyMap<string, string>
  items: ReadonlySet<string>
  staff: ReadonlySet<string>
  services: ReadonlyMap<string, { zh: string; en: string }>
  grants: Map<string, { rider: string; points: number }>
  earningSlices: Map<string, number>
  /** Slices that these events name and another file was lent. */
  lentToOthers: ReadonlySet<string>
  requests: Set<string>
  earningRequests: Set<string>
  /** By event, those of this file that an undoing may name. */
  undoable: Map<string, RecordedRedemption>
  balances: Map<string, number>
  postings: Posting[]
  entries: EntryRow[]
  redemptions: RedemptionRow[]
  undone: UndoneRow[]
  earnings: EarningRow[]
  movements: StockMovement[]
  grantsReceived: string[]
  grantsRelent: GrantRow[]
  earningSlicesReceived: string[]
  earningSlicesRelent: EarningSliceRow[]
  /** Whose points went back to central. */
  returned: Set<string>
}

/** Facts that move points of the rider they name. */
const MOVING_POINTS: ReadonlySet<EventName> = new Set<EventName>([
  'redemption.recorded/1', 'allowance.received/1', 'allowance.returned/1', 'points.earned/1', 'redemption.undone/1',
])

export async function openBooks(transaction: StoreTransaction, outbox: Outbox, moment: BookingMoment, readable: readonly ReadEvent[]): Promise<Books> {
  const riders = new Set<string>()
  const moving = new Set<string>()
  const items = new Set<string>()
  const staff = new Set<string>()
  const services = new Set<string>()
  const grants = new Set<string>()
  const earningSlices = new Set<string>()
  const requests = new Set<string>()
  const earningRequests = new Set<string>()
  const undoable = new Set<string>()
  for (const { name, body } of readable) {
    if ('rider' in body) riders.add(body.rider)
    if ('rider' in body && MOVING_POINTS.has(name)) moving.add(body.rider)
    if ('staff' in body) staff.add(body.staff)
    if ('lines' in body) for (const line of body.lines) items.add(line.item)
    if (name === 'allowance.received/1') grants.add(body.grant)
    if (name === 'earning_slice.received/1') earningSlices.add(body.grant)
    if (name === 'redemption.recorded/1') requests.add(body.request)
    if (name === 'redemption.undone/1') undoable.add(body.redemption)
    if (name === 'points.earned/1') {
      earningRequests.add(body.request)
      services.add(body.service)
    }
  }
  const riderDistricts = await transaction.readRidersKnown([...riders])
  const accounts = [...riderDistricts].flatMap(([rider, district]) =>
    moving.has(rider) ? [sliceOf(outbox, rider, district), { district, account: { kind: 'rider_central', rider } as const }] : [],
  )
  const ownGrants = new Map(await transaction.readGrants(outbox, [...grants]))
  const ownSlices = new Map(await transaction.readEarningSlices(outbox, [...earningSlices]))
  const needsEarningSlice = readable.some(({ name }) => name === 'points.earned/1')
  return {
    outbox,
    moment,
    riderDistricts,
    items: await transaction.readItemsKnown(outbox.district, [...items]),
    staff: await transaction.readStaffKnown([...staff]),
    services: services.size === 0 ? new Map() : await transaction.readServiceNames(outbox.district, [...services]),
    grants: ownGrants,
    earningSlices: ownSlices,
    // Matters only where one that is not known here would be lent once more.
    lentToOthers: moment.recovering ? await readLentToOthers(transaction, [...grants].filter((id) => !ownGrants.has(id)), [...earningSlices].filter((id) => !ownSlices.has(id))) : new Set(),
    requests: new Set(await transaction.readRequestsKnown(outbox.station, [...requests])),
    earningRequests: new Set(await transaction.readEarningRequestsKnown(outbox.station, [...earningRequests])),
    undoable: new Map(await transaction.readRedemptions(outbox, [...undoable])),
    balances: new Map(await transaction.lockBalances(needsEarningSlice ? [...accounts, earningSliceOf(outbox)] : accounts)),
    postings: [],
    entries: [],
    redemptions: [],
    undone: [],
    earnings: [],
    movements: [],
    grantsReceived: [],
    grantsRelent: [],
    earningSlicesReceived: [],
    earningSlicesRelent: [],
    returned: new Set(),
  }
}

async function readLentToOthers(transaction: StoreTransaction, grants: readonly string[], earningSlices: readonly string[]): Promise<Set<string>> {
  const lent = new Set<string>()
  for (const id of grants) if ((await transaction.findGrant(id)) !== null) lent.add(id)
  for (const id of earningSlices) if ((await transaction.findEarningSlice(id)) !== null) lent.add(id)
  return lent
}

export async function writeBooks(transaction: StoreTransaction, books: Books): Promise<void> {
  const { outbox, moment } = books
  await transaction.writePostings(books.postings)
  await transaction.writeEntries(books.entries)
  await transaction.writeRedemptions(outbox, books.redemptions)
  await transaction.writeUndone(outbox, books.undone)
  await transaction.writeEarnings(outbox, books.earnings)
  await transaction.writeStockMovements(outbox, books.movements)
  await transaction.writeGrants(books.grantsRelent, moment.nowMs)
  await transaction.markGrantsReceived(books.grantsReceived, moment.nowMs)
  for (const slice of books.earningSlicesRelent) await transaction.writeEarningSlice(slice, moment.nowMs)
  await transaction.markEarningSlicesReceived(books.earningSlicesReceived, moment.nowMs)
}

/** Posts an event's transfers, in order, and keeps the balances of the plan in step. */
export function post(books: Books, event: ChainedEvent, district: string, transfers: readonly Transfer[]): void {
  const before = books.postings.reduce((count, { eventId }) => (eventId === event.header.id ? count + 1 : count), 0)
  for (const [index, transfer] of transfers.entries()) {
    books.postings.push({ eventId: event.header.id, line: before + index + 1, district, transfer, bookedAtMs: books.moment.nowMs })
    addPoints(books, { district, account: transfer.from }, -transfer.points)
    addPoints(books, { district, account: transfer.to }, transfer.points)
  }
}

export function postBooking(books: Books, event: ChainedEvent, district: string, booking: Booking): void {
  post(books, event, district, booking.transfers)
}

/** What the plan has left in an account. */
export function balanceOf(books: Books, account: DistrictAccount): number {
  return books.balances.get(balanceKey(account)) ?? 0
}

function addPoints(books: Books, account: DistrictAccount, points: number): void {
  books.balances.set(balanceKey(account), balanceOf(books, account) + points)
}

/** A rider's slice in this life of the station's file. */
export function sliceOf({ station, incarnation }: Outbox, rider: string, district: string): DistrictAccount {
  const account: Account = { kind: 'rider_station', rider, station, incarnation }
  return { district, account }
}

export function earningSliceOf({ district, station, incarnation }: Outbox): DistrictAccount {
  return { district, account: { kind: 'program_station', station, incarnation } }
}
