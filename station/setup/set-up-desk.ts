// The desk of a machine that is no station yet: it takes an enrolment code, typed or scanned, and nothing else. The code goes
// only to the central that made it: a link says which that is, for a typed code a person compares. Knows no database; there is
// none before there is a station.

import type { KioskAnswer, KioskInput, KioskRequestName } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, ScanOutcome } from '../../contract/kiosk/kiosk-view.ts'
import { readEnrolmentCode, readEnrolmentLink } from '../../contract/sync/enrolment.ts'
import type { OnText } from '../scanner/scanner-port.ts'
import type { Introduced, Invitation, Joined, JoinProblem } from './join-central.ts'

export interface SetUpDeskOptions {
  /** Told by the installer; null where the code or a person says it. */
  centralUrl: string | null
  /** Whose central answers there; it is told nothing. */
  meet: (centralUrl: string) => Promise<Introduced>
  join: (invitation: Invitation) => Promise<Joined>
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
  /** A typed code, until a person has said whether this is its central. */
  let comparing: Invitation | null = null
  let revision = 0

  function become(next: typeof state, why: JoinProblem | null, toCompare: Invitation | null = null): void {
    state = next
    problem = why
    comparing = toCompare
    revision += 1
    options.onChange()
  }

  async function meet(code: string, centralUrl: string, knownPrint: string | null): Promise<void> {
    const met = await options.meet(centralUrl)
    if (!met.ok) return become('waiting', met.problem)
    const invitation = { code, centralUrl, keyPrint: met.keyPrint }
    if (knownPrint === null) return become('waiting', null, invitation)
    if (knownPrint !== met.keyPrint) return become('waiting', 'other_central')
    return join(invitation)
  }

  async function join(invitation: Invitation): Promise<void> {
    const result = await options.join(invitation)
    if (!result.ok) return become('waiting', result.problem)
    options.keep(result.config)
    become('joined', null)
    options.joined()
  }

  function work(act: () => Promise<void>): void {
    become('joining', null)
    act().catch((error: unknown) => {
      options.onProblem(error instanceof Error ? (error.stack ?? error.message) : String(error))
      become('waiting', 'no_answer')
    })
  }

  /** Whether it was a code that can be tried. */
  function take(text: string, typedUrl: string | null): boolean {
    const link = readEnrolmentLink(text)
    const code = link?.code ?? readEnrolmentCode(text)
    const centralUrl = readUrl(link?.centralUrl ?? typedUrl ?? options.centralUrl)
    if (code === null || centralUrl === null) return false
    if (state === 'waiting') work(() => meet(code, centralUrl, link?.keyPrint ?? null))
    return true
  }

  /** Of another print than the one that is compared, the screen was late: nothing is done. */
  function confirm({ keyPrint, said }: KioskInput<'confirm_central'>): boolean {
    const invitation = comparing
    if (invitation?.keyPrint !== keyPrint) return false
    if (said === 'same') work(() => join(invitation))
    else become('waiting', said === 'other' ? 'other_central' : null)
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
      wishesOpenMax: 1,
      trainings: [],
      wall: [],
      handOff: null,
      consent: null,
      session: null,
      held: false,
      knock: null,
      trouble: null,
      outbox: { depth: 0, oldestAgeMs: null, parked: 0 },
      setUp: { state: comparing === null ? state : 'comparing', problem, keyPrint: comparing?.keyPrint ?? null, centralUrl: options.centralUrl },
      demo: false,
    }),
    answer(name, input) {
      const refused: KioskAnswer = { ok: false, refusal: { code: 'bad_request' } }
      if (name === 'enrol') {
        const asked = input as KioskInput<'enrol'>
        return Promise.resolve(take(asked.code, asked.centralUrl) ? { ok: true, output: {} } : refused)
      }
      if (name === 'confirm_central') return Promise.resolve(confirm(input as KioskInput<'confirm_central'>) ? { ok: true, output: {} } : refused)
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
