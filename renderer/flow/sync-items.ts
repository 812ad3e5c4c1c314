// What the page about this station and central has to say, in its order: what must be done, what it costs at worst, how it
// stands, which rules hold. Data without words; the numbers are the station's own.

import type { SyncReport, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { FlowState, Staff } from './flow-state.ts'
import { networkOf } from './selectors.ts'

export type SyncItem =
  | { kind: 'trouble'; code: Trouble['code'] }
  | { kind: 'alarm'; alarm: SyncReport['alarms'][number] }
  | { kind: 'parked'; parked: number }
  | { kind: 'stranded'; points: number }
  | { kind: 'cloned'; points: number }
  | { kind: 'outbox'; depth: number; oldestAgeMs: number | null }
  | { kind: 'contact'; agoMs: number | null }
  | { kind: 'hello'; agoMs: number | null }
  | { kind: 'clock'; offsetMs: number | null }
  | { kind: 'held'; riders: number; points: number }
  | { kind: 'earning'; points: number }
  | { kind: 'standing'; points: number }
  | { kind: 'topUp'; points: number }
  | { kind: 'slice'; points: number }
  | { kind: 'beforeHello'; allowed: boolean }

const SAID: ReadonlySet<SyncItem['kind']> = new Set<SyncItem['kind']>(['trouble', 'alarm', 'parked', 'stranded', 'cloned'])
const TO_DO: ReadonlySet<SyncItem['kind']> = new Set<SyncItem['kind']>(['trouble', 'alarm', 'parked'])

export function isToDo(item: SyncItem): item is Extract<SyncItem, { kind: 'trouble' | 'alarm' | 'parked' }> {
  return TO_DO.has(item.kind)
}

export function syncItems(state: FlowState, staff: Staff): readonly SyncItem[] {
  const { view } = state
  const { sync } = staff.session
  if (view === null || sync === null) return []
  const agoMs = (wallMs: number | null): number | null => (wallMs === null ? null : Math.max(0, state.wallMs - wallMs))
  return [
    ...(view.trouble === null ? [] : [{ kind: 'trouble' as const, code: view.trouble.code }]),
    ...sync.alarms.map((alarm) => ({ kind: 'alarm' as const, alarm })),
    ...(view.outbox.parked === 0 ? [] : [{ kind: 'parked' as const, parked: view.outbox.parked }]),
    { kind: 'stranded', points: sync.worst.strandedPoints },
    { kind: 'cloned', points: sync.worst.clonedDiskPoints },
    { kind: 'outbox', depth: view.outbox.depth, oldestAgeMs: view.outbox.oldestAgeMs },
    { kind: 'contact', agoMs: agoMs(view.link.lastSyncAtMs) },
    { kind: 'held', riders: sync.held.riders, points: sync.held.points },
    { kind: 'earning', points: sync.earningSliceLeft },
    { kind: 'clock', offsetMs: sync.clockOffsetMs },
    { kind: 'hello', agoMs: agoMs(sync.lastHelloAtMs) },
    { kind: 'standing', points: sync.rules.standingPoints },
    { kind: 'topUp', points: sync.rules.topUpPointsMax },
    { kind: 'slice', points: sync.rules.earningSlicePoints },
    { kind: 'beforeHello', allowed: sync.rules.spendBeforeHello },
  ]
}

export interface SyncReportPage {
  page: number
  pages: number
  /** Whole sentences: what must be done and what it costs at worst. */
  said: readonly SyncItem[]
  /** A word and a number each. */
  facts: readonly SyncItem[]
}

/** Sentences and facts turn their pages together; where one page holds all the facts they stay. */
export function syncReportPage(state: FlowState, staff: Staff, wanted: number): SyncReportPage {
  const items = syncItems(state, staff)
  const said = items.filter((item) => SAID.has(item.kind))
  const facts = items.filter((item) => !SAID.has(item.kind))
  const size = state.layout.orientation === 'portrait' ? { said: 4, facts: 10 } : state.layout.compact ? { said: 2, facts: 5 } : { said: 3, facts: 10 }
  const factPages = Math.max(1, Math.ceil(facts.length / size.facts))
  const pages = Math.max(factPages, Math.ceil(said.length / size.said))
  const page = Math.min(wanted, pages - 1)
  const factPage = factPages === 1 ? 0 : page
  return { page, pages, said: said.slice(page * size.said, (page + 1) * size.said), facts: facts.slice(factPage * size.facts, (factPage + 1) * size.facts) }
}

/** What the way to that page says of it. Cut off is nothing to do, and not all well either. */
export type SyncStanding = { kind: 'to_do'; things: number } | { kind: 'offline' } | { kind: 'well' }

export function syncStanding(state: FlowState, staff: Staff): SyncStanding {
  const things = thingsToDo(state, staff)
  if (things > 0) return { kind: 'to_do', things }
  return networkOf(state) === 'online' ? { kind: 'well' } : { kind: 'offline' }
}

export function thingsToDo(state: FlowState, staff: Staff): number {
  return syncItems(state, staff).filter(isToDo).length
}

/** A station head, where this file cannot go on by itself. */
export function mayBeginAnew(state: FlowState, staff: Staff): boolean {
  const code = state.view?.trouble?.code
  return staff.session.role === 'station_head' && (code === 'behind' || code === 'quarantined')
}
