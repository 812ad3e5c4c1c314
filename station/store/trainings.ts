// Trainings as this file knows them: central's rows, the places that lie here, and how a rider stands. A place of this file's
// block is free unless somebody was put on it here since it came, has not given it up here, and central has not said since that
// he sits elsewhere or not at all.

import type { Change, MirrorRow } from '../../contract/sync/sync-protocol.ts'
import { DOOR_RULES } from '../../domain/training/attendance.ts'
import type { OwnAct, OwnStanding } from '../../domain/training/own-standing.ts'
import { standingAfter } from '../../domain/training/own-standing.ts'
import type { Reader, Writer } from './database.ts'

export type TrainingRow = MirrorRow<'training'>
type TrainingChange = Extract<Change, { kind: 'training' | 'signup' | 'certificate' }>

export function applyTrainingChange(writer: Writer, change: TrainingChange): void {
  switch (change.kind) {
    case 'training':
      if (change.row === null) writer.run('DELETE FROM trainings WHERE id = ?', change.key)
      else {
        const { id, startsAtMs, endsAtMs } = change.row
        writer.run('INSERT OR REPLACE INTO trainings (id, starts_at_ms, ends_at_ms, row) VALUES (?, ?, ?, ?)', id, startsAtMs, endsAtMs, JSON.stringify(change.row))
      }
      return
    case 'signup':
      applySignup(writer, change.key, change.row)
      return
    case 'certificate':
      if (change.row === null) writer.run('DELETE FROM certificates WHERE id = ?', change.key)
      else writeCertificate(writer, change.row)
      return
  }
}

