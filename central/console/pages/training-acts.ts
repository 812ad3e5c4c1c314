// What the office does with trainings: makes one or one a week, changes it against the revision that was on the screen, cancels it,
// enters who was there. A repeat of a request does nothing twice; nobody loses a place by a smaller number without staff having
// said that they know. Who belongs to a station acts for what is held there.

import { isDeepStrictEqual } from 'node:util'
import type { ActedValues } from '../../../contract/console/audit-trail.ts'
import type { AnswerOf, OfficeAnswer, OfficeRefusal } from '../../../contract/console/console-door.ts'
import { cancelTrainingDoor, changeTrainingDoor, makeTrainingsDoor, recordAttendanceDoor, TRAINING_MS_MAX, type TrainingEntered } from '../../../contract/console/trainings.ts'
import { seatsInUse } from '../../../domain/training/training-book.ts'
import type { Queryable } from '../../store/database.ts'
import { sqlTransaction } from '../../store/sql-store.ts'
import { readTrainings, type TrainingSheet } from '../../store/trainings.ts'
import { type AttendedAtCentral, attendAtCentral } from '../../trainings/rider-trainings.ts'
import { cancelTraining, changeTraining, makeTrainings, type TrainingForm } from '../../trainings/staff-trainings.ts'
import { acts, answered, type OfficeMoment, refuse, type ServedDoor } from '../office-moment.ts'
import { reachesRiders } from '../rider-reach.ts'
import { formOf, isHeldWhere } from './trainings.ts'

const MINUTE_MS = 60_000
/** Who plans further ahead has mistyped the year. */
const AHEAD_MS_MAX = 2 * 366 * 86_400_000

type Times = Pick<TrainingEntered, 'startsAtMs' | 'endsAtMs'>
type Entered = AnswerOf<typeof recordAttendanceDoor>

