// A flow under a test's hand: its time, its ids and the station's side of the conversation.

import type { KioskAnswer, KioskOutput, KioskRequestName, Receipt, Refusal } from '../../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, RiderSession, ScanOutcome, ShelfEntry, StaffSession, SyncReport } from '../../../contract/kiosk/kiosk-view.ts'
import type { AnsweredEvent, Ask, FlowEvent, FlowState, ScreenAt, ScreenName, Tap } from '../../../renderer/flow/flow-state.ts'
import { initialFlow } from '../../../renderer/flow/flow-state.ts'
import { reduceFlow } from '../../../renderer/flow/reduce-flow.ts'

/** 2026-11-21 14:26 in Ürümqi by Beijing time. */
export const WALL_MS = Date.UTC(2026, 10, 21, 6, 26)
export const SESSION = '00000000-0000-4000-8000-00000000aaaa'
export const OTHER_SESSION = '00000000-0000-4000-8000-00000000bbbb'
export const DONOR = '00000000-0000-4000-8000-00000000dddd'
const TICK_MS = 250

export function entryOf(item: string, change: Partial<ShelfEntry> = {}): ShelfEntry {
  return {
    item,
    name: { zh: `物资${item}`, en: item },
    category: 'home',
    pricePoints: 20,
    picture: `${item}.svg`,
    tint: 'sand',
    onShelf: 9,
    limit: null,
    perishable: false,
    ...change,
  }
}

export const SHELF: readonly ShelfEntry[] = [
  entryOf('soap', { name: { zh: '香皂', en: 'Soap' } }),
  entryOf('raincoat', { category: 'road', pricePoints: 50, limit: { quantity: 1, period: 'month' } }),
  entryOf('helmet', { category: 'road', pricePoints: 100, onShelf: 1 }),
  entryOf('noodles', { category: 'food', pricePoints: 20, perishable: true, onShelf: 4 }),
  entryOf('charger', { category: 'road', pricePoints: 500 }),
  entryOf('flask', { pricePoints: 50, onShelf: 0 }),
]

type Points = NonNullable<RiderSession['points']>

/** So many in all, so many of them here. */
export function somePoints(balance: number, here: number = balance, over: Partial<Points> = {}): Points {
  return { balance, here, pending: 0, elsewhere: { reach: 'known', places: [] }, ...over }
}

export function riderSession(change: Partial<RiderSession> = {}): RiderSession {
  return {
    kind: 'rider',
    session: SESSION,
    maskedName: '张*',
    standing: 'active',
    hideBalance: false,
    points: somePoints(126),
    fetching: false,
    visitToday: 1,
    sameVisit: false,
    checkedInAtMs: WALL_MS,
    limitLeft: [{ item: 'raincoat', left: 1 }],
    signups: [],
    certificates: [],
    invitations: [],
    wishes: [],
    ...change,
  }
}

export function staffSession(change: Partial<StaffSession> = {}): StaffSession {
  return {
    kind: 'staff',
    session: SESSION,
    maskedName: '王*',
    role: 'volunteer',
    signedIn: false,
    pin: { triesLeft: 5, lockedUntilMs: null },
    donors: [],
    sync: null,
    hosted: [],
    attendance: null,
    ...change,
  }
}

/** What a station reports on an ordinary day. */
export const CALM_SYNC: SyncReport = {
  alarms: [],
  lastHelloAtMs: WALL_MS - 3_600_000,
  clockOffsetMs: 400,
  held: { riders: 12, points: 320 },
  earningSliceLeft: 480,
  rules: { standingPoints: 50, topUpPointsMax: 500, earningSlicePoints: 500, spendBeforeHello: true },
  worst: { strandedPoints: 320, clonedDiskPoints: 820 },
}

export const SIGNED_IN = staffSession({ signedIn: true, donors: [{ id: DONOR, name: { zh: '桂苑书店', en: 'Guiyuan Books' } }] })

