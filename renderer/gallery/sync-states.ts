// The gallery's states of Sync: where a rider's points are, fences, this station and central, undo, beginning anew, set-up.

import type { RedemptionShown, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, RiderSession, SyncReport, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { CartLine } from '../../domain/redemption.ts'
import type { FlowState, Rider, SetUpScreen, Staff } from '../flow/flow-state.ts'
import { NOTHING_TYPED } from '../flow/nothing-typed.ts'
import { DEMO_SYNC, demoPoints, demoRider, demoStaff, GALLERY_AT_MS, GALLERY_WALL_MS } from './demo-view.ts'
import type { Draw } from './gallery-states.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const CLOSES_AT_MS = GALLERY_AT_MS + 12_000
const NANHU = { zh: '南湖站', en: 'Nanhu Station' }
const LIUDAOWAN = { zh: '六道湾 · 小巴郎骑手驿站', en: "Liudaowan · Xiaobalang Riders' Station" }
const OFFLINE: Partial<KioskView> = { link: { state: 'offline', lastSyncAtMs: GALLERY_WALL_MS - 7 * HOUR_MS } }
const LATER: Partial<FlowState> = { screenSinceMs: GALLERY_AT_MS - 5_000 }

// ── points ──

type Points = NonNullable<RiderSession['points']>

export const COMING = demoPoints(80, 30, { elsewhere: { reach: 'known', places: [{ name: NANHU, points: 50, heardAtMs: GALLERY_WALL_MS - 20_000 }] } })
const SILENT = demoPoints(80, 30, { elsewhere: { reach: 'known', places: [{ name: NANHU, points: 50, heardAtMs: GALLERY_WALL_MS - 3 * HOUR_MS }] } })
export const BOTH = demoPoints(1_260, 30, {
  pending: 20,
  elsewhere: { reach: 'known', places: [{ name: NANHU, points: 50, heardAtMs: GALLERY_WALL_MS - 20_000 }, { name: LIUDAOWAN, points: 1_160, heardAtMs: GALLERY_WALL_MS - 50 * HOUR_MS }] },
})
const CUT_OFF = demoPoints(80, 30, { elsewhere: { reach: 'cut_off', places: [] } })
const ASKING = demoPoints(80, 30, { elsewhere: { reach: 'asking', places: [] } })
const AT_CENTRAL = demoPoints(1_200, 500)
const PENDING = demoPoints(146, 126, { pending: 20 })

const riderWith = (points: Points, cart: readonly CartLine[] = [], balanceShown = true): Rider => ({ session: demoRider({ points }), cart, balanceShown })
const greeting = (points: Points, view: Partial<KioskView> = {}, balanceShown = true): Draw => () => ({ screen: { at: 'greeting', rider: riderWith(points, [], balanceShown) }, view, over: LATER })
const short = (points: Points, cost: number, view: Partial<KioskView> = {}, balanceShown = true): Draw => () => ({
  screen: { at: 'refused', rider: riderWith(points, [{ item: 'towel', quantity: 2 }], balanceShown), refusal: { code: 'points_short', points: cost, allowance: points.here, short: cost - points.here } },
  view,
})

const fenced = (code: Trouble['code']): Partial<KioskView> => ({ trouble: { code, works: ['rest', 'checkin'] }, outbox: { depth: 118, oldestAgeMs: 26 * HOUR_MS, parked: 2 } })

const POINTS_DRAWS: Readonly<Record<string, Draw>> = {
  'greeting-coming': greeting(COMING),
  'greeting-silent': greeting(SILENT),
  'greeting-two-places': greeting(BOTH),
  'greeting-cut-off': greeting(CUT_OFF, OFFLINE),
  'greeting-stopped': greeting(CUT_OFF, { ...OFFLINE, ...fenced('banned') }),
  'greeting-asking': greeting(ASKING),
  'greeting-at-central': greeting(AT_CENTRAL),
  'greeting-pending': greeting(PENDING),
  'greeting-pending-offline': greeting(PENDING, OFFLINE),
  'greeting-coming-hidden': greeting(COMING, {}, false),
  'shelf-coming': () => ({ screen: { at: 'shelf', rider: riderWith(COMING, [{ item: 'soap-two-bars', quantity: 1 }]), category: null, page: 0 } }),
  'shelf-cut-off': () => ({ screen: { at: 'shelf', rider: riderWith(CUT_OFF), category: null, page: 0 }, view: OFFLINE }),
  'confirm-coming': () => ({ screen: { at: 'confirm', rider: riderWith(COMING, [{ item: 'soap-two-bars', quantity: 1 }]) } }),
  'short-coming': short(COMING, 60),
  'short-silent': short(SILENT, 60),
  'short-silent-two': short(BOTH, 400),
  'short-cut-off': short(CUT_OFF, 60, OFFLINE),
  'short-asking': short(ASKING, 60),
  'short-at-central': short(AT_CENTRAL, 600),
  'short-not-booked': short(PENDING, 140),
  'short-hidden': short(COMING, 60, {}, false),
  'notice-away': () => ({ screen: { at: 'shelf', rider: riderWith(COMING), category: null, page: 0 }, over: { notice: { notice: { kind: 'points_away', away: { kind: 'coming', points: 50, place: LIUDAOWAN, more: 0 } }, untilMs: CLOSES_AT_MS } } }),
}

// ── staff ──

const staff = (sync: Partial<SyncReport> = {}, role: 'volunteer' | 'station_head' = 'station_head'): Staff => ({ session: demoStaff({ role, sync: { ...DEMO_SYNC, ...sync } }), lines: [], nextLine: 1 })

const outOfOrder = (code: Trouble['code']): Draw => () => ({ screen: { at: 'out_of_order', why: { kind: 'trouble', trouble: { code, works: ['rest', 'checkin'] } }, behind: null, sinceMs: GALLERY_AT_MS } })

const NAMES = { towel: { zh: '毛巾', en: 'Towel' }, soap: { zh: '香皂两块装', en: 'Soap, two bars' }, drink: { zh: '电解质水', en: 'Electrolyte drink' }, gloves: { zh: '防滑骑行手套', en: 'Grip riding gloves' } }

function redemptionsOf(count: number): RedemptionShown[] {
  const goods: RedemptionShown['lines'][] = [
    [{ item: 'towel', quantity: 2, points: 40, name: NAMES.towel }],
    [{ item: 'soap-two-bars', quantity: 1, points: 20, name: NAMES.soap }, { item: 'electrolyte-drink', quantity: 2, points: 20, name: NAMES.drink }],
    [{ item: 'grip-gloves', quantity: 1, points: 80, name: NAMES.gloves }, { item: 'towel', quantity: 1, points: 20, name: NAMES.towel }, { item: 'electrolyte-drink', quantity: 1, points: 10, name: NAMES.drink }],
  ]
  return Array.from({ length: count }, (_, index) => {
    const lines = goods[index % goods.length] ?? []
    return { receipt: `1-${String(142 - index).padStart(5, '0')}-R`, atMs: GALLERY_WALL_MS - index * 23 * MINUTE_MS, points: lines.reduce((sum, line) => sum + line.points, 0), lines, undone: index === 2 }
  })
}

const redemptions = (list: RedemptionShown[] | null, failed = false): Draw => () => ({ screen: { at: 'redemptions', staff: staff(), page: 0, redemptions: { list, failed } } })

const undo = (index: number, over: { askedAtMs?: number | null; refusal?: Refusal | null } = {}): Draw => () => {
  const redemption = redemptionsOf(3)[index]
  if (redemption === undefined) throw new Error('the gallery has three redemptions')
  return { screen: { at: 'undo', staff: staff(), redemption, request: 'r', askedAtMs: over.askedAtMs ?? null, refusal: over.refusal ?? null } }
}

const beginAnew = (step: 'what' | 'sure', refusal: Refusal | null = null): Draw => () => ({ screen: { at: 'begin_anew', staff: staff(), step, refusal }, view: fenced('behind') })

const STAFF_DRAWS: Readonly<Record<string, Draw>> = {
  'staff-home-fenced': () => ({ screen: { at: 'staff_home', staff: staff({ alarms: ['outbox_old'] }) }, view: fenced('behind') }),
  'sync-report': () => ({ screen: { at: 'sync_report', staff: staff(), page: 0 } }),
  'sync-report-next': () => ({ screen: { at: 'sync_report', staff: staff(), page: 1 } }),
  'sync-report-alarms': () => ({ screen: { at: 'sync_report', staff: staff({ alarms: ['outbox_old', 'clock_off', 'central_recovering'], clockOffsetMs: -3 * HOUR_MS, lastHelloAtMs: null }, 'volunteer'), page: 0 }, view: { ...OFFLINE, outbox: { depth: 1_118, oldestAgeMs: 26 * HOUR_MS, parked: 0 } } }),
  'sync-report-not-backed-up': () => ({ screen: { at: 'sync_report', staff: staff({ alarms: ['not_backed_up'] }, 'volunteer'), page: 0 } }),
  'sync-report-old-files': () => ({ screen: { at: 'sync_report', staff: staff({ alarms: ['own_events_unread', 'aside_too_many_files', 'aside_revoked', 'aside_refused'] }, 'volunteer'), page: 0 } }),
  'sync-report-all-alarms': () => ({ screen: { at: 'sync_report', staff: staff({ alarms: ['client_too_old', 'server_too_old', 'central_unknown', 'key_refused', 'central_restored', 'central_recovering', 'outbox_old', 'not_backed_up', 'clock_off', 'superseded', 'too_many_files', 'own_events_unread', 'aside_too_many_files', 'aside_revoked', 'aside_refused'] }, 'volunteer'), page: 0 } }),
  'sync-report-fenced': () => ({ screen: { at: 'sync_report', staff: staff(), page: 0 }, view: fenced('behind') }),
  'redemptions': redemptions(redemptionsOf(14)),
  'redemptions-few': redemptions(redemptionsOf(2)),
  'redemptions-none': redemptions([]),
  'redemptions-loading': redemptions(null),
  'redemptions-failed': redemptions(null, true),
  'redemptions-undone': () => ({ ...redemptions(redemptionsOf(14))({ panel: 'portrait', lowReach: false, language: 'zh' }), over: { notice: { notice: { kind: 'redemption_undone', points: 40 }, untilMs: CLOSES_AT_MS } } }),
  'undo': undo(1),
  'undo-many': undo(2),
  'undo-asking': undo(0, { askedAtMs: GALLERY_AT_MS }),
  'undo-already': undo(0, { refusal: { code: 'already_undone' } }),
  'undo-not-now': undo(0, { refusal: { code: 'out_of_order' } }),
  'undo-elsewhere': undo(0, { refusal: { code: 'redemption_not_here' } }),
  'begin-anew': beginAnew('what'),
  'begin-anew-sure': beginAnew('sure'),
  'begin-anew-not-told': beginAnew('sure', { code: 'out_of_order' }),
  'begin-anew-refused': beginAnew('sure', { code: 'station_head_only' }),
  'beginning-anew': () => ({ screen: { at: 'beginning_anew', staff: staff(), phase: 'asking', sinceMs: GALLERY_AT_MS } }),
  'beginning-anew-restarting': () => ({ screen: { at: 'beginning_anew', staff: staff(), phase: 'line_broken', sinceMs: GALLERY_AT_MS } }),
  'begun-anew': () => ({ screen: { at: 'begun_anew', closesAtMs: CLOSES_AT_MS } }),
  'unfinished-begin-anew': () => ({ screen: { at: 'unfinished', why: 'begin_anew_not_done', closesAtMs: CLOSES_AT_MS } }),
  'out-of-order-behind': outOfOrder('behind'),
  'out-of-order-banned': outOfOrder('banned'),
  'out-of-order-waiting': outOfOrder('waiting_for_staff'),
  'out-of-order-hello': outOfOrder('hello_needed'),
}

// ── set-up ──

type SetUp = NonNullable<KioskView['setUp']>

const setUp = (screen: Partial<SetUpScreen>, view: Partial<SetUp> = {}): Draw => () => ({
  screen: { ...NOTHING_TYPED, ...screen },
  view: { station: null, shelf: [], trouble: { code: 'not_set_up', works: ['rest'] }, setUp: { state: 'waiting', problem: null, keyPrint: null, centralUrl: 'https://central.example', ...view } },
})
const tried = (problem: SetUp['problem']): Draw => setUp({ code: '7K2M9QXT4HWB', isNew: false }, { problem })

const SET_UP_DRAWS: Readonly<Record<string, Draw>> = {
  'set-up': setUp({}),
  'set-up-typing': setUp({ code: '7K2M9' }),
  'set-up-typed': setUp({ code: '7K2M9QXT4HWB' }),
  'set-up-typed-no-address': setUp({ code: '7K2M9QXT4HWB' }, { centralUrl: null }),
  'set-up-address': setUp({ code: '7K2M9QXT4HWB', field: 'address', address: 'https://central.boai.ex' }, { centralUrl: null }),
  'set-up-address-long': setUp({ code: '7K2M9QXT4HWB', field: 'address', address: 'https://stations.red-cross-branch.urumqi.example:7443/district' }, { centralUrl: null }),
  'set-up-comparing': setUp({ code: '7K2M9QXT4HWB', isNew: false }, { state: 'comparing', keyPrint: 'W4T7K2M9QXB05HRE' }),
  'set-up-joining': setUp({ code: '7K2M9QXT4HWB', isNew: false }, { state: 'joining' }),
  'set-up-joined': setUp({ code: '7K2M9QXT4HWB', isNew: false }, { state: 'joined' }),
  'set-up-unknown': tried('code_unknown'),
  'set-up-expired': tried('code_expired'),
  'set-up-used': tried('code_used'),
  'set-up-tries': tried('too_many_tries'),
  'set-up-no-answer': tried('no_answer'),
  'set-up-not-a-central': setUp({ code: '7K2M9QXT4HWB', field: 'address', address: 'https://central.boai.ex', isNew: false }, { centralUrl: null, problem: 'not_a_central' }),
  'set-up-other-central': tried('other_central'),
  'set-up-too-old': tried('client_too_old'),
  'set-up-central-too-old': tried('server_too_old'),
  'set-up-wrong-scan': (options) => ({ ...setUp({})(options), over: { notice: { notice: { kind: 'not_a_set_up_code' }, untilMs: CLOSES_AT_MS } } }),
}

export const SYNC_DRAWS: Readonly<Record<string, Draw>> = { ...POINTS_DRAWS, ...STAFF_DRAWS, ...SET_UP_DRAWS }
