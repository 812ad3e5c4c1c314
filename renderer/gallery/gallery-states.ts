// Every screen in every state worth looking at, as literal flow states over the demo data. No station, no clock. An id names
// a picture for good: shots and tests address it.

import type { PointEntry, Receipt } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, RiderSession } from '../../contract/kiosk/kiosk-view.ts'
import type { CartLine } from '../../domain/redemption.ts'
import { initialFlow, type CountedLine, type FlowState, type Notice, type Rider, type Screen, type Staff } from '../flow/flow-state.ts'
import { gridSize, pageGrids } from '../flow/page-grids.ts'
import { ATTENDANCE_DRAWS } from './attendance-states.ts'
import { REGISTER_DRAWS } from './register-states.ts'
import { BOTH, COMING, SYNC_DRAWS } from './sync-states.ts'
import { HAND_OFF_DRAWS } from './hand-off-states.ts'
import { TRAINING_DRAWS } from './training-states.ts'
import { WISH_DRAWS } from './wish-states.ts'
import { demoPoints, demoRider, demoStaff, demoView, GALLERY_AT_MS, GALLERY_WALL_MS, type PanelKind } from './demo-view.ts'

export interface GalleryOptions {
  panel: PanelKind
  lowReach: boolean
  language: 'zh' | 'en'
}

export interface GalleryState {
  id: string
  make: (options: GalleryOptions) => FlowState
}

export type Draw = (options: GalleryOptions) => { screen: Screen; view?: Partial<KioskView> | null; over?: Partial<FlowState> }

const CLOSES_AT_MS = GALLERY_AT_MS + 12_000
const DAY_MS = 86_400_000
const TODAY = Math.floor(GALLERY_WALL_MS / DAY_MS)
const UIGHUR = '肉孜艾力·*'
const LONG_NAME = '阿卜杜克热木江·*'

const rider = (session: Partial<RiderSession> = {}, cart: readonly CartLine[] = [], balanceShown = true): Rider => ({ session: demoRider(session), cart, balanceShown })

const CART: readonly CartLine[] = [{ item: 'soap-two-bars', quantity: 1 }]
const CART_TWO: readonly CartLine[] = [{ item: 'electrolyte-drink', quantity: 2 }, { item: 'towel', quantity: 1 }]
const CART_TEN: readonly CartLine[] = ['soap-two-bars', 'towel', 'toothbrush-set', 'cotton-socks', 'electrolyte-drink', 'instant-noodles', 'heat-relief-liquid', 'biscuits', 'laundry-liquid', 'phone-holder'].map((item) => ({ item, quantity: 1 }))
const RICH = demoPoints(12_345)

// ── rider ──

const greeting = (session: Partial<RiderSession>, view: Partial<KioskView> = {}, over: Partial<Rider> = {}): Draw => () => ({ screen: { at: 'greeting', rider: { ...rider(session), ...over } }, view })

const shelf = (over: Partial<Rider>, screen: { category?: 'road' | 'home' | 'food' | 'care'; page?: number } = {}, view: Partial<KioskView> = {}): Draw => () => ({
  screen: { at: 'shelf', rider: { ...rider(), ...over }, category: screen.category ?? null, page: screen.page ?? 0 },
  view,
})

const refused = (refusal: Extract<Screen, { at: 'refused' }>['refusal']): Draw => () => ({ screen: { at: 'refused', rider: rider({}, CART), refusal } })

const emptied = (view: KioskView): Partial<KioskView> => ({ shelf: view.shelf.map((entry) => ({ ...entry, onShelf: 0 })) })

function receiptOf(view: KioskView, cart: readonly CartLine[], balanceAfter: number | null): Receipt {
  const lines = cart.flatMap((line) => {
    const entry = view.shelf.find((one) => one.item === line.item)
    return entry === undefined ? [] : [{ item: line.item, name: entry.name, picture: entry.picture, tint: entry.tint, quantity: line.quantity, points: entry.pricePoints * line.quantity }]
  })
  return { code: '1-00042-R', points: lines.reduce((sum, line) => sum + line.points, 0), balanceAfter, lines }
}

const done = (cart: readonly CartLine[], balanceAfter: number | null, balanceShown = true): Draw => ({ panel }) => ({
  screen: { at: 'done', receipt: receiptOf(demoView(panel), cart, balanceAfter), balanceShown, closesAtMs: CLOSES_AT_MS },
})

