// What stations' events mean for trainings, in the order of the commits. Trainings that events name are open under their locks while
// a push is planned; each event is an act upon one (domain/training), and what follows from it follows at once: offers, recalls, the
// next one of the list. Then the changed rows are written, and whoever mirrors them is told.

import type { EventBody } from '../../contract/sync/event-bodies.ts'
import { signupKey } from '../../contract/sync/training-rows.ts'
import { dayOf } from '../../domain/calendar.ts'
import { expiryDay } from '../../domain/training/certificate.ts'
import { isInvited } from '../../domain/training/decide-signup.ts'
import { nextSettlingMs } from '../../domain/training/settle-seats.ts'
import { type ActMoment, actOn, type ActOutcome, type TrainingAct } from '../../domain/training/training-acts.ts'
import { freeAtCentral, type SignupRefusal, type TrainingBook, waitingList } from '../../domain/training/training-book.ts'
import type { StoreTransaction } from '../store/central-store.ts'
import { DISTRICT_SCOPE, ridersScope, stationScope } from '../store/change-scopes.ts'
import type { ChangedRow } from '../store/changes.ts'
import type { SentEvent } from '../store/outboxes.ts'
import type { AttendanceRow, CertificateRow, KeptAct, RiderProfile, ServiceRecordRow, TrainingSheet, WrittenTraining } from '../store/trainings.ts'

/** One training while it is planned. */
export interface OpenTraining {
  sheet: TrainingSheet
  /** As it will be. */
  book: TrainingBook
  acts: KeptAct[]
}

/** What all uploads of one transaction have in common. */
export interface TrainingPlan {
  trainings: Map<string, OpenTraining>
  profiles: ReadonlyMap<string, RiderProfile>
  /** For these nothing is booked any more. */
  erased: ReadonlySet<string>
  /** That are taken. */
  certificateIds: Set<string>
  /** Which training each block is of. */
  blockTrainings: Map<string, string>
  attendances: AttendanceRow[]
  certificates: CertificateRow[]
  records: ServiceRecordRow[]
  /** Riders whose sign-up was spoken of, whether or not it changed: their rows say how far a station's events are inside. */
  spokenOf: Map<string, { training: string; rider: string }>
}

export interface NamedTrainings {
  trainings: Set<string>
  certificates: Set<string>
  blocks: Set<string>
  /** Who are spoken of, and of these who ask for a place. */
  riders: Set<string>
  asking: Set<string>
}

export async function openTrainings(transaction: StoreTransaction, named: NamedTrainings): Promise<TrainingPlan> {
  const sheets = named.trainings.size === 0 ? new Map<string, TrainingSheet>() : await transaction.lockTrainings([...named.trainings].toSorted())
  return {
    trainings: new Map([...sheets].map(([id, sheet]) => [id, openTraining(sheet)])),
    profiles: named.asking.size === 0 ? new Map() : await transaction.readRiderProfiles([...named.asking]),
    erased: named.riders.size === 0 ? new Set() : await transaction.readErased([...named.riders]),
    certificateIds: named.certificates.size === 0 ? new Set() : new Set(await transaction.readCertificatesKnown([...named.certificates])),
    blockTrainings: named.blocks.size === 0 ? new Map() : new Map(await transaction.readBlockTrainings([...named.blocks])),
    attendances: [],
    certificates: [],
    records: [],
    spokenOf: new Map(),
  }
}

export function openTraining(sheet: TrainingSheet): OpenTraining {
  return { sheet, book: sheet.book, acts: [] }
}

/** Takes an act upon an open training and keeps it. */
export function takeAct(training: OpenTraining, act: TrainingAct, moment: ActMoment): ActOutcome {
  const outcome = actOn(training.book, act, moment)
  training.book = outcome.book
  training.acts.push({ act, atMs: moment.nowMs, mayGive: moment.mayGive })
  return outcome
}

