// What each fact leaves in this station's own tables, by kind. An act appends its event and has its effect here, in one
// transaction; a restored file reads its events again and has the same effects by the same code. A rider's balance is not
// among them: it follows from central's row and the entries.

import { EVENT_BODIES, type EventBody, type EventName } from '../../contract/sync/event-bodies.ts'
import type { Writer } from '../store/database.ts'
import { takeCounted } from '../store/counted-people.ts'
import { PERSON_EFFECTS } from './person-effects.ts'
import { type AppendedEvent, appendEvent, type EventOrigin } from '../store/outbox.ts'
import { WISH_EFFECTS } from './wish-effects.ts'
import { addToSlice, takeFromSlice, writeEntry, writeEntryLine } from './point-effects.ts'
import { TRAINING_EFFECTS } from './training-effects.ts'

export type Effects = { [Name in EventName]: (writer: Writer, event: AppendedEvent, body: EventBody<Name>) => void }

const EFFECTS: Effects = {
  ...PERSON_EFFECTS,
  'checkin.recorded/1': (writer, event, { rider }) => {
    writer.run('INSERT INTO checkins (seq, rider, at_ms) VALUES (?, ?, ?)', event.seq, rider, event.wallMs)
  },
  'checkin.counted/1': (writer, _event, { day, count }) => takeCounted(writer, { day, people: count }),
  'scan.refused/1': () => undefined,
  'staff.signed_in/1': () => undefined,
  'redemption.recorded/1': redeemed,
  'redemption.undone/1': undone,
  'restock.recorded/1': restocked,
  'allowance.received/1': (writer, event, { grant, rider, points }) => {
    writer.run('INSERT INTO grants (id, rider, points, received_seq) VALUES (?, ?, ?, ?)', grant, rider, points, event.seq)
    addToSlice(writer, rider, points)
    // Whether it stays when nobody is in session for him is looked at once central has said whose home this is.
    writer.run('INSERT OR IGNORE INTO returns_due (rider) VALUES (?)', rider)
  },
  'allowance.returned/1': (writer, _event, { rider, points }) => takeFromSlice(writer, rider, points),
  'earning_slice.received/1': (writer, event, { grant, points }) => {
    writer.run('INSERT INTO earning_slice_grants (id, points, received_seq) VALUES (?, ?, ?)', grant, points, event.seq)
    writer.run('UPDATE earning_slice SET points = points + ?', points)
  },
  'points.earned/1': (writer, event, { request, rider, points, service, staff, inSlice }) => {
    writer.run(
      'INSERT INTO earnings (seq, request, rider, points, service, staff, in_slice) VALUES (?, ?, ?, ?, ?, ?, ?)',
      event.seq, request, rider, points, service, staff, Number(inSlice),
    )
    writeEntry(writer, event, { rider, points, reason: 'service' })
    if (!inSlice) return
    writer.run('UPDATE earning_slice SET points = points - ?', points)
    addToSlice(writer, rider, points)
    writer.run('INSERT OR IGNORE INTO returns_due (rider) VALUES (?)', rider)
  },
  ...WISH_EFFECTS,
  ...TRAINING_EFFECTS,
}

/** Appends the fact and has its effect. */
export function recordFact<Name extends EventName>(writer: Writer, origin: EventOrigin, name: Name, body: (event: AppendedEvent) => EventBody<Name>): AppendedEvent & { body: EventBody<Name> } {
  let written: EventBody<Name> | undefined
  const event = appendEvent(writer, origin, name, (appended) => {
    written = body(appended)
    return written
  })
  if (written === undefined) throw new Error(`an event (${name}) without a body`)
  EFFECTS[name](writer, event, written)
  return { ...event, body: written }
}

/** An event as this program can read it. */
export type ReadFact = { [Name in EventName]: { name: Name; body: EventBody<Name> } }[EventName]
export type UnreadFact = 'kind_unknown' | 'body_unreadable'

export function readFact(kind: string, version: number, bytes: Uint8Array): ReadFact | UnreadFact {
  const name = `${kind}/${version}`
  if (!isEventName(name)) return 'kind_unknown'
  const body = EVENT_BODIES[name].safeParse(jsonOf(bytes))
  return body.success ? ({ name, body: body.data } as ReadFact) : 'body_unreadable'
}

