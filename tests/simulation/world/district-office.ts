// What staff do at central, through the operator's own acts: a waiting file is admitted where it is the one the station works
// with, slices of files that will not come back are written off by two, a backup is made every night, a restore is declared.

import { doOperatorAct, type OperatorActName } from '../../../central/operator/operator-acts.ts'
import type { OperatorContext } from '../../../central/operator/operator-context.ts'
import { numberOf, rowsOf, textOf } from '../checker/evidence.ts'
import type { Random } from '../engine/random.ts'
import type { CentralCopy } from './central-state.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000
const LOOKS_EVERY_MS = 3 * HOUR_MS
const BACKUP_EVERY_MS = 12 * HOUR_MS
/** So long somebody may still find the old disk. */
const WRITTEN_OFF_AFTER_MS = 9 * HOUR_MS

export class DistrictOffice {
  /** The last one that was confirmed. */
  backup: CentralCopy | null = null
  readonly #world: World
  readonly #context: OperatorContext
  /** Since when the office has seen that file lie there with points and without a machine. */
  readonly #abandonedSinceMs = new Map<string, number>()

  constructor(world: World, random: Random) {
    this.#world = world
    this.#context = {
      store: world.store, nowMs: () => world.scheduler.nowMs(), outside: world.outside, newId: () => random.uuid(), randomBytes: (count) => random.bytes(count),
      notice: () => undefined,
    }
  }

  open(): void {
    const { scheduler } = this.#world
    const look = async (): Promise<void> => {
      if (this.#world.central.isUp) await this.#look()
      scheduler.after(LOOKS_EVERY_MS, look)
    }
    const backUp = async (): Promise<void> => {
      if (this.#world.central.isUp) await this.#backUp()
      scheduler.after(BACKUP_EVERY_MS, backUp)
    }
    scheduler.after(LOOKS_EVERY_MS, look)
    scheduler.after(HOUR_MS, backUp)
  }

  async act(name: OperatorActName, body: object): Promise<object | null> {
    const answer = await doOperatorAct(this.#context, name, body)
    this.#world.trace.note(`${this.#world.scheduler.nowMs()} operator ${name} ${answer.ok ? 'done' : answer.error}`)
    return answer.ok ? answer.answer : null
  }

  async #backUp(): Promise<void> {
    const begun = await this.act('backup-begins', {})
    if (begun === null || !('number' in begun)) return
    this.backup = this.#world.state.copy()
    await this.act('backed-up', { through: begun.number })
    this.#world.sometimes.add('backed_up')
  }

  async #look(): Promise<void> {
    const central = await this.#world.state.tables(['incarnations', 'accounts', 'seat_blocks', 'training_seats'])
    const working = new Set(this.#world.nodes.flatMap((node) => (node.isSpare ? [] : [node.process?.counter.identity.incarnation ?? node.lastIncarnation])))
    for (const life of rowsOf(central, 'incarnations')) {
      const [station, incarnation, state] = [textOf(life, 'station_id'), textOf(life, 'incarnation'), textOf(life, 'state')]
      if (state === 'waiting' && working.has(incarnation)) {
        if ((await this.act('admit', { station, incarnation })) !== null) this.#world.sometimes.add('waiting_admitted')
      }
      if (working.has(incarnation)) continue
      const points = rowsOf(central, 'accounts').filter((row) => row['incarnation'] === incarnation).reduce((sum, row) => sum + numberOf(row, 'balance'), 0)
      const blocks = new Set(rowsOf(central, 'seat_blocks').filter((row) => row['incarnation'] === incarnation).map((row) => row['block_id']))
      const held = points + rowsOf(central, 'training_seats').filter((row) => blocks.has(row['block_id'])).length
      // A restore brings back what was written off; the ban lies outside the database.
      if (held > 0) await this.#considerWriteOff(station, incarnation, state === 'banned')
    }
  }

  async #considerWriteOff(station: string, incarnation: string, isBanned: boolean): Promise<void> {
    const nowMs = this.#world.scheduler.nowMs()
    const sinceMs = this.#abandonedSinceMs.get(incarnation) ?? nowMs
    this.#abandonedSinceMs.set(incarnation, sinceMs)
    if (!isBanned && nowMs - sinceMs < WRITTEN_OFF_AFTER_MS) return
    const [first, second] = this.#world.town.sites
    if (first === undefined || second === undefined) return
    const done = await this.act('write-off', { station, incarnation, staff: [first.staff, second.staff], reason: 'lost' })
    if (done === null) return
    this.#world.sometimes.add('written_off')
    this.#world.excuses.push({ kind: 'written_off', station, incarnation, atMs: nowMs })
  }
}
