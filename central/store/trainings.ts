// SQL over trainings: a training with its places, blocks and sign-ups is read as one book under its lock, and what changed of it
// is written back with the acts that changed it. Decides nothing; that is domain/training.

import type { TrainingTopic } from '../../contract/kiosk/training-view.ts'
import type { DoorRules } from '../../domain/training/attendance.ts'
import type { Audience, RiderGroup } from '../../domain/training/decide-signup.ts'
import type { TrainingAct } from '../../domain/training/training-acts.ts'
import type { Seat, SeatBlock, Signup, TrainingBook } from '../../domain/training/training-book.ts'
import type { Queryable } from './database.ts'
import { uuids } from './sql-columns.ts'

export interface Bilingual {
  zh: string
  en: string
}

/** What is said of a training beside its terms. */
export interface TrainingDetails extends DoorRules {
  topic: TrainingTopic
  title: Bilingual
  place: Bilingual
  points: number
  certificateMonths: number | null
  host: string
  audience: Audience
  cancelReason: string | null
  /** Rises with every change by staff. */
  revision: number
  /** The last revision that riders who had signed up must hear of. */
  toldRevision: number
  series: string | null
}

export interface TrainingSheet {
  district: string
  details: TrainingDetails
  book: TrainingBook
  /** How many acts are kept. */
  lastAct: number
}

export interface KeptAct {
  act: TrainingAct
  atMs: number
  mayGive: boolean
}

/** A sheet as it is to be, and what of it is new. */
export interface WrittenTraining {
  sheet: TrainingSheet
  nextSettlingMs: number | null
  acts: readonly KeptAct[]
  seats: readonly Seat[]
  blocks: readonly SeatBlock[]
  signups: readonly Signup[]
}

interface TrainingColumns extends Omit<TrainingDetails, 'audience'> {
  id: string
  district: string
  audience: Audience
  state: 'open' | 'cancelled'
  capacity: number
  startsAtMs: number
  endsAtMs: number
  closesAtMs: number
  blocksBackAtMs: number
  answerMs: number
  lastNumber: number
  lastAct: number
}

/** By id, for those that exist. Locks them in the order of their ids. */
export async function lockTrainings(transaction: Queryable, trainings: readonly string[]): Promise<Map<string, TrainingSheet>> {
  if (trainings.length === 0) return new Map()
  const rows = await transaction.query<TrainingColumns>(`${SHEET_SQL} WHERE training_id = ANY($1::uuid[]) ORDER BY training_id FOR UPDATE`, [uuids(trainings)])
  return sheetsOf(transaction, rows)
}

/** As they stand, without a lock. */
export async function readTrainings(queryable: Queryable, trainings: readonly string[]): Promise<Map<string, TrainingSheet>> {
  if (trainings.length === 0) return new Map()
  return sheetsOf(queryable, await queryable.query<TrainingColumns>(`${SHEET_SQL} WHERE training_id = ANY($1::uuid[]) ORDER BY training_id`, [uuids(trainings)]))
}

const SHEET_SQL = `SELECT training_id AS id, district_id AS district, topic, title, place, starts_at_ms AS "startsAtMs", ends_at_ms AS "endsAtMs",
  closes_at_ms AS "closesAtMs", blocks_back_at_ms AS "blocksBackAtMs", answer_ms AS "answerMs", capacity, points, certificate_months AS "certificateMonths",
  late_minutes AS "lateMinutes", walk_ins AS "walkIns",
  host_station_id AS host, audience, state, cancel_reason AS "cancelReason", revision, told_revision AS "toldRevision", series_id AS series,
  last_number AS "lastNumber", last_act AS "lastAct" FROM trainings`