function historyEntries(count: number): PointEntry[] {
  const nanhu = { zh: '南湖 · 博爱小站', en: "Nanhu · Bo'ai Station" }
  const kinds: Omit<PointEntry, 'id' | 'atMs'>[] = [
    { points: -40, reason: 'redemption', what: null, lines: [{ item: 'towel', quantity: 2, points: 40, name: { zh: '毛巾', en: 'Towel' } }], stationName: nanhu, waiting: true },
    { points: 100, reason: 'service', what: { zh: '志愿服务活动', en: 'Volunteer activity' }, lines: [], stationName: null, waiting: false },
    { points: 2, reason: 'service', what: { zh: '顺路帮送', en: 'Errand on the way' }, lines: [], stationName: nanhu, waiting: false },
    {
      points: -90,
      reason: 'redemption',
      what: null,
      lines: [
        { item: 'soap-two-bars', quantity: 1, points: 20, name: { zh: '香皂两块装', en: 'Soap, two bars' } },
        { item: 'laundry-liquid', quantity: 1, points: 50, name: { zh: '洗衣液 1 升', en: 'Laundry liquid' } },
        { item: 'electrolyte-drink', quantity: 1, points: 20, name: { zh: '电解质水', en: 'Electrolyte drink' } },
      ],
      stationName: { zh: '六道湾 · 小巴郎骑手驿站', en: "Liudaowan · Xiaobalang Riders' Station" },
      waiting: false,
    },
    { points: 10, reason: 'report', what: { zh: '随手拍：隐患核实', en: 'Hazard report, verified' }, lines: [], stationName: null, waiting: false },
    { points: -5, reason: 'correction', what: null, lines: [], stationName: null, waiting: false },
    { points: 5, reason: 'training', what: { zh: '应急救护培训', en: 'First-aid training' }, lines: [], stationName: nanhu, waiting: false },
    { points: 64, reason: 'opening', what: null, lines: [], stationName: null, waiting: false },
  ]
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length]
    if (kind === undefined) throw new Error('a kind for every index')
    return { ...kind, id: `019ca7b1-0000-7000-8000-0000000000${String(index).padStart(2, '0')}`, atMs: GALLERY_WALL_MS - index * 3 * DAY_MS - index * 4_000_000 }
  })
}

const myPoints = (entries: Partial<Extract<Screen, { at: 'my_points' }>['entries']>, session: Partial<RiderSession> = {}, page = 0, balanceShown = true): Draw => ({ panel, lowReach }) => {
  const size = gridSize(pageGrids(layoutOf(panel), lowReach).entries)
  return { screen: { at: 'my_points', rider: rider(session, [], balanceShown), page, entries: { list: historyEntries(size), total: 43, failed: false, ...entries } } }
}

const notUnderstood = (verdict: Extract<Screen, { at: 'not_understood' }>['scan']['verdict'], detail: Extract<Screen, { at: 'not_understood' }>['scan']['detail'] = null): Draw => () => ({
  screen: { at: 'not_understood', scan: { kind: 'refused', verdict, detail }, audience: 'rider', behind: null, closesAtMs: CLOSES_AT_MS },
})

// ── staff ──

const COUNTED: readonly CountedLine[] = [
  { line: 1, item: 'towel', quantity: 24, expiry: 'none', donor: '019ca6cc-0209-70bb-a125-7f8d0db24f2b' },
  { line: 2, item: 'mixed-congee', quantity: 12, expiry: { day: TODAY + 400 }, donor: '019ca7a0-9fc4-7906-b825-43663a4648af' },
  { line: 3, item: 'heat-relief-liquid', quantity: 6, expiry: 'unset', donor: null },
]
const COUNTED_MANY: readonly CountedLine[] = [
  ...COUNTED,
  ...['biscuits', 'rice-5kg', 'plasters', 'hand-cream', 'electrolyte-drink'].map((item, index) => ({ line: 4 + index, item, quantity: 1200 + index, expiry: { day: TODAY + 100 * index }, donor: null })),
]

const staff = (lines: readonly CountedLine[] = [], session: Parameters<typeof demoStaff>[0] = {}): Staff => ({ session: demoStaff(session), lines, nextLine: lines.length + 1 })

