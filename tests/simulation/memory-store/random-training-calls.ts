// Random calls about trainings: a sheet that some acts have made, as if it were written for the first time or anew.

import fc from 'fast-check'
import type { TrainingRows } from '../../../central/store/central-store.ts'
import type { TrainingSheet } from '../../../central/store/trainings.ts'
import { writtenOf } from '../../../central/sync/book-trainings.ts'
import { actOn, emptyTraining, type TrainingAct } from '../../../domain/training/training-acts.ts'
import type { TrainingBook, TrainingTerms } from '../../../domain/training/training-book.ts'
import type { CallArguments } from './random-calls.ts'
import { FIRST_MS, type SmallTown } from './small-town.ts'
import { townArbitraries } from './town-arbitraries.ts'

const HOUR_MS = 3_600_000

export function trainingCallArguments(town: SmallTown): Pick<CallArguments, keyof TrainingRows> {
  const { ids, few, station, rider, outbox, event, nowMs } = townArbitraries(town)
  const training = ids('training', 3)
  const certificate = ids('certificate', 4)
  const signup = ids('signup', 9)
  const district = town.districts[0] ?? ''
  const terms: fc.Arbitrary<TrainingTerms> = fc.record({ capacity: fc.integer({ min: 1, max: 5 }), hours: fc.nat(60), state: fc.constantFrom('open', 'open', 'open', 'cancelled') }).map(
    ({ capacity, hours, state }) => {
      const startsAtMs = FIRST_MS + hours * HOUR_MS
      return { state, capacity, startsAtMs, endsAtMs: startsAtMs + HOUR_MS, closesAtMs: startsAtMs - HOUR_MS, blocksBackAtMs: startsAtMs - 2 * HOUR_MS, answerMs: HOUR_MS }
    },
  )
  const act: fc.Arbitrary<TrainingAct> = fc.oneof(
    fc.record({ id: signup, rider, revision: fc.constant(1), isInvited: fc.boolean() }).map((fact): TrainingAct => ({ act: 'requested', fact })),
    fc.record({ id: signup, rider }).map((fact): TrainingAct => ({ act: 'cancelled', fact })),
    fc.record({ id: signup, rider, revision: fc.constant(1) }).map((fact): TrainingAct => ({ act: 'attended', fact })),
    fc.record({ id: signup, rider, revision: fc.constant(2) }).map((fact): TrainingAct => ({ act: 'seen', fact })),
    fc.tuple(ids('block', 4), outbox, fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 })).map(
      ([id, { station: where, incarnation }, seats]): TrainingAct => ({ act: 'block_received', fact: { id, station: where, incarnation, seats }, recovering: true }),
    ),
  )
  const written = fc
    .record({ training, terms, acts: fc.array(act, { maxLength: 6 }), lastAct: fc.nat(2), host: fc.constantFrom(...town.stations), nowMs, forSome: fc.nat(4) })
    .map(({ training: id, terms: own, acts, lastAct, host, nowMs: at, forSome }) => {
      const empty = emptyTraining(id, own)
      const set: TrainingAct = { act: 'terms_set', terms: own }
      let book: TrainingBook = empty
      for (const one of [set, ...acts]) book = actOn(book, one, { nowMs: at, mayGive: true }).book
      const sheet: TrainingSheet = {
        district, lastAct, book: empty,
        details: {
          topic: 'cpr', title: { zh: '心肺复苏', en: 'CPR' }, place: { zh: '站', en: 'Station' }, points: 10, certificateMonths: 24, lateMinutes: 10, walkIns: forSome === 0, host, cancelReason: own.state === 'cancelled' ? '下雨' : null,
          audience: { platforms: forSome === 0 ? ['p'] : [], stations: [], groups: forSome === 1 ? ['red_cross' as const] : [] }, revision: 2, toldRevision: 1, series: null,
        },
      }
      return writtenOf({ sheet, book, acts: [set, ...acts].map((one) => ({ act: one, atMs: at, mayGive: true })) }, at)
    })
  const attendance = fc.record({
    training, rider, district: fc.constant(district), event, station: fc.option(station), staff: fc.constantFrom(...town.staff), walkIn: fc.boolean(), late: fc.boolean(),
    points: fc.nat(20), certificate: fc.option(certificate), atMs: nowMs,
  })
  const earned = fc.record({
    id: certificate, district: fc.constant(district), rider, training, topic: fc.constant('cpr' as const), title: fc.constant({ zh: '心肺复苏', en: 'CPR' }), issuedDay: fc.constant(20_000),
    expiresDay: fc.option(fc.constant(20_730)),
  })
  const record = fc.record({ id: event, district: fc.constant(district), rider, kind: fc.constant('training' as const), subject: training, minutes: fc.nat(120), station: fc.option(station), atMs: nowMs })
  return {
    lockTrainings: fc.tuple(few(training)),
    writeTrainings: fc.tuple(fc.uniqueArray(written, { selector: ({ sheet }) => sheet.book.training, minLength: 1, maxLength: 2 }).map(withoutSharedBlocks), nowMs),
    readRiderProfiles: fc.tuple(few(rider)),
    readBlockTrainings: fc.tuple(few(ids('block', 4))),
    readCertificatesKnown: fc.tuple(few(certificate)),
    writeAttended: fc.tuple(fc.record({ attendances: fc.array(attendance, { maxLength: 2 }), certificates: fc.array(earned, { maxLength: 2 }), records: fc.array(record, { maxLength: 2 }) })),
    findTrainingsToSettle: fc.tuple(nowMs, fc.integer({ min: 1, max: 3 })),
    findTrainingsToLend: fc.tuple(nowMs, fc.integer({ min: 1, max: 3 })),
    trainingsHeldBy: outbox.map(({ station: where, incarnation }) => [where, incarnation]),
    trainingKeysOf: fc.tuple(rider, nowMs),
  }
}

/** A block is of one training; of two written together it can be of the first only. */
function withoutSharedBlocks<Written extends { blocks: readonly { id: string }[] }>(written: readonly Written[]): Written[] {
  const taken = new Set<string>()
  return written.filter(({ blocks }) => {
    if (blocks.some(({ id }) => taken.has(id))) return false
    for (const { id } of blocks) taken.add(id)
    return true
  })
}
