import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { hearOfSeatBlock, returnSeats } from '../../../station/acts/hold-seats.ts'
import { receiveEarningSlice } from '../../../station/acts/receive-grant.ts'
import { acknowledgeTraining, answerOffer, cancelSignup, signUp } from '../../../station/acts/sign-up.ts'
import { takeAttendance } from '../../../station/acts/take-attendance.ts'
import { showCertificates, showSignups } from '../../../station/desk/show-signups.ts'
import { showAttendees, showTrainings } from '../../../station/desk/show-trainings.ts'
import { raiseFence } from '../../../station/store/fence.ts'
import { ridersHeldUnknown } from '../../../station/store/held-for.ts'
import { eventsAfter, lastEvent } from '../../../station/store/outbox.ts'
import { allowancePoints, earningSliceLeft, pendingPoints, riderRow } from '../../../station/store/rider-points.ts'
import { freeSeatsHere, trainingsSince } from '../../../station/store/trainings.ts'
import { applyChanges, applyPushAnswer } from '../../../station/sync/apply-answers.ts'
import { openStockedCounter, rider, STATION, STRANGER, type TestCounter, TODAY, WANG, ZHANG } from '../../support/counter.ts'
import { HOUR_MS, hostTraining, OTHER_TRAINING, seatBlock, signup, STARTS_MS, training, TRAINING } from '../../support/training-counter.ts'

const MA = '0190b5a2-0000-7000-8000-0000000000a5'
const SU = '0190b5a2-0000-7000-8000-0000000000a6'

function hosting(): TestCounter {
  const counter = openStockedCounter()
  hostTraining(counter)
  applyChanges(counter, [rider(MA, { maskedName: '马*' }), rider(SU, { maskedName: '苏*' })])
  return counter
}

const sign = (counter: TestCounter, who: string, more: { request?: string; training?: string; despiteClash?: boolean } = {}): ReturnType<typeof signUp> =>
  signUp(counter, { request: randomUUID(), training: TRAINING, despiteClash: false, rider: who, ...more })
const shown = (counter: TestCounter, who: string): unknown => showSignups(counter.database.read, who, counter.clock.wallMs())
const free = (counter: TestCounter, id = TRAINING): number[] => freeSeatsHere(counter.database.read, id)
const seq = (counter: TestCounter): number => lastEvent(counter.database.read)?.seq ?? 0

function lastFact(counter: TestCounter): unknown {
  const [event] = eventsAfter(counter.database.read, 0, { countMax: 1_000, bytesMax: 1e9 }).slice(-1)
  return event === undefined ? null : { kind: event.kind, body: JSON.parse(Buffer.from(event.body).toString()) as unknown }
}

test('a place of the block that lies here is the rider’s at once; beyond it he waits for central’s word', () => {
  const counter = hosting()
  expect([sign(counter, ZHANG), lastFact(counter)]).toMatchObject([
    { ok: true, signup: { standing: 'seated', seat: 3, unsent: true } }, { kind: 'signup.seated', body: { training: TRAINING, rider: ZHANG, seat: 3, revision: 1 } },
  ])
  sign(counter, MA)
  expect([free(counter), sign(counter, SU), lastFact(counter)]).toMatchObject([[], { ok: true, signup: { standing: 'pending', unsent: true } }, { kind: 'signup.requested' }])
})

test('whom this file holds a place or points for and does not know any more is named, as long as it holds them', () => {
  const counter = hosting()
  for (const who of [ZHANG, MA]) sign(counter, who)
  const { read } = counter.database
  const points = allowancePoints(read, ZHANG)
  expect([points > 0, ridersHeldUnknown(read, 9)]).toEqual([true, []])
  applyChanges(counter, [MA, SU, ZHANG].map((key) => ({ kind: 'rider', scope: 'riders', number: 1, key, row: null })))
  expect([ridersHeldUnknown(read, 9), ridersHeldUnknown(read, 1)]).toEqual([[ZHANG, MA].toSorted(), [ZHANG, MA].toSorted().slice(0, 1)])
  applyChanges(counter, [rider(ZHANG, { balance: 126 }), signup({ rider: MA, standing: 'cancelled', seat: null, includedSeq: seq(counter) })])
  // What became of his place is known.
  expect(ridersHeldUnknown(read, 9)).toEqual([])
})

