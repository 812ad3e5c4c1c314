// Trainings on a handed-over phone: look, sign up, give up, answer an offer. Places come from central's own, in central's order
// (docs/decisions/0007); the kiosk beside him hears of each act with its commit.

import type { PhoneRefusal } from '../../contract/phone/phone-doors.ts'
import { answerOfferDoor, cancelSignupDoor, myTrainingsDoor, sawTrainingDoor, signUpDoor } from '../../contract/phone/phone-doors.ts'
import { decideSignup } from '../../domain/training/decide-signup.ts'
import { type SignupRefusal, type SignupStanding, type TrainingBook, waitingList } from '../../domain/training/training-book.ts'
import { sqlTransaction } from '../store/sql-store.ts'
import { readTrainings } from '../store/trainings.ts'
import { answerAtCentral, cancelAtCentral, type RiderResult, seenAtCentral, signUpAtCentral } from '../trainings/rider-trainings.ts'
import { act, OFFICIAL_UTC_OFFSET_MINUTES, type PhoneAct, type PhoneMoment, received, refuse, riderOf } from './phone-moment.ts'
import { readListed, readMyTrainings } from './read-trainings.ts'

export const TRAINING_ACTS: readonly PhoneAct[] = [
  act(myTrainingsDoor, async ({ sql, handOff, nowMs }) => {
    const utcOffsetMinutes = (await sqlTransaction(sql).readRuleValues(handOff.district)).get('utc_offset_minutes') ?? OFFICIAL_UTC_OFFSET_MINUTES
    return { ok: true, answer: await readMyTrainings(sql, handOff, riderOf(handOff), { nowMs, utcOffsetMinutes }) }
  }),

  act(signUpDoor, async (moment, { request, training, revision, despiteClash }) => {
    const { sql, handOff, nowMs } = moment
    const rider = riderOf(handOff)
    const listed = await readListed(sql, rider, nowMs)
    // Asked before, and the answer was lost: nothing is decided again.
    if (!listed.some(({ signup }) => signup === request)) {
      const sheet = (await readTrainings(sql, [training])).get(training)
      const decision = decideSignup({
        nowMs, riderKnown: true, maySeat: false, isSignedUp: listed.some((one) => one.training === training), signups: listed.length, despiteClash,
        training: sheet === undefined ? null : { ...sheet.book.terms, isCancelled: sheet.book.terms.state === 'cancelled', isForSome: false },
        freeSeats: [], others: listed.filter((one) => one.training !== training),
      })
      if (decision.decision === 'refuse') {
        const { refusal } = decision
        const clash = refusal.code === 'clash' ? listed.find((one) => one.training === refusal.training) : undefined
        if (clash !== undefined) return { ok: true, answer: { result: 'clash', title: clash.title, startsAtMs: clash.startsAtMs } as const }
        return refuse(refusal.code === 'rider_unknown' || refusal.code === 'clash' ? 'session_over' : refusal.code)
      }
    }
    const result = await signUpAtCentral(sqlTransaction(sql), { training, rider, request, revision }, nowMs)
    if (!result.ok) return refuse(refusalOf(result.error))
    await received(moment, null)
    return { ok: true, answer: { result: 'listed', ...standingOf(result.book, rider) } as const }
  }),

  act(cancelSignupDoor, (moment, asked) => settle(moment, (rider) => cancelAtCentral(sqlTransaction(moment.sql), { ...asked, rider }, moment.nowMs))),
  act(answerOfferDoor, (moment, asked) => settle(moment, (rider) => answerAtCentral(sqlTransaction(moment.sql), { ...asked, rider }, moment.nowMs))),
  act(sawTrainingDoor, async ({ sql, handOff, nowMs }, asked) => {
    const result = await seenAtCentral(sqlTransaction(sql), { ...asked, rider: riderOf(handOff) }, nowMs)
    return result.ok ? { ok: true, answer: {} } : refuse(refusalOf(result.error))
  }),
]

async function settle(moment: PhoneMoment, work: (rider: string) => Promise<RiderResult>): Promise<{ ok: true; answer: Record<string, never> } | { ok: false; error: PhoneRefusal }> {
  const result = await work(riderOf(moment.handOff))
  if (!result.ok) return refuse(refusalOf(result.error))
  await received(moment, null)
  return { ok: true, answer: {} }
}

/** Who is not known any more was erased meanwhile. */
function refusalOf(error: SignupRefusal): PhoneRefusal {
  return error === 'rider_unknown' ? 'session_over' : error
}

function standingOf(book: TrainingBook, rider: string): { state: SignupStanding; place: number | null } {
  const own = book.signups.get(rider)
  if (own === undefined) throw new Error('who has signed up is on the list')
  return { state: own.standing, place: own.standing === 'waiting' ? waitingList(book).findIndex((one) => one.rider === rider) + 1 : null }
}
