// Every word a person reads on the touchscreen, as one type: a language is a value of it, so a missing word is a compile error.
// A line is at most 28 Chinese characters. It refuses to know when a word is shown; what is shown is the flow's business.

import type { Period } from '../../domain/calendar.ts'
import type { PointEntry, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import type { Bilingual, KioskView, ScanOutcome, ShelfEntry, StaffSession, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { Notice, Unfinished } from '../flow/flow-state.ts'
import type { SyncStanding } from '../flow/sync-items.ts'
import type { RegisterCatalogue } from './catalogue-register.ts'
import type { SyncCatalogue } from './catalogue-sync.ts'
import type { VisitCatalogue } from './catalogue-visit.ts'

/** What it is, why, and what to do next: no refusal is a dead end. */
export interface Said {
  what: string
  why: string
  next: string
}

type ScanRefused = Extract<ScanOutcome, { kind: 'refused' }>
/** The detail where there is one, else the verdict. */
export type ScanWord = ScanRefused['verdict'] | NonNullable<ScanRefused['detail']>
export type PartOfDay = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening'
type Work = Trouble['works'][number]
type ScannerState = KioskView['scanner']

export const FACILITIES = ['seats', 'water', 'microwave', 'charging', 'battery_swap', 'first_aid_box', 'umbrellas', 'medicines', 'wifi', 'books'] as const
export type Facility = (typeof FACILITIES)[number]

export type Network = KioskView['link']['state'] | 'reconnecting'

export interface Catalogue extends SyncCatalogue, VisitCatalogue, RegisterCatalogue {
  direction: 'ltr' | 'rtl'
  /** For `<html lang>`. */
  htmlLang: string
  /** The word of this language out of data that has both. */
  of: (words: Bilingual) => string
  time: (wallMs: number, utcOffsetMinutes: number) => string
  date: (wallMs: number, utcOffsetMinutes: number) => string
  day: (day: number) => string
  countdown: (seconds: number) => string

  parts: {
    back: string
    finish: string
    close: string
    lowReach: string
    lowReachOff: string
    slow: string
    slowOff: string
    /** On the button: names both languages, whichever is on. */
    language: string
    previousPage: string
    nextPage: string
    page: (page: number, pages: number) => string
    more: string
    fewer: string
    remove: string
    delete: string
    done: string
    cancel: string
    pointsUnit: string
    points: (points: number) => string
    network: Record<Network, string>
    closesIn: (seconds: number) => string
    station: string
    /** Before the station's own name is known. */
    product: string
  }

  starting: { title: string; line: string }

  attract: {
    /** One line each of the huge title. */
    title: readonly string[]
    free: readonly string[]
    scan: string
    scanHint: string
    scanner: Record<ScannerState, string | null>
    offers: string
    facility: Record<Facility, string>
    goods: (kinds: number) => string
    goodsHint: string
    trainings: string
    wishes: string
    earn: string
    earnWays: readonly string[]
    call: (hotline: string) => string
  }

  greeting: {
    hello: (maskedName: string, part: PartOfDay) => string
    welcome: (part: PartOfDay) => string
    checkedIn: (visitToday: number, time: string) => string
    firstToday: string
    unknown: string
    unknownFetching: string
    unknownOffline: string
    suspended: string
    suspendedNext: string
    pointsLabel: string
    hideHint: string
    showHint: string
    hidden: string
    offline: string
    showShelf: string
    onShelf: (kinds: number) => string
    firstGoods: string
    myPoints: string
    myPointsHint: string
    register: string
    trainings: string
    wishes: string
  }

  shelf: {
    title: string
    spendable: (points: number) => string
    spendableHidden: string
    all: (kinds: number) => string
    category: Record<ShelfEntry['category'], string>
    empty: Said
    emptyCategory: string
    left: (units: number) => string
    oneLeft: string
    inCart: (units: number) => string
    soldOut: string
    short: (missing: number | null) => string
    shortWithCart: (missing: number | null) => string
    partElsewhere: (here: number | null) => string
    limitReached: (period: Period) => string
    limit: (units: number, period: Period) => string
    unknownRider: string
    suspended: string
    stopped: string
    howToEarn: string
    cartEmpty: string
    cartLine: (name: string, quantity: number) => string
    cartMore: (units: number) => string
    total: (points: number) => string
    leftAfter: (points: number) => string
    toConfirm: string
  }

  confirm: {
    title: string
    line: string
    total: string
    leftAfter: (points: number) => string
    units: (units: number) => string
    redeem: string
    empty: string
    emptyNext: string
  }

  committing: Record<'asking' | 'line_broken' | 'finding', { title: string; line: string }>

  done: {
    title: string
    take: string
    units: (units: number) => string
    receipt: string
    receiptHint: string
    pointsLeft: (points: number) => string
    next: string
  }

  refused: {
    title: string
    backToShelf: string
    words: { [Code in Refusal['code']]: (refusal: Extract<Refusal, { code: Code }>, itemName: string) => Said }
  }

  unfinished: Record<Unfinished, Said>

  myPoints: {
    title: string
    balance: (points: number) => string
    balanceHidden: string
    total: (entries: number) => string
    reason: Record<PointEntry['reason'], string>
    line: (name: string, quantity: number) => string
    signed: (points: number) => string
    waiting: string
    waitingHint: string
    correctionHint: string
    atCentral: string
    empty: string
    emptyNext: string
    loading: string
    failed: string
    unknown: string
  }

  notUnderstood: {
    title: string
    forStaff: string
    rider: Record<ScanWord, Said>
    staff: Record<ScanWord, string>
  }

  staffPin: {
    hello: (maskedName: string) => string
    title: string
    line: string
    typed: (digits: number) => string
    checking: string
    wrong: (triesLeft: number) => string
    locked: (countdown: string) => string
    lockedNext: string
  }

  staffHome: {
    hello: (maskedName: string, role: StaffSession['role']) => string
    restock: string
    restockHint: string
    counted: (lines: number) => string
    outbox: (depth: number) => string
    outboxEmpty: string
    parked: (parked: number) => string
    runningOut: string
    redemptionsHint: string
    syncHint: (standing: SyncStanding) => string
  }

  restock: {
    title: string
    line: string
    empty: string
    emptyNext: string
    quantity: string
    units: (units: number) => string
    expiry: string
    expiryUnset: string
    expiryNone: string
    expiryOn: (day: string) => string
    /** The date is in the past: such goods don't go on the shelf. */
    expired: string
    months: (months: number) => string
    typeDate: string
    dateHint: string
    dateWrong: string
    quantityHint: string
    donor: string
    donorNone: string
    addLot: string
    total: (units: number, lines: number) => string
    commit: string
    needsExpiry: (lines: number) => string
    linesExpired: (lines: number) => string
  }

  restockCommitting: Record<'asking' | 'line_broken' | 'finding', { title: string; line: string }>

  restockDone: { title: string; line: (units: number, lines: number) => string; next: string }

  outOfOrder: {
    gone: Said
    trouble: Record<Trouble['code'], Said>
    works: string
    stopped: string
    work: Record<Work, string>
    call: (hotline: string) => string
    callNobody: string
  }

  replaced: { title: string; line: string; takeOver: string }

  knock: { title: string; line: Record<'rider' | 'staff', string>; letIn: string; keep: string; registering: Record<'unsent' | 'pass', string> }

  idle: { title: string; line: string; seconds: (seconds: number) => string; stay: string }

  notices: { [Kind in Notice['kind']]: (notice: Extract<Notice, { kind: Kind }>, itemName: string) => string }

  demo: {
    mark: string
    title: string
    line: string
    loading: string
    kind: Record<'rider' | 'staff' | 'item' | 'bad', string>
    open: string
    close: string
  }
}