test('the same request is the same sign-up and gets the same answer', () => {
  const counter = hosting()
  const request = randomUUID()
  const first = sign(counter, ZHANG, { request })
  const before = seq(counter)
  expect([sign(counter, ZHANG, { request }), seq(counter), free(counter)]).toEqual([first, before, [4]])
})

test('who can not sign up is told why, and nothing is recorded', () => {
  const counter = hosting()
  applyChanges(counter, [training({ id: OTHER_TRAINING, startsAtMs: STARTS_MS + HOUR_MS, host: WANG })])
  sign(counter, ZHANG)
  const before = seq(counter)
  const clash = sign(counter, ZHANG, { training: OTHER_TRAINING })
  expect([sign(counter, STRANGER), sign(counter, ZHANG), sign(counter, MA, { training: randomUUID() }), clash]).toEqual([
    { ok: false, refusal: { code: 'rider_unknown' } }, { ok: false, refusal: { code: 'already_signed_up' } }, { ok: false, refusal: { code: 'training_unknown' } },
    { ok: false, refusal: { code: 'clash', training: TRAINING } },
  ])
  expect(seq(counter)).toBe(before)
  expect(sign(counter, ZHANG, { training: OTHER_TRAINING, despiteClash: true })).toMatchObject({ ok: true, signup: { standing: 'pending' } })
  applyChanges(counter, [training({ state: 'cancelled', cancelReason: '老师生病', revision: 2, toldRevision: 2 })])
  expect(sign(counter, MA)).toEqual({ ok: false, refusal: { code: 'training_cancelled' } })
  counter.clock.setWall(STARTS_MS + 1)
  expect(sign(counter, MA, { training: OTHER_TRAINING })).toEqual({ ok: false, refusal: { code: 'training_over' } })
})

test('a fenced file seats nobody, a file that is behind records nothing, and people of a training for some wait for central', () => {
  const counter = hosting()
  applyChanges(counter, [training({ id: OTHER_TRAINING, isForSome: true, startsAtMs: STARTS_MS + 9 * HOUR_MS }), seatBlock({ id: randomUUID(), training: OTHER_TRAINING, seats: [1] })])
  expect(sign(counter, MA, { training: OTHER_TRAINING })).toMatchObject({ signup: { standing: 'pending' } })
  counter.database.write((writer) => raiseFence(writer, 'quarantined'))
  expect(sign(counter, ZHANG)).toMatchObject({ signup: { standing: 'pending' } })
  counter.database.write((writer) => raiseFence(writer, 'behind'))
  expect(sign(counter, SU)).toEqual({ ok: false, refusal: { code: 'out_of_order' } })
})

test('what was done here stands on top of what central said, at every step, and nothing flickers', () => {
  const counter = hosting()
  const given = sign(counter, ZHANG)
  if (!given.ok) throw new Error(given.refusal.code)
  const own = seq(counter)
  expect(shown(counter, ZHANG)).toMatchObject([{ state: 'seated', unsent: true }])
  // Said before central had heard of it.
  applyChanges(counter, [signup({ id: randomUUID(), standing: 'waiting', number: 7, includedSeq: own - 1 })])
  expect([shown(counter, ZHANG), free(counter)]).toMatchObject([[{ state: 'seated' }], [4]])
  applyPushAnswer(counter, { result: 'applied', lastSeq: own, outcomes: [] }, own)
  expect(shown(counter, ZHANG)).toMatchObject([{ state: 'seated', unsent: false }])
  applyChanges(counter, [signup({ id: given.signup.id, standing: 'seated', seat: 3, includedSeq: own })])
  expect([shown(counter, ZHANG), free(counter)]).toMatchObject([[{ state: 'seated' }], [4]])
})

