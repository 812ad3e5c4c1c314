// Two central processes on one PostgreSQL, each started again whenever it dies. Which of them a station reaches is the proxy's
// choice, request by request: nothing in central may assume that it is alone.

import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Child, ChildRefusedError, launchChild } from './child.ts'
import type { Draw } from './draw.ts'

const ENTRY = join(import.meta.dirname, '../../central/index.ts')
const RESTART_MS_MAX = 1_500
const LOOK_AGAIN_MS = 50

export interface Centrals {
  /** Addresses of those that run. */
  urls(): string[]
  /** kill -9 of one of them, where one runs. */
  killOne(): Promise<boolean>
  /** All down while `work` runs. */
  whileDown(work: () => Promise<void>): Promise<void>
  allUp(): boolean
  /** Why the last one that would not start did not. */
  lastWord(): string
  retire(): Promise<boolean>
}

export interface CentralsOptions {
  count: number
  folder: string
  databaseUrl: string
  /** Of all of them: central's key lies outside the database, and with it what a restore must not lose. */
  keyFile: string
  draw: Draw
  onBroken: (error: unknown) => void
}

export function openCentrals(options: CentralsOptions): Centrals {
  const { draw } = options
  const slots = Array.from({ length: options.count }, (_, index) => ({ index, child: null as Child | null, url: null as string | null, isIdle: false }))
  let holds = 0
  let retired = false
  let lastWord = ''

  async function live(slot: (typeof slots)[number]): Promise<void> {
    while (!retired) {
      slot.isIdle = holds > 0
      if (slot.isIdle) {
        await pause(LOOK_AGAIN_MS)
        continue
      }
      const running = launchChild(ENTRY, ['--port', '0'], join(options.folder, `central-${slot.index + 1}.log`), {
        DATABASE_URL: options.databaseUrl, BOAI_CENTRAL_KEY: options.keyFile,
      })
      slot.child = running
      try {
        const ready = await running.ready
        slot.url = String(ready['url'])
      } catch (error) {
        // PostgreSQL may be down at this moment: the next start finds it.
        if (!(error instanceof ChildRefusedError)) throw error
        lastWord = error.message
      }
      await running.ended
      slot.url = null
      slot.child = null
      if (!retired && holds === 0) await pause(draw.below(RESTART_MS_MAX))
    }
    slot.isIdle = true
  }
  const living = slots.map((slot) => live(slot).catch(options.onBroken))
  const killSlot = async (slot: (typeof slots)[number]): Promise<boolean> => {
    if (slot.child === null || !slot.child.isAlive()) return false
    await slot.child.kill()
    return true
  }
  return {
    urls: () => slots.flatMap((slot) => slot.url ?? []),
    allUp: () => slots.every((slot) => slot.url !== null),
    lastWord: () => lastWord,
    killOne: () => killSlot(draw.pick(slots)),
    async whileDown(work) {
      holds += 1
      while (!slots.every((slot) => slot.isIdle)) {
        for (const slot of slots) await killSlot(slot)
        await pause(LOOK_AGAIN_MS)
      }
      try {
        await work()
      } finally {
        holds -= 1
      }
    },
    async retire() {
      retired = true
      const clean = await Promise.all(slots.map(async (slot) => slot.child === null || (await slot.child.stop())))
      await Promise.all(living)
      return clean.every(Boolean)
    },
  }
}
