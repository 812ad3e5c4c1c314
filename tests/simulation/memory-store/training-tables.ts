// Trainings with their places, blocks, sign-ups and acts, and what attendance leaves: migration 0029.

import type { TrainingTopic } from '../../../contract/kiosk/training-view.ts'
import type { Audience } from '../../../domain/training/decide-signup.ts'
import type { TrainingAct } from '../../../domain/training/training-acts.ts'
import { SIGNUP_STANDINGS, type SignupNote, type SignupRefusal } from '../../../domain/training/training-book.ts'
import { bigint, boolean, integer, json, nullable, oneOf, text, textOf, uuid, withDefault } from './column.ts'
import { Table, type TableSurroundings } from './table.ts'

type Name = { zh: string; en: string }

const ofTraining = { columns: ['training_id'], table: 'trainings' } as const

export function trainingTables(surroundings: TableSurroundings) {
  return {
    trainings: new Table('trainings', {
      columns: {
        training_id: uuid, district_id: uuid, topic: textOf<TrainingTopic>(), title: json<Name>(), place: json<Name>(), starts_at_ms: bigint, ends_at_ms: bigint,
        closes_at_ms: bigint, blocks_back_at_ms: bigint, answer_ms: bigint, capacity: integer, points: integer, certificate_months: nullable(integer),
        late_minutes: integer, walk_ins: boolean,
        host_station_id: uuid, audience: json<Audience>(), state: oneOf('open', 'cancelled'), cancel_reason: nullable(text), revision: integer, told_revision: integer,
        series_id: nullable(uuid), last_number: withDefault(integer, 0), last_act: withDefault(integer, 0), next_settling_ms: nullable(bigint), made_at_ms: bigint,
      },
      key: ['training_id'],
      references: [{ columns: ['district_id'], table: 'districts' }, { columns: ['host_station_id'], table: 'stations' }],
      checks: [
        { name: 'it begins before it ends', holds: (row) => row.starts_at_ms >= 0 && row.ends_at_ms > row.starts_at_ms },
        { name: 'it closes before it begins', holds: (row) => row.blocks_back_at_ms <= row.closes_at_ms && row.closes_at_ms <= row.starts_at_ms },
        { name: 'a reason for what is cancelled', holds: (row) => (row.cancel_reason !== null) === (row.state === 'cancelled') },
        { name: 'what is told was revised', holds: (row) => row.revision > 0 && row.told_revision >= 1 && row.told_revision <= row.revision },
        { name: 'places and time to answer', holds: (row) => row.capacity > 0 && row.answer_ms > 0 && row.points >= 0 },
      ],
    }, surroundings),
    training_seats: new Table('training_seats', {
      columns: {
        training_id: uuid, seat: integer, district_id: uuid, block_id: nullable(uuid), rider_id: nullable(uuid), offered_to: nullable(uuid), vacated: boolean, retired: boolean,
      },
      key: ['training_id', 'seat'],
      unique: [['training_id', 'rider_id']],
      lookups: [['training_id'], ['block_id']],
      references: [ofTraining],
      checks: [
        { name: 'what is offered is free and central’s', holds: (row) => row.offered_to === null || (row.rider_id === null && row.block_id === null) },
        { name: 'what is retired is nobody’s', holds: (row) => !row.retired || (row.rider_id === null && row.block_id === null && row.offered_to === null) },
      ],
    }, surroundings),
    seat_blocks: new Table('seat_blocks', {
      columns: { block_id: uuid, training_id: uuid, district_id: uuid, station_id: uuid, incarnation: uuid, seats: json<readonly number[]>(), received: boolean, recalled: boolean },
      key: ['block_id'],
      lookups: [['training_id'], ['station_id', 'incarnation']],
      references: [ofTraining],
    }, surroundings),
    signups: new Table('signups', {
      columns: {
        training_id: uuid, rider_id: uuid, district_id: uuid, signup_id: uuid, standing: oneOf(...SIGNUP_STANDINGS), seat: nullable(integer), number: nullable(integer),
        offer_ends_at_ms: nullable(bigint), asked_at_ms: bigint, refusal: nullable(textOf<SignupRefusal>()), note: nullable(textOf<SignupNote>()), seen_revision: integer,
      },
      key: ['training_id', 'rider_id'],
      lookups: [['training_id'], ['rider_id'], ['training_id', 'standing']],
      references: [ofTraining],
      checks: [
        { name: 'who waits has a number', holds: (row) => (row.number !== null) === (row.standing === 'waiting') },
        { name: 'an offer ends', holds: (row) => (row.offer_ends_at_ms !== null) === (row.standing === 'offered') },
        { name: 'a refusal says why', holds: (row) => (row.refusal !== null) === (row.standing === 'refused') },
        { name: 'who sits has a place', holds: (row) => row.seat !== null || (row.standing !== 'seated' && row.standing !== 'offered') },
      ],
    }, surroundings),
    training_acts: new Table('training_acts', {
      columns: { training_id: uuid, number: integer, district_id: uuid, act: json<TrainingAct>(), at_ms: bigint, may_give: boolean },
      key: ['training_id', 'number'],
      checks: [{ name: 'numbers begin at 1', holds: (row) => row.number > 0 }],
    }, surroundings),
    attendances: new Table('attendances', {
      columns: {
        training_id: uuid, rider_id: uuid, district_id: uuid, event_id: uuid, station_id: nullable(uuid), staff_id: uuid, walk_in: boolean, late: boolean, points: integer,
        certificate_id: nullable(uuid), at_ms: bigint,
      },
      key: ['training_id', 'rider_id'],
      unique: [['event_id']],
    }, surroundings),
    certificates: new Table('certificates', {
      columns: {
        certificate_id: uuid, district_id: uuid, rider_id: uuid, training_id: uuid, topic: textOf<TrainingTopic>(), title: json<Name>(), issued_day: integer,
        expires_day: nullable(integer),
      },
      key: ['certificate_id'],
      lookups: [['rider_id']],
    }, surroundings),
    service_records: new Table('service_records', {
      columns: { record_id: uuid, district_id: uuid, rider_id: uuid, kind: oneOf('training'), subject_id: uuid, minutes: integer, station_id: nullable(uuid), at_ms: bigint },
      key: ['record_id'],
      checks: [{ name: 'time does not run back', holds: (row) => row.minutes >= 0 }],
    }, surroundings),
  }
}