function applySignup(writer: Writer, key: string, row: MirrorRow<'signup'> | null): void {
  if (row === null) {
    const [training, rider] = key.split(':')
    writer.run('DELETE FROM signups WHERE rider = ? AND training = ?', rider ?? '', training ?? '')
    return
  }
  writer.run(
    `INSERT OR REPLACE INTO signups (rider, training, id, standing, seat, number, offer_ends_at_ms, refusal, note, seen_revision, included_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.rider, row.training, row.id, row.standing, row.seat, row.number, row.offerEndsAtMs, row.refusal, row.note, row.seenRevision, row.includedSeq,
  )
}

export function writeCertificate(writer: Writer, row: MirrorRow<'certificate'>): void {
  writer.run(
    'INSERT OR REPLACE INTO certificates (id, rider, topic, title_zh, title_en, issued_day, expires_day) VALUES (?, ?, ?, ?, ?, ?, ?)',
    row.id, row.rider, row.topic, row.title.zh, row.title.en, row.issuedDay, row.expiresDay,
  )
}

/** All of a snapshot's at once, into empty tables: thousands, and the counter waits meanwhile. The same rows as one by one. */
export function takeSignupsAndCertificates(writer: Writer): void {
  writer.run(
    `INSERT INTO signups (rider, training, id, standing, seat, number, offer_ends_at_ms, refusal, note, seen_revision, included_seq)
     SELECT row ->> 'rider', row ->> 'training', row ->> 'id', row ->> 'standing', row ->> 'seat', row ->> 'number', row ->> 'offerEndsAtMs', row ->> 'refusal', row ->> 'note',
       row ->> 'seenRevision', row ->> 'includedSeq'
     FROM shadow_rows WHERE kind = 'signup' AND row <> 'null'`,
  )
  writer.run(
    `INSERT INTO certificates (id, rider, topic, title_zh, title_en, issued_day, expires_day)
     SELECT key, row ->> 'rider', row ->> 'topic', row ->> '$.title.zh', row ->> '$.title.en', row ->> 'issuedDay', row ->> 'expiresDay'
     FROM shadow_rows WHERE kind = 'certificate' AND row <> 'null'`,
  )
}

/** Of a scope that is exchanged as a whole. */
export function dropTrainingRows(writer: Writer, scope: 'district' | 'riders'): void {
  if (scope === 'district') writer.run('DELETE FROM trainings')
  else {
    writer.run('DELETE FROM signups')
    writer.run('DELETE FROM certificates')
  }
}

export function trainingRow(reader: Reader, training: string): TrainingRow | null {
  const found = reader.get<{ row: string }>('SELECT row FROM trainings WHERE id = ?', training)
  return found === undefined ? null : readTraining(found.row)
}

/** That end after `sinceMs`, soonest first. */
export function trainingsSince(reader: Reader, sinceMs: number, limit: number): TrainingRow[] {
  return reader.all<{ row: string }>('SELECT row FROM trainings WHERE ends_at_ms > ? ORDER BY starts_at_ms, id LIMIT ?', sinceMs, limit).map(({ row }) => readTraining(row))
}

/** What this program wrote itself, after it had read it by its schema; an older one knew no rules of a door. */
function readTraining(text: string): TrainingRow {
  return { ...DOOR_RULES, ...(JSON.parse(text) as TrainingRow) }
}

/** Of `held_seats AS held`, the act `taking` by which somebody sits on it. */
export const SEATED_HERE = `taking.training = held.training AND taking.act = 'seated' AND taking.seat = held.seat AND taking.seq > held.received_seq
    AND NOT EXISTS (SELECT 1 FROM signup_acts AS given WHERE given.rider = taking.rider AND given.training = taking.training AND given.act = 'cancelled' AND given.signup = taking.signup AND given.seq > taking.seq)
    AND NOT EXISTS (SELECT 1 FROM signups AS said WHERE said.rider = taking.rider AND said.training = taking.training AND said.included_seq >= taking.seq
      AND NOT (said.seat IS taking.seat AND said.standing IN ('seated', 'attended')))`

const TAKEN = `EXISTS (SELECT 1 FROM signup_acts AS taking WHERE ${SEATED_HERE})`

/** Places that can be given away here now, the smallest number first: of blocks that are not asked back. */
export function freeSeatsHere(reader: Reader, training: string): number[] {
  return reader
    .all<{ seat: number }>(`SELECT held.seat FROM held_seats AS held JOIN seat_blocks ON seat_blocks.id = held.block WHERE held.training = ? AND recalled = 0 AND NOT ${TAKEN} ORDER BY held.seat`, training)
    .map(({ seat }) => seat)
}

/** By training. */
export function freeSeatCounts(reader: Reader): Map<string, number> {
  const rows = reader.all<{ training: string; count: number }>(
    `SELECT held.training, count(*) AS count FROM held_seats AS held JOIN seat_blocks ON seat_blocks.id = held.block WHERE recalled = 0 AND NOT ${TAKEN} GROUP BY held.training`,
  )
  return new Map(rows.map(({ training, count }) => [training, count]))
}

/** Places of this file that nobody has, by training: asked back or not. */
export function untakenSeats(reader: Reader): { training: string; seat: number; recalled: boolean }[] {
  return reader
    .all<{ training: string; seat: number; recalled: number }>(
      `SELECT held.training, held.seat, recalled FROM held_seats AS held JOIN seat_blocks ON seat_blocks.id = held.block WHERE NOT ${TAKEN} ORDER BY held.training, held.seat`,
    )
    .map((row) => ({ ...row, recalled: row.recalled === 1 }))
}

interface SignupColumns {
  training: string
  id: string
  standing: Exclude<OwnStanding['standing'], 'pending'>
  seat: number | null
  number: number | null
  offerEndsAtMs: number | null
  refusal: OwnStanding['refusal']
  note: OwnStanding['note']
  seenRevision: number
  includedSeq: number
}

interface ActColumns {
  training: string
  seq: number
  act: OwnAct['act']
  signup: string
  seat: number | null
  accept: number | null
  revision: number | null
  refused: number
}

export interface RiderSignup extends OwnStanding {
  training: string
  /** Something of it is recorded here and not yet at central. */
  unsent: boolean
}

/** How a rider stands to every training, or to one, by the training's id. */
export function signupsOf(reader: Reader, rider: string, training: string | null = null): RiderSignup[] {
  const only = training === null ? '' : ' AND training = ?'
  const wanted = training === null ? [rider] : [rider, training]
  const rows = reader.all<SignupColumns>(
    `SELECT training, id, standing, seat, number, offer_ends_at_ms AS offerEndsAtMs, refusal, note, seen_revision AS seenRevision, included_seq AS includedSeq
     FROM signups WHERE rider = ?${only}`,
    ...wanted,
  )
  const acts = reader.all<ActColumns>(
    `SELECT training, signup_acts.seq, act, signup, seat, accept, revision, coalesce(outcome = 'refused', 0) AS refused
     FROM signup_acts LEFT JOIN outcomes ON outcomes.seq = signup_acts.seq WHERE rider = ?${only} ORDER BY signup_acts.seq`,
    ...wanted,
  )
  const acknowledgedSeq = reader.get<{ seq: number }>('SELECT acknowledged_seq AS seq FROM sync_state')?.seq ?? 0
  const central = new Map(rows.map((row) => [row.training, row]))
  const trainings = new Set([...central.keys(), ...acts.map((act) => act.training)])
  return [...trainings].toSorted().flatMap((id) => {
    const said = central.get(id) ?? null
    const later = acts.filter((act) => act.training === id && act.seq > (said?.includedSeq ?? 0))
    const standing = standingAfter(said, later.map(readAct))
    return standing === null ? [] : [{ ...standing, training: id, unsent: later.some(({ seq }) => seq > acknowledgedSeq) }]
  })
}

function readAct(row: ActColumns): OwnAct {
  const id = row.signup
  const revision = row.revision ?? 1
  switch (row.act) {
    case 'seated':
      return { act: 'seated', id, seat: row.seat ?? 0, revision }
    case 'requested':
      return { act: 'requested', id, revision, refused: row.refused === 1 }
    case 'cancelled':
      return { act: 'cancelled', id }
    case 'answered':
      return { act: 'answered', id, accept: row.accept === 1 }
    case 'attended':
      return { act: 'attended', id, revision }
    case 'seen':
      return { act: 'seen', revision }
  }
}