test('a place is free again when its rider gave it up here, or central says that he did elsewhere or sits on another', () => {
  const counter = hosting()
  sign(counter, ZHANG)
  sign(counter, MA)
  cancelSignup(counter, { request: randomUUID(), rider: ZHANG, training: TRAINING })
  expect([free(counter), shown(counter, ZHANG)]).toMatchObject([[3], [{ state: 'cancelled' }]])
  applyChanges(counter, [signup({ rider: MA, standing: 'seated', seat: 1, note: 'seated_twice', includedSeq: seq(counter) })])
  expect([free(counter), shown(counter, MA)]).toMatchObject([[3, 4], [{ state: 'seated', note: 'seated_twice' }]])
  expect(sign(counter, SU)).toMatchObject({ signup: { seat: 3 } })
})

test('nobody gives up what he has not, and an offer is answered once, in time', () => {
  const counter = hosting()
  const gone = { request: randomUUID(), rider: ZHANG, training: TRAINING }
  expect(cancelSignup(counter, gone)).toEqual({ ok: false, refusal: { code: 'not_signed_up' } })
  const id = randomUUID()
  applyChanges(counter, [signup({ id, standing: 'offered', seat: 1, offerEndsAtMs: counter.clock.wallMs() + HOUR_MS })])
  const yes = { request: randomUUID(), rider: ZHANG, training: TRAINING, accept: true }
  expect([shown(counter, ZHANG), answerOffer(counter, yes), lastFact(counter)]).toMatchObject([
    [{ state: 'offered', offerEndsAtMs: counter.clock.wallMs() + HOUR_MS }], { ok: true, signup: { standing: 'pending' } },
    { kind: 'signup.offer_answered', body: { signup: id, accept: true } },
  ])
  expect([answerOffer(counter, yes), answerOffer(counter, { ...yes, request: randomUUID() })]).toMatchObject([{ ok: true }, { ok: false, refusal: { code: 'offer_over' } }])
  applyChanges(counter, [signup({ rider: MA, standing: 'offered', seat: 2, offerEndsAtMs: counter.clock.wallMs() - 1 })])
  expect(answerOffer(counter, { ...yes, rider: MA, request: randomUUID() })).toEqual({ ok: false, refusal: { code: 'offer_over' } })
})

test('whoever waits sees his place by his number, and who was refused sees why', () => {
  const counter = hosting()
  applyChanges(counter, [training({ waitingNumbers: [-1, 4, 9] }), signup({ standing: 'waiting', number: 4 }), signup({ rider: MA, standing: 'refused', refusal: 'list_full' })])
  expect([shown(counter, ZHANG), shown(counter, MA)]).toMatchObject([[{ state: 'waiting', place: 2 }], [{ state: 'refused', refusal: 'list_full', place: null }]])
})

test('a refusal is told until he has seen it, also before its reason is here; a new request is another', () => {
  const counter = hosting()
  const before = seq(counter)
  sign(counter, ZHANG)
  sign(counter, MA)
  sign(counter, SU)
  applyPushAnswer(counter, { result: 'applied', lastSeq: seq(counter), outcomes: [{ seq: seq(counter), outcome: 'refused', code: 'not_invited' }] }, seq(counter))
  expect([seq(counter) - before, shown(counter, SU)]).toMatchObject([3, [{ state: 'refused', refusal: null, note: 'refused' }]])
  expect([acknowledgeTraining(counter, { rider: SU, training: TRAINING }), shown(counter, SU), lastFact(counter)]).toMatchObject([
    { ok: true }, [{ state: 'refused', note: null }], { kind: 'signup.acknowledged', body: { rider: SU } },
  ])
  applyChanges(counter, [signup({ rider: SU, standing: 'refused', refusal: 'not_invited', note: 'refused', includedSeq: seq(counter) - 1 })])
  expect(shown(counter, SU)).toMatchObject([{ state: 'refused', refusal: 'not_invited', note: null }])
  sign(counter, SU)
  expect(shown(counter, SU)).toMatchObject([{ state: 'pending', note: null }])
})

