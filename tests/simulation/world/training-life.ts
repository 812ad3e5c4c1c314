// Trainings in the world: made at central before the doors open, more people want a place than there are; riders sign up, give up,
// answer offers wherever they stand, cut off or not; hosts take attendance; central's clock ends offers and lends blocks.

import { acknowledgeTraining, answerOffer, cancelSignup, signUp, type SignupResult } from '../../../station/acts/sign-up.ts'
import { takeAttendance } from '../../../station/acts/take-attendance.ts'
import { signupsOf, trainingsSince } from '../../../station/store/trainings.ts'
import { EVERYBODY } from '../../../domain/training/decide-signup.ts'
import { isActiveStanding } from '../../../domain/training/own-standing.ts'
import { makeTrainings } from '../../../central/trainings/staff-trainings.ts'
import { tendTrainings } from '../../../central/trainings/tend-trainings.ts'
import { maybeTextOf, numberOf, type Row, rowsOf, textOf } from '../checker/evidence.ts'
import type { Random } from '../engine/random.ts'
import type { StationNode } from './station-node.ts'
import { attempt, type StationProcess } from './station-process.ts'
import type { TownRider } from './town.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000
const LOOKS_EVERY_MS = 40 * 60_000
/** So many riders for one place. */
const RIDERS_A_PLACE = 10
const CAPACITY_MIN = 3
const POINTS = 10
/** Of the visits of riders, and of what they do about a training. */
const VISITS_WITH_A_TRAINING = 0.75
const FAVOURITE = 0.6
const GIVEN_UP = 0.35
const ANSWERED = 0.8
const ACCEPTED = 0.75
const ATTENDED = 0.7

export class TrainingLife {
  readonly #world: World
  readonly #random: Random
  readonly #counted = new Set<string>()
  /** A row that is there once more is the same row. */
  readonly #seen = new WeakSet<Row>()

  constructor(world: World, random: Random) {
    this.#world = world
    this.#random = random
  }

  /** One on each evening of the run, and one that is still to come when it ends. */
  async open(): Promise<void> {
    const { scheduler, store, town, options } = this.#world
    const beganMs = scheduler.nowMs()
    const capacity = Math.max(CAPACITY_MIN, Math.floor(town.riders.length / RIDERS_A_PLACE))
    const evenings = Array.from({ length: options.days }, (_, day) => beganMs + (day * 24 + 19) * HOUR_MS)
    const wanted = [...evenings, beganMs + (options.days + 4) * 24 * HOUR_MS].map((startsAtMs) => ({
      training: this.#random.uuid(),
      form: {
        topic: 'cpr' as const, title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '二楼', en: 'Second floor' }, points: POINTS, certificateMonths: 24,
        host: this.#random.pick(town.sites).id, audience: EVERYBODY, startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS, capacity,
      },
    }))
    await store.transaction('write', (transaction) => makeTrainings(transaction, town.district, wanted, null, beganMs))
    // Two volunteers at the door, each for himself: one when it begins, one who looks again.
    for (const { form } of wanted) {
      for (const afterMs of [-10 * 60_000, 20 * 60_000]) {
        if (form.startsAtMs + afterMs < beganMs + options.days * 24 * HOUR_MS) scheduler.at(form.startsAtMs + afterMs, () => this.#atTheDoor(form.host))
      }
    }
    const look = async (): Promise<void> => {
      if (this.#world.central.isUp) await this.#look()
      scheduler.after(LOOKS_EVERY_MS, look)
    }
    scheduler.after(LOOKS_EVERY_MS, look)
  }

  // ── at a station ──

  visited(node: StationNode, process: StationProcess, rider: TownRider): void {
    const random = this.#random
    if (!random.chance(VISITS_WITH_A_TRAINING)) return
    const { counter } = process
    const seen = attempt(() => ({ trainings: trainingsSince(counter.database.read, counter.clock.wallMs(), 20), own: signupsOf(counter.database.read, rider.id) }))
    if (seen === null || seen.trainings.length === 0) return
    const request = random.uuid()
    const of = { request, rider: rider.id }
    const offered = seen.own.find(({ standing }) => standing === 'offered')
    if (offered !== undefined && random.chance(ANSWERED)) {
      return this.#did('answer', node, process, request, () => answerOffer(counter, { ...of, training: offered.training, accept: random.chance(ACCEPTED) }))
    }
    const told = seen.own.find(({ note }) => note !== null)
    if (told !== undefined) attempt(() => acknowledgeTraining(counter, { rider: rider.id, training: told.training }))
    // What he wants he asks for wherever he stands, also where nobody knows that he has asked already.
    const wanted = seen.trainings[Number.parseInt(rider.id.slice(0, 4), 16) % seen.trainings.length]
    const { id: training } = random.chance(FAVOURITE) && wanted !== undefined ? wanted : random.pick(seen.trainings)
    const own = seen.own.find((signup) => signup.training === training) ?? null
    if (!isActiveStanding(own)) return this.#did('sign up', node, process, request, () => signUp(counter, { ...of, training, despiteClash: random.chance(0.5) }))
    if (random.chance(GIVEN_UP)) this.#did('give up', node, process, request, () => cancelSignup(counter, { ...of, training }))
  }

  /** The host takes attendance of whoever has come. */
  #atTheDoor(host: string): void {
    const node = this.#world.nodeOf(host)
    const { process } = node
    if (process === null) return
    const { counter } = process
    const nowMs = this.#world.scheduler.nowMs()
    const held = attempt(() => trainingsSince(counter.database.read, nowMs - 12 * HOUR_MS, 20).filter(({ host, startsAtMs, endsAtMs }) => host === node.site.id && nowMs > startsAtMs - HOUR_MS && nowMs < endsAtMs))
    for (const { id: training } of held ?? []) {
      for (const rider of this.#world.town.riders) {
        if (!this.#random.chance(ATTENDED)) continue
        const request = this.#random.uuid()
        const outcome = attempt(() => takeAttendance(counter, { request, training, rider: rider.id, staff: node.site.staff }))
        this.#world.acted(`attend ${node.site.number} ${outcome === null ? 'died' : outcome.result === 'refused' ? outcome.why : outcome.result}`)
        if (outcome?.result !== 'attended') continue
        this.#world.sometimes.add(outcome.walkIn ? 'walk_in' : 'attended')
        this.#saw(node, process, request, rider.id)
      }
      process.sync.nudge()
    }
  }

  #did(what: string, node: StationNode, process: StationProcess, request: string, act: () => SignupResult): void {
    const result = attempt(act)
    this.#world.acted(`training ${what} ${node.site.number} ${result === null ? 'died' : result.ok ? result.signup.standing : result.refusal.code}`)
    if (result === null) return
    if (!result.ok) {
      this.#world.refused(result.refusal.code)
      return
    }
    this.#world.sometimes.add(`signup_${result.signup.standing}`)
    this.#saw(node, process, request, null)
    process.sync.nudge()
  }

