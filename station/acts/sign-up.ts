// What a rider does about trainings at the counter: sign up, give it up, answer an offer, say that he has seen a change. A place of
// the block that lies here is his at once, network or not; anything else is a request, and central's word about it comes as the
// mirrored row. The screen's request id makes a repeat harmless: it gets the same answer.

import type { KioskInput, Refusal } from '../../contract/kiosk/kiosk-requests.ts'
import { isActiveStanding } from '../../domain/training/own-standing.ts'
import { decideSignup } from '../../domain/training/decide-signup.ts'
import type { Reader, Writer } from '../store/database.ts'
import { mayRecord } from '../store/fence.ts'
import { outboxState } from '../store/outbox.ts'
import { isRiderKnown } from '../store/rider-points.ts'
import { freeSeatsHere, type RiderSignup, signupsOf, type TrainingRow, trainingRow } from '../store/trainings.ts'
import { type Counter, type Moment, momentOf } from './act.ts'
import { recordFact } from './effects.ts'
import { spendingStop } from './may-spend.ts'

/** How he stands by it. */
export type SignupResult = { ok: true; signup: RiderSignup } | { ok: false; refusal: Refusal }

type OfRider<Name extends 'sign_up' | 'cancel_signup' | 'answer_offer'> = Omit<KioskInput<Name>, 'session'> & { rider: string }

export function signUp(counter: Counter, input: OfRider<'sign_up'>): SignupResult {
  return once(counter, input, (writer, moment) => {
    const { rider, training, request } = input
    const row = trainingRow(writer, training)
    const signups = signupsOf(writer, rider)
    const others = upcoming(writer, signups, moment).filter((other) => other.id !== training)
    const decision = decideSignup({
      nowMs: moment.wallMs,
      riderKnown: isRiderKnown(writer, rider),
      maySeat: spendingStop(counter, writer) === null,
      isSignedUp: isActiveStanding(signups.find((signup) => signup.training === training) ?? null),
      signups: others.length,
      despiteClash: input.despiteClash,
      training: row === null ? null : { ...row, isCancelled: row.state === 'cancelled' },
      freeSeats: freeSeatsHere(writer, training),
      others: others.map(({ id, startsAtMs, endsAtMs }) => ({ training: id, startsAtMs, endsAtMs })),
    })
    if (decision.decision === 'refuse') return decision.refusal
    const revision = row?.revision ?? 1
    if (decision.decision === 'request') recordFact(writer, counter, 'signup.requested/1', () => ({ request, training, rider, revision }))
    else recordFact(writer, counter, 'signup.seated/1', () => ({ request, training, rider, seat: decision.seat, revision }))
    return null
  })
}

export function cancelSignup(counter: Counter, input: OfRider<'cancel_signup'>): SignupResult {
  return once(counter, input, (writer, { wallMs }) => {
    const { rider, training, request } = input
    const row = trainingRow(writer, training)
    if (row === null) return { code: 'training_unknown' }
    if (wallMs >= row.endsAtMs) return { code: 'training_over' }
    const [signup] = signupsOf(writer, rider, training)
    if (signup === undefined || !isActiveStanding(signup) || signup.standing === 'attended') return { code: 'not_signed_up' }
    recordFact(writer, counter, 'signup.cancelled/1', () => ({ request, signup: signup.id, training, rider }))
    return null
  })
}

export function answerOffer(counter: Counter, input: OfRider<'answer_offer'>): SignupResult {
  return once(counter, input, (writer, { wallMs }) => {
    const { rider, training, request, accept } = input
    const [signup] = signupsOf(writer, rider, training)
    if (signup === undefined) return { code: 'not_signed_up' }
    // Whether it is really over is central's to say: only its clock counts. What looks over here is not asked any more.
    if (signup.standing !== 'offered' || signup.offerEndsAtMs === null || signup.offerEndsAtMs <= wallMs) return { code: 'offer_over' }
    recordFact(writer, counter, 'signup.offer_answered/1', () => ({ request, signup: signup.id, training, rider, accept }))
    return null
  })
}

/** He has seen what was changed, cancelled, or to be told. Nothing where there was nothing to be seen. */
export function acknowledgeTraining(counter: Counter, input: { rider: string; training: string }): { ok: true } | { ok: false; refusal: Refusal } {
  return counter.database.write((writer) => {
    const { rider, training } = input
    const row = trainingRow(writer, training)
    const [signup] = signupsOf(writer, rider, training)
    if (row === null) return { ok: false, refusal: { code: 'training_unknown' } }
    if (signup === undefined) return { ok: false, refusal: { code: 'not_signed_up' } }
    if (!mayRecord(writer)) return { ok: false, refusal: { code: 'out_of_order' } }
    if (signup.seenRevision >= row.toldRevision && signup.note === null) return { ok: true }
    recordFact(writer, counter, 'signup.acknowledged/1', () => ({ training, rider, revision: row.revision }))
    return { ok: true }
  })
}

/** In one transaction: what was asked before is answered alike; else the act, and how he stands by it. */
function once(counter: Counter, input: { request: string; rider: string; training: string }, act: (writer: Writer, moment: Moment) => Refusal | null): SignupResult {
  return counter.database.write((writer) => {
    const moment = momentOf(counter, writer)
    const { rider, training } = input
    if (writer.get('SELECT 1 FROM signup_acts WHERE request = ?', input.request) === undefined) {
      if (!mayRecord(writer) || outboxState(writer).depth >= moment.rules.outboxEventsMax) return { ok: false, refusal: { code: 'out_of_order' } }
      const refusal = act(writer, moment)
      if (refusal !== null) return { ok: false, refusal }
    }
    const [signup] = signupsOf(writer, rider, training)
    if (signup === undefined) return { ok: false, refusal: { code: 'not_signed_up' } }
    return { ok: true, signup }
  })
}

/** Trainings to come for which he is on the list. */
function upcoming(reader: Reader, signups: readonly RiderSignup[], { wallMs }: Moment): TrainingRow[] {
  return signups.filter(isActiveStanding).flatMap(({ training }) => {
    const row = trainingRow(reader, training)
    return row === null || row.state === 'cancelled' || row.endsAtMs <= wallMs ? [] : [row]
  })
}