export const TRAINING_ACT_DOORS: readonly ServedDoor[] = [
  acts(makeTrainingsDoor, async (moment, { series, trainings, ...terms }) => {
    const { sql, who, nowMs, note } = moment
    if (!isHeldWhere(who, terms.host)) return refuse('not_your_station')
    const transaction = sqlTransaction(sql)
    // Two requests with the same ids come one after the other.
    await transaction.lockStations([terms.host])
    const wanted = trainings.map(({ id, ...times }) => ({ training: id, form: enteredForm({ ...terms, ...times }) }))
    const known = await transaction.lockTrainings(wanted.map(({ training }) => training).toSorted())
    if (known.size > 0) {
      const isRepeat = known.size === wanted.length && wanted.every(({ training, form }) => isSame(known.get(training), who.district, form))
      return isRepeat ? answered({}) : refuse('training_exists')
    }
    if (new Set(wanted.map(({ training }) => training)).size < wanted.length) return refuse('bad_request')
    if (trainings.some((times) => !areTimesRight(times, nowMs))) return refuse('wrong_times')
    if (!(await areStationsOf(sql, who.district, [terms.host, ...terms.audience.stations]))) return refuse('unknown_station')
    await makeTrainings(transaction, who.district, wanted, trainings.length > 1 ? series : null, nowMs)
    for (const { training, form } of wanted) await note({ act: 'training_made', kind: 'training', row: training, after: notedForm(form) })
    return answered({})
  }),

  acts(changeTrainingDoor, async (moment, { training, revision, surplusIsMeant, form: entered }) => {
    const { sql, who, nowMs, note } = moment
    const transaction = sqlTransaction(sql)
    const sheet = (await transaction.lockTrainings([training])).get(training)
    const closed = refusalOf(moment, sheet)
    if (closed !== null || sheet === undefined) return refuse(closed ?? 'unknown_training')
    const form = enteredForm(entered)
    // Said before, and the answer was lost.
    if (sheet.details.revision === revision + 1 && isSame(sheet, who.district, form)) return answered({})
    if (sheet.details.revision !== revision) return refuse('changed_meanwhile')
    const now = formOf(sheet)
    if (isDeepStrictEqual(now, formOf(withForm(sheet, form)))) return answered({})
    if (!isHeldWhere(who, form.host)) return refuse('not_your_station')
    const isMoved = form.startsAtMs !== now.startsAtMs || form.endsAtMs !== now.endsAtMs
    if (isMoved && !areTimesRight(form, nowMs)) return refuse('wrong_times')
    const named = [...(form.host === now.host ? [] : [form.host]), ...form.audience.stations.filter((station) => !now.audience.stations.includes(station))]
    if (!(await areStationsOf(sql, who.district, named))) return refuse('unknown_station')
    const promised = seatsInUse(sheet.book).filter(({ rider, offeredTo }) => rider !== null || offeredTo !== null).length
    if (form.capacity < now.capacity && form.capacity < promised && !surplusIsMeant) return refuse('fewer_than_seated')
    const changed = await changeTraining(transaction, { district: who.district, training, revision, form }, nowMs)
    if (!changed.ok) return refuse(changed.error === 'training_unknown' ? 'unknown_training' : changed.error)
    const { before, after } = differing(notedForm(enteredForm(now as TrainingEntered)), notedForm(form))
    const others = { ...(isDeepStrictEqual(now.title, form.title) ? {} : { isRenamed: true }), ...(isDeepStrictEqual(now.place, form.place) ? {} : { isInAnotherRoom: true }) }
    await note({ act: 'training_changed', kind: 'training', row: training, before, after: { ...after, ...others } })
    return answered({})
  }),

  acts(cancelTrainingDoor, async (moment, { training, revision, reason }) => {
    const { sql, who, nowMs, note } = moment
    const transaction = sqlTransaction(sql)
    const sheet = (await transaction.lockTrainings([training])).get(training)
    if (sheet?.district === who.district && isHeldWhere(who, sheet.details.host) && sheet.details.cancelReason === reason) return answered({})
    const closed = refusalOf(moment, sheet)
    if (closed !== null) return refuse(closed)
    const cancelled = await cancelTraining(transaction, { district: who.district, training, revision, reason }, nowMs)
    if (!cancelled.ok) return refuse(cancelled.error === 'training_unknown' ? 'unknown_training' : cancelled.error)
    await note({ act: 'training_cancelled', kind: 'training', row: training, before: { state: 'open' }, after: { state: 'cancelled' } })
    return answered({})
  }),

  acts(recordAttendanceDoor, (moment, { training, rider }) => enterAttendance(moment, { training, rider, isPresent: false })),
]

const REFUSED: Readonly<Record<Exclude<(AttendedAtCentral & { ok: false })['error'], 'already'>, OfficeRefusal>> = {
  training_unknown: 'unknown_training', rider_unknown: 'unknown_rider', too_early: 'too_early', too_late: 'too_late', full: 'training_full', no_walk_ins: 'no_walk_ins', cancelled: 'training_cancelled',
}

/** `isPresent`: he stands there with his card, so nobody need know him. */
export async function enterAttendance(moment: OfficeMoment, { training, rider, isPresent }: { training: string; rider: string; isPresent: boolean }): Promise<OfficeAnswer<Entered>> {
  const { sql, who, nowMs, note } = moment
  const transaction = sqlTransaction(sql)
  const sheet = (await readTrainings(sql, [training])).get(training)
  if (sheet === undefined || sheet.district !== who.district) return refuse('unknown_training')
  if (!isHeldWhere(who, sheet.details.host)) return refuse('not_your_station')
  if (!isPresent && !sheet.book.signups.has(rider) && !(await reachesRiders(moment, [rider]))) return refuse('unknown_rider')
  const isOver = nowMs >= sheet.book.terms.endsAtMs
  // At the door everybody who helps there; afterwards those who answer for it.
  if (isOver && who.role === 'volunteer') return refuse('too_late')
  const result = await attendAtCentral(transaction, { training, rider, account: who.account, afterwards: isOver }, nowMs)
  if (!result.ok) return result.error === 'already' ? repeated(moment, training, rider) : refuse(REFUSED[result.error])
  const { late, walkIn, points, certificate } = result
  await note({ act: 'attendance_recorded', kind: 'training', row: training, after: { rider, late, walkIn, points, certificate: certificate !== null, afterwards: isOver } })
  return answered({ late, walkIn, points, certificate: certificate !== null })
}

