// What components read off the state, so that they hold no logic. Pure; each selector says one thing that a person sees.

import type { KioskView, ShelfEntry, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { TrainingShown } from '../../contract/kiosk/training-view.ts'
import type { WallWish } from '../../contract/kiosk/wish-view.ts'
import { type Catalogue, FACILITIES, type Facility, type Network, type PartOfDay, type Said } from '../text/catalogue.ts'
import { partOfDay } from '../text/wall-time.ts'
import type { FlowState, Notice, Rider, Screen, ScreenAt } from './flow-state.ts'
import { cartPoints, goodsState, isBuyable, unitsIn, whyNotAdd } from './goods.ts'
import { gridSize, pageGrids } from './page-grids.ts'
import { registeringOn } from './hold-screen.ts'
import { isClosingScreen, isCommitScreen, personOn } from './steps.ts'

const CHINA_OFFSET_MINUTES = 480

export function utcOffsetOf(state: FlowState): number {
  return state.view?.utcOffsetMinutes ?? CHINA_OFFSET_MINUTES
}

export function partOfDayNow(state: FlowState): PartOfDay {
  return partOfDay(state.wallMs, utcOffsetOf(state))
}

/** Whole seconds until a monotonic time; the clock on the screen is up to a second behind, so they are rounded down. */
export function secondsUntil(state: FlowState, atMs: number): number {
  const nowMs = state.clock.atMs + state.wallMs - state.clock.wallMs
  return Math.max(0, Math.floor((atMs - nowMs) / 1000))
}

/** The name of an item in the language on the screen; what the shelf does not list is called by its id. */
export function itemName(state: FlowState, text: Catalogue, item: string): string {
  const entry = entryOf(state, item)
  return entry === undefined ? item : text.of(entry.name)
}

export function entryOf(state: FlowState, item: string): ShelfEntry | undefined {
  return state.view?.shelf.find((offered) => offered.item === item)
}

// ── frame ──

/** Which of the two fixed buttons this screen has. */
export function frameOf(screen: Screen): { back: boolean; finish: boolean } {
  switch (screen.at) {
    case 'shelf':
    case 'confirm':
    case 'refused':
    case 'my_points':
    case 'trainings':
    case 'training_calendar':
    case 'training':
    case 'wishes':
    case 'wall_wish':
    case 'wish':
    case 'wish_typing':
    case 'wish_check':
    case 'hand_off':
    case 'register_by_phone':
    case 'restock':
    case 'sync_report':
    case 'redemptions':
    case 'attendance_list':
    case 'attendance':
    case 'undo':
    case 'begin_anew':
    case 'register':
      return { back: true, finish: true }
    case 'greeting':
    case 'staff_pin':
    case 'staff_home':
      return { back: false, finish: true }
    case 'not_understood':
      return { back: true, finish: screen.behind !== null && !isClosingScreen(screen.behind) }
    case 'set_up':
      return { back: screen.field === 'address', finish: false }
    case 'starting':
    case 'attract':
    case 'committing':
    case 'restock_committing':
    case 'beginning_anew':
    case 'done':
    case 'restock_done':
    case 'register_done':
    case 'begun_anew':
    case 'unfinished':
    case 'out_of_order':
    case 'replaced':
      return { back: false, finish: false }
  }
}

/**
 * `openLines`: what the one who is here has counted and not yet put on the shelf; `registering`: he has not sent what he told of
 * himself, or not photographed his new pass. Letting in would lose it.
 */
export type Overlay = { kind: 'knock'; holder: 'rider' | 'staff'; openLines: number; registering: ReturnType<typeof registeringOn> } | { kind: 'idle'; secondsLeft: number }

/** The one thing that lies over the screen. Whoever knocks stands there now, so a knock comes before "still there?". */
export function overlayOf(state: FlowState): Overlay | null {
  const knock = state.view?.knock ?? null
  if (knock !== null && knock.number !== state.answeredKnock && isKnockAnswerable(state.screen)) {
    return { kind: 'knock', holder: knock.kind, openLines: openLinesOn(state), registering: registeringOn(state) }
  }
  return state.idle === null ? null : { kind: 'idle', secondsLeft: state.idle.secondsLeft }
}

/** Not while the station is asked for something that can not be taken back, and not over what closes by itself. */
function isKnockAnswerable(screen: Screen): boolean {
  if (screen.at === 'register') return screen.asked === null
  if (screen.at === 'register_done') return screen.how.kind === 'pass'
  return screen.at === 'unfinished' || (!isCommitScreen(screen) && !isClosingScreen(screen) && screen.at !== 'out_of_order' && screen.at !== 'replaced')
}

function openLinesOn(state: FlowState): number {
  const person = personOn(state.screen)
  return person?.kind === 'staff' ? person.staff.lines.length : 0
}

/** The network as one small word; without a line to the station nobody knows how the network is, and a machine that is no station, or none any more, is not cut off from anything. */
export function networkOf(state: FlowState): Network | null {
  if (state.screen.at === 'replaced' || state.screen.at === 'set_up' || (state.linkUp && state.view?.trouble?.code === 'banned')) return null
  return state.linkUp ? (state.view?.link.state ?? 'offline') : 'reconnecting'
}

// ── words ──

export function noticeText(state: FlowState, text: Catalogue): string | null {
  if (state.notice === null) return null
  const { notice } = state.notice
  const say = text.notices[notice.kind] as (notice: Notice, itemName: string) => string
  return say(notice, 'item' in notice ? itemName(state, text, notice.item) : '')
}

export function refusalSaid(state: FlowState, text: Catalogue, refusal: ScreenAt<'refused'>['refusal']): Said {
  const say = text.refused.words[refusal.code] as (refusal: ScreenAt<'refused'>['refusal'], itemName: string) => Said
  return say(refusal, 'item' in refusal ? itemName(state, text, refusal.item) : '')
}

/** What was scanned, for the rider; and the one line for staff. */
export function scanSaid(text: Catalogue, scan: ScreenAt<'not_understood'>['scan']): { said: Said; staff: string } {
  const word = scan.detail ?? scan.verdict
  return { said: text.notUnderstood.rider[word], staff: text.notUnderstood.staff[word] }
}

export function outOfOrderSaid(text: Catalogue, screen: ScreenAt<'out_of_order'>): Said {
  return screen.why.kind === 'station_gone' ? text.outOfOrder.gone : text.outOfOrder.trouble[screen.why.trouble.code]
}

const WORKS = ['rest', 'checkin', 'redemption'] as const

export function worksAndStopped(screen: ScreenAt<'out_of_order'>): { works: Trouble['works']; stopped: Trouble['works'] } {
  const works: Trouble['works'] = screen.why.kind === 'trouble' ? screen.why.trouble.works : ['rest']
  return { works: WORKS.filter((work) => works.includes(work)), stopped: WORKS.filter((work) => !works.includes(work)) }
}

// ── attract ──

/** Whether a code held to the scanner will be read: by the station's own one, by a keyboard wedge, or by the demo's drawer. */
export function scannerOf(state: FlowState): KioskView['scanner'] {
  return state.wedgeHeard ? 'ready' : (state.view?.scanner ?? 'ready')
}

export type AttractPanel = { kind: 'offers'; facilities: readonly Facility[] } | { kind: 'goods'; kinds: number; entries: readonly ShelfEntry[] } | { kind: 'earn' } | { kind: 'trainings'; trainings: readonly TrainingShown[] } | { kind: 'wishes'; wishes: readonly WallWish[] }

const ATTRACT_GOODS = 3
const ATTRACT_TRAININGS = 2
const ATTRACT_WISHES = 2

export function attractPanels(view: KioskView | null): readonly AttractPanel[] {
  const named = view?.station?.facilities ?? []
  const facilities = FACILITIES.filter((facility) => named.includes(facility))
  const entries = (view?.shelf ?? []).filter((entry) => entry.onShelf > 0)
  const panels: AttractPanel[] = []
  if (facilities.length > 0) panels.push({ kind: 'offers', facilities })
  if (entries.length > 0) panels.push({ kind: 'goods', kinds: entries.length, entries: entries.slice(0, ATTRACT_GOODS) })
  const trainings = (view?.trainings ?? []).filter(({ state }) => state === 'open')
  if (trainings.length > 0) panels.push({ kind: 'trainings', trainings: trainings.slice(0, ATTRACT_TRAININGS) })
  // Only what anybody may read: approved, and no longer than its card.
  const wishes = (view?.wall ?? []).filter(({ state }) => state !== 'confirmed')
  if (wishes.length > 0) panels.push({ kind: 'wishes', wishes: wishes.slice(0, ATTRACT_WISHES) })
  panels.push({ kind: 'earn' })
  return panels
}

/** Upright, what the place offers stays and the others take turns under it; lying, there is room for one at a time. */
export function attractPanelsShown(state: FlowState, screen: ScreenAt<'attract'>): readonly AttractPanel[] {
  const panels = attractPanels(state.view)
  if (state.layout.orientation === 'landscape') return [panels[screen.panel % panels.length] ?? { kind: 'earn' }]
  const turning = panels.filter((panel) => panel.kind !== 'offers')
  return [...panels.filter((panel) => panel.kind === 'offers'), turning[screen.panel % turning.length] ?? { kind: 'earn' }]
}

// ── rider ──

export interface RiderPoints {
  /** null: hidden. */
  balance: number | null
  here: number | null
  /** Less than all can be used here now. */
  isPartElsewhere: boolean
}

/** null: the machine does not know them. */
export function pointsOf(rider: Rider): RiderPoints | null {
  const { points } = rider.session
  if (points === null) return null
  const { balance, here } = points
  return { balance: rider.balanceShown ? balance : null, here: rider.balanceShown ? here : null, isPartElsewhere: here < balance }
}

export type GreetingKind = 'known' | 'unknown' | 'suspended'

export function greetingKind(rider: Rider): GreetingKind {
  if (rider.session.standing === 'suspended') return 'suspended'
  return rider.session.standing === 'unknown' || rider.session.points === null ? 'unknown' : 'known'
}

export function kindsOnShelf(state: FlowState): number {
  return (state.view?.shelf ?? []).filter((entry) => entry.onShelf > 0).length
}

/** For the greeting: what this rider can have comes first, the rest in the shelf's order. */
export function firstGoods(state: FlowState, rider: Rider): readonly ShelfEntry[] {
  const { view } = state
  if (view === null) return []
  const onShelf = view.shelf.filter((entry) => entry.onShelf > 0)
  const alone: Rider = { ...rider, cart: [] }
  const canHave = onShelf.filter((entry) => isBuyable(goodsState(entry, alone, view)))
  const others = onShelf.filter((entry) => !canHave.includes(entry))
  return [...canHave, ...others].slice(0, gridSize(pageGrids(state.layout, state.lowReach).greeting))
}

const RUNNING_OUT_AT = 5

/** What a volunteer should restock first: what is gone or nearly gone, the emptiest first. */
export function runningOut(state: FlowState, kindsMax: number): readonly ShelfEntry[] {
  return (state.view?.shelf ?? [])
    .filter((entry) => entry.onShelf <= RUNNING_OUT_AT)
    .toSorted((a, b) => a.onShelf - b.onShelf)
    .slice(0, kindsMax)
}

export interface CartSummary {
  lines: readonly { item: string; entry: ShelfEntry | null; quantity: number; points: number; canAddMore: boolean }[]
  units: number
  points: number
  /** Of all the rider's points; null: hidden or not known. */
  leftAfter: number | null
}

export function cartSummary(state: FlowState, rider: Rider): CartSummary {
  const shelf = state.view?.shelf ?? []
  const points = cartPoints(rider.cart, shelf)
  const known = rider.balanceShown ? rider.session.points : null
  return {
    lines: rider.cart.map(({ item, quantity }) => {
      const entry = entryOf(state, item) ?? null
      return { item, entry, quantity, points: quantity * (entry?.pricePoints ?? 0), canAddMore: entry !== null && canAddMore(state, rider, entry) }
    }),
    units: unitsIn(rider.cart),
    points,
    leftAfter: known === null ? null : known.balance - points,
  }
}

function canAddMore(state: FlowState, rider: Rider, entry: ShelfEntry): boolean {
  return state.view !== null && whyNotAdd(entry, rider, state.view) === null
}
