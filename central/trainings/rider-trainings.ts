// What happens to a rider's place without a station's file in between: by his phone, or by a volunteer's page at the door. The same
// acts as a station's events have, in central's own order; attendance gives points at central, where they can be lent at once.

import { dayOf } from '../../domain/calendar.ts'
import { judgeAfterwards, judgeArrival } from '../../domain/training/attendance.ts'
import { expiryDay } from '../../domain/training/certificate.ts'
import { isInvited } from '../../domain/training/decide-signup.ts'
import type { TrainingAct } from '../../domain/training/training-acts.ts'
import type { Signup, SignupRefusal, SignupStanding, TrainingBook } from '../../domain/training/training-book.ts'
import { signupKey } from '../../contract/sync/training-rows.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { ridersScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import { type OpenTraining, openTraining, takeAct, writeTrainingPlan } from '../sync/book-trainings.ts'
import { derivedId } from '../sync/derived-id.ts'

export interface RiderWish {
  training: string
  rider: string
}

export type RiderResult = { ok: true; book: TrainingBook } | { ok: false; error: SignupRefusal }

/** `request`: asked twice, it is one sign-up. */
export async function signUpAtCentral(transaction: StoreTransaction, wish: RiderWish & { request: string; revision: number }, nowMs: number): Promise<RiderResult> {
  const open = await openFor(transaction, wish)
  if (typeof open === 'string') return { ok: false, error: open }
  if (open.book.signups.get(wish.rider)?.id === wish.request) return { ok: true, book: open.book }
  const profile = (await transaction.readRiderProfiles([wish.rider])).get(wish.rider)
  const fact = { id: wish.request, rider: wish.rider, revision: wish.revision, isInvited: profile !== undefined && isInvited(open.sheet.details.audience, profile) }
  return decide(transaction, open, wish, { act: 'requested', fact }, nowMs)
}

/** Given up twice, it is given up. */
export async function cancelAtCentral(transaction: StoreTransaction, wish: RiderWish & { signup: string }, nowMs: number): Promise<RiderResult> {
  const open = await openFor(transaction, wish)
  if (typeof open === 'string') return { ok: false, error: open }
  if (standsAs(open, wish, 'cancelled')) return { ok: true, book: open.book }
  return decide(transaction, open, wish, { act: 'cancelled', fact: { id: wish.signup, rider: wish.rider } }, nowMs)
}

/** Said twice, it is said. */
export async function answerAtCentral(transaction: StoreTransaction, wish: RiderWish & { signup: string; accept: boolean }, nowMs: number): Promise<RiderResult> {
  const open = await openFor(transaction, wish)
  if (typeof open === 'string') return { ok: false, error: open }
  if (standsAs(open, wish, wish.accept ? 'seated' : 'declined')) return { ok: true, book: open.book }
  return decide(transaction, open, wish, { act: 'answered', fact: { id: wish.signup, rider: wish.rider, accept: wish.accept } }, nowMs)
}

export async function seenAtCentral(transaction: StoreTransaction, wish: RiderWish & { revision: number }, nowMs: number): Promise<RiderResult> {
  const open = await openFor(transaction, wish)
  return typeof open === 'string' ? { ok: false, error: open } : decide(transaction, open, wish, { act: 'seen', fact: { rider: wish.rider, revision: wish.revision } }, nowMs)
}

function standsAs({ book }: OpenTraining, { rider, signup }: { rider: string; signup: string }, standing: SignupStanding): boolean {
  const own = book.signups.get(rider)
  return own?.id === signup && own.standing === standing
}

/** Riders before trainings, as everywhere. */
async function openFor(transaction: StoreTransaction, { training, rider }: RiderWish): Promise<OpenTraining | SignupRefusal> {
  const isKnown = (await transaction.readRidersKnown([rider])).has(rider) && !(await transaction.readErased([rider])).has(rider)
  if (!isKnown) return 'rider_unknown'
  const sheet = (await transaction.lockTrainings([training])).get(training)
  return sheet === undefined ? 'training_unknown' : openTraining(sheet)
}

async function decide(transaction: StoreTransaction, open: OpenTraining, wish: RiderWish, act: TrainingAct, nowMs: number): Promise<RiderResult> {
  const { refusal } = takeAct(open, act, { nowMs, mayGive: !(await transaction.readRecovering()) })
  await transaction.appendChanges(await writeTrainingPlan(transaction, planOf(open, wish), nowMs))
  return refusal === null ? { ok: true, book: open.book } : { ok: false, error: refusal }
}

type AttendancePlan = Parameters<typeof writeTrainingPlan>[1]

function planOf(open: OpenTraining, { training, rider }: RiderWish): AttendancePlan {
  return { trainings: new Map([[training, open]]), attendances: [], certificates: [], records: [], spokenOf: new Map([[signupKey(training, rider), { training, rider }]]) }
}

export interface AttendanceAtCentral extends RiderWish {
  /** Who takes it: an account of the office. */
  account: string
  /** Points that were given before by another book: a list on paper that is entered later. */
  withoutPoints?: boolean
  /** It is over: what is entered is that he was there, when it began. */
  afterwards?: boolean
}

