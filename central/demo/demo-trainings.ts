// The demo's trainings: made, signed up for and attended by the same acts as real ones, at the times their file says, so that the
// calendar shows every state. What was learnt in the past gives certificates; its points stand in the demo's ledger already.

import { z } from 'zod'
import trainings from '../../resources/demo/trainings.json' with { type: 'json' }
import { TRAINING_TOPICS } from '../../contract/kiosk/training-view.ts'
import { dayOf, dayStartMs } from '../../domain/calendar.ts'
import { EVERYBODY, isInvited, RIDER_GROUPS } from '../../domain/training/decide-signup.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import type { Database } from '../store/database.ts'
import { sqlTransaction } from '../store/sql-store.ts'
import { type OpenTraining, openTraining, takeAct, writeTrainingPlan } from '../sync/book-trainings.ts'
import { derivedId } from '../sync/derived-id.ts'
import { takeIn } from '../trainings/rider-trainings.ts'
import { cancelTraining, makeTrainings, type TrainingForm } from '../trainings/staff-trainings.ts'
import { DEMO, DEMO_RIDERS, stationNumbered, UTC_OFFSET_MINUTES } from './demo-data.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

const demoTraining = z.strictObject({
  id: z.string(),
  topic: z.enum(TRAINING_TOPICS),
  zh: z.string(),
  en: z.string(),
  /** From today; below zero: it is over. */
  inDays: z.int(),
  at: z.string().regex(/^\d\d:\d\d$/),
  minutes: z.int().min(1),
  capacity: z.int().min(1),
  points: z.int().min(0).optional(),
  certificateMonths: z.int().min(1).optional(),
  /** A station's number. */
  host: z.int().min(1),
  /** Who were there, who had a place and were not. */
  attended: z.int().min(0).optional(),
  missed: z.int().min(0).optional(),
  /** To come: so many have a place, so many wait, so many have given theirs up an hour ago. */
  seated: z.int().min(0).optional(),
  waiting: z.int().min(0).optional(),
  freed: z.int().min(0).optional(),
  /** Riders of the demo by handle who are among them; whoever is offered a place waits first. */
  people: z.record(z.string(), z.enum(['seated', 'waiting', 'offered'])).optional(),
  groups: z.array(z.enum(RIDER_GROUPS)).optional(),
  cancelled: z.string().optional(),
})
export type DemoTraining = z.infer<typeof demoTraining>

export const DEMO_TRAININGS: readonly DemoTraining[] = z.array(demoTraining).parse(trainings)

/** Nothing where any training is. */
export async function seedDemoTrainings(database: Database, nowMs: number): Promise<void> {
  if ((await database.query('SELECT 1 FROM trainings LIMIT 1')).length > 0) return
  await database.transaction('write', async (sql) => {
    const transaction = sqlTransaction(sql)
    for (const [index, training] of DEMO_TRAININGS.entries()) await makeDemoTraining(transaction, training, index, nowMs)
  })
}

export function demoTrainingId(id: string): string {
  return derivedId(`boai/demo/training/${id}`)
}

