// What the station shows the screen: one snapshot, sent whole whenever something in it changed. It holds what a public
// screen may show and no more: a masked name, no phone, no PIN, nothing of a rider who is not in session.

import { z } from 'zod'
import { KEY_PRINT } from '../sync/enrolment.ts'
import { MIRROR_ROWS } from '../sync/sync-protocol.ts'
import { handOffShown } from './hand-off.ts'
import { attendanceOutcome, attendeeShown, certificateShown, HOSTED_TODAY_MAX, hostedToday, invitationShown, signupShown, trainingShown } from './training-view.ts'
import { ownWish, wallWish } from './wish-view.ts'

const bilingual = z.strictObject({ zh: z.string(), en: z.string() })
export type Bilingual = z.infer<typeof bilingual>

const uuid = z.uuid()

export const shelfEntry = z.strictObject({
  item: z.string(),
  name: bilingual,
  category: z.enum(['road', 'home', 'food', 'care']),
  pricePoints: z.int().min(0),
  /** File name below `items/`. */
  picture: z.string(),
  tint: z.enum(['sky', 'leaf', 'clay', 'sand']),
  /** Units that may be given out today. */
  onShelf: z.int().min(0),
  limit: z.strictObject({ quantity: z.int(), period: z.enum(['day', 'week', 'month', 'halfyear']) }).nullable(),
  perishable: z.boolean(),
})
export type ShelfEntry = z.infer<typeof shelfEntry>

export const riderSession = z.strictObject({
  kind: z.literal('rider'),
  session: uuid,
  /** null: this machine does not know the rider (yet); he is welcomed all the same. */
  maskedName: z.string().nullable(),
  standing: z.enum(['active', 'suspended', 'unknown']),
  /** The rider chose to hide the balance until it is touched. */
  hideBalance: z.boolean(),
  points: z
    .strictObject({
      /** All the rider's points, wherever they lie. */
      balance: z.int(),
      /** What this station may let him spend now: the allowance. */
      here: z.int().min(0),
      /** Earned here beyond the station's earning slice: nobody can spend them until central has recorded it. */
      pending: z.int().min(0),
      /** Where the rest is. `asking`: central is being asked; `known`: at these stations, and on its way from those that answer;
       *  `cut_off`: nobody can be asked now. */
      elsewhere: z.strictObject({
        reach: z.enum(['asking', 'known', 'cut_off']),
        places: z.array(z.strictObject({ name: bilingual, points: z.int().min(1), heardAtMs: z.int().nullable() })).max(5),
      }),
    })
    .nullable(),
  /** An answer from central (the rider's row, a top-up of the allowance) is on its way. */
  fetching: z.boolean(),
  /** The how-many-th visit of today this is. */
  visitToday: z.int().min(1),
  /** He was greeted moments ago: it is still that visit. */
  sameVisit: z.boolean(),
  checkedInAtMs: z.int(),
  /** Units left within the limit, for limited items. */
  limitLeft: z.array(z.strictObject({ item: z.string(), left: z.int().min(0) })),
  /** How he stands to trainings that are not long over. */
  signups: z.array(signupShown).max(50),
  certificates: z.array(certificateShown).max(50),
  invitations: z.array(invitationShown).max(10),
  /** His own, newest first; none where this machine does not know him. */
  wishes: z.array(ownWish).max(50),
})
export type RiderSession = z.infer<typeof riderSession>

/** What staff should know of the line to central. Words for each are in the screen's catalogue. */
export const SYNC_ALARMS = [
  'client_too_old', 'server_too_old', 'central_unknown', 'key_refused', 'central_restored', 'central_recovering', 'outbox_old', 'not_backed_up', 'clock_off', 'superseded', 'too_many_files',
  'own_events_unread', 'aside_too_many_files', 'aside_revoked', 'aside_refused',
] as const

export const syncReport = z.strictObject({
  alarms: z.array(z.enum(SYNC_ALARMS)).max(SYNC_ALARMS.length),
  lastHelloAtMs: z.int().nullable(),
  /** Station minus central; null before the first hello. */
  clockOffsetMs: z.int().nullable(),
  /** Riders' points that lie here, and of how many riders. */
  held: z.strictObject({ riders: z.int().min(0), points: z.int().min(0) }),
  earningSliceLeft: z.int().min(0),
  rules: z.strictObject({ standingPoints: z.int(), topUpPointsMax: z.int(), earningSlicePoints: z.int(), spendBeforeHello: z.boolean() }),
  /** What it costs at worst: points nobody can reach while this station is silent; points that a copy of its disk could spend once more while it is cut off. */
  worst: z.strictObject({ strandedPoints: z.int().min(0), clonedDiskPoints: z.int().min(0) }),
})
export type SyncReport = z.infer<typeof syncReport>