export type AttendedAtCentral =
  | { ok: true; late: boolean; walkIn: boolean; points: number; certificate: string | null }
  | { ok: false; error: 'training_unknown' | 'rider_unknown' | 'already' | 'too_early' | 'too_late' | 'full' | 'no_walk_ins' | 'cancelled' }

/** Points, service record and certificate in one act, once a rider and training. */
export async function attendAtCentral(transaction: StoreTransaction, wish: AttendanceAtCentral, nowMs: number): Promise<AttendedAtCentral> {
  const open = await openFor(transaction, wish)
  if (open === 'rider_unknown' || open === 'training_unknown') return { ok: false, error: open }
  if (typeof open === 'string') throw new Error(`a training does not open: ${open}`)
  const { district, details } = open.sheet
  const utcOffsetMinutes = (await transaction.readRuleValues(district)).get('utc_offset_minutes') ?? 0
  const plan = planOf(open, wish)
  const taken = takeIn(open, plan, wish, { nowMs, mayGive: !(await transaction.readRecovering()), utcOffsetMinutes })
  const [attendance] = plan.attendances
  if (!taken.ok || attendance === undefined) return taken
  const { event, rider, points, atMs } = attendance
  const told = points === 0 ? [] : await givePoints(transaction, { event, rider, points, what: details.title, cameMs: atMs }, nowMs)
  await transaction.appendChanges([...(await writeTrainingPlan(transaction, plan, nowMs)), ...told])
  return taken
}

/** Judges who stands at the door of an open training and takes him in: `plan` then holds what is to be written of it. A refusal leaves both as they are. */
export function takeIn(open: OpenTraining, plan: AttendancePlan, wish: AttendanceAtCentral, moment: { nowMs: number; mayGive: boolean; utcOffsetMinutes: number }): AttendedAtCentral {
  const { training, rider, account } = wish
  const { nowMs, mayGive, utcOffsetMinutes } = moment
  const { details, district } = open.sheet
  const signups = [...open.book.signups.values()]
  const own = open.book.signups.get(rider)
  if (own?.standing === 'attended') return { ok: false, error: 'already' }
  const judge = wish.afterwards === true ? judgeAfterwards : judgeArrival
  const verdict = judge({
    ...open.book.terms, lateMinutes: details.lateMinutes, walkIns: details.walkIns, nowMs, isCancelled: open.book.terms.state === 'cancelled', hasSeat: own?.standing === 'seated',
    attended: signups.filter(({ standing }) => standing === 'attended').length, expected: signups.filter((signup) => isKeptFor(signup, rider, nowMs)).length,
  })
  if (verdict.verdict === 'refused') return { ok: false, error: verdict.why }
  const { late, walkIn } = verdict
  const event = derivedId(`boai/attendance/1\n${training}\n${rider}`)
  takeAct(open, { act: 'attended', fact: { id: event, rider, revision: details.revision } }, { nowMs, mayGive })
  const { startsAtMs, endsAtMs } = open.book.terms
  const cameMs = wish.afterwards === true ? startsAtMs : nowMs
  const points = wish.withoutPoints === true ? 0 : details.points
  const issuedDay = dayOf(cameMs, utcOffsetMinutes)
  const certificate = details.certificateMonths === null ? null : derivedId(`boai/certificate/1\n${training}\n${rider}`)
  plan.attendances.push({ training, rider, district, event, station: null, staff: account, walkIn, late, points, certificate, atMs: cameMs })
  plan.records.push({ id: event, district, rider, kind: 'training', subject: training, minutes: Math.round((endsAtMs - startsAtMs) / 60_000), station: null, atMs: cameMs })
  if (certificate !== null) {
    plan.certificates.push({ id: certificate, district, rider, training, topic: details.topic, title: details.title, issuedDay, expiresDay: expiryDay(issuedDay, details.certificateMonths) })
  }
  return { ok: true, late, walkIn, points, certificate }
}

/** A place that somebody has, or that was offered to somebody else who may still say yes. */
function isKeptFor({ standing, rider, offerEndsAtMs }: Signup, whoCame: string, nowMs: number): boolean {
  return standing === 'seated' || (standing === 'offered' && rider !== whoCame && offerEndsAtMs !== null && offerEndsAtMs > nowMs)
}

async function givePoints(transaction: StoreTransaction, { event, rider, points, what, cameMs }: { event: string; rider: string; points: number; what: { zh: string; en: string }; cameMs: number }, nowMs: number): Promise<ChangedRow[]> {
  const district = (await transaction.readRidersKnown([rider])).get(rider)
  if (district === undefined) throw new Error('a rider who is known has a district')
  await transaction.writePostings([{ eventId: event, line: 1, district, transfer: { from: { kind: 'program' }, to: { kind: 'rider_central', rider }, points }, bookedAtMs: nowMs }])
  await transaction.writeEntries([{ id: event, district, rider, atMs: cameMs, bookedAtMs: nowMs, points, reason: 'training', what, lines: [], station: null }])
  const readers = (await transaction.stationsThatMirror([rider])).get(rider) ?? []
  return readers.flatMap(({ station, district: where }): ChangedRow[] => [
    { district: where, scope: ridersScope(station), kind: 'rider', key: rider }, { district: where, scope: ridersScope(station), kind: 'entry', key: event },
  ])
}
