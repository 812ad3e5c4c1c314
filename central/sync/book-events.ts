// What new events of one station mean for the books. Reads each body by its schema, plans in memory (points through
// domain/ledger, goods as signed movements), then writes it all. A body that cannot be read is parked; a fact that breaks a
// rule is booked and flagged; neither ever stops the queue (invariant 3).

import { EVENT_BODIES, type EventBody, type EventName } from '../../contract/sync/event-bodies.ts'
import type { EventOutcome } from '../../contract/sync/sync-protocol.ts'
import { type Account, bookRedemption } from '../../domain/ledger.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { balanceKey, type DistrictAccount } from '../store/district-account.ts'
import type { EntryRow } from '../store/entries.ts'
import type { Posting } from '../store/ledger.ts'
import type { ChainedEvent, Outbox } from '../store/outboxes.ts'
import type { RedemptionRow, StockMovement } from '../store/station-facts.ts'
import { parseJson } from './push-batch.ts'

type ReadEvent = { [Name in EventName]: { name: Name; body: EventBody<Name>; event: ChainedEvent } }[EventName]
type ParkCode = 'kind_unknown' | 'body_unreadable'
export type FlagCode = 'overdrawn' | 'rider_unknown' | 'item_unknown' | 'staff_unknown' | 'sum_wrong' | 'request_repeated' | 'grant_unknown'

export interface Booked {
  /** One an event, in their order. */
  outcomes: EventOutcome[]
  /** What a rider now sees that he did not see before. */
  entries: { rider: string; entry: string }[]
}

export async function bookEvents(transaction: StoreTransaction, outbox: Outbox, events: readonly ChainedEvent[], nowMs: number): Promise<Booked> {
  const readings = events.map((event) => ({ event, reading: readBody(event) }))
  const readable = readings.flatMap(({ reading }) => (typeof reading === 'string' ? [] : [reading]))
  const books = await openBooks(transaction, outbox, readable)
  const outcomes = readings.map(({ event, reading }): EventOutcome => {
    const { seq } = event.header
    if (typeof reading === 'string') return { seq, outcome: 'parked', code: reading }
    const flag = bookEvent(books, reading, nowMs)
    return flag === null ? { seq, outcome: 'recorded' } : { seq, outcome: 'flagged', code: flag }
  })
  await transaction.writePostings(books.postings)
  await transaction.writeEntries(books.entries)
  await transaction.writeRedemptions(outbox, books.redemptions)
  await transaction.writeStockMovements(outbox, books.movements)
  await transaction.markGrantsReceived(books.grantsReceived, nowMs)
  return { outcomes, entries: books.entries.map((entry) => ({ rider: entry.rider, entry: entry.id })) }
}

function readBody(event: ChainedEvent): ReadEvent | ParkCode {
  const name = `${event.header.kind}/${event.header.version}`
  if (!isKnownName(name)) return 'kind_unknown'
  const body = EVENT_BODIES[name].safeParse(parseJson(event.body))
  return body.success ? ({ name, body: body.data, event } as ReadEvent) : 'body_unreadable'
}

function isKnownName(name: string): name is EventName {
  return Object.hasOwn(EVENT_BODIES, name)
}

interface Books {
  outbox: Outbox
  riderDistricts: ReadonlyMap<string, string>
  items: ReadonlySet<string>
  staff: ReadonlySet<string>
  grants: ReadonlyMap<string, { rider: string; points: number }>
  requests: Set<string>
  balances: Map<string, number>
  postings: Posting[]
  entries: EntryRow[]
  redemptions: RedemptionRow[]
  movements: StockMovement[]
  grantsReceived: string[]
}

async function openBooks(transaction: StoreTransaction, outbox: Outbox, readable: readonly ReadEvent[]): Promise<Books> {
  const riders = new Set<string>()
  const items = new Set<string>()
  const staff = new Set<string>()
  const grants = new Set<string>()
  const requests = new Set<string>()
  for (const { body } of readable) {
    if ('rider' in body) riders.add(body.rider)
    if ('staff' in body) staff.add(body.staff)
    if ('grant' in body) grants.add(body.grant)
    if ('request' in body) requests.add(body.request)
    if ('lines' in body) for (const line of body.lines) items.add(line.item)
  }
  const riderDistricts = await transaction.readRidersKnown([...riders])
  const slices = [...riderDistricts].map(([rider, district]) => sliceOf(outbox, rider, district))
  return {
    outbox,
    riderDistricts,
    items: await transaction.readItemsKnown(outbox.district, [...items]),
    staff: await transaction.readStaffKnown([...staff]),
    grants: await transaction.readGrants(outbox, [...grants]),
    requests: new Set(await transaction.readRequestsKnown(outbox.station, [...requests])),
    balances: new Map(await transaction.lockBalances(slices)),
    postings: [],
    entries: [],
    redemptions: [],
    movements: [],
    grantsReceived: [],
  }
}