async function sheetsOf(queryable: Queryable, rows: readonly TrainingColumns[]): Promise<Map<string, TrainingSheet>> {
  const ids = uuids(rows, ({ id }) => id)
  if (rows.length === 0) return new Map()
  const seats = await queryable.query<Seat & { training: string }>(
    'SELECT training_id AS training, seat, block_id AS block, rider_id AS rider, offered_to AS "offeredTo", vacated, retired FROM training_seats WHERE training_id = ANY($1::uuid[]) ORDER BY seat',
    [ids],
  )
  const blocks = await queryable.query<SeatBlock & { training: string }>(
    'SELECT training_id AS training, block_id AS id, station_id AS station, incarnation, seats, received, recalled FROM seat_blocks WHERE training_id = ANY($1::uuid[]) ORDER BY block_id',
    [ids],
  )
  const signups = await queryable.query<Signup & { training: string }>(
    `SELECT training_id AS training, rider_id AS rider, signup_id AS id, standing, seat, number, offer_ends_at_ms AS "offerEndsAtMs", asked_at_ms AS "askedAtMs",
       refusal, note, seen_revision AS "seenRevision"
     FROM signups WHERE training_id = ANY($1::uuid[]) ORDER BY rider_id`,
    [ids],
  )
  return new Map(
    rows.map((row): [string, TrainingSheet] => {
      const own = <Row extends { training: string }>(all: readonly Row[]): Omit<Row, 'training'>[] => all.filter(({ training }) => training === row.id).map(({ training: _training, ...rest }) => rest)
      return [row.id, sheetOf(row, own(seats), own(blocks), own(signups))]
    }),
  )
}

function sheetOf(row: TrainingColumns, seats: readonly Seat[], blocks: readonly SeatBlock[], signups: readonly Signup[]): TrainingSheet {
  const { id, district, state, capacity, startsAtMs, endsAtMs, closesAtMs, blocksBackAtMs, answerMs, lastNumber, lastAct, ...details } = row
  return {
    district,
    details,
    lastAct,
    book: {
      training: id,
      terms: { state, capacity, startsAtMs, endsAtMs, closesAtMs, blocksBackAtMs, answerMs },
      seats: new Map(seats.map((seat) => [seat.seat, seat])),
      blocks: new Map(blocks.map((block) => [block.id, block])),
      signups: new Map(signups.map((signup) => [signup.rider, signup])),
      lastNumber,
    },
  }
}

export const BLOCK_OF_TWO = 'a block of places is of one training'

/** Under their locks; a new one is made. A block that another training has throws. */
export async function writeTrainings(transaction: Queryable, written: readonly WrittenTraining[], nowMs: number): Promise<void> {
  if (written.length === 0) return
  await writeSheets(transaction, written, nowMs)
  await writeSeats(transaction, written)
  const blocks = written.flatMap(({ sheet, blocks: changed }) => changed.map((block) => ({ ...block, training: sheet.book.training, district: sheet.district })))
  if (new Set(blocks.map(({ id }) => id)).size < blocks.length) throw new Error(BLOCK_OF_TWO)
  if (blocks.length > 0) {
    const kept = await transaction.query(
      `INSERT INTO seat_blocks (block_id, training_id, district_id, station_id, incarnation, seats, received, recalled)
       SELECT id, training, district, station, incarnation, seats, received, recalled
       FROM json_to_recordset($1::json) AS r(id uuid, training uuid, district uuid, station uuid, incarnation uuid, seats jsonb, received boolean, recalled boolean)
       ON CONFLICT (block_id) DO UPDATE SET received = excluded.received, recalled = excluded.recalled WHERE seat_blocks.training_id = excluded.training_id RETURNING 1`,
      [JSON.stringify(blocks)],
    )
    if (kept.length < blocks.length) throw new Error(BLOCK_OF_TWO)
  }
  const signups = written.flatMap(({ sheet, signups: changed }) => changed.map((signup) => ({ ...signup, training: sheet.book.training, district: sheet.district })))
  if (signups.length > 0) {
    await transaction.query(
      `INSERT INTO signups (training_id, rider_id, district_id, signup_id, standing, seat, number, offer_ends_at_ms, asked_at_ms, refusal, note, seen_revision)
       SELECT training, rider, district, id, standing, seat, number, "offerEndsAtMs", "askedAtMs", refusal, note, "seenRevision"
       FROM json_to_recordset($1::json) AS r(training uuid, rider uuid, district uuid, id uuid, standing text, seat integer, number integer, "offerEndsAtMs" bigint,
         "askedAtMs" bigint, refusal text, note text, "seenRevision" integer)
       ON CONFLICT (training_id, rider_id) DO UPDATE SET signup_id = excluded.signup_id, standing = excluded.standing, seat = excluded.seat, number = excluded.number,
         offer_ends_at_ms = excluded.offer_ends_at_ms, asked_at_ms = excluded.asked_at_ms, refusal = excluded.refusal, note = excluded.note, seen_revision = excluded.seen_revision`,
      [JSON.stringify(signups)],
    )
  }
  await writeActs(transaction, written)
}