async function makeDemoTraining(transaction: StoreTransaction, training: DemoTraining, index: number, nowMs: number): Promise<void> {
  const host = stationNumbered(training.host)
  const id = demoTrainingId(training.id)
  const form = formOf(training, host.id, nowMs)
  const madeMs = Math.min(nowMs - 9 * DAY_MS, form.startsAtMs - 20 * DAY_MS)
  await makeTrainings(transaction, host.district.id, [{ training: id, form }], null, madeMs, { lends: false })
  const isPast = training.attended !== undefined
  const { seats, list } = peopleOf(training, index)
  const askedMs = isPast ? form.startsAtMs - 10 * DAY_MS : nowMs - 2 * DAY_MS
  // All people of a training upon one open book, written once: of each a transaction's worth of questions would take the demo's first start ten seconds.
  const open = await openBook(transaction, id)
  const profiles = await transaction.readRiderProfiles([...seats, ...list])
  const plan = { trainings: new Map([[id, open]]), attendances: [], certificates: [], records: [], spokenOf: new Map<string, { training: string; rider: string }>() }
  const mayGive = !(await transaction.readRecovering())
  const requestOf = (rider: string): string => derivedId(`${id} ${rider}`)
  for (const [place, rider] of [...seats, ...list].entries()) {
    const profile = profiles.get(rider)
    const fact = { id: requestOf(rider), rider, revision: 1, isInvited: profile !== undefined && isInvited(form.audience, profile) }
    const { refusal } = takeAct(open, { act: 'requested', fact }, { nowMs: askedMs + place * 7 * MINUTE_MS, mayGive })
    if (refusal !== null) throw new Error(`the demo's training ${training.id} refuses a rider: ${refusal}`)
  }
  // The last who were seated give theirs up: the demo's own riders come first.
  for (const rider of seats.slice(seats.length - (training.freed ?? 0)).toReversed()) {
    const { refusal } = takeAct(open, { act: 'cancelled', fact: { id: requestOf(rider), rider } }, { nowMs: nowMs - HOUR_MS, mayGive })
    if (refusal !== null) throw new Error(`the demo's training ${training.id} lets nobody go: ${refusal}`)
  }
  for (const [place, rider] of seats.slice(0, training.attended ?? 0).entries()) {
    const wish = { training: id, rider, account: staffOf(training.host), withoutPoints: true }
    const there = takeIn(open, plan, wish, { nowMs: form.startsAtMs + (place - 20) * MINUTE_MS, mayGive, utcOffsetMinutes: UTC_OFFSET_MINUTES })
    if (!there.ok) throw new Error(`the demo's training ${training.id} lets a rider stand outside: ${there.error}`)
  }
  const lastMs = open.acts.at(-1)?.atMs ?? madeMs
  await transaction.appendChanges(await writeTrainingPlan(transaction, plan, lastMs))
  if (training.cancelled !== undefined) await cancelTraining(transaction, { district: host.district.id, training: id, revision: 1, reason: training.cancelled }, nowMs - 5 * HOUR_MS)
}

async function openBook(transaction: StoreTransaction, training: string): Promise<OpenTraining> {
  const sheet = (await transaction.lockTrainings([training])).get(training)
  if (sheet === undefined) throw new Error('a training of the demo is not there once it is made')
  return openTraining(sheet)
}

function formOf(training: DemoTraining, host: string, nowMs: number): TrainingForm {
  const [hours, minutes] = training.at.split(':').map(Number)
  const startsAtMs = dayStartMs(dayOf(nowMs, UTC_OFFSET_MINUTES) + training.inDays, UTC_OFFSET_MINUTES) + ((hours ?? 0) * 60 + (minutes ?? 0)) * MINUTE_MS
  const station = stationNumbered(training.host)
  return {
    topic: training.topic, title: { zh: training.zh, en: training.en }, place: { zh: `${station.name.zh} 活动室`, en: `${station.name.en}, activity room` },
    points: training.points ?? 0, certificateMonths: training.certificateMonths ?? null, host, audience: { ...EVERYBODY, groups: training.groups ?? [] },
    startsAtMs, endsAtMs: startsAtMs + training.minutes * MINUTE_MS, capacity: training.capacity,
  }
}

/** The demo's own by their handles, the rest one after the other, another one first in each training. */
function peopleOf({ people = {}, attended = 0, missed = 0, seated = 0, waiting = 0 }: DemoTraining, index: number): { seats: string[]; list: string[] } {
  const own = (state: string): string[] => Object.entries(people).flatMap(([handle, how]) => (how === state ? [riderNamed(handle)] : []))
  const named = new Set(Object.keys(people).map(riderNamed))
  const isPast = attended > 0
  // Handles are for the states that their riders are to be in, so nobody else of them is put anywhere to come.
  const rest = DEMO_RIDERS.filter(({ id, demo }) => !named.has(id) && (isPast || demo === undefined)).map(({ id }) => id)
  const others = rest.map((_, at) => rest[(at + index * 5) % rest.length] ?? '')
  const seats = [...own('seated'), ...others.splice(0, attended + missed + seated - own('seated').length)]
  const list = [...own('offered'), ...own('waiting'), ...others.splice(0, waiting - own('offered').length - own('waiting').length)]
  return { seats: isPast ? [...seats.filter(hasHandle), ...seats.filter((id) => !hasHandle(id))] : seats, list }
}

function hasHandle(rider: string): boolean {
  return DEMO_RIDERS.some(({ id, demo }) => id === rider && demo !== undefined)
}

function riderNamed(handle: string): string {
  const rider = DEMO_RIDERS.find(({ demo }) => demo === handle)
  if (rider === undefined) throw new Error(`no rider ${handle} in the demo`)
  return rider.id
}

function staffOf(station: number): string {
  return DEMO.staff.find((person) => person.station === station)?.id ?? ''
}