const pin = (over: Partial<Extract<Screen, { at: 'staff_pin' }>>, session: Parameters<typeof demoStaff>[0] = {}): Draw => () => ({
  screen: { at: 'staff_pin', staff: staff([], { signedIn: false, donors: [], ...session }), digits: '', asking: false, said: null, ...over },
})

const restock = (lines: readonly CountedLine[], over: Partial<Extract<Screen, { at: 'restock' }>> = {}): Draw => () => ({
  screen: { at: 'restock', staff: staff(lines), page: 0, selected: lines.at(-1)?.line ?? null, typed: null, refusal: null, ...over },
})

// ── the rest ──

const withNotice = (draw: Draw, notice: Notice): Draw => (options) => {
  const drawn = draw(options)
  return { ...drawn, over: { ...drawn.over, notice: { notice, untilMs: CLOSES_AT_MS } } }
}

const attract = (panel: number, view: Partial<KioskView> = {}): Draw => () => ({ screen: { at: 'attract', panel, panelSinceMs: GALLERY_AT_MS }, view })

const trouble = (code: NonNullable<KioskView['trouble']>['code'], works: NonNullable<KioskView['trouble']>['works']): Draw => () => ({
  screen: { at: 'out_of_order', why: { kind: 'trouble', trouble: { code, works } }, behind: null, sinceMs: GALLERY_AT_MS },
})