/** Writes what changed and says who is to hear of it. Locks the riders whose standing changed, shared: nobody begins to mirror them unheard. */
export async function writeTrainingPlan(transaction: StoreTransaction, plan: Omit<TrainingPlan, 'profiles' | 'certificateIds' | 'blockTrainings' | 'erased'>, nowMs: number): Promise<ChangedRow[]> {
  const touched = [...plan.trainings.values()].filter(({ acts }) => acts.length > 0)
  if (touched.length > 0) await transaction.writeTrainings(touched.map((open) => writtenOf(open, nowMs)), nowMs)
  if (plan.attendances.length > 0) await transaction.writeAttended(plan)
  const changes: ChangedRow[] = []
  const riders: { rider: string; kind: 'signup' | 'certificate'; key: string }[] = []
  for (const open of touched) {
    const { district, book: before } = open.sheet
    const { training } = before
    if (isTrainingChanged(open)) changes.push({ district, scope: DISTRICT_SCOPE, kind: 'training', key: training })
    for (const block of changedIn(before.blocks, open.book.blocks)) changes.push({ district, scope: stationScope(block.station), kind: 'seat_block', key: block.id })
    for (const { rider } of changedIn(before.signups, open.book.signups)) riders.push({ rider, kind: 'signup', key: signupKey(training, rider) })
  }
  for (const { training, rider } of plan.spokenOf.values()) riders.push({ rider, kind: 'signup', key: signupKey(training, rider) })
  for (const { id, rider } of plan.certificates) riders.push({ rider, kind: 'certificate', key: id })
  return [...changes, ...(await toldOfRiders(transaction, riders))]
}

async function toldOfRiders(transaction: StoreTransaction, rows: readonly { rider: string; kind: 'signup' | 'certificate'; key: string }[]): Promise<ChangedRow[]> {
  if (rows.length === 0) return []
  const riders = [...new Set(rows.map(({ rider }) => rider))].toSorted()
  await transaction.readRidersKnown(riders)
  const readers = await transaction.stationsThatMirror(riders)
  return rows.flatMap(({ rider, kind, key }) => (readers.get(rider) ?? []).map(({ station, district }): ChangedRow => ({ district, scope: ridersScope(station), kind, key })))
}

export function writtenOf({ sheet, book, acts }: OpenTraining, nowMs: number): WrittenTraining {
  return {
    sheet: { ...sheet, book },
    nextSettlingMs: nextSettlingMs(book, nowMs),
    acts,
    seats: changedIn(sheet.book.seats, book.seats),
    blocks: changedIn(sheet.book.blocks, book.blocks),
    signups: changedIn(sheet.book.signups, book.signups),
  }
}

/** Rows are replaced, never changed: another object is another row. */
function changedIn<Key, Row>(before: ReadonlyMap<Key, Row>, after: ReadonlyMap<Key, Row>): Row[] {
  return [...after].filter(([key, row]) => before.get(key) !== row).map(([, row]) => row)
}

/** What the district mirrors of it. */
function isTrainingChanged({ sheet, book }: OpenTraining): boolean {
  const told = (one: TrainingBook): string => JSON.stringify([one.terms, freeAtCentral(one).length, waitingList(one).map(({ number }) => number)])
  return told(sheet.book) !== told(book)
}

export type TrainingFlag = 'training_unknown' | 'rider_unknown' | 'staff_unknown' | 'seat_not_held' | 'seated_twice' | 'block_unknown' | 'already_attended' | 'not_hosted_here' | 'certificate_repeated' | 'points_differ'

type RequestBody = EventBody<'signup.requested/1'> | EventBody<'signup.cancelled/1'> | EventBody<'signup.offer_answered/1'>

/** Where the event comes from, and when central hears of it. */
export interface TrainingMoment extends ActMoment {
  station: string
  incarnation: string
  recovering: boolean
}

/** null: granted. `act` is made only where training and rider are known. */
export function bookRequest(plan: TrainingPlan, body: RequestBody, isRiderKnown: boolean, moment: TrainingMoment, act: (open: OpenTraining) => TrainingAct): SignupRefusal | null {
  const open = plan.trainings.get(body.training)
  if (open === undefined) return 'training_unknown'
  if (!isRiderKnown || plan.erased.has(body.rider)) return 'rider_unknown'
  speakOf(plan, body)
  return takeAct(open, act(open), moment).refusal
}

export function requestedAct(plan: TrainingPlan, { request, rider, revision }: EventBody<'signup.requested/1'>, open: OpenTraining): TrainingAct {
  const profile = plan.profiles.get(rider)
  return { act: 'requested', fact: { id: request, rider, revision, isInvited: profile !== undefined && isInvited(open.sheet.details.audience, profile) } }
}

