// The runtime: gives the pure flow its clock, its ids, the line to the station, the scanner's keys and the loudspeaker. Each
// request in the flow's `asks` goes out once; each frame comes back as an event. It decides nothing.

import { type KioskAnswer, KIOSK_REQUESTS } from '../../contract/kiosk/kiosk-requests.ts'
import { KIOSK_PROTOCOL_VERSION, type StationFrame } from '../../contract/kiosk/kiosk-frames.ts'
import { type AnsweredEvent, type Ask, type FlowEvent, type FlowState, initialFlow } from '../flow/flow-state.ts'
import { reduceFlow } from '../flow/reduce-flow.ts'
import { utcOffsetOf } from '../flow/selectors.ts'
import { type OpenTransport, openStationLink } from '../link/station-link.ts'
import type { Dictionary } from '../pinyin/dictionary.ts'
import type { Tones } from '../sound/tones.ts'
import { minuteOfDay } from '../text/wall-time.ts'

const TICK_MS = 250

export interface KioskHost {
  openTransport: OpenTransport
  monotonicMs: () => number
  freshId: () => string
  tones: Tones
  /** Calls back with each code that the keyboard wedge typed, until stopped. */
  listenForScans: (onText: (text: string) => void) => () => void
  /** What the keyboard needs; asked for once. */
  loadDictionary: () => Promise<Dictionary>
  /** The station was updated and speaks another version: it serves the page of that version. */
  loadPageAnew: () => void
  onProblem: (problem: string) => void
}

export interface Kiosk {
  state: () => FlowState
  subscribe: (changed: () => void) => () => void
  dispatch: (event: FlowEvent) => void
  stop: () => void
}

export function runKiosk(host: KioskHost): Kiosk {
  let state = initialFlow(host.monotonicMs())
  let sentUpTo = 0
  /** Asks whose answer is awaited, so that an answer can be read by its request's own schema. */
  let open: readonly Ask[] = []
  const watchers = new Set<() => void>()

  function dispatch(event: FlowEvent): void {
    const before = state
    state = reduceFlow(before, { event, atMs: host.monotonicMs(), freshId: host.freshId() })
    if (state === before) return
    const fresh = state.asks.filter((ask) => ask.id > sentUpTo)
    for (const ask of fresh) {
      sentUpTo = ask.id
      link.send({ type: 'request', id: ask.id, name: ask.name, input: ask.input })
    }
    open = state.asks
    if (state.sound !== null && state.sound.number !== before.sound?.number) {
      host.tones.play(state.sound.name, minuteOfDay(state.wallMs, utcOffsetOf(state)))
    }
    if (state.reconnects !== before.reconnects) link.reconnect()
    for (const changed of watchers) changed()
  }

  function takeFrame(frame: StationFrame): void {
    switch (frame.type) {
      case 'welcome':
        if (frame.protocol === KIOSK_PROTOCOL_VERSION) return
        host.onProblem(`this page speaks version ${KIOSK_PROTOCOL_VERSION}, the station ${frame.protocol}`)
        host.loadPageAnew()
        return
      case 'view':
        dispatch({ type: 'view_came', view: frame.view })
        return
      case 'beat':
        dispatch({ type: 'beat_came', nowMs: frame.nowMs })
        return
      case 'scanned':
        dispatch({ type: 'scanned', number: frame.number, outcome: frame.outcome })
        return
      case 'replaced':
        dispatch({ type: 'replaced' })
        return
      case 'answer':
      case 'refusal': {
        const ask = open.find((asked) => asked.id === frame.id)
        if (ask !== undefined) dispatch(answered(ask, frame))
      }
    }
  }

  function answered(ask: Ask, frame: Extract<StationFrame, { type: 'answer' | 'refusal' }>): AnsweredEvent {
    if (frame.type === 'refusal') return eventOf(ask, { ok: false, refusal: frame.refusal })
    const output = KIOSK_REQUESTS[ask.name].output.safeParse(frame.output)
    if (output.success) return eventOf(ask, { ok: true, output: output.data })
    host.onProblem(`an answer to ${ask.name} that is none`)
    return eventOf(ask, { ok: false, refusal: { code: 'bad_request' } })
  }

  const link = openStationLink(host.openTransport, {
    onFrame: takeFrame,
    onState: (up) => dispatch({ type: up ? 'link_up' : 'link_down' }),
    onProblem: host.onProblem,
  })
  const stopScans = host.listenForScans((text) => dispatch({ type: 'wedge_read', text }))
  host.loadDictionary().then(
    (dictionary) => dispatch({ type: 'dictionary_came', dictionary }),
    (error: unknown) => host.onProblem(`no dictionary, so no Chinese can be typed: ${error instanceof Error ? error.message : String(error)}`),
  )
  const ticking = setInterval(() => dispatch({ type: 'tick' }), TICK_MS)

  return {
    state: () => state,
    subscribe(changed) {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    dispatch,
    stop() {
      clearInterval(ticking)
      stopScans()
      link.close()
    },
  }
}

/** Name and answer belong together: the answer was read by the schema of that name. */
function eventOf(ask: Ask, answer: KioskAnswer): AnsweredEvent {
  return { type: 'answered', id: ask.id, name: ask.name, answer } as AnsweredEvent
}
