// Tells central of every file that is kept aside, after each hello of the file at work. One that central refuses is put by with
// its verdict, for staff to see, and asked again ever more rarely: whatever is wrong with a file of before, the round was answered.

import type { SyncError } from '../../contract/sync/sync-protocol.ts'
import type { AsideFiles } from '../store/aside-files.ts'
import { StorageError } from '../store/storage-errors.ts'
import { Refused } from './no-answer.ts'
import { tellAside, type Telling } from './tell-aside.ts'

export type AsideAlarm = 'aside_too_many_files' | 'aside_revoked' | 'aside_refused'

export interface TellAllAsideOptions extends Omit<Telling, 'isStopped'> {
  aside: AsideFiles | undefined
}

export interface AsideTelling {
  /** Central may have been set back since, and what a file of before had told is told by nobody else. */
  tellAgain(): void
  /** Throws NoAnswer where central can not be reached, or says that it knows no file of this station now. */
  tellAll(isStopped: () => boolean): Promise<void>
  alarms(): AsideAlarm[]
}

const AGAIN_FIRST_MS = 60_000
const AGAIN_LONGEST_MS = 3_600_000

/** What the next round hears otherwise; every other word is about the file, and stays until somebody does something about it. */
const IS_ABOUT_NOW: Record<SyncError['error'], boolean> = {
  busy: true, hello_needed: true,
  unknown_station: false, bad_signature: false, bad_request: false, too_large: false, revoked: false, client_too_old: false, server_too_old: false,
  rider_unknown: false, snapshot_unknown: false, too_many_files: false, internal: false,
}

interface PutBy {
  verdict: SyncError['error']
  times: number
  /** Monotonic. */
  againAtMs: number
}

export function openAsideTelling({ aside, ...telling }: TellAllAsideOptions): AsideTelling {
  const { clock, onProblem } = telling
  let isAgain = false
  const due = new Set<string>()
  const putBy = new Map<string, PutBy>()

  function putAside(name: string, { verdict }: Refused): void {
    const before = putBy.get(name)
    if (before?.verdict !== verdict) onProblem(`${name} is kept aside and central refuses it: ${verdict}`)
    const times = (before?.times ?? 0) + 1
    putBy.set(name, { verdict, times, againAtMs: clock.monotonicMs() + Math.min(AGAIN_FIRST_MS * 2 ** Math.min(times - 1, 16), AGAIN_LONGEST_MS) })
  }

  async function tell(name: string, isStopped: () => boolean): Promise<void> {
    try {
      const file = aside?.open(name)
      if (file !== undefined) await tellAside(file, { ...telling, isStopped }).finally(() => file.close())
      putBy.delete(name)
    } catch (error) {
      if (error instanceof Refused && !IS_ABOUT_NOW[error.verdict]) putAside(name, error)
      else if (error instanceof StorageError) {
        putBy.delete(name)
        onProblem(`${name} is kept aside and can not be read: ${error.message}`)
      } else throw error
    }
  }

  return {
    tellAgain() {
      isAgain = true
    },
    async tellAll(isStopped) {
      const nowMs = clock.monotonicMs()
      if (!isAgain && due.size === 0 && ![...putBy.values()].some(({ againAtMs }) => againAtMs <= nowMs)) return
      const names = aside?.names() ?? []
      for (const name of [...due, ...putBy.keys()]) {
        if (names.includes(name)) continue
        due.delete(name)
        putBy.delete(name)
      }
      for (const name of names) if (isAgain || (putBy.get(name)?.againAtMs ?? Number.POSITIVE_INFINITY) <= nowMs) due.add(name)
      isAgain = false
      for (const name of names.filter((each) => due.has(each))) {
        if (isStopped()) return
        await tell(name, isStopped)
        due.delete(name)
      }
    },
    alarms: () => [...new Set([...putBy.values()].map(({ verdict }) => alarmOf(verdict)))],
  }
}

function alarmOf(verdict: SyncError['error']): AsideAlarm {
  return verdict === 'too_many_files' ? 'aside_too_many_files' : verdict === 'revoked' ? 'aside_revoked' : 'aside_refused'
}