async function writeSheets(transaction: Queryable, written: readonly WrittenTraining[], nowMs: number): Promise<void> {
  const rows = written.map(({ sheet: { district, details, book, lastAct }, nextSettlingMs, acts }) => ({
    id: book.training, district, ...details, ...book.terms, lastNumber: book.lastNumber, lastAct: lastAct + acts.length, nextSettlingMs,
  }))
  await transaction.query(
    `INSERT INTO trainings (training_id, district_id, topic, title, place, starts_at_ms, ends_at_ms, closes_at_ms, blocks_back_at_ms, answer_ms, capacity, points,
       certificate_months, late_minutes, walk_ins, host_station_id, audience, state, cancel_reason, revision, told_revision, series_id, last_number, last_act, next_settling_ms, made_at_ms)
     SELECT id, district, topic, title, place, "startsAtMs", "endsAtMs", "closesAtMs", "blocksBackAtMs", "answerMs", capacity, points,
       "certificateMonths", "lateMinutes", "walkIns", host, audience, state, "cancelReason", revision, "toldRevision", series, "lastNumber", "lastAct", "nextSettlingMs", $2
     FROM json_to_recordset($1::json) AS r(id uuid, district uuid, topic text, title jsonb, place jsonb, "startsAtMs" bigint, "endsAtMs" bigint, "closesAtMs" bigint,
       "blocksBackAtMs" bigint, "answerMs" bigint, capacity integer, points integer, "certificateMonths" integer, "lateMinutes" integer, "walkIns" boolean, host uuid, audience jsonb, state text,
       "cancelReason" text, revision integer, "toldRevision" integer, series uuid, "lastNumber" integer, "lastAct" integer, "nextSettlingMs" bigint)
     ON CONFLICT (training_id) DO UPDATE SET topic = excluded.topic, title = excluded.title, place = excluded.place, starts_at_ms = excluded.starts_at_ms,
       ends_at_ms = excluded.ends_at_ms, closes_at_ms = excluded.closes_at_ms, blocks_back_at_ms = excluded.blocks_back_at_ms, answer_ms = excluded.answer_ms,
       capacity = excluded.capacity, points = excluded.points, certificate_months = excluded.certificate_months, late_minutes = excluded.late_minutes, walk_ins = excluded.walk_ins, host_station_id = excluded.host_station_id,
       audience = excluded.audience, state = excluded.state, cancel_reason = excluded.cancel_reason, revision = excluded.revision,
       told_revision = excluded.told_revision, last_number = excluded.last_number, last_act = excluded.last_act, next_settling_ms = excluded.next_settling_ms`,
    [JSON.stringify(rows), nowMs],
  )
}

async function writeSeats(transaction: Queryable, written: readonly WrittenTraining[]): Promise<void> {
  const seats = written.flatMap(({ sheet, seats: changed }) => changed.map((seat) => ({ ...seat, training: sheet.book.training, district: sheet.district })))
  if (seats.length === 0) return
  const rows = JSON.stringify(seats)
  // Two may have changed places: nobody is to be seen on two, not for a moment.
  await transaction.query(
    `UPDATE training_seats SET rider_id = NULL FROM json_to_recordset($1::json) AS r(training uuid, seat integer)
     WHERE training_seats.training_id = r.training AND training_seats.seat = r.seat AND training_seats.rider_id IS NOT NULL`,
    [rows],
  )
  await transaction.query(
    `INSERT INTO training_seats (training_id, seat, district_id, block_id, rider_id, offered_to, vacated, retired)
     SELECT training, seat, district, block, rider, "offeredTo", vacated, retired
     FROM json_to_recordset($1::json) AS r(training uuid, seat integer, district uuid, block uuid, rider uuid, "offeredTo" uuid, vacated boolean, retired boolean)
     ON CONFLICT (training_id, seat) DO UPDATE SET block_id = excluded.block_id, rider_id = excluded.rider_id, offered_to = excluded.offered_to,
       vacated = excluded.vacated, retired = excluded.retired`,
    [rows],
  )
}

