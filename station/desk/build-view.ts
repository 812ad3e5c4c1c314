// The one snapshot that the screen shows, built from the file and the desk. Holds what a public screen may show, no more.

import type { KioskView, RiderSession, StaffSession, Trouble } from '../../contract/kiosk/kiosk-view.ts'
import { mayTryPin } from '../../domain/staff-pin.ts'
import { type Counter, type Moment, momentOf } from '../acts/act.ts'
import { spendingStop } from '../acts/may-spend.ts'
import { pinAttempts, triesLeft } from '../acts/sign-in.ts'
import { sealingStop } from '../acts/seal-words.ts'
import { consentText } from '../store/consent.ts'
import type { Reader } from '../store/database.ts'
import { allDonors, staffRow, stationRow } from '../store/mirror.ts'
import { outboxState } from '../store/outbox.ts'
import { allowancePoints, pendingPoints, type RiderRow, riderRow, unitsHad } from '../store/rider-points.ts'
import { offeredItems, unitsOnShelfByItem } from '../store/shelf.ts'
import { lastSyncMs } from '../store/sync-state.ts'
import { hasOpenRequest } from '../sync/allowance-requests.ts'
import { trainingsSince, type TrainingRow } from '../store/trainings.ts'
import type { Knock, OpenSession } from './session.ts'
import { showOwnWishes, showWall } from './show-wishes.ts'
import { OVER_SHOWN_MS, showCertificates, showInvitations, showSignups } from './show-signups.ts'
import { showAttendees, showHosted, showTrainings, TRAININGS_SHOWN_MAX } from './show-trainings.ts'
import { type SyncAlarm, syncReport } from './sync-report.ts'

export interface DeskState {
  revision: number
  session: OpenSession | null
  held: boolean
  knock: Knock | null
  trouble: Trouble['code'] | null
  online: boolean
  /** Central is being asked who stands here. */
  fetching: boolean
  scanner: KioskView['scanner']
  centralUrl: string | null
  handOff: KioskView['handOff']
  /** Of those that no file remembers. */
  syncAlarms: readonly SyncAlarm[]
  demo: boolean
}

export function buildView(counter: Counter, desk: DeskState): KioskView {
  const reader = counter.database.read
  const moment = momentOf(counter, reader)
  const station = stationRow(reader)
  const { depth, oldestWallMs } = outboxState(reader)
  const trainings = trainingsSince(reader, moment.wallMs - OVER_SHOWN_MS, TRAININGS_SHOWN_MAX)
  const parked = reader.get<{ count: number }>("SELECT count(*) AS count FROM outcomes WHERE outcome = 'parked'")?.count ?? 0
  return {
    revision: desk.revision,
    nowMs: moment.wallMs,
    utcOffsetMinutes: moment.rules.utcOffsetMinutes,
    station: station === null ? null : withoutId(station),
    link: { state: desk.online ? 'online' : 'offline', lastSyncAtMs: lastSyncMs(reader) },
    scanner: desk.scanner,
    shelf: shelfOf(reader, moment),
    cartUnitsMax: moment.rules.cartUnitsMax,
    wishesOpenMax: moment.rules.wishesOpenMax,
    trainings: showTrainings(reader, trainings, { ...moment, station: counter.identity.station }),
    wall: showWall(reader, desk.centralUrl),
    handOff: desk.handOff,
    consent: sealingStop(reader) === 'no_key' ? null : consentText(reader),
    session: desk.session === null ? null : sessionView(counter, moment, desk.session, desk, trainings),
    held: desk.held,
    knock: desk.knock === null ? null : { number: desk.knock.number, kind: desk.knock.pass.holder },
    trouble: troubleOf(desk.trouble ?? (station === null ? whyEmpty(desk) : spendingStop(counter, reader))),
    outbox: { depth, oldestAgeMs: oldestWallMs === null ? null : Math.max(0, moment.wallMs - oldestWallMs), parked },
    setUp: null,
    demo: desk.demo,
  }
}

function withoutId(station: NonNullable<ReturnType<typeof stationRow>>): KioskView['station'] {
  const { id: _id, ...shown } = station
  return shown
}

function shelfOf(reader: Reader, moment: Moment): KioskView['shelf'] {
  const units = unitsOnShelfByItem(reader, moment.today)
  return offeredItems(reader).map((item) => ({
    item: item.id,
    name: item.name,
    category: item.category,
    pricePoints: item.pricePoints,
    picture: item.picture,
    tint: item.tint,
    onShelf: units.get(item.id) ?? 0,
    limit: item.limit,
    perishable: item.perishable,
  }))
}

