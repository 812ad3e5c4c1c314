// What the facts that move points mean for the books: received, returned, earned, redeemed, undone. Which movement each
// makes is the domain's (domain/ledger); here it meets the rows that central has. A fact is booked as far as it can be and
// flagged where it breaks a rule, never refused (invariant 3).

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import { type Booking, bookEarning, bookRedemption, bookRelending, bookRepaying, bookReturn, bookUndoing } from '../../domain/ledger.ts'
import { earningSliceOf, sliceOf } from '../store/district-account.ts'
import type { SentEvent } from '../store/outboxes.ts'
import { bookAttendedFact, type TrainingFlag, type TrainingMoment } from './book-trainings.ts'
import { balanceOf, type Books, handOut, isOf, paidIn, post, postBooking, plannedSlice, pushEntry, redeemFrom } from './books.ts'

export type PointsFlag =
  | 'overdrawn' | 'rider_unknown' | 'item_unknown' | 'service_unknown' | 'sum_wrong' | 'request_repeated' | 'grant_unknown' | 'redemption_unknown'
  | 'already_undone'

export function bookRedeemed(books: Books, body: EventBody<'redemption.recorded/1'>, event: SentEvent): PointsFlag | null {
  const { outbox } = books
  const { header } = event
  const { rider, points } = body
  const riderDistrict = books.riderDistricts.get(rider)
  // Goods left the shelf for somebody nobody knows: there is no slice, all of it is a discrepancy.
  const district = riderDistrict ?? outbox.district
  const slice = plannedSlice(books, rider, district)
  const { station, incarnation } = outbox
  // Then its row is the transfer and the rider's entry too; what is odd says both by themselves.
  const isPaid = riderDistrict !== undefined && Math.max(0, slice.balance) >= points
  const overdrawnPoints = isPaid ? 0 : bookOdd(books, event, district, bookRedemption({ station, incarnation, rider, points, slicePoints: slice.balance }))
  if (isPaid && points > 0) redeemFrom(books, slice, points)
  books.redemptions.push({
    district: outbox.district, station, incarnation, event: header.id, request: body.request, rider, points, overdrawnPoints,
    lines: body.lines, atMs: header.wallMs, paid: isPaid ? paidIn(books, riderDistrict) : null,
  })
  if (books.undoings.has(header.id)) {
    books.undoable.set(header.id, { ...outbox, rider, points, overdrawnPoints, ledger: district, lines: body.lines, undone: false })
  }
  handOutLines(books, body.lines, 1)
  if (isPaid) books.seen.push({ rider, entry: header.id })
  else if (riderDistrict !== undefined) {
    pushEntry(books, {
      // What was taken from the rider, so that his entries always add up to his balance; the lines tell the whole price.
      ...entryOf(books, event, rider, riderDistrict), points: overdrawnPoints - points, reason: 'redemption', what: null, lines: shownLines(body.lines),
    })
  }
  const isRepeated = books.requests.has(body.request)
  books.requests.add(body.request)
  if (riderDistrict === undefined) return 'rider_unknown'
  if (overdrawnPoints > 0) return 'overdrawn'
  if (isRepeated) return 'request_repeated'
  if (!areItemsKnown(books, body.lines)) return 'item_unknown'
  return isSumRight(body) ? null : 'sum_wrong'
}

/** Answers what was not there. */
function bookOdd(books: Books, event: SentEvent, district: string, booking: Booking): number {
  postBooking(books, event, district, booking)
  return booking.overdrawnPoints
}

/** Handed out by a file that had no right to any more: the goods are gone, the programme bears them (docs/decisions/0005). */
export function bookRedeemedByBanned(books: Books, body: EventBody<'redemption.recorded/1'>, event: SentEvent): void {
  const district = books.riderDistricts.get(body.rider) ?? books.outbox.district
  postBooking(books, event, district, bookRedemption({ ...books.outbox, rider: body.rider, points: body.points, slicePoints: 0 }))
  books.redemptions.push({
    ...books.outbox, event: event.header.id, request: body.request, rider: body.rider, points: body.points, overdrawnPoints: body.points, lines: body.lines,
    atMs: event.header.wallMs, paid: null,
  })
}