export function viewOf(change: Partial<KioskView> = {}): KioskView {
  return {
    revision: 1,
    nowMs: WALL_MS,
    utcOffsetMinutes: 480,
    station: null,
    link: { state: 'online', lastSyncAtMs: null },
    scanner: 'ready',
    shelf: [...SHELF],
    cartUnitsMax: 10,
    wishesOpenMax: 3,
    trainings: [],
    wall: [],
    handOff: null,
    consent: null,
    session: null,
    held: false,
    knock: null,
    trouble: null,
    outbox: { depth: 0, oldestAgeMs: null, parked: 0 },
    setUp: null,
    demo: false,
    ...change,
  }
}

export const RECEIPT: Receipt = {
  code: '1-00042-R',
  points: 20,
  balanceAfter: 106,
  lines: [{ item: 'soap', name: { zh: '香皂', en: 'Soap' }, picture: 'soap.svg', tint: 'sand', quantity: 1, points: 20 }],
}

export interface DrivenFlow {
  state: () => FlowState
  atMs: () => number
  /** The screen, which must be this one. */
  screen: <Name extends ScreenName>(at: Name) => ScreenAt<Name>
  send: (event: FlowEvent) => void
  tap: (tap: Tap) => void
  taps: (...taps: Tap[]) => void
  scan: (outcome: ScanOutcome) => void
  /** The station sends its view. */
  show: (change?: Partial<KioskView>) => void
  /** The station answers the newest request of that name. */
  answer: <Name extends KioskRequestName>(name: Name, output: KioskOutput<Name>) => void
  refuse: (name: KioskRequestName, refusal: Refusal) => void
  asked: (name: KioskRequestName) => Ask['input'] | undefined
  /** Time goes by in ticks, with the station alive. */
  wait: (ms: number) => void
}

/** A new screen with its station there and nobody at it. */
export function driveFlow(): DrivenFlow {
  let atMs = 1_000
  let state = initialFlow(atMs)
  let ids = 0
  let scans = 0
  let view = viewOf()

  function send(event: FlowEvent): void {
    ids += 1
    state = reduceFlow(state, { event, atMs, freshId: `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}` })
  }

  function newest(name: KioskRequestName): Ask {
    const ask = state.asks.findLast((asked) => asked.name === name)
    if (ask === undefined) throw new Error(`nothing asked by the name of ${name}`)
    return ask
  }

  function reply(name: KioskRequestName, answer: KioskAnswer): void {
    send({ type: 'answered', id: newest(name).id, name, answer } as AnsweredEvent)
  }

  function tap(tapped: Tap): void {
    atMs += 400
    send({ type: 'tapped', tap: tapped })
  }

  function show(change: Partial<KioskView> = {}): void {
    view = { ...view, revision: view.revision + 1, nowMs: WALL_MS + atMs - 1_000, ...change }
    send({ type: 'view_came', view })
  }

  send({ type: 'link_up' })
  show()
  return {
    state: () => state,
    atMs: () => atMs,
    screen(at) {
      if (state.screen.at !== at) throw new Error(`the screen is ${state.screen.at}, not ${at}`)
      return state.screen as ScreenAt<typeof at>
    },
    send,
    tap,
    taps: (...taps) => taps.forEach(tap),
    scan(outcome) {
      scans += 1
      send({ type: 'scanned', number: scans, outcome })
    },
    show,
    answer: (name, output) => reply(name, { ok: true, output }),
    refuse: (name, refusal) => reply(name, { ok: false, refusal }),
    asked: (name) => state.asks.findLast((asked) => asked.name === name)?.input,
    wait(ms) {
      const untilMs = atMs + ms
      while (atMs < untilMs) {
        atMs = Math.min(untilMs, atMs + TICK_MS)
        send({ type: 'tick' })
      }
    },
  }
}

/** A rider has just been greeted. */
export function greetRider(change: Partial<RiderSession> = {}): DrivenFlow {
  const flow = driveFlow()
  flow.scan({ kind: 'session_opened' })
  flow.show({ session: riderSession(change) })
  return flow
}

/** A volunteer has typed the right PIN. */
export function signInStaff(): DrivenFlow {
  const flow = driveFlow()
  flow.show({ session: staffSession() })
  flow.show({ session: SIGNED_IN })
  return flow
}

export function typePin(flow: DrivenFlow, pin: string): void {
  for (const digit of pin) flow.tap({ do: 'pin_digit', digit })
}