export const staffSession = z.strictObject({
  kind: z.literal('staff'),
  session: uuid,
  maskedName: z.string(),
  role: z.enum(['volunteer', 'station_head']),
  /** false until the PIN was right. */
  signedIn: z.boolean(),
  /** Wrong PINs that are left before a pause; the pause's end while there is one. */
  pin: z.strictObject({ triesLeft: z.int().min(0), lockedUntilMs: z.int().nullable() }),
  /** Who may be named as giver; empty until signed in. */
  donors: z.array(z.strictObject({ id: uuid, name: bilingual })),
  /** null until signed in. */
  sync: syncReport.nullable(),
  /** What is held in this station today, the soonest first; empty until signed in. */
  hosted: z.array(hostedToday).max(HOSTED_TODAY_MAX),
  /** While attendance is taken: whoever is on the list, and what became of the last pass. */
  attendance: z.strictObject({ training: uuid, attendees: z.array(attendeeShown).max(500), last: attendanceOutcome.nullable() }).nullable(),
})
export type StaffSession = z.infer<typeof staffSession>

/** Why the machine is out of order, and what still works. `rest` always does. */
export const trouble = z.strictObject({
  code: z.enum(['disk_full', 'storage_failing', 'outbox_full', 'quarantined', 'behind', 'banned', 'waiting_for_staff', 'hello_needed', 'not_set_up', 'too_many_files', 'database_newer']),
  works: z.array(z.enum(['rest', 'checkin', 'redemption'])),
})
export type Trouble = z.infer<typeof trouble>

export const kioskView = z.strictObject({
  revision: z.int().min(0),
  nowMs: z.int(),
  utcOffsetMinutes: z.int(),
  station: MIRROR_ROWS.station.omit({ id: true }).nullable(),
  link: z.strictObject({ state: z.enum(['online', 'offline']), lastSyncAtMs: z.int().nullable() }),
  /** `lost`: a USB scanner that was here since the start is gone. One that types like a keyboard can not be missed. */
  scanner: z.enum(['ready', 'lost']),
  shelf: z.array(shelfEntry).max(500),
  cartUnitsMax: z.int().min(1),
  /** How many wishes of one rider may be under way: said before he writes one more. */
  wishesOpenMax: z.int().min(1),
  /** To come, soonest first, and what was cancelled or is just over. */
  trainings: z.array(trainingShown).max(200),
  /** Approved wishes: whose claim lapsed, then open, claimed, fulfilled. */
  wall: z.array(wallWish).max(300),
  handOff: handOffShown.nullable(),
  /** What is agreed to by whoever registers; null: nobody can register here yet. */
  consent: MIRROR_ROWS.consent.nullable(),
  session: z.discriminatedUnion('kind', [riderSession, staffSession]).nullable(),
  /** The station knows that somebody registers here (`hold_screen`). */
  held: z.boolean(),
  /** Somebody else's pass was scanned while a session is open or the screen is held: it waits for an answer, without a name. */
  knock: z.strictObject({ number: z.int(), kind: z.enum(['rider', 'staff']) }).nullable(),
  trouble: trouble.nullable(),
  outbox: z.strictObject({ depth: z.int().min(0), oldestAgeMs: z.int().nullable(), parked: z.int().min(0) }),
  /** A machine that is no station yet: it takes an enrolment code. null everywhere else. */
  setUp: z
    .strictObject({
      /** `comparing`: a person says whether the central that answers is the one that made the typed code. */
      state: z.enum(['waiting', 'joining', 'comparing', 'joined']),
      /** Of the last try. `other_central`: it has not the key that the link, or the person, knows. */
      problem: z.enum(['code_unknown', 'code_expired', 'code_used', 'too_many_tries', 'no_answer', 'not_a_central', 'other_central', 'client_too_old', 'server_too_old']).nullable(),
      /** Of the key of the central that answers, while it is compared. */
      keyPrint: z.string().regex(KEY_PRINT).nullable(),
      /** Filled in where the machine was told by its installer. */
      centralUrl: z.string().max(200).nullable(),
    })
    .nullable(),
  /** The demo's tray is there. */
  demo: z.boolean(),
})
export type KioskView = z.infer<typeof kioskView>

/** What became of one scan. Numbered, so that each is told once and none is overlooked. */
export const scanOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session_opened') }),
  z.strictObject({ kind: z.literal('same_holder') }),
  z.strictObject({ kind: z.literal('knocked') }),
  /** An item of the catalogue; `units` is the pack's size (a carton of twelve: 12). */
  z.strictObject({ kind: z.literal('item'), item: z.string(), units: z.int().min(1) }),
  z.strictObject({ kind: z.literal('item_unknown'), code: z.string().max(64) }),
  z.strictObject({
    kind: z.literal('refused'),
    verdict: z.enum(['forged', 'malformed', 'foreign', 'unknown_key', 'expired', 'revoked']),
    /** For `foreign`: what it looks like; for `malformed`: in what way. */
    detail: z
      .enum(['payment', 'url', 'health', 'wifi', 'text', 'empty', 'too_long', 'control_characters', 'pass_damaged', 'check_digit', 'newer_scheme', 'undecodable'])
      .nullable(),
  }),
  z.strictObject({ kind: z.literal('too_many') }),
  /** A rider's pass while attendance is taken; the view's session says what became of it. */
  z.strictObject({ kind: z.literal('attendance') }),
])
export type ScanOutcome = z.infer<typeof scanOutcome>