export function bookReceived(books: Books, body: EventBody<'allowance.received/1'>, event: SentEvent): PointsFlag | null {
  const { outbox } = books
  const grant = books.grants.get(body.grant)
  if (grant !== undefined) {
    if (!isOf(outbox, grant) || grant.rider !== body.rider || grant.points !== body.points) return 'grant_unknown'
    books.grantsReceived.push(body.grant)
    return null
  }
  // Only a central that was restored can have forgotten what it lent.
  if (!books.moment.recovering) return 'grant_unknown'
  const district = books.riderDistricts.get(body.rider)
  if (district === undefined) return 'rider_unknown'
  const centralPoints = balanceOf(books, { district, account: { kind: 'rider_central', rider: body.rider } })
  const booking = bookRelending({ ...outbox, rider: body.rider, points: body.points, centralPoints })
  postBooking(books, event, district, booking)
  // What central had forgotten of his points is his again, and his entries say so.
  if (booking.overdrawnPoints > 0) {
    books.owed.set(body.rider, (books.owed.get(body.rider) ?? 0) + booking.overdrawnPoints)
    pushEntry(books, { ...entryOf(books, event, body.rider, district), points: booking.overdrawnPoints, reason: 'correction', what: null, lines: [] })
  }
  const { station, incarnation } = outbox
  const relent = { id: body.grant, district, rider: body.rider, station, incarnation, points: body.points }
  books.grantsRelent.push(relent)
  books.grantsReceived.push(body.grant)
  books.grants.set(body.grant, relent)
  return booking.overdrawnPoints > 0 ? 'overdrawn' : null
}

export function bookEarningSliceReceived(books: Books, body: EventBody<'earning_slice.received/1'>, event: SentEvent): PointsFlag | null {
  const { outbox } = books
  const lent = books.earningSlices.get(body.grant)
  if (lent !== undefined) {
    if (!isOf(outbox, lent) || lent.points !== body.points) return 'grant_unknown'
    books.earningSlicesReceived.push(body.grant)
    return null
  }
  if (!books.moment.recovering) return 'grant_unknown'
  post(books, event, outbox.district, [{ from: { kind: 'program' }, to: earningSliceOf(outbox).account, points: body.points }])
  const { district, station, incarnation } = outbox
  const relent = { id: body.grant, district, station, incarnation, points: body.points }
  books.earningSlicesRelent.push(relent)
  books.earningSlicesReceived.push(body.grant)
  books.earningSlices.set(body.grant, relent)
  return null
}

export function bookReturned(books: Books, body: EventBody<'allowance.returned/1'>, event: SentEvent): PointsFlag | null {
  const { outbox } = books
  const district = books.riderDistricts.get(body.rider)
  if (district === undefined) return 'rider_unknown'
  const booking = bookReturn({ ...outbox, rider: body.rider, points: body.points, slicePoints: balanceOf(books, sliceOf(outbox, body.rider, district)) })
  postBooking(books, event, district, booking)
  repay(books, event, district, { rider: body.rider, points: body.points - booking.overdrawnPoints })
  books.returned.add(body.rider)
  return booking.overdrawnPoints > 0 ? 'overdrawn' : null
}

/** After a restore a slice may be heard of before the return that it was lent from: then the programme stood in for it, and has it back now. */
function repay(books: Books, event: SentEvent, district: string, { rider, points }: { rider: string; points: number }): void {
  const owedPoints = books.owed.get(rider) ?? 0
  const booking = bookRepaying({ rider, points, owedPoints })
  const repaid = booking.transfers.reduce((sum, transfer) => sum + transfer.points, 0)
  if (repaid === 0) return
  postBooking(books, event, district, booking)
  books.owed.set(rider, owedPoints - repaid)
  pushEntry(books, { ...entryOf(books, event, rider, district), points: -repaid, reason: 'correction', what: null, lines: [] })
}

export function bookEarned(books: Books, body: EventBody<'points.earned/1'>, event: SentEvent): PointsFlag | null {
  const district = books.riderDistricts.get(body.rider)
  if (district === undefined) return 'rider_unknown'
  const overdrawn = body.inSlice ? bookFromEarningSlice(books, body, event, district) : 0
  if (!body.inSlice) post(books, event, district, [{ from: { kind: 'program' }, to: { kind: 'rider_central', rider: body.rider }, points: body.points }])
  const what = books.services.get(body.service)
  const { district: home, station } = books.outbox
  books.earnings.push({
    district: home, station, event: event.header.id, request: body.request, rider: body.rider, service: body.service, points: body.points, inSlice: body.inSlice,
    atMs: event.header.wallMs,
  })
  pushEntry(books, { ...entryOf(books, event, body.rider, district), points: body.points, reason: 'service', what: what ?? null, lines: [] })
  const isRepeated = books.earningRequests.has(body.request)
  books.earningRequests.add(body.request)
  if (overdrawn > 0) return 'overdrawn'
  if (isRepeated) return 'request_repeated'
  return what === undefined ? 'service_unknown' : null
}

