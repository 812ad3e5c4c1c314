// One station's place: a real `node station/index.ts` on a folder of its own, started again whenever it dies, as the window
// does. Trouble may kill it at any moment, also while it starts, or hold it down to do something to its disk.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Child, ChildRefusedError, launchChild } from './child.ts'
import type { Draw } from './draw.ts'
import { connectByChannel, connectByLoopback, type Kiosk, openKiosk } from './kiosk.ts'
import { peekStationTable } from './read-rows.ts'
import type { WorldStation } from './world.ts'

const ENTRY = join(import.meta.dirname, '../../station/index.ts')
/** As an impatient window. */
const RESTART_MS_MAX = 800
const LOOK_AGAIN_MS = 50

export interface StationPost {
  readonly name: string
  readonly station: WorldStation
  readonly dataFolder: string
  /** The screen; null while there is no station. */
  kiosk(): Kiosk | null
  pid(): number | null
  /** Of the file that is open now, or was last. */
  incarnation(): string
  /** kill -9, where there is something to kill. */
  kill(): Promise<boolean>
  /** Kills it and does something to its disk before it starts again. */
  whileDown(work: () => void | Promise<void>): Promise<void>
  /** Ends it cleanly, for good. Whether it went by itself. */
  retire(): Promise<boolean>
}

export interface PostOptions {
  name: string
  station: WorldStation
  folder: string
  dataFolder: string
  centralUrl: string
  /** Whom the station believes. */
  centralKey: string
  draw: Draw
  onBroken: (error: unknown) => void
  /** It did not start, and said why. */
  onRefused: (code: string) => void
}

export function openStationPost(options: PostOptions): StationPost {
  const { name, station, dataFolder, draw } = options
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const config = join(options.folder, `${name}.json`)
  writeFileSync(config, JSON.stringify({ station: station.id, centralUrl: options.centralUrl, privateKey: station.privateKeyPem, centralKey: options.centralKey, demo: null }), { mode: 0o600 })
  const logFile = join(options.folder, `${name}.log`)
  let child: Child | null = null
  let kiosk: Kiosk | null = null
  let holds = 0
  let retired = false
  let isIdle = false
  let screens = 0
  let incarnation = ''

  async function live(): Promise<void> {
    while (!retired) {
      isIdle = holds > 0
      if (isIdle) {
        await pause(LOOK_AGAIN_MS)
        continue
      }
      const running = launchChild(ENTRY, ['--data', dataFolder, '--config', config, '--no-hid', '--loopback-port', '0'], logFile, { BOAI_LOG_LEVEL: 'info' })
      child = running
      try {
        const ready = await running.ready
        incarnation = String(peekStationTable(dataFolder, 'SELECT incarnation FROM identity')[0]?.['incarnation'])
        screens += 1
        kiosk = openKiosk(draw.chance(0.5) ? connectByChannel(running.process, screens) : connectByLoopback(String(ready['kioskUrl'])))
      } catch (error) {
        if (!(error instanceof ChildRefusedError)) throw error
        if (error.code !== 'ended') options.onRefused(error.code)
      }
      await running.ended
      kiosk?.close()
      kiosk = null
      child = null
      if (!retired && holds === 0) await pause(draw.below(RESTART_MS_MAX))
    }
    isIdle = true
  }
  const living = live().catch(options.onBroken)

  async function kill(): Promise<boolean> {
    if (child === null || !child.isAlive()) return false
    await child.kill()
    return true
  }
  return {
    name,
    station,
    dataFolder,
    kiosk: () => kiosk,
    incarnation: () => incarnation,
    pid: () => child?.process.pid ?? null,
    kill,
    async whileDown(work) {
      holds += 1
      while (!isIdle) {
        await kill()
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
      const clean = child === null ? true : await child.stop()
      await living
      return clean
    },
  }
}