const DRAWS: Readonly<Record<string, Draw>> = {
  starting: () => ({ screen: { at: 'starting' }, view: null }),
  'attract-offers': attract(0),
  'attract-goods': ({ panel }) => ({ screen: { at: 'attract', panel: panel === 'portrait' ? 0 : 1, panelSinceMs: GALLERY_AT_MS } }),
  'attract-earn': ({ panel }) => ({ screen: { at: 'attract', panel: panel === 'portrait' ? 1 : 2, panelSinceMs: GALLERY_AT_MS } }),
  'attract-offline': attract(0, { link: { state: 'offline', lastSyncAtMs: GALLERY_WALL_MS - 90_000_000 } }),
  'attract-scanner-lost': attract(1, { scanner: 'lost' }),
  'attract-shelf-empty': ({ panel }) => ({ screen: { at: 'attract', panel: 0, panelSinceMs: GALLERY_AT_MS }, view: emptied(demoView(panel)) }),
  'attract-other-brand': ({ panel }) => ({ screen: { at: 'attract', panel: 1, panelSinceMs: GALLERY_AT_MS }, view: demoView(panel, 1) }),
  greeting: greeting({}),
  'greeting-picked': greeting({}, {}, { cart: CART }),
  'greeting-again': greeting({ visitToday: 3 }),
  'greeting-zero': greeting({ maskedName: UIGHUR, points: demoPoints(0) }),
  'greeting-rich': greeting({ maskedName: LONG_NAME, points: RICH }),
  'greeting-hidden': greeting({ hideBalance: true }, {}, { balanceShown: false }),
  'greeting-offline': greeting({}, { link: { state: 'offline', lastSyncAtMs: null } }),
  'greeting-unknown': greeting({ maskedName: null, standing: 'unknown', points: null }),
  'greeting-unknown-fetching': greeting({ maskedName: null, standing: 'unknown', points: null, fetching: true }),
  'greeting-unknown-offline': greeting({ maskedName: null, standing: 'unknown', points: null }, { link: { state: 'offline', lastSyncAtMs: null } }),
  'greeting-suspended': greeting({ standing: 'suspended' }),
  shelf: shelf({}),
  'shelf-picked': shelf({ cart: CART }),
  'shelf-picked-many': shelf({ cart: CART_TEN, session: demoRider({ points: RICH }) }, { page: 1 }),
  'shelf-short': shelf({ session: demoRider({ points: demoPoints(10) }) }),
  'shelf-limit': shelf({ session: demoRider({ points: RICH, limitLeft: demoRider().limitLeft.map((limit) => ({ ...limit, left: 0 })) }) }),
  'shelf-last-page': shelf({}, { page: 99 }),
  'shelf-category': shelf({}, { category: 'care' }),
  'shelf-unknown': shelf({ session: demoRider({ maskedName: null, standing: 'unknown', points: null }) }),
  'shelf-hidden': shelf({ balanceShown: false, cart: CART }),
  'shelf-sold-out': ({ panel }) => ({ screen: { at: 'shelf', rider: rider(), category: null, page: 0 }, view: emptied(demoView(panel)) }),
  'shelf-empty': shelf({}, {}, { shelf: [] }),
  confirm: () => ({ screen: { at: 'confirm', rider: rider({}, CART_TWO) } }),
  'confirm-ten': () => ({ screen: { at: 'confirm', rider: rider({ points: RICH }, CART_TEN) } }),
  'confirm-empty': () => ({ screen: { at: 'confirm', rider: rider() } }),
  committing: () => ({ screen: { at: 'committing', rider: rider({}, CART), request: 'r', phase: 'asking', sinceMs: GALLERY_AT_MS } }),
  'committing-line-broken': () => ({ screen: { at: 'committing', rider: rider({}, CART), request: 'r', phase: 'line_broken', sinceMs: GALLERY_AT_MS } }),
  'committing-finding': () => ({ screen: { at: 'committing', rider: rider({}, CART), request: 'r', phase: 'finding', sinceMs: GALLERY_AT_MS } }),
  done: done(CART, 106),
  'done-two': done(CART_TWO, 66),
  'done-four': done(CART_TEN.slice(0, 4), 12_265),
  'done-ten': done(CART_TEN, 12_045),
  'done-hidden': done(CART, 106, false),
  'refused-sold-out': refused({ code: 'sold_out', item: 'helmet', left: 0 }),
  'refused-limit': refused({ code: 'limit_reached', item: 'heat-relief-liquid', limit: 2, period: 'month', left: 0 }),
  'refused-points': refused({ code: 'points_short', points: 500, allowance: 126, short: 374 }),
  'refused-price': refused({ code: 'price_changed', points: 50 }),
  'unfinished-not-recorded': () => ({ screen: { at: 'unfinished', why: 'redemption_not_recorded', closesAtMs: CLOSES_AT_MS } }),
  'unfinished-unsure': () => ({ screen: { at: 'unfinished', why: 'redemption_unsure', closesAtMs: CLOSES_AT_MS } }),
  'my-points': myPoints({}),
  'my-points-last': myPoints({ list: historyEntries(2) }, {}, 5),
  'my-points-empty': myPoints({ list: [], total: 0 }, { points: demoPoints(0) }),
  'my-points-loading': myPoints({ list: null, total: 0 }),
  'my-points-failed': myPoints({ list: null, total: 0, failed: true }),
  'my-points-unknown': myPoints({ list: null, total: 0 }, { points: null, standing: 'unknown', maskedName: null }),
  'my-points-coming': myPoints({}, { points: COMING }),
  'my-points-two-places': myPoints({}, { points: BOTH }),
  'my-points-hidden': myPoints({}, {}, 0, false),
  'not-understood-payment': notUnderstood('foreign', 'payment'),
  'not-understood-forged': notUnderstood('forged'),
  'not-understood-worn': notUnderstood('malformed', 'pass_damaged'),
  'not-understood-revoked': notUnderstood('revoked'),
  'not-understood-expired': notUnderstood('expired'),
  'staff-pin': pin({}),
  'staff-pin-typing': pin({ digits: '1234' }),
  'staff-pin-checking': pin({ asking: true }),
  'staff-pin-wrong': pin({ said: { code: 'pin_wrong', triesLeft: 3 } }),
  'staff-pin-locked': pin({ said: { code: 'pin_locked', untilMs: GALLERY_WALL_MS + 284_000 } }, { pin: { triesLeft: 0, lockedUntilMs: GALLERY_WALL_MS + 284_000 } }),
  'staff-home': () => ({ screen: { at: 'staff_home', staff: staff() } }),
  'staff-home-outbox': () => ({ screen: { at: 'staff_home', staff: staff(COUNTED, { role: 'station_head' }) }, view: { outbox: { depth: 118, oldestAgeMs: 3_600_000, parked: 2 } } }),
  'staff-home-offline': () => ({ screen: { at: 'staff_home', staff: staff() }, view: { link: { state: 'offline', lastSyncAtMs: GALLERY_WALL_MS - 600_000 }, outbox: { depth: 6, oldestAgeMs: 300_000, parked: 0 } } }),
  'restock-empty': restock([]),
  restock: restock(COUNTED),
 
  'restock-not-perishable': restock(COUNTED, { selected: 1 }),
  'restock-many': restock(COUNTED_MANY),
  'restock-unselected': restock(COUNTED.slice(0, 2), { selected: null }),
  'restock-refused': restock(COUNTED, { refusal: { code: 'expiry_missing', item: 'heat-relief-liquid' } }),
  'restock-expired': restock([...COUNTED.slice(0, 1), { line: 2, item: 'mixed-congee', quantity: 12, expiry: { day: TODAY - 30 }, donor: null }]),
  'restock-type-quantity': restock(COUNTED, { typed: { field: 'quantity', digits: '144' } }),
  'restock-type-date': restock(COUNTED, { typed: { field: 'expiry', digits: '202701', wrong: false } }),
  'restock-type-date-wrong': restock(COUNTED, { typed: { field: 'expiry', digits: '20270231', wrong: true } }),
  'restock-committing': () => ({ screen: { at: 'restock_committing', staff: staff(COUNTED), request: 'r', phase: 'asking', sinceMs: GALLERY_AT_MS } }),
  'restock-done': () => ({ screen: { at: 'restock_done', units: 42, lines: 3, closesAtMs: CLOSES_AT_MS } }),
  'out-of-order-gone': () => ({ screen: { at: 'out_of_order', why: { kind: 'station_gone' }, behind: null, sinceMs: GALLERY_AT_MS } }),
  'out-of-order-gone-unknown': () => ({ screen: { at: 'out_of_order', why: { kind: 'station_gone' }, behind: null, sinceMs: GALLERY_AT_MS }, view: null }),
  'out-of-order-disk': trouble('disk_full', ['rest']),
  'out-of-order-outbox': trouble('outbox_full', ['rest', 'checkin']),
  'out-of-order-quarantined': trouble('quarantined', ['rest', 'checkin']),
  'out-of-order-not-set-up': trouble('not_set_up', ['rest']),
  'out-of-order-too-many-files': trouble('too_many_files', ['rest']),
  replaced: () => ({ screen: { at: 'replaced' } }),
  'knock-rider': (options) => ({ ...greeting({})(options), view: { knock: { number: 1, kind: 'rider' } } }),
  'knock-restock': (options) => ({ ...restock(COUNTED)(options), view: { knock: { number: 1, kind: 'rider' } } }),
  'knock-staff': (options) => ({ ...greeting({})(options), view: { knock: { number: 1, kind: 'staff' } } }),
  'idle-warning': (options) => ({ ...greeting({})(options), over: { idle: { endsAtMs: CLOSES_AT_MS, secondsLeft: 17 } } }),
  'notice-added': withNotice(shelf({ cart: CART }), { kind: 'item_added', item: 'soap-two-bars', quantity: 1 }),
  'notice-short': withNotice(shelf({}), { kind: 'points_short', missing: 374 }),
  'notice-taken': withNotice(shelf({}), { kind: 'taken_meanwhile', item: 'heat-relief-liquid', left: 1 }),
  'notice-item-first': withNotice(attract(0), { kind: 'item_before_pass' }),
}

export const GALLERY_STATES: readonly GalleryState[] = Object.entries({ ...DRAWS, ...SYNC_DRAWS, ...TRAINING_DRAWS, ...ATTENDANCE_DRAWS, ...WISH_DRAWS, ...REGISTER_DRAWS, ...HAND_OFF_DRAWS }).map(([id, draw]) => ({ id, make: (options) => stateOf(draw, options) }))

export function layoutOf(panel: PanelKind): FlowState['layout'] {
  return { orientation: panel === 'portrait' ? 'portrait' : 'landscape', compact: panel === 'compact' }
}

function stateOf(draw: Draw, options: GalleryOptions): FlowState {
  const { screen, view, over } = draw(options)
  return {
    ...initialFlow(GALLERY_AT_MS),
    screen,
    view: view === null ? null : { ...demoView(options.panel), ...view },
    linkUp: true,
    language: options.language,
    lowReach: options.lowReach,
    layout: layoutOf(options.panel),
    wallMs: GALLERY_WALL_MS,
    clock: { wallMs: GALLERY_WALL_MS, atMs: GALLERY_AT_MS },
    ...over,
  }
}
