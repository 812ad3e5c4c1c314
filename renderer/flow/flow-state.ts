// What the screen knows, as plain data. Whatever belongs to a person lives inside `screen` and nowhere else (but for the
// station's own `view`), so leaving a screen is wiping it: no private thing outlives a session (invariant 11).
// It refuses to know the wire, the clock and the DOM: requests to the station are data in `asks`, sounds are data in `sound`.

import type { CartLine } from '../../domain/redemption.ts'
import type { KioskAnswer, KioskInput, KioskOutput, KioskRequestName, PointEntry, Receipt, RedemptionShown, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView, RiderSession, ScanOutcome, ShelfEntry, StaffSession, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { SignupState } from '../../contract/kiosk/training-view.ts'
import type { Dictionary } from '../pinyin/dictionary.ts'
import type { RegisterDoneScreen, RegisterScreen, RegisterTap } from './register-state.ts'
import type { PointsAway } from './rest-of-points.ts'
import type { AttendanceScreen, AttendanceTap } from './attendance-state.ts'
import type { HandOffPurpose } from '../../contract/kiosk/hand-off.ts'
import type { HandOffTap, HandOverScreen, RegisterByPhoneScreen, TrainingAsk, TrainingScreen, TrainingTap, WishAsk, WishScreen, WishTap, WishTypingTap } from './visit-state.ts'

export type Language = 'zh' | 'en'
export type Category = ShelfEntry['category']
export type ScanRefused = Extract<ScanOutcome, { kind: 'refused' }>
export type DemoCode = KioskOutput<'list_demo_codes'>['codes'][number]

// ── people ──

/** A rider in session: the station's newest word about him and what he has picked. */
export interface Rider {
  session: RiderSession
  cart: readonly CartLine[]
  balanceShown: boolean
}

/** A volunteer or station head in session; the counted lines stay while he walks between his screens. */
export interface Staff {
  session: StaffSession
  lines: readonly CountedLine[]
  nextLine: number
}

/** One lot as it is counted in. `unset` is not `none`: goods that spoil need one of the two said. */
export interface CountedLine {
  line: number
  item: string
  /** Units of issue. */
  quantity: number
  expiry: 'unset' | 'none' | { day: number }
  donor: string | null
}

// ── screens ──

export type Typed =
  | { field: 'quantity'; digits: string }
  /** yyyymmdd */
  | { field: 'expiry'; digits: string; wrong: boolean }

export interface Entries {
  /** null: still asked for. */
  list: readonly PointEntry[] | null
  total: number
  failed: boolean
}

export interface TodaysRedemptions {
  /** null: still asked for. */
  list: readonly RedemptionShown[] | null
  failed: boolean
}

/** A machine that is no station yet: its one-time code, and central's address where nobody told it. */
export interface SetUpScreen {
  at: 'set_up'
  field: 'code' | 'address'
  code: string
  address: string
  /** Changed since it was last tried: what was wrong with that try is no longer said. */
  isNew: boolean
}

export type CommitPhase =
  /** The request is with the station. */
  | 'asking'
  /** The line broke with the request on it. */
  | 'line_broken'
  /** The line is back: was it recorded? */
  | 'finding'

/** Why an act ended without a plain yes or no. */
export type Unfinished = 'redemption_not_recorded' | 'redemption_unsure' | 'restock_unsure' | 'begin_anew_not_done'

export type OutOfOrder = { kind: 'trouble'; trouble: Trouble } | { kind: 'station_gone' }

export type RiderScreen =
  | { at: 'greeting'; rider: Rider }
  | { at: 'shelf'; rider: Rider; category: Category | null; page: number }
  | { at: 'confirm'; rider: Rider }
  | { at: 'refused'; rider: Rider; refusal: Refusal }
  | { at: 'my_points'; rider: Rider; page: number; entries: Entries }
  | TrainingScreen
  | WishScreen
  | HandOverScreen

export type StaffScreen =
  | { at: 'staff_pin'; staff: Staff; digits: string; asking: boolean; said: Extract<Refusal, { code: 'pin_wrong' | 'pin_locked' }> | null }
  | { at: 'staff_home'; staff: Staff }
  | { at: 'sync_report'; staff: Staff; page: number }
  | { at: 'redemptions'; staff: Staff; page: number; redemptions: TodaysRedemptions }
  /** What undoing would do, before the one tap that does it; tried again under the same number. */
  | { at: 'undo'; staff: Staff; redemption: RedemptionShown; request: string; askedAtMs: number | null; refusal: Refusal | null }
  | { at: 'begin_anew'; staff: Staff; step: 'what' | 'sure'; refusal: Refusal | null }
  | AttendanceScreen
  | { at: 'restock'; staff: Staff; page: number; selected: number | null; typed: Typed | null; refusal: Refusal | null }

export type CommitScreen =
  | { at: 'beginning_anew'; staff: Staff; phase: CommitPhase; sinceMs: number }
  | { at: 'committing'; rider: Rider; request: string; phase: CommitPhase; sinceMs: number }
  | { at: 'restock_committing'; staff: Staff; request: string; phase: CommitPhase; sinceMs: number }

/** Said and done: these close by themselves and the session behind them is already over. */
export type ClosingScreen =
  | { at: 'done'; receipt: Receipt; balanceShown: boolean; closesAtMs: number }
  | { at: 'restock_done'; units: number; lines: number; closesAtMs: number }
  | RegisterDoneScreen
  | { at: 'begun_anew'; closesAtMs: number }
  | { at: 'unfinished'; why: Unfinished; closesAtMs: number }

/** What a passing screen may give way to again. */
export type ScreenBehind = RiderScreen | StaffScreen | RegisterScreen | RegisterByPhoneScreen | Extract<ClosingScreen, { at: 'done' | 'restock_done' | 'register_done' }>

export type Screen =
  | { at: 'starting' }
  | SetUpScreen
  | { at: 'attract'; panel: number; panelSinceMs: number }
  | RegisterScreen
  | RiderScreen
  | RegisterByPhoneScreen
  | StaffScreen
  | CommitScreen
  | ClosingScreen
  | { at: 'not_understood'; scan: ScanRefused; audience: 'rider' | 'staff'; behind: ScreenBehind | null; closesAtMs: number }
  | { at: 'out_of_order'; why: OutOfOrder; behind: RiderScreen | StaffScreen | RegisterScreen | RegisterByPhoneScreen | null; sinceMs: number }
  | { at: 'replaced' }

export type ScreenName = Screen['at']
export type ScreenAt<Name extends ScreenName> = Extract<Screen, { at: Name }>

// ── what lies over a screen ──

/** A short line that goes away by itself; every tap or scan that changes nothing says why here. */
export type Notice =
  | { kind: 'item_before_pass' }
  | { kind: 'pin_before_item' }
  | { kind: 'item_unknown'; code: string }
  | { kind: 'item_not_offered' }
  | { kind: 'item_added'; item: string; quantity: number }
  | { kind: 'item_counted'; item: string; units: number }
  | { kind: 'sold_out'; item: string }
  /** All that the shelf has of it is in the cart already. */
  | { kind: 'all_in_cart'; item: string; left: number }
  /** The shelf gave less than the cart held: somebody else took it. */
  | { kind: 'taken_meanwhile'; item: string; left: number }
  | { kind: 'limit_reached'; item: string; left: number }
  | { kind: 'points_short'; missing: number | null }
  /** Enough in all, but some of them are not here now, and why. */
  | { kind: 'points_away'; away: PointsAway }
  | { kind: 'points_not_booked' }
  | { kind: 'cart_full'; unitsMax: number }
  | { kind: 'lines_full'; linesMax: number }
  | { kind: 'rider_unknown' }
  | { kind: 'rider_suspended' }
  | { kind: 'redemption_stopped' }
  | { kind: 'already_here' }
  | { kind: 'wait_for_commit' }
  /** Said at the first touch of finish; the second one means it. */
  | { kind: 'lines_unconfirmed'; lines: number }
  | { kind: 'too_many_scans' }
  | { kind: 'station_busy' }
  | { kind: 'redemption_undone'; points: number }
  | { kind: 'not_a_set_up_code' }
  | { kind: 'session_ended' }
  | { kind: 'attendance_ended'; came: number }
  /** Goods wait until attendance is over. */
  | { kind: 'attendance_running' }
  | { kind: 'signup_changed'; training: string; what: TrainingAsk; state: SignupState; place: number | null }
  /** `sent`: central is within reach. */
  | { kind: 'wish_noted'; what: WishAsk; sent: boolean }
  | { kind: 'came_from_phone'; purpose: HandOffPurpose }
  | { kind: 'wishes_full'; wishesMax: number }
  | { kind: 'nothing_written' }
  /** Said at the first touch that would lose what was typed; the second one means it. */
  | { kind: 'words_unposted' }
  | { kind: 'register_unsent' }

export interface ShownNotice {
  notice: Notice
  untilMs: number
}

export type SoundName = 'read' | 'done' | 'refused' | 'warning'

export interface Layout {
  orientation: 'portrait' | 'landscape'
  /** Below about 800 px high or 1000 px wide: fewer rows. */
  compact: boolean
}

// ── requests ──

export type Ask = { [Name in KioskRequestName]: { id: number; name: Name; input: KioskInput<Name> } }[KioskRequestName]

// ── the state ──

export interface FlowState {
  screen: Screen
  /** Monotonic time at which `screen.at` last changed. */
  screenSinceMs: number
  view: KioskView | null
  linkUp: boolean
  language: Language
  lowReach: boolean
  slow: boolean
  layout: Layout
  notice: ShownNotice | null
  /** The full-screen warning; null while somebody is there. */
  idle: { endsAtMs: number; secondsLeft: number } | null
  /** The knock that was answered here; the view may show it a moment longer. */
  answeredKnock: number | null
  /** Wall clock as the station keeps it, whole seconds. */
  wallMs: number
  /** The pair of clocks that `wallMs` is reckoned from. */
  clock: { wallMs: number; atMs: number }
  /** Last touch or scan, monotonic. */
  touchedAtMs: number
  keptAtMs: number
  /** A session that this screen has ended; the view may show it a moment longer. */
  leftSession: { session: string; askedAtMs: number } | null
  lastTap: { do: TapName; atMs: number } | null
  lastScan: number
  /** A keyboard-wedge scanner has been heard since the start: there is one, whatever the station's own scanner says. */
  wedgeHeard: boolean
  asks: readonly Ask[]
  nextAsk: number
  sound: { number: number; name: SoundName } | null
  /** Counts up when the person wants this screen to take the station back. */
  reconnects: number
  demo: { open: boolean; codes: readonly DemoCode[] | null }
  /** What the keyboard knows of Chinese; null until it is there. Nothing of anybody is in it. */
  dictionary: Dictionary | null
}

// ── inputs ──

export type Tap =
  | { do: 'back' }
  | { do: 'finish' }
  | { do: 'close' }
  /** Anything touched that has no act of its own: somebody is there. */
  | { do: 'stay' }
  | { do: 'toggle_language' }
  | { do: 'toggle_low_reach' }
  | { do: 'toggle_slow' }
  | { do: 'turn_page'; to: 'next' | 'previous' }
  | { do: 'answer_knock'; letIn: boolean }
  | { do: 'take_over' }
  | { do: 'toggle_demo' }
  | { do: 'demo_scan'; text: string }
  | RiderTap
  | TrainingTap
  | WishTap
  | WishTypingTap
  | RegisterTap
  | HandOffTap
  | PinTap
  | CountingTap
  | StationTap
  | AttendanceTap
  | SetUpTap

export type RiderTap =
  | { do: 'toggle_balance' }
  | { do: 'show_shelf' }
  | { do: 'choose_category'; category: Category | null }
  | { do: 'add_item'; item: string }
  /** One unit fewer; the last one takes the line out. */
  | { do: 'take_item_out'; item: string }
  | { do: 'drop_item'; item: string }
  | { do: 'show_confirm' }
  | { do: 'redeem' }
  | { do: 'show_my_points' }

export type PinTap = { do: 'pin_digit'; digit: string } | { do: 'pin_delete' }

export type CountingTap =
  | { do: 'show_restock' }
  | { do: 'select_line'; line: number }
  | { do: 'change_quantity'; line: number; by: number }
  | { do: 'type_quantity'; line: number }
  | { do: 'type_expiry'; line: number }
  | { do: 'type_digit'; digit: string }
  | { do: 'type_delete' }
  | { do: 'type_done' }
  | { do: 'type_cancel' }
  | { do: 'expiry_in_months'; line: number; months: 1 | 3 | 6 | 12 | 18 | 24 }
  | { do: 'expiry_none'; line: number }
  | { do: 'choose_donor'; line: number; donor: string | null }
  /** The same item again with another date or giver: a lot of its own. */
  | { do: 'add_lot'; line: number }
  | { do: 'remove_line'; line: number }
  | { do: 'restock' }

export type StationTap =
  | { do: 'show_sync_report' }
  | { do: 'show_redemptions' }
  | { do: 'show_undo'; receipt: string }
  | { do: 'undo' }
  | { do: 'show_begin_anew' }
  | { do: 'begin_anew_on' }
  | { do: 'begin_anew' }

export type SetUpTap = { do: 'set_up_sign'; sign: string } | { do: 'set_up_erase' } | { do: 'set_up_on' } | { do: 'set_up_compared'; said: 'same' | 'other' }

export type TapName = Tap['do']

export type FlowEvent =
  | { type: 'tick' }
  | { type: 'tapped'; tap: Tap }
  /** A whole code came from the keyboard wedge. */
  | { type: 'wedge_read'; text: string }
  | { type: 'laid_out'; layout: Layout }
  | { type: 'link_up' }
  | { type: 'link_down' }
  | { type: 'view_came'; view: KioskView }
  | { type: 'beat_came'; nowMs: number }
  | { type: 'scanned'; number: number; outcome: ScanOutcome }
  | AnsweredEvent
  | { type: 'replaced' }
  | { type: 'dictionary_came'; dictionary: Dictionary }

export type AnsweredEvent = { [Name in KioskRequestName]: { type: 'answered'; id: number; name: Name; answer: KioskAnswer<Name> } }[KioskRequestName]

export interface FlowInput {
  event: FlowEvent
  /** Monotonic. */
  atMs: number
  /** A new UUID for this input, used where one is needed. */
  freshId: string
}

export function initialFlow(atMs: number): FlowState {
  return {
    screen: { at: 'starting' },
    screenSinceMs: atMs,
    view: null,
    linkUp: false,
    language: 'zh',
    lowReach: false,
    slow: false,
    layout: { orientation: 'portrait', compact: false },
    notice: null,
    idle: null,
    answeredKnock: null,
    wallMs: 0,
    clock: { wallMs: 0, atMs },
    touchedAtMs: atMs,
    keptAtMs: atMs,
    leftSession: null,
    lastTap: null,
    lastScan: 0,
    wedgeHeard: false,
    asks: [],
    nextAsk: 1,
    sound: null,
    reconnects: 0,
    demo: { open: false, codes: null },
    dictionary: null,
  }
}
