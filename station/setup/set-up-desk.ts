// The desk of a machine that is no station yet: it takes an enrolment code, typed or scanned, and nothing else. Knows no
// database; there is none before there is a station.

import type { KioskAnswer, KioskInput, KioskRequestName } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, ScanOutcome } from '../../contract/kiosk/kiosk-view.ts'
import { readEnrolmentCode, readEnrolmentLink } from '../../contract/sync/enrolment.ts'
import type { OnText } from '../scanner/scanner-port.ts'
import type { Joined, JoinProblem } from './join-central.ts'

export interface SetUpDeskOptions {
  /** Told by the installer; null where the code or a person says it. */
  centralUrl: string | null
  join: (code: string, centralUrl: string) => Promise<Joined>
  /** Durable when it returns. */
  keep: (config: string) => void
  joined: () => void
  nowMs: () => number
  onChange: () => void
  onScanned: (outcome: ScanOutcome) => void
  onProblem: (problem: string) => void
}

export interface SetUpDesk {
  readonly onText: OnText
  view(): KioskView
  answer<Name extends KioskRequestName>(name: Name, input: KioskInput<Name>): Promise<KioskAnswer>
}

const URL_LENGTH_MAX = 200
/** Until central says which, the country's official time. */
const UTC_OFFSET_MINUTES = 480

export function openSetUpDesk(options: SetUpDeskOptions): SetUpDesk {
  let state: 'waiting' | 'joining' | 'joined' = 'waiting'
  let problem: JoinProblem | null = null
  let revision = 0

  function become(next: typeof state, why: JoinProblem | null): void {
    state = next
    problem = why
    revision += 1
    options.onChange()
  }

  async function join(code: string, centralUrl: string): Promise<void> {
    become('joining', null)
    try {
      const result = await options.join(code, centralUrl)
      if (!result.ok) {
        become('waiting', result.problem)
        return
      }
      options.keep(result.config)
      become('joined', null)
      options.joined()
    } catch (error) {
      options.onProblem(error instanceof Error ? (error.stack ?? error.message) : String(error))
      become('waiting', 'no_answer')
    }
  }

  /** Whether it was a code that can be tried. */
  function take(text: string, typedUrl: string | null): boolean {
    const link = readEnrolmentLink(text)
    const code = link?.code ?? readEnrolmentCode(text)
    const centralUrl = readUrl(link?.centralUrl ?? typedUrl ?? options.centralUrl)
    if (code === null || centralUrl === null) return false
    if (state === 'waiting') void join(code, centralUrl)
    return true
  }

  return {
    onText(text) {
      if (!take(text, null)) options.onScanned({ kind: 'refused', verdict: 'foreign', detail: 'text' })
    },
    view: () => ({
      revision,
      nowMs: options.nowMs(),
      utcOffsetMinutes: UTC_OFFSET_MINUTES,
      station: null,
      link: { state: 'offline', lastSyncAtMs: null },
      scanner: 'ready',
      shelf: [],
      cartUnitsMax: 1,
      trainings: [],
      wall: [],
      handOff: null,
      session: null,
      knock: null,
      trouble: null,
      outbox: { depth: 0, oldestAgeMs: null, parked: 0 },
      setUp: { state, problem, centralUrl: options.centralUrl },
      demo: false,
    }),
    answer(name, input) {
      const refused: KioskAnswer = { ok: false, refusal: { code: 'bad_request' } }
      if (name === 'enrol') {
        const asked = input as KioskInput<'enrol'>
        return Promise.resolve(take(asked.code, asked.centralUrl) ? { ok: true, output: {} } : refused)
      }
      if (name === 'scan') {
        if (!take((input as KioskInput<'scan'>).text, null)) options.onScanned({ kind: 'refused', verdict: 'foreign', detail: 'text' })
        return Promise.resolve({ ok: true, output: {} })
      }
      return Promise.resolve(refused)
    },
  }
}

/** As a person types it: without a scheme it is https, what follows the host does not matter. */
function readUrl(typed: string | null): string | null {
  if (typed === null || typed.length > URL_LENGTH_MAX) return null
  const whole = /^https?:\/\//i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`
  if (!URL.canParse(whole)) return null
  const { protocol, host, username, password } = new URL(whole)
  return host === '' || username !== '' || password !== '' ? null : `${protocol}//${host}`
}