async function writeActs(transaction: Queryable, written: readonly WrittenTraining[]): Promise<void> {
  const acts = written.flatMap(({ sheet, acts: kept }) =>
    kept.map(({ act, atMs, mayGive }, index) => ({ training: sheet.book.training, number: sheet.lastAct + 1 + index, district: sheet.district, act, atMs, mayGive })),
  )
  if (acts.length === 0) return
  await transaction.query(
    `INSERT INTO training_acts (training_id, number, district_id, act, at_ms, may_give)
     SELECT training, number, district, act, "atMs", "mayGive"
     FROM json_to_recordset($1::json) AS r(training uuid, number integer, district uuid, act jsonb, "atMs" bigint, "mayGive" boolean)`,
    [JSON.stringify(acts)],
  )
}

export interface RiderProfile {
  platform: string
  homeStation: string
  groups: RiderGroup[]
}

/** Of those that exist: what decides whether a training is for him. */
export async function readRiderProfiles(queryable: Queryable, riders: readonly string[]): Promise<Map<string, RiderProfile>> {
  if (riders.length === 0) return new Map()
  const rows = await queryable.query<Omit<RiderProfile, 'groups'> & { rider: string; inTeam: boolean; inRedCross: boolean }>(
    `SELECT rider_id AS rider, platform, home_station_id AS "homeStation", volunteer_team AS "inTeam", red_cross <> 'none' AS "inRedCross"
     FROM riders WHERE rider_id = ANY($1::uuid[])`,
    [uuids(riders)],
  )
  return new Map(
    rows.map(({ rider, inTeam, inRedCross, ...profile }) => [
      rider, { ...profile, groups: [...(inTeam ? (['volunteer_team'] as const) : []), ...(inRedCross ? (['red_cross'] as const) : [])] },
    ]),
  )
}

/** Where an offer is over by now; the longest first. */
export async function findTrainingsToSettle(queryable: Queryable, nowMs: number, limit: number): Promise<string[]> {
  const rows = await queryable.query<{ id: string }>(
    'SELECT training_id AS id FROM trainings WHERE next_settling_ms <= $1 ORDER BY next_settling_ms, training_id LIMIT $2',
    [nowMs, limit],
  )
  return rows.map(({ id }) => id)
}

/** Open ones with free places at central, nobody waiting, and a host that holds nothing it could give: the soonest first. */
export async function findTrainingsToLend(queryable: Queryable, nowMs: number, limit: number): Promise<{ training: string; host: string }[]> {
  return queryable.query(
    `SELECT trainings.training_id AS training, host_station_id AS host FROM trainings
     WHERE state = 'open' AND blocks_back_at_ms > $1 AND audience = '{"platforms": [], "stations": [], "groups": []}'::jsonb
       AND (SELECT count(*) FROM training_seats AS seat WHERE seat.training_id = trainings.training_id AND block_id IS NULL AND rider_id IS NULL AND offered_to IS NULL AND NOT retired) >= 2
       AND NOT EXISTS (SELECT 1 FROM signups WHERE signups.training_id = trainings.training_id AND standing = 'waiting')
       AND NOT EXISTS (SELECT 1 FROM training_seats AS seat JOIN seat_blocks ON seat_blocks.block_id = seat.block_id
         JOIN incarnations ON incarnations.station_id = seat_blocks.station_id AND incarnations.incarnation = seat_blocks.incarnation
         WHERE seat.training_id = trainings.training_id AND seat.rider_id IS NULL AND incarnations.state = 'active' AND seat_blocks.station_id = host_station_id)
       AND EXISTS (SELECT 1 FROM incarnations WHERE incarnations.station_id = host_station_id AND incarnations.state = 'active')
     ORDER BY starts_at_ms, training_id LIMIT $2`,
    [nowMs, limit],
  )
}

/** Trainings of which this file holds places, by id. */
export async function trainingsHeldBy(queryable: Queryable, station: string, incarnation: string): Promise<string[]> {
  const rows = await queryable.query<{ id: string }>(
    `SELECT DISTINCT seat_blocks.training_id AS id FROM seat_blocks JOIN training_seats ON training_seats.block_id = seat_blocks.block_id
     WHERE station_id = $1 AND incarnation = $2 ORDER BY id`,
    [station, incarnation],
  )
  return rows.map(({ id }) => id)
}