function bookEvent(books: Books, { name, body, event }: ReadEvent, nowMs: number): FlagCode | null {
  switch (name) {
    case 'redemption.recorded/1':
      return bookRedemptionFact(books, body, event, nowMs)
    case 'restock.recorded/1': {
      for (const line of body.lines) {
        books.movements.push({ item: line.item, lot: line.lot, quantity: line.quantity, expiryDay: line.expiryDay, donor: line.donor })
      }
      if (!books.staff.has(body.staff)) return 'staff_unknown'
      return body.lines.every((line) => books.items.has(line.item)) ? null : 'item_unknown'
    }
    case 'allowance.received/1': {
      const grant = books.grants.get(body.grant)
      if (grant === undefined || grant.rider !== body.rider || grant.points !== body.points) return 'grant_unknown'
      books.grantsReceived.push(body.grant)
      return null
    }
    case 'checkin.recorded/1':
      return books.riderDistricts.has(body.rider) ? null : 'rider_unknown'
    case 'staff.signed_in/1':
      return books.staff.has(body.staff) ? null : 'staff_unknown'
    case 'scan.refused/1':
      break
  }
  return null
}

function bookRedemptionFact(books: Books, body: EventBody<'redemption.recorded/1'>, { header }: ChainedEvent, nowMs: number): FlagCode | null {
  const { outbox } = books
  const riderDistrict = books.riderDistricts.get(body.rider)
  // Goods left the shelf for somebody nobody knows: there is no slice, all of it is a discrepancy.
  const district = riderDistrict ?? outbox.district
  const slice = sliceOf(outbox, body.rider, district)
  const slicePoints = books.balances.get(balanceKey(slice)) ?? 0
  const booking = bookRedemption({ rider: body.rider, station: outbox.station, points: body.points, slicePoints })
  booking.transfers.forEach((transfer, index) => {
    books.postings.push({ eventId: header.id, line: index + 1, district, transfer, bookedAtMs: nowMs })
  })
  const paidPoints = body.points - booking.overdrawnPoints
  books.balances.set(balanceKey(slice), slicePoints - paidPoints)

  books.redemptions.push({
    event: header.id, request: body.request, rider: body.rider, points: body.points, overdrawnPoints: booking.overdrawnPoints,
    lines: body.lines, atMs: header.wallMs,
  })
  for (const line of body.lines) {
    for (const [lot, quantity] of line.lots) books.movements.push({ item: line.item, lot, quantity: -quantity, expiryDay: null, donor: null })
  }
  if (riderDistrict !== undefined) {
    books.entries.push({
      // Nothing happens after central has heard of it: a clock that ran ahead must not use up limits of months to come.
      // What was taken from the rider, so that his entries always add up to his balance; the lines tell the whole price.
      id: header.id, district, rider: body.rider, atMs: Math.min(header.wallMs, nowMs), bookedAtMs: nowMs, points: -paidPoints, reason: 'redemption', what: null,
      lines: body.lines.map(({ item, quantity, points }) => ({ item, quantity, points })), station: outbox.station,
    })
  }

  const isRepeated = books.requests.has(body.request)
  books.requests.add(body.request)
  if (riderDistrict === undefined) return 'rider_unknown'
  if (booking.overdrawnPoints > 0) return 'overdrawn'
  if (isRepeated) return 'request_repeated'
  if (!body.lines.every((line) => books.items.has(line.item))) return 'item_unknown'
  return isSumRight(body) ? null : 'sum_wrong'
}

function isSumRight(body: EventBody<'redemption.recorded/1'>): boolean {
  const points = body.lines.reduce((sum, line) => sum + line.points, 0)
  return points === body.points && body.lines.every((line) => line.lots.reduce((sum, [, quantity]) => sum + quantity, 0) === line.quantity)
}

function sliceOf(outbox: Outbox, rider: string, district: string): DistrictAccount {
  const account: Account = { kind: 'rider_station', rider, station: outbox.station }
  return { district, account }
}
