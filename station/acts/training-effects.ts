// What the facts and requests about trainings leave in this station's own tables (a part of EFFECTS): places that lie here, what
// riders did, who was there. Read again by a restored file, they leave the same.

import { dayOf } from '../../domain/calendar.ts'
import { expiryDay } from '../../domain/training/certificate.ts'
import type { EventBody } from '../../contract/sync/event-bodies.ts'
import type { TRAINING_EVENTS } from '../../contract/sync/training-events.ts'
import type { Writer } from '../store/database.ts'
import { rulesRow } from '../store/mirror.ts'
import type { AppendedEvent } from '../store/outbox.ts'
import { trainingRow, writeCertificate } from '../store/trainings.ts'
import { addToSlice, writeEntry } from './point-effects.ts'

type TrainingEffects = { [Name in keyof typeof TRAINING_EVENTS]: (writer: Writer, event: AppendedEvent, body: EventBody<Name>) => void }

export const TRAINING_EFFECTS: TrainingEffects = {
  'seat_block.received/1': (writer, event, { block, training, seats }) => {
    writer.run('INSERT INTO seat_blocks (id, training, received_seq) VALUES (?, ?, ?)', block, training, event.seq)
    for (const seat of seats) {
      writer.run('INSERT OR REPLACE INTO held_seats (training, seat, block, received_seq) VALUES (?, ?, ?, ?)', training, seat, block, event.seq)
    }
  },
  'seat_block.returned/1': (writer, _event, { training, seats }) => {
    for (const seat of seats) writer.run('DELETE FROM held_seats WHERE training = ? AND seat = ?', training, seat)
  },
  'signup.seated/1': (writer, event, { request, training, rider, seat, revision }) =>
    writeAct(writer, event, { training, rider, act: 'seated', signup: request, request, seat, revision }),
  'signup.requested/1': (writer, event, { request, training, rider, revision }) =>
    writeAct(writer, event, { training, rider, act: 'requested', signup: request, request, revision }),
  'signup.cancelled/1': (writer, event, { request, signup, training, rider }) => writeAct(writer, event, { training, rider, act: 'cancelled', signup, request }),
  'signup.offer_answered/1': (writer, event, { request, signup, training, rider, accept }) =>
    writeAct(writer, event, { training, rider, act: 'answered', signup, request, accept }),
  'signup.acknowledged/1': (writer, event, { training, rider, revision }) => writeAct(writer, event, { training, rider, act: 'seen', signup: event.id, revision }),
  'attendance.recorded/1': attended,
}

interface SignupAct {
  training: string
  rider: string
  act: 'seated' | 'requested' | 'cancelled' | 'answered' | 'attended' | 'seen'
  signup: string
  request?: string
  seat?: number
  accept?: boolean
  revision?: number
}

function writeAct(writer: Writer, event: AppendedEvent, { training, rider, act, signup, request, seat, accept, revision }: SignupAct): void {
  writer.run(
    'INSERT INTO signup_acts (seq, training, rider, act, signup, request, seat, accept, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    event.seq, training, rider, act, signup, request ?? null, seat ?? null, accept === undefined ? null : Number(accept), revision ?? null,
  )
}

/** Points as for any service, the certificate, and his name on the list of those who were there. */
function attended(writer: Writer, event: AppendedEvent, body: EventBody<'attendance.recorded/1'>): void {
  const { request, training, rider, staff, walkIn, late, points, inSlice, certificate, revision } = body
  writer.run(
    'INSERT INTO attendances (seq, request, training, rider, staff, walk_in, late, points, in_slice, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    event.seq, request, training, rider, staff, Number(walkIn), Number(late), points, Number(inSlice), event.wallMs,
  )
  writeAct(writer, event, { training, rider, act: 'attended', signup: request, request, revision })
  if (points > 0) {
    writeEntry(writer, event, { rider, points, reason: 'training' })
    if (inSlice) {
      writer.run('UPDATE earning_slice SET points = points - ?', points)
      addToSlice(writer, rider, points)
      writer.run('INSERT OR IGNORE INTO returns_due (rider) VALUES (?)', rider)
    }
  }
  // A file that has forgotten the training hears of the certificate from central.
  const known = trainingRow(writer, training)
  if (certificate === null || known === null) return
  const issuedDay = dayOf(event.wallMs, rulesRow(writer).utcOffsetMinutes)
  writeCertificate(writer, { id: certificate, rider, topic: known.topic, title: known.title, issuedDay, expiresDay: expiryDay(issuedDay, known.certificateMonths) })
}
