// What a rider's phone is told of trainings: those he may sign up for, those he is on the list of, and what he has learnt, as
// central's own tables say it now.

import type { MyTrainings, PhoneSignup, PhoneTraining } from '../../contract/phone/phone-trainings.ts'
import { PHONE_TRAININGS_MAX } from '../../contract/phone/phone-trainings.ts'
import type { CertificateShown } from '../../contract/kiosk/training-view.ts'
import { dayOf } from '../../domain/calendar.ts'
import { certificateNumber, coursesToRenew } from '../../domain/training/certificate.ts'
import { type Audience, isInvited } from '../../domain/training/decide-signup.ts'
import type { SignupStanding } from '../../domain/training/training-book.ts'
import type { Queryable } from '../store/database.ts'
import type { HandOffRow } from '../store/hand-offs.ts'
import { readRiderProfiles } from '../store/trainings.ts'

const DAY_MS = 86_400_000
/** What is longer over is told no more. */
const OVER_TOLD_MS = 14 * DAY_MS
/** Attendance taken without a network may still be on its way. */
const MISSED_AFTER_MS = DAY_MS
const INVITATIONS_MAX = 10

interface TrainingColumns extends Omit<PhoneTraining, 'own' | 'state'> {
  state: 'open' | 'cancelled'
  toldRevision: number
  audience: Audience
}

interface SignupColumns {
  signup: string | null
  standing: SignupStanding | null
  offerEndsAtMs: number | null
  refusal: PhoneSignup['refusal']
  note: PhoneSignup['note']
  seenRevision: number | null
}

export async function readMyTrainings(sql: Queryable, { district }: HandOffRow, rider: string, moment: { nowMs: number; utcOffsetMinutes: number }): Promise<MyTrainings> {
  const { nowMs, utcOffsetMinutes } = moment
  const profile = (await readRiderProfiles(sql, [rider])).get(rider)
  const rows = await sql.query<TrainingColumns & SignupColumns>(
    `SELECT trainings.training_id AS training, topic, title, place, starts_at_ms AS "startsAtMs", ends_at_ms AS "endsAtMs", closes_at_ms AS "closesAtMs", points,
       certificate_months AS "certificateMonths", revision, told_revision AS "toldRevision", state, cancel_reason AS "cancelReason", audience,
       (SELECT count(*) FROM training_seats AS seat WHERE seat.training_id = trainings.training_id AND block_id IS NULL AND seat.rider_id IS NULL AND offered_to IS NULL AND NOT retired) AS free,
       (SELECT count(*) FROM signups AS other WHERE other.training_id = trainings.training_id AND other.standing = 'waiting') AS waiting,
       signup_id AS signup, standing, offer_ends_at_ms AS "offerEndsAtMs", refusal, note, seen_revision AS "seenRevision"
     FROM trainings LEFT JOIN signups AS own ON own.training_id = trainings.training_id AND own.rider_id = $1
     WHERE (trainings.district_id = $2 AND state = 'open' AND closes_at_ms > $3) OR (own.rider_id IS NOT NULL AND ends_at_ms > $4)
     ORDER BY own.rider_id IS NULL, starts_at_ms, trainings.training_id LIMIT $5`,
    [rider, district, nowMs, nowMs - OVER_TOLD_MS, 2 * PHONE_TRAININGS_MAX],
  )
  const places = await placesOf(sql, rider)
  const trainings = rows
    .filter(({ signup, audience }) => signup !== null || (profile !== undefined && isInvited(audience, profile)))
    .map(({ toldRevision, audience: _audience, signup, standing, offerEndsAtMs, refusal, note, seenRevision, ...row }): PhoneTraining => {
      const isOver = nowMs >= row.endsAtMs
      const isMissed = standing === 'seated' && row.state === 'open' && nowMs >= row.endsAtMs + MISSED_AFTER_MS
      const isListed = standing === 'seated' || standing === 'waiting' || standing === 'offered'
      return {
        ...row,
        state: row.state === 'cancelled' ? 'cancelled' : isOver ? 'over' : 'open',
        free: row.waiting > 0 ? 0 : row.free,
        own: signup === null || standing === null ? null : {
          signup, state: isMissed ? 'missed' : standing, place: standing === 'waiting' ? (places.get(row.training) ?? null) : null, offerEndsAtMs: standing === 'offered' ? offerEndsAtMs : null,
          changed: isListed && !isOver && (seenRevision ?? 0) < toldRevision, refusal: standing === 'refused' ? refusal : null, note,
        },
      }
    })
    .toSorted((one, other) => Number(one.endsAtMs <= nowMs) - Number(other.endsAtMs <= nowMs) || one.startsAtMs - other.startsAtMs)
  const certificates = await readCertificates(sql, rider)
  return { nowMs, utcOffsetMinutes, trainings, certificates, invitations: invitationsTo(trainings, certificates, moment) }
}

/** By training, from 1. */
async function placesOf(sql: Queryable, rider: string): Promise<Map<string, number>> {
  const rows = await sql.query<{ training: string; place: number }>(
    `SELECT own.training_id AS training, (SELECT count(*) FROM signups AS ahead WHERE ahead.training_id = own.training_id AND ahead.standing = 'waiting' AND ahead.number <= own.number) AS place
     FROM signups AS own WHERE own.rider_id = $1 AND own.standing = 'waiting'`,
    [rider],
  )
  return new Map(rows.map(({ training, place }) => [training, place]))
}

async function readCertificates(sql: Queryable, rider: string): Promise<CertificateShown[]> {
  const rows = await sql.query<Omit<CertificateShown, 'number'>>(
    `SELECT certificate_id AS certificate, topic, title, issued_day AS "issuedDay", expires_day AS "expiresDay" FROM certificates WHERE rider_id = $1
     ORDER BY issued_day DESC, certificate_id LIMIT $2`,
    [rider, PHONE_TRAININGS_MAX],
  )
  return rows.map((row) => ({ ...row, number: certificateNumber(row.certificate) }))
}

/** What is about to end can be renewed there. */
function invitationsTo(trainings: readonly PhoneTraining[], certificates: readonly CertificateShown[], { nowMs, utcOffsetMinutes }: { nowMs: number; utcOffsetMinutes: number }): MyTrainings['invitations'] {
  const courses = trainings.map(({ training, topic, startsAtMs, closesAtMs, state, own }) => ({
    training, topic, startsAtMs, isOpen: state === 'open' && nowMs < closesAtMs, isSignedUp: own !== null && ['seated', 'waiting', 'offered'].includes(own.state),
  }))
  return coursesToRenew(certificates, courses, dayOf(nowMs, utcOffsetMinutes)).slice(0, INVITATIONS_MAX)
}

export interface ListedTraining {
  training: string
  signup: string
  title: { zh: string; en: string }
  startsAtMs: number
  endsAtMs: number
}

/** To come, and he has a place, waits for one or was offered one. */
export async function readListed(sql: Queryable, rider: string, nowMs: number): Promise<ListedTraining[]> {
  return sql.query<ListedTraining>(
    `SELECT training_id AS training, signup_id AS signup, title, starts_at_ms AS "startsAtMs", ends_at_ms AS "endsAtMs" FROM signups JOIN trainings USING (training_id)
     WHERE rider_id = $1 AND standing IN ('seated', 'waiting', 'offered') AND state = 'open' AND ends_at_ms > $2 ORDER BY starts_at_ms, training_id`,
    [rider, nowMs],
  )
}