export interface AttendanceRow {
  training: string
  rider: string
  district: string
  event: string
  station: string | null
  staff: string
  walkIn: boolean
  late: boolean
  points: number
  certificate: string | null
  atMs: number
}

export interface CertificateRow {
  id: string
  district: string
  rider: string
  training: string
  topic: TrainingTopic
  title: Bilingual
  issuedDay: number
  expiresDay: number | null
}

export interface ServiceRecordRow {
  id: string
  district: string
  rider: string
  kind: 'training'
  subject: string
  minutes: number
  station: string | null
  atMs: number
}

/** Of these ids, those that name a certificate. */
export async function readCertificatesKnown(queryable: Queryable, certificates: readonly string[]): Promise<Set<string>> {
  if (certificates.length === 0) return new Set()
  const rows = await queryable.query<{ id: string }>('SELECT certificate_id AS id FROM certificates WHERE certificate_id = ANY($1::uuid[])', [uuids(certificates)])
  return new Set(rows.map(({ id }) => id))
}

/** Of these ids, those that name a block, with its training. */
export async function readBlockTrainings(queryable: Queryable, blocks: readonly string[]): Promise<Map<string, string>> {
  if (blocks.length === 0) return new Map()
  const rows = await queryable.query<{ id: string; training: string }>('SELECT block_id AS id, training_id AS training FROM seat_blocks WHERE block_id = ANY($1::uuid[])', [uuids(blocks)])
  return new Map(rows.map(({ id, training }) => [id, training]))
}

/** A second attendance of a rider, or a certificate that is there, throws. */
export async function writeAttended(
  transaction: Queryable,
  { attendances, certificates, records }: { attendances: readonly AttendanceRow[]; certificates: readonly CertificateRow[]; records: readonly ServiceRecordRow[] },
): Promise<void> {
  if (attendances.length > 0) {
    await transaction.query(
      `INSERT INTO attendances (training_id, rider_id, district_id, event_id, station_id, staff_id, walk_in, late, points, certificate_id, at_ms)
       SELECT training, rider, district, event, station, staff, "walkIn", late, points, certificate, "atMs"
       FROM json_to_recordset($1::json) AS r(training uuid, rider uuid, district uuid, event uuid, station uuid, staff uuid, "walkIn" boolean, late boolean,
         points integer, certificate uuid, "atMs" bigint)`,
      [JSON.stringify(attendances)],
    )
  }
  if (certificates.length > 0) {
    await transaction.query(
      `INSERT INTO certificates (certificate_id, district_id, rider_id, training_id, topic, title, issued_day, expires_day)
       SELECT id, district, rider, training, topic, title, "issuedDay", "expiresDay"
       FROM json_to_recordset($1::json) AS r(id uuid, district uuid, rider uuid, training uuid, topic text, title jsonb, "issuedDay" integer, "expiresDay" integer)`,
      [JSON.stringify(certificates)],
    )
  }
  if (records.length > 0) {
    await transaction.query(
      `INSERT INTO service_records (record_id, district_id, rider_id, kind, subject_id, minutes, station_id, at_ms)
       SELECT id, district, rider, kind, subject, minutes, station, "atMs"
       FROM json_to_recordset($1::json) AS r(id uuid, district uuid, rider uuid, kind text, subject uuid, minutes integer, station uuid, "atMs" bigint)`,
      [JSON.stringify(records)],
    )
  }
}

/** Keys of what stations mirror of a rider: his sign-ups to trainings that end after `sinceMs`, and his certificates, by key. */
export async function trainingKeysOf(queryable: Queryable, rider: string, sinceMs: number): Promise<{ kind: 'signup' | 'certificate'; key: string }[]> {
  return queryable.query(
    `SELECT kind, key FROM (
       SELECT 'signup' AS kind, training_id::text || ':' || rider_id::text AS key FROM signups JOIN trainings USING (training_id) WHERE rider_id = $1 AND ends_at_ms > $2
       UNION ALL SELECT 'certificate', certificate_id::text FROM certificates WHERE rider_id = $1
     ) AS keys ORDER BY kind, key COLLATE "C"`,
    [rider, sinceMs],
  )
}
