// Who has central's operator token: a file of a station that is given up is written off by two of the staff, over central's own door.
// Whichever central is up is asked, and asked again where it dies over it: the act may be repeated.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Centrals } from './centrals.ts'
import type { World } from './world.ts'

const DONE_MS_MAX = 60_000
const AGAIN_MS = 200
const SERVER_ERROR = 500
const CONFLICT = 409
const UNKNOWN = 404

export interface Life {
  station: string
  incarnation: string
}

export interface Operator {
  /** false: central knows no such file. */
  writeOff(life: Life): Promise<boolean>
}

export function openOperator({ centrals, keyFile, world }: { centrals: Pick<Centrals, 'urls'>; keyFile: string; world: World }): Operator {
  const [one, two] = world.staff
  if (one === undefined || two === undefined) throw new Error('nobody to write anything off')
  return {
    async writeOff(life) {
      const body = JSON.stringify({ ...life, staff: [one.id, two.id], reason: 'lost' })
      for (const beganAtMs = Date.now(); Date.now() - beganAtMs < DONE_MS_MAX; await pause(AGAIN_MS)) {
        const [url] = centrals.urls()
        if (url === undefined) continue
        const authorization = `Bearer ${readFileSync(join(dirname(keyFile), 'operator-token'), 'utf8').trim()}`
        const answer = await reach(new URL('/operator/v1/write-off', url), { method: 'POST', body, headers: { authorization } })
        if (answer === null || answer.status >= SERVER_ERROR) continue
        const said = await answer.text()
        // It holds nothing: it was written off before, or had nothing to go home.
        if (answer.ok || (answer.status === CONFLICT && said.includes('nothing_held'))) return true
        if (answer.status === UNKNOWN && said.includes('unknown_incarnation')) return false
        throw new Error(`central does not write off a file: ${answer.status} ${said}`)
      }
      throw new Error(`no central writes off a file within ${DONE_MS_MAX} ms`)
    },
  }
}

/** null: it went away over it, or is not there. */
async function reach(url: URL, what: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, what)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