/** A training attended: row, service record and certificate, and his points once. What a second telling took from the station's slice comes back from his points at central. */
export function bookAttended(books: Books, body: EventBody<'attendance.recorded/1'>, event: SentEvent, moment: TrainingMoment): PointsFlag | TrainingFlag | null {
  const { rider, points, inSlice } = body
  const district = books.riderDistricts.get(rider)
  if (district === undefined) return 'rider_unknown'
  const { first, flag } = bookAttendedFact(books.training, body, event, moment, books.utcOffsetMinutes)
  if (points === 0) return staffFlag(books, body.staff, flag)
  const what = books.training.trainings.get(body.training)?.sheet.details.title ?? null
  const entry = { ...entryOf(books, event, rider, district), reason: 'training' as const, what, lines: [] }
  if (first) {
    const overdrawn = inSlice ? bookFromEarningSlice(books, body, event, district) : 0
    if (!inSlice) post(books, event, district, [{ from: { kind: 'program' }, to: { kind: 'rider_central', rider }, points }])
    pushEntry(books, { ...entry, points })
    return overdrawn > 0 ? 'overdrawn' : staffFlag(books, body.staff, flag)
  }
  if (inSlice) {
    // The station has let him spend them: what lies at central makes up for it, as far as it goes.
    bookFromEarningSlice(books, body, event, district)
    const back = Math.min(points, balanceOf(books, { district, account: { kind: 'rider_central', rider } }))
    if (back > 0) post(books, event, district, [{ from: { kind: 'rider_central', rider }, to: { kind: 'program' }, points: back }])
    pushEntry(books, { ...entry, points: points - back })
  }
  return flag
}

function staffFlag(books: Books, staff: string, flag: TrainingFlag | null): TrainingFlag | null {
  return flag ?? (books.staff.has(staff) ? null : 'staff_unknown')
}

/** What the slice lacked. All that concerns a rider stands in the ledger of his district, so a slice of another one gives by way of both programmes. */
function bookFromEarningSlice(books: Books, body: { rider: string; points: number }, event: SentEvent, district: string): number {
  const { outbox } = books
  const slice = earningSliceOf(outbox)
  const booking = bookEarning({ ...outbox, rider: body.rider, points: body.points, slicePoints: balanceOf(books, slice) })
  if (district === outbox.district) postBooking(books, event, district, booking)
  else {
    for (const transfer of booking.transfers) {
      if (transfer.from.kind !== 'program_station') post(books, event, district, [transfer])
      else {
        post(books, event, outbox.district, [{ from: slice.account, to: { kind: 'program' }, points: transfer.points }])
        post(books, event, district, [{ from: { kind: 'program' }, to: transfer.to, points: transfer.points }])
      }
    }
  }
  return booking.overdrawnPoints
}

export function bookUndone(books: Books, body: EventBody<'redemption.undone/1'>, event: SentEvent): PointsFlag | null {
  const { outbox } = books
  const redemption = books.undoable.get(body.redemption)
  if (redemption === undefined || !isOf(outbox, redemption) || redemption.rider !== body.rider || redemption.points !== body.points) return 'redemption_unknown'
  if (redemption.undone) return 'already_undone'
  redemption.undone = true
  const riderDistrict = books.riderDistricts.get(body.rider)
  // Where it was booked: a rider whom nobody knew then may be known in another district since.
  const district = redemption.ledger ?? riderDistrict ?? outbox.district
  const { overdrawnPoints } = redemption
  postBooking(books, event, district, bookUndoing({ ...outbox, rider: body.rider, points: body.points, overdrawnPoints }))
  books.undone.push({ district: outbox.district, redemption: body.redemption, event: event.header.id, atMs: event.header.wallMs })
  handOutLines(books, redemption.lines, -1)
  if (riderDistrict === undefined) return 'rider_unknown'
  pushEntry(books, {
    ...entryOf(books, event, body.rider, riderDistrict), points: body.points - overdrawnPoints, reason: 'undone', what: null, lines: shownLines(redemption.lines),
  })
  return null
}

function shownLines(lines: EventBody<'redemption.recorded/1'>['lines']): { item: string; quantity: number; points: number }[] {
  return lines.map(({ item, quantity, points }) => ({ item, quantity, points }))
}

/** Nothing happens after central has heard of it: a clock that ran ahead must not use up limits of months to come. */
function entryOf({ outbox, moment }: Books, { header }: SentEvent, rider: string, district: string) {
  return { id: header.id, district, rider, atMs: Math.min(header.wallMs, moment.nowMs), bookedAtMs: moment.nowMs, station: outbox.station }
}

type Lines = EventBody<'redemption.recorded/1'>['lines']

// Of the fact that comes most often: no function and no pair is made for each line of it.

/** `direction`: 1 off the shelf, -1 back on it. */
function handOutLines(books: Books, lines: Lines, direction: 1 | -1): void {
  for (const { item, lots } of lines) for (const lot of lots) handOut(books, item, lot[0], lot[1] * direction)
}

function areItemsKnown({ items }: Books, lines: Lines): boolean {
  for (const { item } of lines) if (!items.has(item)) return false
  return true
}

function isSumRight(body: EventBody<'redemption.recorded/1'>): boolean {
  let sum = 0
  for (const { points, quantity, lots } of body.lines) {
    sum += points
    let ofLots = 0
    for (const lot of lots) ofLots += lot[1]
    if (ofLots !== quantity) return false
  }
  return sum === body.points
}