/** The same person asks once more, and the answer was lost: it is the same answer. */
async function repeated({ sql, who }: OfficeMoment, training: string, rider: string): Promise<OfficeAnswer<Entered>> {
  const [own] = await sql.query<Entered>(
    'SELECT late, walk_in AS "walkIn", points, certificate_id IS NOT NULL AS certificate FROM attendances WHERE training_id = $1 AND rider_id = $2 AND staff_id = $3 AND station_id IS NULL',
    [training, rider, who.account],
  )
  return own === undefined ? refuse('already_attended') : answered(own)
}

/** null: it can be changed by who asks. */
function refusalOf({ who, nowMs }: OfficeMoment, sheet: TrainingSheet | undefined): OfficeRefusal | null {
  if (sheet === undefined || sheet.district !== who.district) return 'unknown_training'
  if (!isHeldWhere(who, sheet.details.host)) return 'not_your_station'
  if (sheet.book.terms.state === 'cancelled') return 'training_cancelled'
  return nowMs >= sheet.book.terms.endsAtMs ? 'training_over' : null
}

function areTimesRight({ startsAtMs, endsAtMs }: Times, nowMs: number): boolean {
  return startsAtMs > nowMs && startsAtMs <= nowMs + AHEAD_MS_MAX && endsAtMs > startsAtMs && endsAtMs - startsAtMs <= TRAINING_MS_MAX
}

/** Those that work. */
async function areStationsOf(sql: Queryable, district: string, stations: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(stations)]
  const rows = await sql.query(`SELECT 1 FROM stations WHERE station_id = ANY($1::uuid[]) AND district_id = $2 AND status = 'active'`, [wanted, district])
  return rows.length === wanted.length
}

/** As central keeps it: what has no English is called by its Chinese. */
function enteredForm({ closingMinutes, answerMinutes, lateMinutes, walkIns, title, place, ...form }: TrainingEntered): TrainingForm {
  const both = ({ zh, en }: { zh: string; en: string }): { zh: string; en: string } => ({ zh, en: en === '' ? zh : en })
  return { ...form, title: both(title), place: both(place), door: { lateMinutes, walkIns }, rules: { closingMs: closingMinutes * MINUTE_MS, answerMs: answerMinutes * MINUTE_MS } }
}

function isSame(sheet: TrainingSheet | undefined, district: string, form: TrainingForm): boolean {
  return sheet !== undefined && sheet.district === district && isDeepStrictEqual(formOf(sheet), formOf(withForm(sheet, form)))
}

/** The same sheet, were the form what it says. */
function withForm(sheet: TrainingSheet, { rules, door, startsAtMs, endsAtMs, capacity, ...details }: TrainingForm): TrainingSheet {
  const { closesAtMs, answerMs } = sheet.book.terms
  const terms = { ...sheet.book.terms, startsAtMs, endsAtMs, capacity, closesAtMs: rules?.closingMs === undefined ? closesAtMs : startsAtMs - rules.closingMs, answerMs: rules?.answerMs ?? answerMs }
  return { ...sheet, details: { ...sheet.details, ...details, ...door }, book: { ...sheet.book, terms } }
}

/** For the audit trail: no words that somebody typed. */
function notedForm({ topic, host, capacity, points, certificateMonths, audience, startsAtMs, endsAtMs, door, rules }: TrainingForm): ActedValues {
  return {
    topic, host, capacity, points, certificateMonths, startsAtMs, endsAtMs, closingMinutes: (rules?.closingMs ?? 0) / MINUTE_MS, answerMinutes: (rules?.answerMs ?? 0) / MINUTE_MS, ...door,
    forPlatforms: audience.platforms.join(' '), forStations: audience.stations.length, forGroups: audience.groups.join(' '),
  }
}

function differing(before: ActedValues, after: ActedValues): { before: ActedValues; after: ActedValues } {
  const keys = Object.keys(after).filter((key) => before[key] !== after[key])
  const only = (values: ActedValues): ActedValues => Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))
  return { before: only(before), after: only(after) }
}