  #saw(node: StationNode, process: StationProcess, request: string, rider: string | null): void {
    this.#world.saw({ kind: 'training', request, station: node.site.id, incarnation: process.counter.identity.incarnation, rider, points: 0, atMs: this.#world.scheduler.nowMs() })
  }

  // ── at central ──

  async #look(): Promise<void> {
    const { state, store, scheduler, trace, sometimes } = this.#world
    const nowMs = scheduler.nowMs()
    const { settled, lent } = await tendTrainings(store, nowMs)
    if (settled > 0) sometimes.add('offer_lapsed')
    trace.note(`${nowMs} trainings tended ${settled} ${lent}`)
    const tables = await state.tables(['signups', 'seat_blocks', 'events'])
    for (const row of rowsOf(tables, 'signups')) {
      if (textOf(row, 'standing') === 'offered') this.#once(`offer_made ${textOf(row, 'training_id')} ${textOf(row, 'rider_id')} ${numberOf(row, 'offer_ends_at_ms')}`)
    }
    for (const row of rowsOf(tables, 'seat_blocks')) {
      this.#once(`block_lent ${textOf(row, 'block_id')}`)
      if (row['recalled'] === true) this.#once(`block_recalled ${textOf(row, 'block_id')}`)
    }
    for (const row of rowsOf(tables, 'events')) {
      if (this.#seen.has(row)) continue
      this.#seen.add(row)
      const kind = textOf(row, 'kind')
      if (kind === 'seat_block.returned') this.#once(`block_returned ${textOf(row, 'event_id')}`)
      const code = maybeTextOf(row, 'code')
      if (kind === 'signup.seated' && code === 'seated_twice') this.#once(`seat_double_freed ${textOf(row, 'event_id')}`)
      if (kind === 'signup.seated' && code === 'seat_not_held') this.#once(`seat_given_anew ${textOf(row, 'event_id')}`)
      if (kind === 'attendance.recorded' && code === 'already_attended') this.#once(`attended_twice ${textOf(row, 'event_id')}`)
    }
  }

  /** Counts the first word of what has not been counted. */
  #once(what: string): void {
    if (this.#counted.has(what)) return
    this.#counted.add(what)
    this.#world.sometimes.add(what.split(' ')[0] ?? what)
  }
}
