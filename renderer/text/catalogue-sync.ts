// The words of Sync, as types: where a rider's points are, what staff should know of the line to central, undo, beginning anew
// and set-up. Part of the catalogue (catalogue.ts); which case it is, is the flow's business.

import type { KioskView, SyncReport, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import type { PointsAway, ShortFor } from '../flow/rest-of-points.ts'
import type { Said } from './catalogue.ts'

/** Words for each place where points may be; the place's name in this language comes along (empty where there is none). */
export type AwayWords<Words> = {
  [Kind in PointsAway['kind']]: (away: Extract<PointsAway, { kind: Kind }>, place: string, missing: number | null) => Words
}

export interface PointsWords {
  here: (here: number | null) => string
  /** A whole sentence for each case. */
  away: AwayWords<string>
  /** When a silent station was last heard. */
  heard: (ago: string | null) => string
  /** The same in few words (null: too soon to say anything), for the head of the shelf and narrow places. */
  brief: AwayWords<string | null>
  hereBrief: (here: number | null) => string
  /** `online`: central will record it in a moment. */
  pending: (pending: number | null, online: boolean) => string
  pendingBrief: (pending: number | null) => string
  leftHere: (points: number) => string
  /** Not enough here: what is missing, why, what one can do. */
  short: {
    tooFew: (short: Extract<ShortFor, { kind: 'too_few' }>) => Said
    notBooked: (short: Extract<ShortFor, { kind: 'not_booked' }>) => Said
    away: AwayWords<Said>
  }
  /** The same as one passing line. */
  shortLine: AwayWords<string>
  notBookedLine: string
}

export interface SyncReportWords {
  title: string
  allWell: string
  toDo: (things: number) => string
  alarm: Record<SyncReport['alarms'][number], { what: string; next: string }>
  parked: (parked: number) => { what: string; next: string }
  /** The worst case, and that it is known and borne. */
  stranded: (points: number) => { what: string; next: string }
  cloned: (points: number) => { what: string; next: string }
  fact: Record<'outbox' | 'contact' | 'hello' | 'clock' | 'held' | 'earning' | 'standing' | 'topUp' | 'slice' | 'beforeHello', string>
  outbox: (depth: number, ago: string | null) => string
  outboxEmpty: string
  never: string
  clock: (offsetMs: number | null, duration: string) => string
  held: (riders: number, points: number) => string
  upTo: (points: number) => string
  eachRider: (points: number) => string
  beforeHello: (allowed: boolean) => string
  beginAnew: string
}

export interface RedemptionsWords {
  title: string
  line: string
  count: (redemptions: number) => string
  /** The first kind of goods, of so many units in all. */
  andMore: (first: string, units: number) => string
  undo: string
  undone: string
  empty: string
  emptyNext: string
  loading: string
  failed: string
  /** Before the one tap that does it. */
  sure: string
  willReturn: (points: number) => string
  /** The goods follow. */
  willShelve: string
  willStay: string
  once: string
  confirm: string
  keep: string
  asking: string
  /** The file takes nothing new just now. */
  notNow: Said
}

export interface BeginAnewWords {
  title: string
  /** Two sentences, a line each. */
  why: readonly [string, string]
  kept: string
  keptLines: (unsent: number, points: number) => readonly string[]
  after: string
  afterLines: readonly string[]
  go: string
  sure: string
  sureLine: string
  confirm: string
  keep: string
  /** What this file recorded is not all at central yet. */
  notAllTold: (unsent: number) => Said
  beginning: Record<'asking' | 'line_broken' | 'finding', { title: string; line: string }>
  begun: { title: string; line: string; next: string }
}

export interface SetUpWords {
  title: string
  line: string
  scan: string
  address: string
  addressLine: string
  typed: (signs: number) => string
  keys: string
  join: string
  next: string
  moreKeys: string
  /** After a typed code: whether this is the central that made it. */
  compare: { title: string; line: string; spoken: (keyPrint: string) => string; same: string; other: string }
  joining: { title: string; line: string }
  joined: { title: string; line: string }
  problem: Record<NonNullable<NonNullable<KioskView['setUp']>['problem']>, { what: string; next: string }>
  notACode: string
}

export interface SyncCatalogue {
  /** "3 小时前". */
  ago: (ms: number) => string
  duration: (ms: number) => string
  points: PointsWords
  syncReport: SyncReportWords
  redemptions: RedemptionsWords
  beginAnew: BeginAnewWords
  setUp: SetUpWords
  /** What staff should do about a trouble, one line each. */
  troubleForStaff: Record<Trouble['code'], string>
}

