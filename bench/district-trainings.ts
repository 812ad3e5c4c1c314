// Trainings for the district of a bench, made, signed up for and attended by the product's own acts: of every five three are to
// come, full and with a waiting list, and two are over and have given certificates.

import { randomUUID } from 'node:crypto'
import { TRAINING_TOPICS } from '../contract/kiosk/training-view.ts'
import { EVERYBODY } from '../domain/training/decide-signup.ts'
import type { Database } from '../central/store/database.ts'
import { sqlTransaction } from '../central/store/sql-store.ts'
import { derivedId } from '../central/sync/derived-id.ts'
import { attendAtCentral, signUpAtCentral } from '../central/trainings/rider-trainings.ts'
import { makeTrainings } from '../central/trainings/staff-trainings.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const CAPACITY = 20
const WAITING_EACH = 5

export interface TrainingsOrder {
  district: string
  /** Host of all, and home of the riders. */
  station: string
  riders: readonly string[]
  trainings: number
  /** The time of the bench's past: what is to come lies 31 to 61 days after it. */
  nowMs: number
}

export interface DistrictTrainings {
  signups: number
  certificates: number
}

export async function insertDistrictTrainings(database: Database, order: TrainingsOrder): Promise<DistrictTrainings> {
  const told: DistrictTrainings = { signups: 0, certificates: 0 }
  for (let index = 0; index < order.trainings; index += 1) await makeOne(database, order, index, told)
  return told
}

async function makeOne(database: Database, { district, station, riders, nowMs }: TrainingsOrder, index: number, told: DistrictTrainings): Promise<void> {
  const isPast = index % 5 >= 3
  const startsAtMs = isPast ? nowMs + (index % 20) * HOUR_MS : nowMs + (32 + (index % 30)) * DAY_MS
  const training = derivedId(`boai/bench/training/${district}/${index}`)
  const topic = TRAINING_TOPICS[index % TRAINING_TOPICS.length] ?? 'other'
  const form = {
    topic, title: { zh: `第 ${index + 1} 期：心肺复苏与除颤器`, en: `Course ${index + 1}: CPR and defibrillators` }, place: { zh: '二楼活动室', en: 'Activity room, second floor' },
    points: 20, certificateMonths: 24, host: station, audience: EVERYBODY, startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS, capacity: CAPACITY,
  }
  await database.transaction('write', async (sql) => {
    const transaction = sqlTransaction(sql)
    await makeTrainings(transaction, district, [{ training, form }], null, startsAtMs - 20 * DAY_MS, { lends: false })
    const people = Array.from({ length: CAPACITY + (isPast ? 0 : WAITING_EACH) }, (_, place) => riders[(index * 37 + place) % riders.length] ?? '')
    for (const [place, rider] of people.entries()) {
      const result = await signUpAtCentral(transaction, { training, rider, request: randomUUID(), revision: 1 }, startsAtMs - 10 * DAY_MS + place)
      if (!result.ok) throw new Error(`the bench's training refuses a rider: ${result.error}`)
      if (!isPast) {
        told.signups += 1
        continue
      }
      const attended = await attendAtCentral(transaction, { training, rider, account: randomUUID(), withoutPoints: true }, startsAtMs)
      if (!attended.ok) throw new Error(`the bench's training does not take a rider in: ${attended.error}`)
      told.certificates += 1
    }
  })
}