export function bookSeatedFact(plan: TrainingPlan, { request, rider, seat, training, revision }: EventBody<'signup.seated/1'>, isRiderKnown: boolean, moment: TrainingMoment): TrainingFlag | null {
  const open = plan.trainings.get(training)
  if (open === undefined) return 'training_unknown'
  if (!isRiderKnown || plan.erased.has(rider)) return 'rider_unknown'
  speakOf(plan, { training, rider })
  const { station, incarnation } = moment
  return takeAct(open, { act: 'seated', fact: { id: request, rider, seat, revision, holder: { station, incarnation } } }, moment).flag
}

export function bookSeenFact(plan: TrainingPlan, { training, rider, revision }: EventBody<'signup.acknowledged/1'>, moment: TrainingMoment): TrainingFlag | null {
  const open = plan.trainings.get(training)
  if (open === undefined) return 'training_unknown'
  speakOf(plan, { training, rider })
  takeAct(open, { act: 'seen', fact: { rider, revision } }, moment)
  return null
}

export function bookBlockFact(
  plan: TrainingPlan,
  fact: { name: 'received'; body: EventBody<'seat_block.received/1'> } | { name: 'returned'; body: EventBody<'seat_block.returned/1'> },
  moment: TrainingMoment,
): TrainingFlag | null {
  const open = plan.trainings.get(fact.body.training)
  if (open === undefined) return 'training_unknown'
  const { station, incarnation, recovering } = moment
  const { seats } = fact.body
  if (fact.name === 'returned') return takeAct(open, { act: 'block_returned', fact: { station, incarnation, seats } }, moment).flag
  // A block is of one training: a second one must not take it over, and while central recovers it would be lent again there.
  if ((plan.blockTrainings.get(fact.body.block) ?? fact.body.training) !== fact.body.training) return 'block_unknown'
  plan.blockTrainings.set(fact.body.block, fact.body.training)
  return takeAct(open, { act: 'block_received', fact: { id: fact.body.block, station, incarnation, seats }, recovering }, moment).flag
}

/** Whether it is his first time there; the row, the service record and the certificate are planned. His points are book-points'. */
export function bookAttendedFact(
  plan: TrainingPlan,
  body: EventBody<'attendance.recorded/1'>,
  { header }: Pick<SentEvent, 'header'>,
  moment: TrainingMoment,
  utcOffsetMinutes: number,
): { first: boolean; flag: TrainingFlag | null } {
  const { training, rider, staff, walkIn, late, points, certificate, request, revision } = body
  const open = plan.trainings.get(training)
  if (open === undefined) return { first: true, flag: 'training_unknown' }
  speakOf(plan, { training, rider })
  const { flag } = takeAct(open, { act: 'attended', fact: { id: request, rider, revision } }, moment)
  if (flag !== null) return { first: false, flag }
  const { details, district } = open.sheet
  const { startsAtMs, endsAtMs } = open.book.terms
  const atMs = Math.min(header.wallMs, moment.nowMs)
  const isNew = certificate !== null && !plan.certificateIds.has(certificate)
  plan.attendances.push({ training, rider, district, event: header.id, station: moment.station, staff, walkIn, late, points, certificate: isNew ? certificate : null, atMs })
  plan.records.push({ id: header.id, district, rider, kind: 'training', subject: training, minutes: Math.round((endsAtMs - startsAtMs) / 60_000), station: moment.station, atMs })
  if (isNew) {
    const issuedDay = dayOf(atMs, utcOffsetMinutes)
    plan.certificateIds.add(certificate)
    plan.certificates.push({ id: certificate, district, rider, training, topic: details.topic, title: details.title, issuedDay, expiresDay: expiryDay(issuedDay, details.certificateMonths) })
  }
  if (certificate !== null && !isNew) return { first: true, flag: 'certificate_repeated' }
  if (details.host !== moment.station) return { first: true, flag: 'not_hosted_here' }
  return { first: true, flag: points > details.points ? 'points_differ' : null }
}

function speakOf(plan: TrainingPlan, { training, rider }: { training: string; rider: string }): void {
  plan.spokenOf.set(signupKey(training, rider), { training, rider })
}