test('a training that was moved while he signed up is told to him until he has seen it', () => {
  const counter = hosting()
  sign(counter, ZHANG)
  applyChanges(counter, [training({ startsAtMs: STARTS_MS + HOUR_MS, revision: 2, toldRevision: 2 })])
  expect(shown(counter, ZHANG)).toMatchObject([{ moved: true }])
  expect([acknowledgeTraining(counter, { rider: ZHANG, training: TRAINING }), shown(counter, ZHANG)]).toMatchObject([{ ok: true }, [{ moved: false }]])
  const before = seq(counter)
  expect([acknowledgeTraining(counter, { rider: ZHANG, training: TRAINING }), seq(counter)]).toEqual([{ ok: true }, before])
})

test('a block is received once however often it is heard of, and what nobody has taken goes back when it is asked for', () => {
  const counter = hosting()
  sign(counter, ZHANG)
  const before = seq(counter)
  applyChanges(counter, [seatBlock()])
  expect([seq(counter), returnSeats(counter, counter.clock.wallMs())]).toEqual([before, false])
  applyChanges(counter, [seatBlock({ recalled: true })])
  expect([free(counter), sign(counter, MA)]).toMatchObject([[], { signup: { standing: 'pending' } }])
  expect([returnSeats(counter, counter.clock.wallMs()), lastFact(counter)]).toMatchObject([true, { kind: 'seat_block.returned', body: { seats: [4], reason: 'recall' } }])
  cancelSignup(counter, { request: randomUUID(), rider: ZHANG, training: TRAINING })
  expect([returnSeats(counter, counter.clock.wallMs()), lastFact(counter)]).toMatchObject([true, { body: { seats: [3] } }])
  expect(returnSeats(counter, counter.clock.wallMs())).toBe(false)
})

test('some hours before the start, and for a training that is cancelled, places go back unasked; a fenced file gives nothing back', () => {
  const closing = hosting()
  expect([returnSeats(closing, STARTS_MS - 3 * HOUR_MS), lastFact(closing)]).toMatchObject([true, { body: { seats: [3, 4], reason: 'closing' } }])
  const cancelled = hosting()
  applyChanges(cancelled, [training({ state: 'cancelled', cancelReason: '下雪', revision: 2, toldRevision: 2 })])
  cancelled.database.write((writer) => raiseFence(writer, 'waiting'))
  expect(returnSeats(cancelled, cancelled.clock.wallMs())).toBe(false)
  cancelled.database.write((writer) => writer.run('UPDATE sync_state SET fence = NULL'))
  expect([returnSeats(cancelled, cancelled.clock.wallMs()), lastFact(cancelled)]).toMatchObject([true, { body: { reason: 'cancelled' } }])
})

test('a block that comes to a file that is behind is not received', () => {
  const counter = openStockedCounter()
  counter.database.write((writer) => raiseFence(writer, 'behind'))
  counter.database.write((writer) => hearOfSeatBlock(counter, writer, { id: randomUUID(), training: TRAINING, seats: [1], recalled: false }))
  expect(free(counter)).toEqual([])
})

const attend = (counter: TestCounter, who: string, request: string = randomUUID()): unknown => takeAttendance(counter, { request, training: TRAINING, rider: who, staff: WANG })

test('attendance is points, certificate and his name on the list at once, and once; early, late and full are said', () => {
  const counter = hosting()
  counter.database.write((writer) => receiveEarningSlice(counter, writer, { id: randomUUID(), points: 15 }))
  sign(counter, ZHANG)
  expect(attend(counter, ZHANG)).toEqual({ result: 'refused', why: 'too_early' })
  counter.clock.setWall(STARTS_MS - HOUR_MS / 2)
  const request = randomUUID()
  const attended = { result: 'attended', maskedName: '张*', late: false, walkIn: false, points: 10, certificate: true }
  const { read } = counter.database
  expect([attend(counter, ZHANG, request), attend(counter, ZHANG, request), attend(counter, ZHANG)]).toEqual([attended, attended, { result: 'already', maskedName: '张*' }])
  expect({ here: allowancePoints(read, ZHANG), slice: earningSliceLeft(read), balance: riderRow(read, ZHANG)?.balance }).toEqual({ here: 136, slice: 5, balance: 136 })
  expect([attend(counter, MA), pendingPoints(read, MA)]).toMatchObject([{ result: 'attended', walkIn: true, points: 10 }, 10])
  counter.clock.setWall(STARTS_MS + HOUR_MS / 2)
  expect([attend(counter, SU), attend(counter, STRANGER)]).toEqual([{ result: 'attended', maskedName: '苏*', late: true, walkIn: true, points: 10, certificate: true }, { result: 'refused', why: 'rider_unknown' }])
  expect(showAttendees(read, TRAINING)).toEqual([
    { rider: ZHANG, maskedName: '张*', state: 'attended', late: false }, { rider: MA, maskedName: '马*', state: 'walk_in', late: false },
    { rider: SU, maskedName: '苏*', state: 'walk_in', late: true },
  ])
  const issued = TODAY + 3
  expect(showCertificates(read, ZHANG)).toMatchObject([{ topic: 'cpr', title: { en: 'CPR' }, issuedDay: issued, number: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/) as string }])
  expect(shown(counter, ZHANG)).toMatchObject([{ state: 'attended' }])
  counter.clock.setWall(STARTS_MS + 3 * HOUR_MS)
  expect(attend(counter, MA)).toEqual({ result: 'already', maskedName: '马*' })
})

