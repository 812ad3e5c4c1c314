// A desk at work for tests: the real file, the real acts, a clock in hand, and a list of what the desk said.

import { randomUUID } from 'node:crypto'
import type { KioskAnswer, KioskInput, KioskRequestName } from '../../../contract/kiosk/kiosk-requests.ts'
import { kioskView, type KioskView, type ScanOutcome } from '../../../contract/kiosk/kiosk-view.ts'
import { type Desk, type DemoCode, openDesk } from '../../../station/desk/desk.ts'
import { eventsAfter } from '../../../station/store/outbox.ts'
import { openStockedCounter, type TestCounter } from '../../support/counter.ts'

/** Longer than the window in which a pass held before the scanner is one scan. */
const NEXT_SCAN_MS = 2_000

export interface WorkingDesk {
  readonly counter: TestCounter
  readonly desk: Desk
  /** Riders that central was asked for; `null` is a mere nudge. */
  readonly nudges: (string | null)[]
  readonly problems: string[]
  online: boolean
  /** Riders that central is being asked for. */
  readonly wanted: Set<string>
  /** How often the machine was asked to begin with a new file. */
  begunAnew: number
  changes(): number
  /** One scan; what became of it. */
  scan(text: string): ScanOutcome[]
  /** The view, checked against the contract. */
  view(): KioskView
  session(): NonNullable<KioskView['session']>
  ask<Name extends KioskRequestName>(name: Name, input: KioskInput<Name>): Promise<KioskAnswer>
  redeemSoap(session: string, request?: string): Promise<KioskAnswer>
}

type CentralAsked = ReturnType<Parameters<typeof openDesk>[0]['central']>

const noAnswer = () => Promise.resolve({ kind: 'unreachable', reason: 'a desk of a test' } as const)
const SILENT_CENTRAL: CentralAsked = { askHandOff: noAnswer, askHandOffState: noAnswer, askNewPass: noAnswer }

export function openWorkingDesk(more: { counter?: TestCounter; central?: CentralAsked; demoCodes?: readonly DemoCode[] } = {}): WorkingDesk {
  const counter = more.counter ?? openStockedCounter()
  const outcomes: ScanOutcome[] = []
  let changes = 0
  const working: WorkingDesk = {
    counter,
    desk: openDesk({
      counter,
      nudgeSync: (rider) => working.nudges.push(rider ?? null),
      isOnline: () => working.online,
      central: () => more.central ?? SILENT_CENTRAL,
      pause: () => Promise.resolve(),
      isFetching: (rider) => working.wanted.has(rider),
      syncAlarms: () => [],
      beginAnew: () => {
        working.begunAnew += 1
      },
      scannerState: () => 'ready',
      centralUrl: 'https://central.test',
      demoCodes: more.demoCodes ?? null,
      onChange: () => {
        changes += 1
      },
      onScanned: (outcome) => outcomes.push(outcome),
      onProblem: (problem) => working.problems.push(problem),
    }),
    nudges: [],
    problems: [],
    online: true,
    wanted: new Set(),
    begunAnew: 0,
    changes: () => changes,
    scan(text) {
      counter.clock.advance(NEXT_SCAN_MS)
      outcomes.length = 0
      working.desk.onText(text, counter.clock.monotonicMs(), 'hid', ']Q1')
      return [...outcomes]
    },
    view: () => kioskView.parse(working.desk.view()),
    session() {
      const { session } = working.view()
      if (session === null) throw new Error('nobody is in session')
      return session
    },
    ask: (name, input) => working.desk.answer(name, input),
    redeemSoap: (session, request = randomUUID()) =>
      working.desk.answer('redeem', { session, request, lines: [{ item: 'soap', quantity: 1 }], pointsShown: 20 }),
  }
  return working
}

export function factsOf(counter: TestCounter): { kind: string; body: unknown }[] {
  return eventsAfter(counter.database.read, 0, { countMax: 10_000, bytesMax: 1e9 }).map(({ kind, body }) => ({
    kind,
    body: JSON.parse(Buffer.from(body).toString()) as unknown,
  }))
}
