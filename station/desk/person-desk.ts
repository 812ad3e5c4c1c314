// Registering, and the phone hand-off: what the screen asks of both, answered, and what it sees of the hand-off that is open.
// There is one at a time, in memory only; it ends with the session it belongs to. Central is asked without the desk waiting.

import type { HAND_OFF_REQUESTS, HandOffShown, REGISTER_REQUESTS } from '../../contract/kiosk/hand-off.ts'
import type { KioskAnswer, KioskInput } from '../../contract/kiosk/kiosk-requests.ts'
import { handOffUrl } from '../../contract/sync/hand-off.ts'
import type { Counter } from '../acts/act.ts'
import { registerRider } from '../acts/register-rider.ts'
import type { CentralClient } from '../sync/central-client.ts'

type PersonRequestName = keyof typeof HAND_OFF_REQUESTS | keyof typeof REGISTER_REQUESTS
export type PersonRequest = { [Name in PersonRequestName]: { name: Name; input: KioskInput<Name> } }[PersonRequestName]

export interface PersonDeskParts {
  counter: Counter
  /** The rider in this session; null: it is over. The session is touched. */
  findRider: (session: string) => string | null
  central: () => Pick<CentralClient, 'askHandOff' | 'askHandOffState' | 'askNewPass'>
  /** Where this station finds central; null: a station of a test. */
  centralUrl: string | null
  isOnline: () => boolean
  nudgeSync: () => void
  pause: (ms: number) => Promise<void>
  onChange: () => void
  /** He has just become a rider, at this screen or on the phone that was handed over to. */
  onRegistered: (rider: string) => void
}

export interface PersonDesk {
  answer(request: PersonRequest): KioskAnswer | Promise<KioskAnswer>
  shown(): HandOffShown | null
  /** Something may have happened to it: central has something new, or some time has gone by. */
  look(): void
  /** Who is in session now, if anybody: what belonged to somebody else is over. */
  sessionIs(session: string | null): void
  close(): void
}

interface OpenHandOff {
  id: string
  session: string | null
  shown: HandOffShown
  isAsking: boolean
  failures: number
}

/** How long somebody who has just registered waits for his code before he is told to come again. */
const PASS_MS_MAX = 4_000
const PASS_ASKED_EVERY_MS = 400
/** One lost answer says nothing. */
const FAILURES_BEFORE_NO_NETWORK = 2
const OVER: ReadonlySet<HandOffShown['state']> = new Set<HandOffShown['state']>(['received', 'expired', 'no_network', 'refused'])

export function openPersonDesk(parts: PersonDeskParts): PersonDesk {
  const { counter } = parts
  const { incarnation } = counter.identity
  let open: OpenHandOff | null = null

  function change(of: OpenHandOff, more: Partial<HandOffShown>): void {
    if (open !== of) return
    of.shown = { ...of.shown, ...more }
    parts.onChange()
  }

  function answerOpen({ session, purpose }: KioskInput<'open_hand_off'>): KioskAnswer {
    const rider = session === null ? null : parts.findRider(session)
    if (session !== null && rider === null) return { ok: false, refusal: { code: 'session_ended' } }
    // Who registers is nobody yet; everything else is somebody's.
    if ((purpose === 'register') !== (rider === null)) return { ok: false, refusal: { code: 'bad_request' } }
    close()
    const handOff: OpenHandOff = {
      id: counter.ids.random(), session, isAsking: false, failures: 0, shown: { purpose, state: 'connecting', url: null, refusal: null, endsAtMs: null, pass: null },
    }
    open = handOff
    void ask(handOff, rider)
    return { ok: true, output: {} }
  }

  async function ask(of: OpenHandOff, rider: string | null): Promise<void> {
    const answer = await parts.central().askHandOff({ incarnation, handOff: of.id, rider, purpose: of.shown.purpose })
    if (answer.kind !== 'answered') return change(of, { state: 'no_network' })
    if (answer.body.result === 'refused') return change(of, { state: 'refused', refusal: answer.body.code })
    const origin = answer.body.origin ?? parts.centralUrl
    if (origin === null) return change(of, { state: 'refused', refusal: 'no_address' })
    change(of, { state: 'waiting', url: handOffUrl(origin, answer.body.code), endsAtMs: counter.clock.wallMs() + answer.body.leftMs })
  }

  async function follow(of: OpenHandOff): Promise<void> {
    of.isAsking = true
    const answer = await parts.central().askHandOffState({ incarnation, handOff: of.id, close: false })
    of.isAsking = false
    if (open !== of || OVER.has(of.shown.state)) return
    if (answer.kind !== 'answered') {
      of.failures += 1
      if (of.failures >= FAILURES_BEFORE_NO_NETWORK) change(of, { state: 'no_network', url: null, endsAtMs: null })
      return
    }
    of.failures = 0
    const { state, registered } = answer.body
    if (state === 'waiting') return
    if (state === 'connected') {
      if (of.shown.state !== 'connected') change(of, { state, url: null, endsAtMs: null })
      return
    }
    if (state === 'gone') return change(of, { state: 'expired', url: null, endsAtMs: null })
    change(of, { state: 'received', url: null, endsAtMs: null })
    parts.nudgeSync()
    if (registered !== null) parts.onRegistered(registered)
    if (registered !== null) change(of, { pass: await askPass(registered, 0) })
  }

  /** Central may not have heard of him yet: his fact and his words are on their way. Asked again within so long. */
  async function askPass(rider: string, withinMs: number): Promise<string | null> {
    const untilMs = counter.clock.monotonicMs() + withinMs
    for (;;) {
      const answer = await parts.central().askNewPass({ incarnation, rider })
      if (answer.kind === 'answered' && answer.body.pass !== null) return answer.body.pass
      if (counter.clock.monotonicMs() + PASS_ASKED_EVERY_MS > untilMs) return null
      await parts.pause(PASS_ASKED_EVERY_MS)
    }
  }

  async function answerRegister(input: KioskInput<'register'>): Promise<KioskAnswer> {
    const result = registerRider(counter, input)
    if (!result.ok) return { ok: false, refusal: result.refusal }
    // Before the screen turns green.
    counter.witness?.witness()
    parts.nudgeSync()
    parts.onRegistered(result.rider)
    const pass = parts.isOnline() ? await askPass(result.rider, PASS_MS_MAX) : null
    return { ok: true, output: { rider: result.rider, pass } }
  }

  function close(): void {
    const was = open
    open = null
    if (was === null || OVER.has(was.shown.state)) return
    // Whatever becomes of it: nobody sees the code any more, and it ends by itself.
    void parts.central().askHandOffState({ incarnation, handOff: was.id, close: true })
  }

  return {
    answer(request) {
      switch (request.name) {
        case 'open_hand_off':
          return answerOpen(request.input)
        case 'close_hand_off':
          close()
          return { ok: true, output: {} }
        case 'register':
          return answerRegister(request.input)
      }
    },
    shown: () => open?.shown ?? null,
    look() {
      if (open === null || OVER.has(open.shown.state) || open.shown.state === 'connecting') return
      const { endsAtMs } = open.shown
      if (open.shown.state === 'waiting' && endsAtMs !== null && counter.clock.wallMs() >= endsAtMs) return change(open, { state: 'expired', url: null, endsAtMs: null })
      if (!open.isAsking) void follow(open)
    },
    sessionIs(session) {
      if (open !== null && open.session !== session) close()
    },
    close,
  }
}