/** Has the effect of an event that is in the outbox already. */
export function repeatEffect(writer: Writer, event: AppendedEvent, fact: ReadFact): void {
  haveEffect(writer, event, fact.name, fact.body)
}

function haveEffect<Name extends EventName>(writer: Writer, event: AppendedEvent, name: Name, body: EventBody<Name>): void {
  EFFECTS[name](writer, event, body)
}

/** undefined: no JSON, or no text at all. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

function isEventName(name: string): name is EventName {
  return Object.hasOwn(EVENT_BODIES, name)
}

function redeemed(writer: Writer, event: AppendedEvent, body: EventBody<'redemption.recorded/1'>): void {
  takeFromSlice(writer, body.rider, body.points)
  writer.run(
    'INSERT INTO redemptions (seq, request, rider, points, receipt) VALUES (?, ?, ?, ?, ?)',
    event.seq, body.request, body.rider, body.points, body.receipt,
  )
  writeEntry(writer, event, { rider: body.rider, points: -body.points, reason: 'redemption' })
  for (const [index, line] of body.lines.entries()) {
    writeEntryLine(writer, event.id, index, line)
    for (const [lot, quantity] of line.lots) moveStock(writer, event.seq, lot, -quantity)
  }
}

/** The points to the rider's slice, the goods to the very lots they came from, and neither entry counts towards a limit. */
function undone(writer: Writer, event: AppendedEvent, body: EventBody<'redemption.undone/1'>): void {
  const made = writer.get<{ seq: number; entry: string }>(
    'SELECT redemptions.seq, entries.id AS entry FROM redemptions JOIN entries ON entries.seq = redemptions.seq WHERE entries.id = ?', body.redemption,
  )
  if (made === undefined) throw new Error(`event ${event.seq} undoes a redemption that is not here`)
  writer.run('INSERT INTO undone_redemptions (redemption_seq, seq, request, staff) VALUES (?, ?, ?, ?)', made.seq, event.seq, body.request, body.staff)
  writeEntry(writer, event, { rider: body.rider, points: body.points, reason: 'undone' })
  writer.run('UPDATE entries SET undone = 1 WHERE id IN (?, ?)', made.entry, event.id)
  for (const line of writer.all<{ line: number; item: string; quantity: number; points: number }>('SELECT line, item, quantity, points FROM entry_lines WHERE entry = ?', made.entry)) {
    writeEntryLine(writer, event.id, line.line, line)
  }
  for (const { lot, quantity } of writer.all<{ lot: number; quantity: number }>('SELECT lot, quantity FROM stock_movements WHERE seq = ?', made.seq)) {
    moveStock(writer, event.seq, lot, -quantity)
  }
  addToSlice(writer, body.rider, body.points)
  writer.run('INSERT OR IGNORE INTO returns_due (rider) VALUES (?)', body.rider)
}

function restocked(writer: Writer, event: AppendedEvent, body: EventBody<'restock.recorded/1'>): void {
  for (const { lot, item, expiryDay, donor, quantity } of body.lines) {
    writer.run(
      'INSERT INTO lots (lot, item, expiry_day, donor, quantity_received, quantity_left, received_seq) VALUES (?, ?, ?, ?, ?, 0, ?)',
      lot, item, expiryDay, donor, quantity, event.seq,
    )
    moveStock(writer, event.seq, lot, quantity)
  }
  writer.run(
    'INSERT INTO restocks (seq, request, staff, units, line_count) VALUES (?, ?, ?, ?, ?)',
    event.seq, body.request, body.staff, body.lines.reduce((sum, line) => sum + line.quantity, 0), body.lines.length,
  )
}

function moveStock(writer: Writer, seq: number, lot: number, quantity: number): void {
  writer.run('UPDATE lots SET quantity_left = quantity_left + ? WHERE lot = ?', quantity, lot)
  writer.run('INSERT INTO stock_movements (seq, lot, quantity) VALUES (?, ?, ?)', seq, lot, quantity)
}