function sessionView(counter: Counter, moment: Moment, session: OpenSession, desk: DeskState, trainings: readonly TrainingRow[]): RiderSession | StaffSession {
  if (session.pass.holder === 'staff') {
    const staff = staffRow(counter.database.read, session.pass.holderId)
    if (staff !== null) return staffView(counter, moment, session, staff, desk, trainings)
  }
  return riderView(counter.database.read, moment, session, desk, trainings)
}

function riderView(reader: Reader, moment: Moment, session: OpenSession, desk: DeskState, trainings: readonly TrainingRow[]): RiderSession {
  const rider = riderRow(reader, session.pass.holderId)
  const limited = rider === null ? [] : offeredItems(reader).filter((item) => item.limit !== null)
  const had = rider === null ? new Map<string, number>() : unitsHad(reader, rider.id, limited, moment.today, moment.rules.utcOffsetMinutes)
  const signups = showSignups(reader, session.pass.holderId, moment.wallMs)
  const certificates = showCertificates(reader, session.pass.holderId)
  return {
    kind: 'rider',
    session: session.id,
    maskedName: rider?.maskedName ?? null,
    standing: rider?.standing ?? 'unknown',
    hideBalance: rider?.hideBalance ?? false,
    points: rider === null ? null : pointsOf(reader, rider, desk),
    fetching: desk.online && (rider === null ? desk.fetching : hasOpenRequest(reader, rider.id)),
    visitToday: session.visit.visitToday,
    sameVisit: session.visit.sameVisit,
    checkedInAtMs: session.visit.atMs,
    limitLeft: limited.map((item) => ({ item: item.id, left: Math.max(0, (item.limit?.quantity ?? 0) - (had.get(item.id) ?? 0)) })),
    signups,
    certificates,
    invitations: rider === null ? [] : showInvitations(certificates, signups, trainings, moment),
    wishes: showOwnWishes(reader, session.pass.holderId),
  }
}

function pointsOf(reader: Reader, rider: RiderRow, desk: DeskState): RiderSession['points'] {
  const elsewhere = desk.session?.asking.elsewhere ?? null
  const reach = !desk.online ? 'cut_off' : elsewhere === null ? 'asking' : 'known'
  return {
    balance: rider.balance,
    here: allowancePoints(reader, rider.id),
    pending: pendingPoints(reader, rider.id),
    elsewhere: { reach, places: elsewhere ?? [] },
  }
}

function staffView(counter: Counter, moment: Moment, session: OpenSession, staff: NonNullable<ReturnType<typeof staffRow>>, desk: DeskState, trainings: readonly TrainingRow[]): StaffSession {
  const attempts = pinAttempts(counter.database.read, staff.id)
  return {
    kind: 'staff',
    session: session.id,
    maskedName: staff.maskedName,
    role: staff.role,
    signedIn: session.signedIn,
    pin: { triesLeft: triesLeft(attempts), lockedUntilMs: mayTryPin(attempts, moment.wallMs) ? null : attempts.lockedUntilMs },
    donors: session.signedIn ? allDonors(counter.database.read) : [],
    sync: session.signedIn ? syncReport(counter, moment, desk.syncAlarms) : null,
    hosted: session.signedIn ? showHosted(counter.database.read, trainings, { today: moment.today, utcOffsetMinutes: moment.rules.utcOffsetMinutes, station: counter.identity.station }) : [],
    attendance: session.attendance === null ? null : { ...session.attendance, attendees: showAttendees(counter.database.read, session.attendance.training) },
  }
}

/** A file that central has never given a row has no staff either: what they should know is said where nobody signs in. */
function whyEmpty(desk: DeskState): Trouble['code'] {
  return desk.syncAlarms.includes('too_many_files') ? 'too_many_files' : 'not_set_up'
}

export function troubleOf(code: Trouble['code'] | null): Trouble | null {
  switch (code) {
    case null:
      return null
    case 'outbox_full':
    case 'quarantined':
    case 'behind':
    case 'banned':
    case 'waiting_for_staff':
    case 'hello_needed':
      return { code, works: ['rest', 'checkin'] }
    case 'disk_full':
    case 'storage_failing':
    case 'not_set_up':
    case 'too_many_files':
    case 'database_newer':
      return { code, works: ['rest'] }
  }
}