test('people with a place keep it until the grace is over; then whoever stands there may have what nobody came for', () => {
  const counter = hosting()
  applyChanges(counter, [training({ capacity: 1 })])
  sign(counter, ZHANG)
  counter.clock.setWall(STARTS_MS)
  expect(attend(counter, MA)).toEqual({ result: 'refused', why: 'full' })
  counter.clock.setWall(STARTS_MS + 20 * 60_000)
  expect([attend(counter, MA), attend(counter, ZHANG)]).toMatchObject([{ result: 'attended', walkIn: true, late: true }, { result: 'refused', why: 'full' }])
})

test('a place that was offered to somebody is no walk-in’s as long as he may say yes; he himself is let in', () => {
  const counter = hosting()
  const offerEndsAtMs = STARTS_MS - 10 * 60_000
  applyChanges(counter, [training({ capacity: 1 }), signup({ standing: 'offered', seat: 1, offerEndsAtMs })])
  counter.clock.setWall(offerEndsAtMs - 1)
  expect(attend(counter, MA)).toEqual({ result: 'refused', why: 'full' })
  counter.clock.setWall(offerEndsAtMs)
  expect(attend(counter, MA)).toMatchObject({ result: 'attended', walkIn: true })
  const another = hosting()
  applyChanges(another, [training({ capacity: 1 }), signup({ standing: 'offered', seat: 1, offerEndsAtMs })])
  another.clock.setWall(offerEndsAtMs - 1)
  expect(attend(another, ZHANG)).toMatchObject({ result: 'attended', walkIn: true })
})

test('the door goes by the training’s own rules, and one from before there were any by those of everybody', () => {
  const counter = hosting()
  applyChanges(counter, [training({ lateMinutes: 30, walkIns: false })])
  sign(counter, ZHANG)
  counter.clock.setWall(STARTS_MS + 20 * 60_000)
  expect([attend(counter, MA), attend(counter, ZHANG)]).toMatchObject([{ result: 'refused', why: 'no_walk_ins' }, { result: 'attended', late: false }])
  counter.database.write((writer) => writer.run("UPDATE trainings SET row = json_remove(row, '$.lateMinutes', '$.walkIns')"))
  expect(attend(counter, MA)).toMatchObject({ result: 'attended', late: true, walkIn: true })
})

test('the list of trainings says what can be had here at once and what central last said, what is over comes last', () => {
  const counter = hosting()
  applyChanges(counter, [training({ id: OTHER_TRAINING, startsAtMs: counter.clock.wallMs() - 30 * HOUR_MS, host: WANG })])
  sign(counter, ZHANG)
  const rows = trainingsSince(counter.database.read, counter.clock.wallMs() - 14 * 24 * HOUR_MS, 200)
  expect(showTrainings(counter.database.read, rows, { wallMs: counter.clock.wallMs(), station: STATION })).toMatchObject([
    { training: TRAINING, seatsFree: { here: 1, central: 2 }, state: 'open', hostedHere: true, waiting: 0 }, { training: OTHER_TRAINING, state: 'over', hostedHere: false },
  ])
})
